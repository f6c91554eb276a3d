/** Larkspur Labs: a year of records in the wire formats of its sources, and the truth behind them. */

import { applicationsOf } from "./applications.ts";
import { castPeople } from "./careers.ts";
import type { SampleFile } from "./file.ts";
import { Plan } from "./plan.ts";
import { Random } from "./random.ts";
import { renderEntra, renderEntraStream } from "./render/entra.ts";
import { renderOkta } from "./render/okta.ts";
import { renderWorkos } from "./render/workos.ts";
import { join, move, takeLeave } from "./story/careers.ts";
import { issueTokens } from "./story/credentials.ts";
import { chooseMembers, synchronise } from "./story/directory-sync.ts";
import { leaveEntra } from "./story/entra-leavers.ts";
import { leaveOkta } from "./story/leavers.ts";
import { signInAt, workDays } from "./story/sign-ins.ts";
import {
  orphans,
  pushGroups,
  quarantine,
  rateLimitStorm,
  shadowAccounts,
  smallChanges,
} from "./story/troubles.ts";
import type { SampleTruth } from "./truth/rows.ts";
import { truthOf } from "./truth.ts";

export interface SampleOptions {
  /** The same seed and end give the same files, byte for byte. */
  seed: number;
  /** Milliseconds since 1970; everything happens in the 365 days before it. */
  end: number;
  /** Size of the company: 1 is 1,200 people. Every story is told at any size. */
  scale?: number;
}

/** Plans the year of the company. */
function planYear({ seed, end, scale = 1 }: SampleOptions): Plan {
  const plan = new Plan(seed, end, scale, applicationsOf(new Random(seed, "applications"), end));
  const careers = castPeople(plan);
  chooseMembers(plan, careers);
  for (const career of careers) join(plan, career);
  for (const career of careers) {
    move(plan, career);
    takeLeave(plan, career);
    if (career.person.oktaId !== null) leaveOkta(plan, career);
    else leaveEntra(plan, career);
  }
  smallChanges(plan, careers);
  rateLimitStorm(plan, careers);
  quarantine(plan);
  orphans(plan);
  pushGroups(plan);
  shadowAccounts(plan, careers);
  issueTokens(plan, careers);
  synchronise(plan, careers);
  for (const account of plan.accounts) signInAt(plan, account);
  for (const person of plan.people) workDays(plan, person);
  plan.settle();
  return plan;
}

/**
 * A sample company's year. Nothing here reads a record: the truth comes from the plan that the records are rendered from.
 * @throws {RangeError} when the scale is not a positive number.
 */
export function sampleCompany(options: SampleOptions): {
  files: SampleFile[];
  truth: SampleTruth;
  records: number;
} {
  if (!((options.scale ?? 1) > 0)) throw new RangeError("The sample's scale must be a positive number.");
  const plan = planYear(options);
  const files = [renderOkta(plan), renderEntra(plan), renderEntraStream(plan), renderWorkos(plan)].filter(
    ({ records }) => records > 0,
  );
  return { files, truth: truthOf(plan), records: files.reduce((sum, file) => sum + file.records, 0) };
}
