/** The truth that was planted: what each report must say of the sample, read from the plan and from nothing else. */
import type { Plan } from "./plan.ts";
import { accountsTruth } from "./truth/accounts.ts";
import { coverageTruth } from "./truth/coverage.ts";
import { dormantTruth } from "./truth/dormant.ts";
import { failuresTruth } from "./truth/failures.ts";
import { joinersTruth } from "./truth/joiners.ts";
import { moversTruth } from "./truth/movers.ts";
import { offboardingTruth } from "./truth/offboarding.ts";
import type { SampleTruth } from "./truth/rows.ts";

/** Reads the truth from a settled plan. */
export function truthOf(plan: Plan): SampleTruth {
  return {
    asOf: plan.calendar.end,
    offboarding: offboardingTruth(plan),
    failures: failuresTruth(plan),
    coverage: coverageTruth(plan),
    dormant: dormantTruth(plan),
    accounts: accountsTruth(plan),
    joiners: joinersTruth(plan),
    movers: moversTruth(plan),
    planted: plan.planted,
  };
}
