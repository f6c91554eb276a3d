import { expect, test } from "playwright/test";
import { newMember, origin, SAME_ORIGIN, sessionOf, signIn } from "./sign-in.ts";

const SIGN_IN = "Open the address that Rollcall printed when it was started.";

test("a session opens the overview", async ({ page }) => {
  await signIn(page);
  await page.goto(origin);
  await expect(page).toHaveURL(`${origin}/`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "Offboarding" }).first()).toBeVisible();
});

test("a sign-in link works once", async ({ page }) => {
  const used = process.env.ROLLCALL_E2E_ADDRESS ?? "";
  await page.goto(used);
  await expect(page).toHaveURL(`${origin}/signin?error=link`);
  await expect(page.getByText("This link was used already")).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
  await expect(sessionOf(used)).rejects.toThrow();
});

test("signing out ends the session, also for whoever kept its cookie", async ({ page, browser }) => {
  const { session } = await newMember("analyst");
  const cookie = { name: "next-auth.session-token", value: session, url: origin };
  await page.context().addCookies([cookie]);
  await page.goto(origin);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(`${origin}/signin`);
  const other = await browser.newContext();
  await other.addCookies([cookie]);
  const answer = await other.request.get(`${origin}/api/v1/reports/offboarding`);
  expect(answer.status()).toBe(401);
  await other.close();
});

test("a member who is deactivated is out at once, with their tokens", async ({ browser, page }) => {
  const { session, member } = await newMember("analyst");
  const theirs = await browser.newContext();
  await theirs.addCookies([{ name: "next-auth.session-token", value: session, url: origin }]);
  const made = await theirs.request.post(`${origin}/api/v1/tokens`, {
    data: { name: "nightly", scopes: ["read"], days: 1 },
    headers: SAME_ORIGIN,
  });
  const { secret } = (await made.json()) as { secret: string };
  const read = async () => {
    const byToken = await fetch(`${origin}/api/v1/sources`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    const bySession = await theirs.request.get(`${origin}/api/v1/sources`);
    return [bySession.status(), byToken.status];
  };
  expect(await read()).toEqual([200, 200]);
  await signIn(page);
  const gone = await page.request.patch(`${origin}/api/v1/members/${member}`, {
    data: { active: false },
    headers: SAME_ORIGIN,
  });
  expect(gone.status()).toBe(200);
  expect(await read()).toEqual([401, 401]);
  await theirs.close();
});

test("without a session a page leads to the sign-in page", async ({ page }) => {
  await page.goto(`${origin}/offboarding`);
  await expect(page).toHaveURL(`${origin}/signin`);
  await expect(page.getByText(SIGN_IN)).toBeVisible();
});

test("without a session the API answers 401 in JSON", async ({ request }) => {
  const answer = await request.get(`${origin}/api/v1/reports/offboarding`);
  expect(answer.status()).toBe(401);
  expect(await answer.json()).toMatchObject({ error: { code: "unauthenticated" } });
});

test("a made-up address signs nobody in", async ({ page }) => {
  for (const made of ["AAAA", `rcl_main_${"A".repeat(43)}`, `rcl_elsewhere_${"A".repeat(43)}`]) {
    await page.goto(`${origin}/open/${made}`);
    await expect(page.getByText(SIGN_IN)).toBeVisible();
    expect(await page.context().cookies()).toEqual([]);
  }
});

test("a forged session is none", async ({ page, context }) => {
  for (const value of [
    "e30.e30.e30.e30.e30",
    `rcs_main_${"A".repeat(43)}`,
    `rcs_elsewhere_${"A".repeat(43)}`,
  ]) {
    await context.addCookies([{ name: "next-auth.session-token", value, url: origin }]);
    await page.goto(origin);
    await expect(page).toHaveURL(`${origin}/signin`);
  }
});
