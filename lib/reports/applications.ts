/** All applications with what holds for each. */
import { applicationKey } from "../lifecycle/refs.ts";
import { byText, iso } from "./base.ts";
import type { IsoTime } from "./contract.ts";
import type { Model } from "./model.ts";

export interface ApplicationRow {
  application: string;
  /** Hours within which a leaver's account there ends. */
  slaHours: number;
  isDefault: boolean;
  /** When and by whom it was set; null for the default. */
  setAt: IsoTime | null;
  setBy: string | null;
  /** False: something is set for it, but no record names it. */
  seen: boolean;
}

/** Every application that records name or that something is set for, by name. */
export function applicationRows(model: Model): ApplicationRow[] {
  // Credentials name theirs as a label, and some applications are named by nothing else.
  const labels = new Map(
    [...model.credentials, ...model.steps].map(({ application }) => [
      applicationKey(application),
      application,
    ]),
  );
  for (const [key, label] of model.across.labels) labels.set(key, label);
  const set = new Map(model.applicationSettings.map((settings) => [settings.application, settings]));
  return [...new Set([...labels.keys(), ...set.keys()])]
    .map((key) => {
      const settings = set.get(key);
      return {
        application: labels.get(key) ?? settings?.label ?? key,
        slaHours: model.slaOf(key) / 3_600_000,
        isDefault: settings === undefined,
        setAt: settings === undefined ? null : iso(settings.setAt),
        setBy: settings?.setBy ?? null,
        seen: labels.has(key),
      };
    })
    .sort((a, b) => byText(applicationKey(a.application), applicationKey(b.application)));
}
