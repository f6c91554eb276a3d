/** The session cookie. */

/** Name of the cookie; the prefix makes browsers insist on https where the address is https. */
export function sessionCookie(): { name: string; secure: boolean } {
  const secure = process.env.NEXTAUTH_URL?.startsWith("https:") ?? false;
  return { name: `${secure ? "__Secure-" : ""}next-auth.session-token`, secure };
}

/** @throws when the launcher has not set NEXTAUTH_SECRET. */
export function installationSecret(): string {
  const secret = process.env.NEXTAUTH_SECRET;
  if (!secret) throw new Error("NEXTAUTH_SECRET is not set. Start Rollcall with npm start.");
  return secret;
}
