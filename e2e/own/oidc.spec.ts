/** Signing in with a real OpenID provider, through the browser. */
import { type Browser, type BrowserContext, expect, type Page, test } from "playwright/test";
import { freePortAfter } from "../../lib/runtime/port.ts";
import { CLIENT, startProvider, type TestProvider } from "../oidc-provider.ts";
import { type RunningServer, startServer } from "../server.ts";

let rollcall: RunningServer;
let provider: TestProvider;
let origin: string;
let admin: BrowserContext;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  const port = await freePortAfter(20_000 + (process.pid % 20_000));
  origin = `http://localhost:${port}`;
  provider = await startProvider(origin);
  rollcall = await startServer("start", {
    port,
    env: {
      ROLLCALL_OIDC_ISSUER: provider.issuer,
      ROLLCALL_OIDC_CLIENT_ID: CLIENT.id,
      ROLLCALL_OIDC_CLIENT_SECRET: CLIENT.secret,
      ROLLCALL_OIDC_NAME: "Larkspur",
      ROLLCALL_OIDC_SCOPE: "openid email profile groups offline_access",
      ROLLCALL_OIDC_ROLES: "iam-admins=admin; acme-people=customer-viewer:Acme",
      // The provider is asked at every request.
      ROLLCALL_OIDC_RECHECK_SECONDS: "0",
      NEXTAUTH_URL: origin,
    },
  });
  admin = await browser.newContext();
  await (await admin.newPage()).goto(rollcall.address);
});

test.afterAll(async () => {
  await admin?.close();
  await rollcall?.stop();
  await provider?.stop();
});

