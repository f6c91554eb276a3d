/** Asking the provider again whether a member who is signed in may still come in. */
import type { Db } from "../../../db/client.ts";
import { lockSession, noteChecked } from "../../../db/queries/sessions.ts";
import type { SignedIn } from "../authenticate.ts";
import { rollcallItself } from "../caller.ts";
import { seal, unseal } from "../seal.ts";
import { endSessions } from "../sessions/end-sessions.ts";
import { admitMember } from "./admit-member.ts";
import { ruleFor } from "./profile.ts";
import { recheck } from "./provider.ts";
import type { OidcSettings } from "./settings.ts";

/** What refresh tokens are sealed for. */
export const REFRESH_TOKEN = "refresh token";

/** A provider that does not answer keeps nobody out who was let in a moment ago, nor in for ever. */
const MOST_SILENCE_MS = 60 * 60_000;

/**
 * Asks the provider if the session was not checked for a while.
 * @param secret of the installation.
 * @returns what came of it: `not-asked`, since it was asked a moment ago; `let-in`, as what they are now; `shut-out`, and
 *   their session has ended then.
 */
export async function recheckMember(
  db: Db,
  workspace: string,
  settings: OidcSettings,
  caller: SignedIn,
  secret: string,
): Promise<"not-asked" | "let-in" | "shut-out"> {
  if (caller.refreshToken === null || Date.now() - caller.checkedAt < settings.recheckMs) return "not-asked";
  const by = rollcallItself("provider", settings.issuer);
  // A refresh token is used once: of many requests at the same moment, one asks and the others wait for its answer, unless
  // that is too old for them by now.
  const outcome = await db.sql.begin(async (sql) => {
    const held = await lockSession(sql, workspace, caller.session);
    if (held === null) return { over: true };
    const isFresh = Date.now() - held.checkedAt < settings.recheckMs;
    if (held.checkedAt > caller.checkedAt && isFresh) return { over: false };
    const token = held.refreshToken === null ? null : await unseal(secret, REFRESH_TOKEN, held.refreshToken);
    if (token === null) return { over: true };
    const answer = await recheck(settings, token);
    if (answer.state === "unknown") return { over: Date.now() - held.checkedAt > MOST_SILENCE_MS };
    if (answer.state === "refused") return { over: true };
    await noteChecked(sql, workspace, caller.session, await seal(secret, REFRESH_TOKEN, answer.refreshToken));
    return { over: false, profile: answer.profile };
  });
  if (outcome.over) {
    await endSessions(db, workspace, by, { session: caller.session });
    return "shut-out";
  }
  if (outcome.profile === undefined) return "let-in";
  const { profile } = outcome;
  const member = await admitMember(db, workspace, profile, ruleFor(settings.rules, profile.groups));
  return member === null ? "shut-out" : "let-in";
}
