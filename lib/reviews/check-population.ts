/** Whether the population of a review can be made again from the log. */
import type { Db } from "../../db/client.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import { requireReviewId } from "./append.ts";
import { keptReview } from "./kept.ts";
import { peopleOf } from "./people.ts";
import { PopulationTaker, populationHash } from "./population.ts";
import { seesAll } from "./read.ts";

export interface PopulationCheck {
  same: boolean;
  /** Made again, and as it was frozen. */
  sha256: string;
  frozen: string;
  rows: number;
  /** Keys of items that the log no longer gives, gives now, and gives otherwise: by records that came later and speak of that time. */
  missing: string[];
  added: string[];
  changed: string[];
}

/** @returns null when there is no such review, or they may not see all of it. @throws {AccessProblem} {@link ReviewProblem} */
export async function checkPopulation(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
): Promise<PopulationCheck | null> {
  requirePermission(by, "see-reviews");
  requireReviewId(review);
  const kept = await keptReview(db, workspace, review);
  if (kept === null || !seesAll(by)) return null;
  const { asOf, scope, sha256: frozen } = kept.review.opened.population;
  const taker = new PopulationTaker(scope);
  for await (const people of peopleOf(db, workspace, { asOf, scope })) await taker.take(people);
  const items = taker.sorted();
  const sha256 = populationHash(items);
  const now = new Map(items.map((item) => [item.key, populationHash([item])]));
  const then = new Map(kept.items.map((item) => [item.frozen.key, populationHash([item.frozen])]));
  return {
    same: sha256 === frozen,
    sha256,
    frozen,
    rows: items.length,
    missing: [...then.keys()].filter((key) => !now.has(key)),
    added: [...now.keys()].filter((key) => !then.has(key)),
    changed: [...now].filter(([key, hash]) => then.has(key) && then.get(key) !== hash).map(([key]) => key),
  };
}
