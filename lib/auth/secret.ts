/** Secrets that let somebody in: random, shown once, stored as a hash. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** What a secret looks like: kind, workspace and 256 random bits, so that it says itself where it is looked up. */
const FORM = /^(?:rcs|rct|rcl|rcv|rcp)_([a-z0-9-]{1,63})_[A-Za-z0-9_-]{43}$/u;

/** `rcs` a session, `rct` an API token, `rcl` a sign-in link, `rcv` a link that shows something to view, `rcp` provisions by SCIM. */
export type SecretKind = "rcs" | "rct" | "rcl" | "rcv" | "rcp";

/** SHA-256: a secret of 256 random bits can't be guessed from it, so no slow hash is needed. */
export const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** Whether two texts are one, in a time that tells nothing of where they differ. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(hashOf(a), hashOf(b));

export function newSecret(kind: SecretKind, workspace: string): { secret: string; hash: Buffer } {
  const secret = `${kind}_${workspace}_${randomBytes(32).toString("base64url")}`;
  return { secret, hash: hashOf(secret) };
}

/** The workspace that a secret names; null for what is no secret of that kind. It is looked up by its hash there. */
export function workspaceOf(secret: string, kind: SecretKind): string | null {
  return secret.startsWith(`${kind}_`) ? (FORM.exec(secret)?.[1] ?? null) : null;
}
