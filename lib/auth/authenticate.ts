/** Whose secret it is that came with a request. */
import type { Db } from "../../db/client.ts";
import { tokenHolder, touchToken } from "../../db/queries/api-tokens.ts";
import { sessionHolder, touchSession } from "../../db/queries/sessions.ts";
import type { Caller } from "./caller.ts";
import { hashOf } from "./secret.ts";

/** How exactly the last use of a session or a token is known. */
const TOUCH_MS = 60_000;

export interface SignedIn extends Caller {
  member: string;
  session: string;
  /** When the provider was last asked for them, and what it is asked with; null where no provider let them in. */
  checkedAt: number;
  refreshToken: Uint8Array | null;
}

/** The member behind a session cookie; null when it is unknown, over, revoked, or the member may no longer come in. */
export async function callerOfSession(
  db: Db,
  workspace: string,
  secret: string,
  address: string | null,
): Promise<SignedIn | null> {
  const holder = await sessionHolder(db, workspace, hashOf(secret));
  if (holder === null) return null;
  const { session, member, name, role, customer, checkedAt, refreshToken } = holder;
  if (Date.now() - holder.lastSeenAt > TOUCH_MS) await touchSession(db, workspace, session);
  return {
    actor: { kind: "member", id: member, name, address },
    role,
    customer,
    member,
    scopes: null,
    session,
    checkedAt,
    refreshToken,
  };
}

/** The same of an API token: it can do what its scopes say, as far as its member may. */
export async function callerOfToken(
  db: Db,
  workspace: string,
  secret: string,
  address: string | null,
): Promise<Caller | null> {
  const holder = await tokenHolder(db, workspace, hashOf(secret));
  if (holder === null) return null;
  const { token, name, role, customer, member, scopes, source, lastUsedAt } = holder;
  if (lastUsedAt === null || Date.now() - lastUsedAt > TOUCH_MS) await touchToken(db, workspace, token);
  const actor = { kind: "token", id: token, name, address } as const;
  return { actor, role, customer, member, scopes, ...(source === null ? {} : { source }) };
}
