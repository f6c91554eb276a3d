/** POST /api/v1/sample: loads the sample company into an empty installation. */
import { DEFAULT_WORKSPACE } from "../../../../db/client.ts";
import { withSession } from "../../../../lib/auth/session.ts";
import { webDb } from "../../../../lib/runtime/web.ts";
import { loadSample } from "../../../../lib/sample/load.ts";
import { answer, problem } from "../answer.ts";

const MIXED = "There are records of your own here, and the sample is never mixed into those.";

export const POST = withSession(() =>
  answer(async () => {
    const outcome = await loadSample(webDb(), DEFAULT_WORKSPACE);
    return outcome === "own-data" ? problem(409, outcome, MIXED) : { outcome };
  }),
);
