/** What each page says while something is wrong: no permission, or an API that fails. */
import { expect, test } from "playwright/test";
import { may, type Permission, ROLES } from "../lib/auth/permissions.ts";
import { PLAIN_PAGES } from "./pages.ts";
import { memberPage, origin, signIn } from "./sign-in.ts";
import { detailPages, WAITING } from "./states.ts";
import { visit, visitForbidden } from "./visit.ts";

/** What each page asks for; pages of one thing are in e2e/matrix.spec.ts. */
const permissionOf = (path: string): Permission => {
  if (path === "/") return "own";
  if (path.startsWith("/reviews/new")) return "run-reviews";
  if (path.startsWith("/reviews")) return "see-reviews";
  if (path.startsWith("/access")) return "tokens";
  if (path.startsWith("/audit")) return "audit";
  return path.startsWith("/links") ? "workspace" : "read";
};

for (const role of ROLES.filter((one) => one !== "admin")) {
  test(`${role}: is told in words which pages are not theirs, and whom to ask`, async ({ browser }) => {
    const customer = role === "customer-viewer";
    const { page } = await memberPage(browser, role, customer ? { customer: "Larkspur Labs" } : {});
    const theirs = PLAIN_PAGES.filter(([path]) => !may(role, permissionOf(path)));
    expect(theirs.length).toBeGreaterThan(0);
    for (const [path] of theirs) {
      await visitForbidden(page, `${origin}${path}`);
      const main = page.getByRole("main");
      await expect(main, path).toContainText("Your role does not show this page.");
      await expect(main, path).toContainText(`You are signed in as ${role.replace("-", " ")}.`);
      // A customer's own people are not told who works here.
      await expect(main, path).toContainText(
        customer ? "Ask whoever let you in" : "Ask an admin of this workspace for another role: ",
      );
      if (customer) await expect(main, path).not.toContainText("@");
      await expect(main.getByRole("link", { name: "Back to what you may see" }), path).toBeVisible();
    }
    await page.getByRole("link", { name: "Back to what you may see" }).click();
    // Whoever reviews alone begins there.
    await expect(page).toHaveURL(`${origin}${role === "reviewer" ? "/reviews" : "/"}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.context().close();
  });
}

test("when its API fails, what a page shows stays, with from when it is, until newer can be had", async ({
  page,
}) => {
  test.setTimeout(600_000);
  await signIn(page);
  await page.clock.install();
  const pages = [...PLAIN_PAGES, ...(await detailPages(page, origin))];
  /** Pages that asked again while they were open: most do, or this tests nothing. */
  let asked = 0;
  for (const [path, title] of pages) {
    await visit(page, `${origin}${path}`);
    const heading = page.getByRole("heading", { level: 1 }).first();
    await expect(heading, path).toContainText(title);
    const before = (await page.getByRole("main").textContent()) ?? "";
    let failed = 0;
    await page.route(/\/api\/v1\/(?!jobs)/u, async (route) => {
      if (route.request().method() !== "GET") return route.fallback();
      failed++;
      await route.fulfill({ status: 500, body: "" });
    });
    // Whoever comes back to a page after a while gets what is new.
    await page.clock.fastForward("02:00");
    await page.evaluate(() => {
      window.dispatchEvent(new Event("visibilitychange"));
      document.dispatchEvent(new Event("visibilitychange"));
    });
    // The second try.
    await page.clock.runFor(3_000);
    const problem = page.getByRole("alert").filter({ hasText: /\S/u });
    if (failed > 0) {
      asked++;
      await expect(problem.first(), path).toContainText("Rollcall answered with an error (HTTP 500)");
      await expect(problem.first(), path).toContainText(/What is shown is from \d/u);
      await expect(problem.first(), path).toContainText("asked again every few seconds");
    }
    await expect(heading, path).toContainText(title);
    // All that was there is there still, figures and rows.
    const now = (await page.getByRole("main").textContent()) ?? "";
    expect(now.length, path).toBeGreaterThan(before.length * 0.9);
    await expect(page.locator(WAITING), path).toHaveCount(0);
    await page.unroute(/\/api\/v1\/(?!jobs)/u);
    await page.clock.runFor(8_000);
    await expect(problem.filter({ hasText: "HTTP 500" }), path).toHaveCount(0);
  }
  expect(asked).toBeGreaterThan(pages.length / 2);
});

test("what could not be had at first says so without blinking, and comes by itself", async ({ page }) => {
  await signIn(page);
  await page.clock.install();
  const [event = ""] = (await detailPages(page, origin))[1] ?? [];
  let failed = 0;
  await page.route(/\/api\/v1\/events\//u, async (route) => {
    failed++;
    await route.fulfill({ status: 500, body: "" });
  });
  await visit(page, `${origin}/applications/Slack?event=${event.split("/").at(-1)}`);
  const panel = page.getByRole("dialog");
  await page.clock.runFor(3_000);
  await expect(panel.getByRole("alert")).toContainText("Rollcall is asked again every few seconds.");
  const before = failed;
  await panel.getByRole("alert").evaluate((problem) => {
    new MutationObserver(() => {
      if (!problem.isConnected) document.documentElement.dataset.blinked = "";
    }).observe(document.body, { childList: true, subtree: true });
  });
  await page.clock.runFor(12_000);
  await expect.poll(() => failed).toBeGreaterThan(before);
  await expect(page.locator("html[data-blinked]")).toHaveCount(0);
  await page.unroute(/\/api\/v1\/events\//u);
  await page.clock.runFor(8_000);
  await expect(panel.getByRole("alert")).toHaveCount(0);
  await expect(panel).toContainText("Source");
});
