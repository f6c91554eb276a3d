/** GET /api/v1/reviews/ID/population: the population made again from the log, and held against what was frozen. */
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { checkPopulation } from "../../../../../../lib/reviews/check-population.ts";
import { answer } from "../../../answer.ts";

export const GET = guarded(
  "see-reviews",
  async ({ db, workspace, by }, _request, { params }: { params: Promise<{ id: string }> }) => {
    const { id } = await params;
    return answer(() => checkPopulation(db, workspace, by, id));
  },
);
