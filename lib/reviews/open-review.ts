/** Opens a review: freezes its population and gives each item to a reviewer. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { act } from "../auth/act.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import { appendToReview } from "./append.ts";
import { reviewInputOf } from "./input.ts";
import { planReview } from "./plan-review.ts";
import type { GovernanceAct } from "./records.ts";

/**
 * @param raw what `REVIEW_INPUT` describes, from wherever.
 * @returns the id of the review.
 * @throws {AccessProblem} {@link ReviewProblem}
 */
export async function openReview(
  db: Db,
  workspace: string,
  by: Caller,
  raw: unknown,
): Promise<{ review: string }> {
  requirePermission(by, "run-reviews");
  const { input, fallback, population, items } = await planReview(
    db,
    workspace,
    reviewInputOf(raw, Date.now()),
  );
  const review = randomUUID();
  const acts: GovernanceAct[] = [
    { verb: "opened", input, fallback, population },
    ...items.map((one, place): GovernanceAct => ({ verb: "put", version: 1, place, ...one })),
  ];
  return act({ db, workspace, by }, "run-reviews", "open-review", async (sql) => {
    await appendToReview(
      sql,
      { workspace, by, review, at: Date.now() },
      { review: null, items: new Map() },
      acts,
    );
    const { name, dueAt } = input;
    const { asOf, rows, sha256 } = population;
    return { result: { review }, object: name, after: { review, dueAt, asOf, rows, sha256 } };
  });
}
