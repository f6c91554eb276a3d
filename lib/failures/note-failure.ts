/** Writes down what people should know of failure groups. */
import type { Db } from "../../db/client.ts";
import { insertFailureDecisions } from "../../db/queries/failure-decisions.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { decisionsOf, namedGroups, told } from "./named-groups.ts";
import { FailureProblem } from "./problem.ts";

const MAX_CHARACTERS = 2_000;

/** @throws {FailureProblem} for a note that says nothing, or can't be kept. */
function textOf(note: string): string {
  const text = note.trim();
  if (text !== "" && text.length <= MAX_CHARACTERS && !text.includes("\0") && !/\p{Surrogate}/u.test(text))
    return text;
  throw new FailureProblem(
    "bad-note",
    text === ""
      ? "Write what is to be noted."
      : `A note has at most ${MAX_CHARACTERS.toLocaleString("en-GB")} characters, and none that is no text.`,
  );
}

/**
 * @param groups ids of failure groups.
 * @returns the numbers of the decisions, in the order of the groups.
 * @throws {AccessProblem} {@link FailureProblem}
 */
export async function noteFailure(
  db: Db,
  workspace: string,
  by: Caller,
  groups: readonly string[],
  note: string,
): Promise<number[]> {
  const rows = await namedGroups(db, workspace, by, groups);
  const text = textOf(note);
  return act({ db, workspace, by }, "triage", "note-failure", async (sql) => ({
    result: await insertFailureDecisions(sql, workspace, decisionsOf(rows, by, { verb: "note", note: text })),
    object: told(rows),
    after: { note: text },
  }));
}
