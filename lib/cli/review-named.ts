/** The review that a command names, and what all commands on reviews share. */
import type { Db } from "../../db/client.ts";
import { readReviewStates } from "../../db/queries/reviews.ts";
import { commandLine } from "../auth/caller.ts";
import type { ReviewItemRow } from "../reviews/contract.ts";
import { reviewItems } from "../reviews/read.ts";
import type { Surroundings } from "../reviews/remind-reviewers.ts";
import { reviewLink } from "../reviews/review-link.ts";
import { installationSecretOfHome, UsageProblem, withDatabase } from "./context.ts";
import { memberOf } from "./member.ts";

/** Whoever sits at this machine. */
export const by = commandLine();
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** A review by its id, the beginning of its id, or its name. @throws {UsageProblem} */
async function reviewOf(db: Db, workspace: string, named: string): Promise<string> {
  const all = await readReviewStates(db.sql, workspace);
  const wanted = named.trim().toLowerCase();
  const exact = all.filter(
    ({ review, opened }) => review === wanted || opened.input.name.toLowerCase() === wanted,
  );
  const fitting =
    exact.length > 0 ? exact : all.filter(({ review }) => wanted.length >= 4 && review.startsWith(wanted));
  const [found] = fitting;
  if (found === undefined) throw new UsageProblem(`There is no review "${named}": review list shows all.`);
  if (fitting.length > 1) throw new UsageProblem(`"${named}" can be ${fitting.length} reviews: give the id.`);
  return found.review;
}

/** Runs `work` with the id of the review that was named. */
export const withReview = (
  named: string,
  work: (db: Db, workspace: string, review: string) => Promise<void>,
): Promise<void> =>
  withDatabase(async (db, workspace) => work(db, workspace, await reviewOf(db, workspace, named)));

/** The id of the member with an e-mail. @throws {UsageProblem} */
export const idOf = async (db: Db, workspace: string, email: string): Promise<string> =>
  (await memberOf(db, workspace, email)).member;

/** All items of a review. */
export async function itemsOf(db: Db, workspace: string, review: string): Promise<readonly ReviewItemRow[]> {
  return (await reviewItems(db, workspace, by, review))?.rows ?? [];
}

/** What messages and hand-offs need of this installation. */
export async function surroundings(): Promise<Surroundings> {
  return { linkOf: reviewLink, installation: await installationSecretOfHome() };
}

/** How a command takes a review. */
export const REVIEW = "its id, the beginning of it, or its name";
export const JSON_OPTION = ["--json", "print one JSON document"] as const;
