/** POST /api/v1/sample: loads the sample company into an empty installation. */
import { guarded } from "../../../../lib/auth/guard.ts";
import { loadSample } from "../../../../lib/sample/load-sample.ts";
import { answer, problem } from "../answer.ts";

const MIXED = "There are records of your own here, and the sample is never mixed into those.";

export const POST = guarded("operate", ({ db, workspace, by }) =>
  answer(async () => {
    const outcome = await loadSample(db, workspace, by);
    return outcome === "own-data" ? problem(409, outcome, MIXED) : { outcome };
  }),
);
