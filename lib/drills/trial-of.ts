/** A drill as the trial that the log keeps of it. Pure. */
import type { DrillRow } from "../../db/queries/drills.ts";
import type { Trial, TrialStep } from "../trials/record.ts";
import { STEPS } from "./steps.ts";

/** What a drill that nobody carried on is told to have come to: of no capability, for nothing was shown of one. */
function cutOff({ state }: DrillRow, at: string): TrialStep[] {
  if (state.step === null) return [];
  return [
    {
      name: "cut off",
      capability: null,
      verdict: "failed",
      at,
      latencyMs: null,
      requirement: null,
      said: `The drill was cut off when it was to ${STEPS[state.step].what}: what was not tried by then is left out.`,
    },
  ];
}

/** @param endedAt milliseconds since 1970. */
export function trialOf(row: DrillRow, endedAt: number): Trial {
  const end = new Date(endedAt).toISOString();
  return {
    $trial: 1,
    id: row.drill,
    kind: "drill",
    application: row.label,
    startedAt: new Date(row.startedAt).toISOString(),
    endedAt: end,
    by: row.askedBy,
    identity: row.identity,
    steps: [...row.state.steps, ...cutOff(row, end)],
  };
}
