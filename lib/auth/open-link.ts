/** The address printed at the start: whoever opens it is signed in as the operator. */
import { createHash, timingSafeEqual } from "node:crypto";
import { encode } from "next-auth/jwt";
import { SESSION_SECONDS, sessionSecret } from "./options.ts";

/** Compares in a time that tells nothing about where the difference is. */
export function isOpenToken(given: string): boolean {
  const expected = process.env.ROLLCALL_OPEN_TOKEN;
  if (!expected) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** The session token of the operator, for the session cookie. */
export function operatorToken(): Promise<string> {
  return encode({
    token: { name: "Operator", role: "admin" },
    secret: sessionSecret(),
    maxAge: SESSION_SECONDS,
  });
}
