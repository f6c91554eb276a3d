/** A person's decision on who is who. Decisions are only added: undoing one adds that it is withdrawn. */
import type { Db } from "../../db/client.ts";
import { insertDecisions } from "../../db/queries/decisions.ts";
import { findRefs } from "../../db/queries/links.ts";
import { act } from "../auth/act.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import { refresh } from "../ingest/refresh.ts";
import { IdentityProblem } from "./problem.ts";

/** `same`: one person, or this person's account; `different`: not so; `withdrawn`: what the rules say holds again. */
export type Verdict = "same" | "different" | "withdrawn";

export interface DecisionInput {
  /** Refs (`p:okta:00u1`, `x:slack:#42`, …) or user names that one person alone has. */
  a: string;
  b: string;
  verdict: Verdict;
  /** For whoever asks later. */
  reason: string;
}

async function refOf(db: Db, workspace: string, text: string): Promise<string> {
  const found = await findRefs(db.sql, workspace, text.trim());
  const [ref] = found;
  if (ref === undefined) throw new IdentityProblem("unknown", `Nobody here is known as "${text}".`);
  if (found.length > 1) {
    throw new IdentityProblem("ambiguous", `"${text}" are several: ${found.join(", ")}. Name one of these.`);
  }
  return ref;
}

/**
 * Records the decision and works out anew whom it concerns.
 * @returns the refs that it is about.
 * @throws {IdentityProblem} {@link AccessProblem}
 */
export async function decide(
  db: Db,
  workspace: string,
  by: Caller,
  input: DecisionInput,
): Promise<{ a: string; b: string }> {
  requirePermission(by, "decide");
  const reason = input.reason.trim();
  if (reason === "") throw new IdentityProblem("no-reason", "Say why: the reason is kept with the decision.");
  if ([input.a, input.b, reason].some((text) => text.includes("\0"))) {
    throw new IdentityProblem("bad-text", "The character NUL is in no name, and can't be kept in a reason.");
  }
  const a = await refOf(db, workspace, input.a);
  const b = await refOf(db, workspace, input.b);
  if (a === b) throw new IdentityProblem("same-ref", `Both are ${a}.`);
  if (![a, b].some((ref) => ref.startsWith("p:"))) {
    throw new IdentityProblem("no-person", "One of the two has to be a person whom a source of truth knows.");
  }
  const { verdict } = input;
  await act({ db, workspace, by }, "decide", "decide", async (sql) => {
    await insertDecisions(sql, workspace, [{ a, b, verdict, reason, by: by.actor.name }]);
    return { result: undefined, object: `${a} and ${b}`, after: { verdict, reason } };
  });
  await refresh(db, workspace);
  return { a, b };
}