/** Signs in as a person would. @returns the page, wherever that led. */
async function signInAs(browser: Browser, login: string, start = "/signin"): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${origin}${start}`);
  await page.getByRole("button", { name: "Sign in with Larkspur" }).click();
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("anything");
  await page.getByRole("button", { name: /sign-in/iu }).click();
  await page.getByRole("button", { name: /continue/iu }).click();
  await page.waitForURL(`${origin}/**`);
  return page;
}

const person = (login: string, groups: string[] = [], email_verified = true) => {
  provider.people.set(login, {
    name: `Person ${login}`,
    email: `${login}@larkspur.example`,
    email_verified,
    groups,
  });
};

const status = async (page: Page, path = "/api/v1/sources") =>
  (await page.request.get(`${origin}${path}`)).status();

const invite = async (login: string, role: string) => {
  const answer = await admin.request.post(`${origin}/api/v1/members`, {
    data: { email: `${login}@larkspur.example`, role },
    headers: { origin },
  });
  expect(answer.status(), await answer.text()).toBe(200);
};

test("somebody invited comes in, by code flow with PKCE, state and nonce", async ({ browser }) => {
  person("ada");
  await invite("ada", "analyst");
  const page = await signInAs(browser, "ada");
  await expect(page).toHaveURL(`${origin}/`);
  expect(await status(page)).toBe(200);
  expect(await status(page, "/api/v1/members")).toBe(403);
  const query = provider.asked[0]?.searchParams;
  expect(query?.get("response_type")).toBe("code");
  expect(query?.get("code_challenge_method")).toBe("S256");
  for (const name of ["code_challenge", "state", "nonce"])
    expect(query?.get(name)?.length, name).toBeGreaterThan(20);
});

test("somebody whom nobody let in is told so", async ({ browser }) => {
  person("eve");
  const page = await signInAs(browser, "eve");
  await expect(page.getByRole("alert").first()).toContainText("nobody has let you in here");
  expect(await status(page)).toBe(401);
});

test("an e-mail that the provider has not verified takes nobody's invitation", async ({ browser }) => {
  await invite("bob", "admin");
  person("mallory");
  provider.people.set("mallory", {
    name: "M",
    email: "bob@larkspur.example",
    email_verified: false,
    groups: [],
  });
  const page = await signInAs(browser, "mallory");
  await expect(page.getByRole("alert").first()).toContainText("nobody has let you in here");
});

test("an invitation that was taken is not taken again by another with the same e-mail", async ({
  browser,
}) => {
  provider.people.set("ada-two", {
    name: "A",
    email: "ada@larkspur.example",
    email_verified: true,
    groups: [],
  });
  const page = await signInAs(browser, "ada-two");
  await expect(page.getByRole("alert").first()).toContainText("nobody has let you in here");
});

test("a group gives a role, and takes it away again at once", async ({ browser }) => {
  person("grace", ["everybody", "iam-admins"]);
  const page = await signInAs(browser, "grace");
  expect(await status(page, "/api/v1/members")).toBe(200);
  person("grace", ["everybody", "acme-people"]);
  expect(await status(page, "/api/v1/members")).toBe(403);
  expect(await status(page)).toBe(200);
  person("grace", ["everybody"]);
  expect(await status(page)).toBe(401);
  person("grace", ["iam-admins"]);
  const again = await signInAs(browser, "grace");
  expect(await status(again, "/api/v1/members")).toBe(200);
});

test("somebody deactivated at the provider loses the session at once", async ({ browser }) => {
  person("linus", ["iam-admins"]);
  const page = await signInAs(browser, "linus");
  expect(await status(page)).toBe(200);
  provider.people.delete("linus");
  expect(await status(page)).toBe(401);
  await page.goto(`${origin}/offboarding`);
  await expect(page).toHaveURL(`${origin}/signin`);
});

test("somebody deactivated here loses the session at once, and the provider does not bring them back", async ({
  browser,
}) => {
  person("nina", ["iam-admins"]);
  const page = await signInAs(browser, "nina");
  const { members } = (await (await admin.request.get(`${origin}/api/v1/members`)).json()) as {
    members: { member: string; email: string }[];
  };
  const nina = members.find(({ email }) => email === "nina@larkspur.example")?.member ?? "";
  const change = { data: { active: false }, headers: { origin } };
  expect((await admin.request.patch(`${origin}/api/v1/members/${nina}`, change)).status()).toBe(200);
  expect(await status(page)).toBe(401);
  const again = await signInAs(browser, "nina");
  await expect(again.getByRole("alert").first()).toContainText("nobody has let you in here");
});

test("signing out at the provider signs out here, by its own call", async ({ browser }) => {
  person("olga", ["iam-admins"]);
  const page = await signInAs(browser, "olga");
  expect(await status(page)).toBe(200);
  await page.goto(`${provider.issuer}/session/end`);
  await page.getByRole("button", { name: /yes, sign me out/iu }).click();
  await expect.poll(() => status(page)).toBe(401);
  const audit = (await (await admin.request.get(`${origin}/api/v1/audit?verb=end-sessions`)).json()) as {
    rows: { actorKind: string; actorName: string }[];
  };
  expect(audit.rows[0]).toMatchObject({ actorKind: "provider", actorName: provider.issuer });
});

test("a forged logout ends nothing", async ({ browser, request }) => {
  person("pia", ["iam-admins"]);
  const page = await signInAs(browser, "pia");
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: provider.issuer,
    aud: CLIENT.id,
    iat: now,
    jti: "x",
    sub: "pia",
    events: { "http://schemas.openid.net/event/backchannel-logout": {} },
  };
  for (const token of [
    `${part({ alg: "none" })}.${part(claims)}.`,
    `${part({ alg: "RS256", kid: "x" })}.${part(claims)}.${part({})}`,
    `${part({ alg: "HS256" })}.${part(claims)}.${part({})}`,
    "x",
  ]) {
    const answer = await request.post(`${origin}/api/auth/backchannel-logout`, {
      form: { logout_token: token },
    });
    expect(answer.status()).toBe(400);
  }
  expect(await status(page)).toBe(200);
});

test("signing in leads to no other site", async ({ browser }) => {
  person("rosa", ["iam-admins"]);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/signin`);
  const { csrfToken } = (await (await context.request.get(`${origin}/api/auth/csrf`)).json()) as {
    csrfToken: string;
  };
  for (const elsewhere of [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
  ]) {
    const answer = await context.request.post(`${origin}/api/auth/signin/oidc`, {
      form: { csrfToken, callbackUrl: elsewhere, json: "true" },
      headers: { origin },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(200);
    const kept = (await context.cookies()).find(({ name }) => name === "next-auth.callback-url")?.value ?? "";
    expect(new URL(decodeURIComponent(kept)).origin).toBe(origin);
  }
});
