/** Signing out, and being signed out. */
import type { Db } from "../../../db/client.ts";
import { readSessions, revokeSessions, type SessionChoice } from "../../../db/queries/sessions.ts";
import { act } from "../act.ts";
import { type Caller, requirePermission } from "../caller.ts";

/**
 * Ends sessions at once: the next request of such a browser finds itself signed out.
 * @returns how many were open.
 * @throws {AccessProblem} for somebody else's without the permission.
 */
export async function endSessions(
  db: Db,
  workspace: string,
  by: Caller,
  choice: SessionChoice,
): Promise<number> {
  const own =
    by.member !== null &&
    ("member" in choice
      ? choice.member === by.member
      : "session" in choice &&
        (await readSessions(db, workspace, by.member)).some(({ session }) => session === choice.session));
  if (!own) requirePermission(by, "members");
  return act({ db, workspace, by }, own ? "own" : "members", "end-sessions", async (sql) => {
    const ended = await revokeSessions(sql, workspace, choice);
    const members = [...new Set(ended.map(({ name }) => name))];
    return {
      result: ended.length,
      nothing: ended.length === 0,
      object: members.join(", "),
      before: { sessions: ended.map(({ session }) => session) },
    };
  });
}
