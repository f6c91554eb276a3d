/** Applications at which the newest trial of something has failed. Pure. */
import { applicationKey } from "../../lifecycle/refs.ts";
import type { Capability } from "../../lifecycle/types.ts";
import type { CellTrial, CoverageReport } from "../../reports/contract.ts";
import type { Condition } from "../condition.ts";

const CAPABILITIES = ["joiner", "mover", "roles", "leaver"] as const satisfies readonly Capability[];

/** Until a newer trial passes. */
export const failedTrials = ({ rows }: CoverageReport): Condition[] =>
  rows.flatMap(({ application, cells }) => {
    const failed = CAPABILITIES.filter((capability) => cells[capability].trial?.verdict === "failed");
    const times = failed.map((capability) => Date.parse((cells[capability].trial as CellTrial).at));
    if (failed.length === 0) return [];
    return [
      {
        rule: "trial-failed" as const,
        subject: applicationKey(application),
        what: `${application}: what was tried out has failed: ${failed.join(", ")}`,
        link: `/applications/${encodeURIComponent(application)}`,
        since: Math.min(...times),
        quiet: false,
      },
    ];
  });
