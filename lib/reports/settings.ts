/** Settings that answers depend on: the design's defaults, and what was set for single applications. */
import type { ApplicationSettings } from "../../db/queries/application-settings.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { ApplicationSla } from "./contract.ts";

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const SETTINGS = {
  /** A leaver's accounts end within, unless something else was set for the application. */
  offboardingSla: 24 * HOUR,
  /** A failure group is mended within. */
  failureSla: 72 * HOUR,
  coverageWindowDays: 90,
  /** Share of attempted accounts that may be left in failure. */
  degradedShare: 0.05,
  dormantDays: 90,
  /** A credential is replaced within. */
  rotationDays: 365,
} as const;

/** @returns the SLA in milliseconds of an application, named by label or key. */
export function slasOf(settings: readonly ApplicationSettings[]): (application: string) => number {
  const set = new Map(settings.map(({ application, slaHours }) => [application, slaHours * HOUR]));
  return (application) => set.get(applicationKey(application)) ?? SETTINGS.offboardingSla;
}

/** What of the settings concerns these applications, in the settings' order: what a report on them has used. */
export function usedSlas(
  settings: readonly ApplicationSettings[],
  labels: ReadonlyMap<string, string>,
  applications: Iterable<string>,
): ApplicationSla[] {
  const used = new Set([...applications].map(applicationKey));
  return settings
    .filter(({ application }) => used.has(application))
    .map(({ application, label, slaHours }) => ({
      application: labels.get(application) ?? label,
      hours: slaHours,
    }));
}
