/** What somebody asks for when they set a schedule of packs, made fit to be stored. */
import type { PackSchedule } from "../../db/queries/packs.ts";
import { AccessProblem } from "../auth/caller.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { EVERY, type Every } from "./periods.ts";

export interface ScheduleInput {
  /** `week`, `month` or `quarter`. */
  every: string;
  customer?: string | null | undefined;
  application?: string | null | undefined;
  keep?: number | null | undefined;
}

/** A year of months. */
const USUAL_KEEP = 12;
/** Two years of weeks; each may be gigabytes. */
const MOST_KEEP = 104;

const isEvery = (text: string): text is Every => (EVERY as readonly string[]).includes(text);

/**
 * @param known names of all customers and applications; an application is taken in any spelling.
 * @throws {AccessProblem} with a sentence on the first that can't be used.
 */
export function scheduleFields(
  { every, keep, ...scope }: ScheduleInput,
  known: { customers: readonly string[]; applications: readonly string[] },
): Pick<PackSchedule, "every" | "customer" | "application" | "keep"> {
  if (!isEvery(every))
    throw new AccessProblem("bad-every", `A pack is made every ${EVERY.join(", ")}, not "${every}".`);
  const customer = scope.customer?.trim() || null;
  const wanted = scope.application?.trim() || null;
  if (customer !== null && wanted !== null)
    throw new AccessProblem("bad-scope", "Name a customer or an application, not both.");
  if (customer !== null && !known.customers.includes(customer))
    throw new AccessProblem("bad-customer", `No source has a customer "${customer}".`);
  const application =
    wanted === null
      ? null
      : known.applications.find((name) => applicationKey(name) === applicationKey(wanted));
  if (application === undefined)
    throw new AccessProblem("bad-application", `No record names an application "${wanted}".`);
  const kept = keep ?? USUAL_KEEP;
  if (!(Number.isInteger(kept) && kept >= 1 && kept <= MOST_KEEP))
    throw new AccessProblem("bad-keep", `1 to ${MOST_KEEP} packs are kept.`);
  return { every, customer, application, keep: kept };
}
