/** Sign-in through next-auth: sessions are signed tokens in a cookie; there is no password to guess. */
import type { NextAuthOptions } from "next-auth";

/** A working day; the address printed at the start signs in again. */
export const SESSION_SECONDS = 12 * 60 * 60;

/** Name of the cookie; the prefix makes browsers insist on https where the address is https. */
export function sessionCookie(): { name: string; secure: boolean } {
  const secure = process.env.NEXTAUTH_URL?.startsWith("https:") ?? false;
  return { name: `${secure ? "__Secure-" : ""}next-auth.session-token`, secure };
}

/** @throws when the launcher has not set NEXTAUTH_SECRET. */
export function sessionSecret(): string {
  const secret = process.env.NEXTAUTH_SECRET;
  if (!secret) throw new Error("NEXTAUTH_SECRET is not set. Start Rollcall with npm start.");
  return secret;
}

export function authOptions(): NextAuthOptions {
  return {
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/signin" },
    providers: [],
    callbacks: {
      session: ({ session, token }) => ({ ...session, user: { name: token.name ?? null, role: token.role } }),
    },
  };
}
