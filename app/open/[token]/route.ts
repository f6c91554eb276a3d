import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { isOpenToken, operatorToken } from "../../../lib/auth/open-link.ts";
import { SESSION_SECONDS, sessionCookie } from "../../../lib/auth/options.ts";

export async function GET(
  _request: Request,
  context: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { token } = await context.params;
  if (!isOpenToken(token)) redirect("/signin");
  const { name, secure } = sessionCookie();
  const jar = await cookies();
  jar.set(name, await operatorToken(), {
    httpOnly: true,
    secure,
    sameSite: "lax",
    path: "/",
    maxAge: SESSION_SECONDS,
  });
  redirect("/");
}
