/** Who is asking: read once at the door of each page and each API route. */

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { getToken } from "next-auth/jwt";
import { z } from "zod";
import { sessionCookie, sessionSecret } from "./options.ts";

const Session = z.object({ name: z.string(), role: z.enum(["admin"]) });
export type Session = z.infer<typeof Session>;

/** The session of the request being answered, or null without a valid one. */
async function currentSession(): Promise<Session | null> {
  const { name, secure } = sessionCookie();
  const jar = await cookies();
  const req = {
    cookies: Object.fromEntries(jar.getAll().map((cookie) => [cookie.name, cookie.value])),
    headers: Object.fromEntries(await headers()),
  };
  const token = await getToken({
    // next-auth's type is Next's old request; it reads these two only.
    req: req as unknown as Parameters<typeof getToken>[0]["req"],
    secret: sessionSecret(),
    cookieName: name,
    secureCookie: secure,
  });
  const session = Session.safeParse(token);
  return session.success ? session.data : null;
}

/** For pages: the session; without one the sign-in page is shown instead. */
export async function requireSession(): Promise<Session> {
  return (await currentSession()) ?? redirect("/signin");
}

type Handler<Context> = (request: Request, context: Context, session: Session) => Promise<Response>;

/** For API routes: the handler runs with a session only; without one the answer is 401. */
export function withSession<Context = unknown>(handler: Handler<Context>) {
  return async (request: Request, context: Context): Promise<Response> => {
    const session = await currentSession();
    if (session) return handler(request, context, session);
    const message = "Sign in first: open the address that Rollcall printed when it started.";
    return Response.json({ error: { code: "unauthenticated", message } }, { status: 401 });
  };
}
