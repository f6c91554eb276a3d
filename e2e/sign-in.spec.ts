import { expect, test } from "playwright/test";
import { openAddress, origin } from "./address.ts";

const SIGN_IN = "Open the address that Rollcall printed when it was started.";

test("the printed address opens the overview, signed in", async ({ page }) => {
  await page.goto(openAddress);
  await expect(page).toHaveURL(`${origin}/`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "Offboarding" }).first()).toBeVisible();
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
  await page.goto(`${origin}/open/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`);
  await expect(page.getByText(SIGN_IN)).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
});

test("a forged session is none", async ({ page, context }) => {
  await context.addCookies([{ name: "next-auth.session-token", value: "e30.e30.e30.e30.e30", url: origin }]);
  await page.goto(origin);
  await expect(page).toHaveURL(`${origin}/signin`);
});
