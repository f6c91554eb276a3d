/** All applications with what holds for each. */
import { applicationKey } from "../lifecycle/refs.ts";
import { byText, iso } from "./base.ts";
import type { IsoTime } from "./contract.ts";
import type { About, ModelPart } from "./model.ts";

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

/** Gathers the applications that records name and that something is set for, a part of the people at a time. */
export class ApplicationRows {
  private readonly labels = new Map<string, string>();

  /** Credentials name theirs as a label, and some applications are named by nothing else. */
  take({ credentials, steps }: Pick<ModelPart, "credentials" | "steps">): void {
    for (const { application } of [...credentials, ...steps])
      this.labels.set(applicationKey(application), application);
  }

  /** By name. */
  result(about: About): ApplicationRow[] {
    for (const [key, label] of about.across.labels) this.labels.set(key, label);
    return rowsOf(about, this.labels);
  }
}

/** Every application that records name or that something is set for, by name. */
export function applicationRows(model: ModelPart): ApplicationRow[] {
  const rows = new ApplicationRows();
  rows.take(model);
  return rows.result(model);
}

function rowsOf(about: About, labels: ReadonlyMap<string, string>): ApplicationRow[] {
  const set = new Map(about.applicationSettings.map((settings) => [settings.application, settings]));
  return [...new Set([...labels.keys(), ...set.keys()])]
    .map((key) => {
      const settings = set.get(key);
      return {
        application: labels.get(key) ?? settings?.label ?? key,
        slaHours: about.slaOf(key) / 3_600_000,
        isDefault: settings === undefined,
        setAt: settings === undefined ? null : iso(settings.setAt),
        setBy: settings?.setBy ?? null,
        seen: labels.has(key),
      };
    })
    .sort((a, b) => byText(applicationKey(a.application), applicationKey(b.application)));
}
