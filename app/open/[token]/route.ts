/** GET /open/…: a sign-in link, which works once. */
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { sessionCookie } from "../../../lib/auth/cookie.ts";
import { dbOfWorkspace, originOf } from "../../../lib/auth/guard.ts";
import { workspaceOf } from "../../../lib/auth/secret.ts";
import { beginSession, SESSION_SECONDS } from "../../../lib/auth/sessions/begin-session.ts";
import { redeemSignInLink } from "../../../lib/auth/sessions/redeem-sign-in-link.ts";

export async function GET(
  _request: Request,
  context: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { token } = await context.params;
  const workspace = workspaceOf(token, "rcl");
  const db = workspace === null ? null : await dbOfWorkspace(workspace);
  if (workspace === null || db === null) redirect("/signin?error=link");
  const { address, agent } = await originOf();
  const member = await redeemSignInLink(db, workspace, token, address);
  if (member === null) redirect("/signin?error=link");
  const { secret } = await beginSession(db, workspace, member, { agent });
  const { name, secure } = sessionCookie();
  const jar = await cookies();
  jar.set(name, secret, { httpOnly: true, secure, sameSite: "lax", path: "/", maxAge: SESSION_SECONDS });
  redirect("/");
}
