/** A token for a program. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../../db/client.ts";
import { insertToken } from "../../../db/queries/api-tokens.ts";
import { requireSourceName } from "../../ingest/source-name.ts";
import { act } from "../act.ts";
import { AccessProblem, allowed, type Caller } from "../caller.ts";
import { type Permission, SCOPES, type Scope } from "../permissions.ts";
import { newSecret } from "../secret.ts";

/** No token lives longer: a key that nobody renews is one that nobody knows of. */
const MOST_DAYS = 366;

/**
 * @param input what it is for, what it may do, and for how many days; of the caller's own permissions. With a source it may
 *   ingest into that one, and nothing else.
 * @returns the token itself, told this once.
 * @throws {AccessProblem} {@link IngestProblem} for a name that no source has
 */
export async function createToken(
  db: Db,
  workspace: string,
  by: Caller,
  input: { name: string; scopes: readonly string[]; days: number; source?: string | null },
): Promise<{ token: string; secret: string; expiresAt: number }> {
  const name = input.name.trim();
  const { member } = by;
  if (name === "" || name.length > 100)
    throw new AccessProblem("bad-name", "Say in 1 to 100 characters what the token is for.");
  if (!(Number.isInteger(input.days) && input.days >= 1 && input.days <= MOST_DAYS)) {
    throw new AccessProblem("bad-days", `A token lives for 1 to ${MOST_DAYS} days.`);
  }
  const scopes = SCOPES.filter((scope) => input.scopes.includes(scope));
  const unknown = input.scopes.filter((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (scopes.length === 0 || unknown.length > 0) {
    throw new AccessProblem("bad-scopes", `A token has one or more of the scopes ${SCOPES.join(", ")}.`);
  }
  const beyond = scopes.filter((scope: Scope) => !allowed(by, scope satisfies Permission));
  if (beyond.length > 0) {
    throw new AccessProblem(
      "forbidden",
      `Your role (${by.role}) does not have ${beyond.join(", ")}: a token can't either.`,
    );
  }
  const source = input.source?.trim() || null;
  if (source !== null) {
    requireSourceName(source);
    if (scopes.join() !== "ingest")
      throw new AccessProblem("bad-scopes", "A token of one source has the scope ingest, and no other.");
  }
  if (member === null || by.scopes !== null) {
    throw new AccessProblem("no-member", "A token belongs to a member: sign in, and make it there.");
  }
  return act({ db, workspace, by }, "tokens", "create-token", async (sql) => {
    const { secret, hash } = newSecret("rct", workspace);
    const token = randomUUID();
    const prefix = secret.slice(0, `rct_${workspace}_`.length + 4);
    const expiresAt = Date.now() + input.days * 86_400_000;
    await insertToken(sql, workspace, { token, name, member, hash, prefix, scopes, source, expiresAt });
    return {
      result: { token, secret, expiresAt },
      object: name,
      after: {
        token,
        prefix,
        scopes,
        ...(source === null ? {} : { source }),
        expiresAt: new Date(expiresAt).toISOString(),
      },
    };
  });
}
