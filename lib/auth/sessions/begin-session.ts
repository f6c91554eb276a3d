/** Signing in. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../../db/client.ts";
import { insertSession } from "../../../db/queries/sessions.ts";
import { act } from "../act.ts";
import type { Caller } from "../caller.ts";
import { newSecret } from "../secret.ts";

/** A working day: whoever stays longer signs in again. */
export const SESSION_SECONDS = 12 * 60 * 60;

export interface SessionOrigin {
  /** Browser, as it names itself. */
  agent: string | null;
  /** The provider's own session, and what it is asked with again, encrypted. */
  providerSession?: string | null;
  refreshToken?: Uint8Array | null;
}

/** Begins a session for the member who is the caller. @returns the cookie's value, which is stored nowhere. */
export async function beginSession(
  db: Db,
  workspace: string,
  by: Caller & { member: string },
  origin: SessionOrigin,
): Promise<{ secret: string; expiresAt: number }> {
  return act({ db, workspace, by }, "own", "begin-session", async (sql) => {
    const { secret, hash } = newSecret("rcs", workspace);
    const session = randomUUID();
    const expiresAt = Date.now() + SESSION_SECONDS * 1000;
    await insertSession(sql, workspace, {
      session,
      member: by.member,
      hash,
      expiresAt,
      address: by.actor.address,
      agent: origin.agent?.slice(0, 300) ?? null,
      providerSession: origin.providerSession ?? null,
      refreshToken: origin.refreshToken ?? null,
    });
    return {
      result: { secret, expiresAt },
      object: by.actor.name,
      after: { session, with: origin.providerSession === undefined ? "link" : "provider" },
    };
  });
}
