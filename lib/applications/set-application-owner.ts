/** Says who owns an application, and so reviews the access to it. */
import type { Db } from "../../db/client.ts";
import { readApplicationOwners, setOwner } from "../../db/queries/application-owners.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { readReviewers } from "../reviews/plan-review.ts";
import { ReviewProblem } from "../reviews/problem.ts";

/**
 * @param label of the application, in any spelling.
 * @param member who may review; null: nobody owns it.
 * @throws {AccessProblem} {@link ReviewProblem}
 */
export async function setApplicationOwner(
  db: Db,
  workspace: string,
  by: Caller,
  label: string,
  member: string | null,
): Promise<void> {
  const application = applicationKey(label);
  const reviewers = await readReviewers(db, workspace);
  const nameOf = (id: string | null | undefined): string | null =>
    reviewers.find((one) => one.member === id)?.name ?? id ?? null;
  if (member !== null && !reviewers.some((one) => one.member === member)) {
    throw new ReviewProblem(
      "unknown-member",
      "An owner is a member who may review: an admin, an analyst or a reviewer.",
    );
  }
  await act({ db, workspace, by }, "settings", "set-application-owner", async (sql) => {
    const before = (await readApplicationOwners(sql, workspace)).get(application);
    await setOwner(sql, workspace, { application, label, member, setBy: by.actor.name });
    return {
      result: undefined,
      object: label,
      before: { owner: nameOf(before) },
      after: { owner: nameOf(member) },
    };
  });
}
