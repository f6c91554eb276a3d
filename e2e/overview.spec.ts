/** The overview as somebody reads it for two minutes a day: each figure leads to its rows, and says which way it goes. */
import { expect, type Page, test } from "playwright/test";
import type { OverviewReport } from "../lib/reports/contract.ts";
import { origin, signIn } from "./sign-in.ts";

/** The past is worked out from the log, once: on a slow machine that takes its time. */
const PAST_MS = 60_000;
const REPORT = "**/api/v1/reports/overview?*";

/** Keeps the answer of 90 days ago back until it is let go. */
async function heldBack(page: Page): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(REPORT, async (route) => {
    await held;
    await route.continue();
  });
  return () => letGo();
}

const figures = (page: Page) => page.getByRole("list", { name: /^Figures, and their change/u });

test.beforeEach(async ({ page }) => signIn(page));

test("shows its answers before the past is worked out, and moves nothing when it is", async ({ page }) => {
  test.setTimeout(2 * PAST_MS);
  const letGo = await heldBack(page);
  await page.goto(`${origin}/`);
  await expect(figures(page)).toHaveCount(5);
  await expect(figures(page).first()).toHaveAttribute("aria-busy", "true");
  const boxes = () =>
    page
      .locator("main section")
      .evaluateAll((sections) => sections.map((one) => one.getBoundingClientRect().y));
  const before = await boxes();
  letGo();
  await expect(figures(page).first()).toHaveAttribute("aria-busy", "false", { timeout: PAST_MS });
  await expect(figures(page).first()).toContainText(/better|worse|same/u);
  expect(await boxes()).toEqual(before);
});

test("tells the change between two reports that anybody can ask for", async ({ page }) => {
  const asked = page.waitForResponse((response) => response.url().includes("/api/v1/reports/overview?asOf="));
  await page.goto(`${origin}/`);
  const past = (await (await asked).json()) as OverviewReport;
  const now = (await (await page.request.get(`${origin}/api/v1/reports/overview`)).json()) as OverviewReport;
  const value = ({ rows }: OverviewReport) =>
    rows.find(({ figure }) => figure === "accounts-open")?.value ?? 0;
  const difference = value(now) - value(past);
  const words =
    difference === 0
      ? "same"
      : `${difference > 0 ? "↑" : "↓"} ${Math.abs(difference)}, ${difference > 0 ? "worse" : "better"}`;
  await expect(page.getByRole("listitem").filter({ hasText: "Accounts still open" })).toContainText(words);
});

test("says that there was nothing to compare with, and keeps its place", async ({ page }) => {
  await page.route(REPORT, async (route) => {
    const response = await route.fetch();
    const report = (await response.json()) as OverviewReport;
    await route.fulfill({ response, json: { ...report, summary: { records: 0 } } });
  });
  await page.goto(`${origin}/`);
  await expect(page.getByText(/there was no data on/u)).toBeVisible();
  await expect(figures(page).first()).toContainText("no data then");
});

test("says what went wrong, and tries again", async ({ page }) => {
  await page.route(REPORT, (route) => route.abort());
  await page.goto(`${origin}/`);
  const again = page.getByRole("button", { name: "Try again" });
  await expect(again).toBeVisible();
  await page.unroute(REPORT);
  await again.click();
  await expect(page.getByText(/90 days before/u)).toBeVisible();
});

test("each figure opens rows, by the mouse", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(`${origin}/`);
  await expect(figures(page)).toHaveCount(5);
  const hrefs = await figures(page)
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(hrefs).toHaveLength(17);
  for (const href of new Set(hrefs)) {
    await page.goto(`${origin}${href}`);
    await expect(page.getByRole("heading", { level: 1 }), href).toBeVisible();
    await expect(page.getByRole("alert").filter({ hasText: /\S/u }), href).toHaveCount(0);
  }
});

test("a figure is reached and followed by the keyboard alone", async ({ page }) => {
  await page.goto(`${origin}/`);
  const link = page.getByRole("link", { name: /^Accounts still open/u });
  const shown = (await link.textContent())?.replace("Accounts still open", "") ?? "";
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press("Tab");
    if (await link.evaluate((element) => element === document.activeElement)) break;
  }
  await expect(link).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/show=unfinished/u);
  await expect(
    page.getByRole("heading", { name: new RegExp(`^${shown} of [\\d,]+ accounts of leavers$`, "u") }),
  ).toBeVisible();
});
