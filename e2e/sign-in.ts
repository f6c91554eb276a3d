/** The server under test, and ways to be signed in there. */
import type { Browser, BrowserContext, Page } from "playwright/test";
import { expect } from "playwright/test";
import type { Role } from "../lib/auth/permissions.ts";
import { sessionOf } from "../lib/load/client.ts";

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error("The server under test has not been started.");
  return value;
}

/** Where the server under test answers. */
export const origin = new URL(setting("ROLLCALL_E2E_ADDRESS")).origin;

const COOKIE = "next-auth.session-token";

const addSession = (context: BrowserContext, session: string) =>
  context.addCookies([{ name: COOKIE, value: session, url: origin, httpOnly: true, sameSite: "Lax" }]);

/** Gives the page the operator's session, which the first opening of the printed address began. */
export const signIn = (page: Page): Promise<void> =>
  addSession(page.context(), setting("ROLLCALL_E2E_SESSION"));

/** What the browser sends with a request that changes something. */
export const SAME_ORIGIN = { origin };

export { sessionOf };

let made = 0;

/** The session of a new member. */
export async function newMember(
  role: Role,
  more: { customer?: string; endsAt?: string } = {},
): Promise<{ session: string; member: string; email: string }> {
  made += 1;
  const email = `${role}-${process.pid}-${made}@larkspur.example`;
  const headers = {
    cookie: `${COOKIE}=${setting("ROLLCALL_E2E_SESSION")}`,
    "content-type": "application/json",
    ...SAME_ORIGIN,
  };
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${origin}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return answer.json();
  };
  const ends = role === "auditor" ? { endsAt: "2099-01-31" } : {};
  const { member } = (await post("/api/v1/members", { email, role, ...ends, ...more })) as { member: string };
  const { url } = (await post(`/api/v1/members/${member}/link`, {})) as { url: string };
  return { session: await sessionOf(url), member, email };
}

/** A page in a browser of its own, signed in as a new member. */
export async function memberPage(
  browser: Browser,
  role: Role,
  more: { customer?: string; endsAt?: string } = {},
): Promise<{ page: Page; member: string; email: string }> {
  const { session, member, email } = await newMember(role, more);
  const context = await browser.newContext();
  await addSession(context, session);
  return { page: await context.newPage(), member, email };
}
