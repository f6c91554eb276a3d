/** What each page says while something is wrong: no database, no permission, an API that fails, answers that are slow. */
import { type BrowserContext, expect, type Page, test } from "playwright/test";
import { may, type Permission, ROLES } from "../lib/auth/permissions.ts";
import { PAGES } from "./pages.ts";
import { startServer } from "./server.ts";
import { memberPage, origin, signIn } from "./sign-in.ts";
import { reviewOfSlack } from "./slack-review.ts";
import { startDatabase } from "./stoppable-database.ts";

/** Those that are pages of one thing each, at any server with the sample. */
async function detailPages(page: Page, at: string): Promise<[string, string | RegExp][]> {
  const read = async <T>(path: string) => (await (await page.request.get(`${at}/api/v1${path}`)).json()) as T;
  const { rows } = await read<{ rows: { subject: string }[] }>("/reports/offboarding?limit=1");
  const person = `/identities/${encodeURIComponent(rows[0]?.subject ?? "")}`;
  const { events } = await read<{ events: { id: string }[] }>(`${person}/events?limit=1`);
  const failures = await read<{ rows: { id: string }[] }>("/reports/failures?limit=1");
  const review = await reviewOfSlack(page, at);
  return [
    [person, /./u],
    [`/events/${encodeURIComponent(events[0]?.id ?? "")}`, /./u],
    [`/failures/${encodeURIComponent(failures.rows[0]?.id ?? "")}`, /./u],
    [review, /./u],
    [`${review}/items`, /./u],
  ];
}

/** Words that only a program's own error has. */
const RAW =
  /ECONNREFUSED|CONNECTION_|PostgresError|digest|Application error|Internal Server Error|undefined|\bat \S+ \(|client-side exception/u;

/** Some are worked out from the whole log, and here for the first time. */
const WORKED_OUT = { timeout: 60_000 };

/** The shape of what comes. */
const WAITING = "[role=status][aria-label^=Working]";

test("while the database is stopped each page says so, and is back with Try again", async ({ browser }) => {
  test.setTimeout(600_000);
  const database = await startDatabase();
  const server = await startServer("demo", { env: { DATABASE_URL: database.url } });
  const at = new URL(server.address).origin;
  let context: BrowserContext | undefined;
  try {
    context = await browser.newContext();
    const first = await context.newPage();
    await first.goto(server.address);
    const pages = [...PAGES, ...(await detailPages(first, at))];
    await first.goto(`${at}/coverage`, { waitUntil: "networkidle" });

    await database.stop();
    const shown = new Map<string, Page>();
    for (const [path] of pages) {
      const page = await context.newPage();
      shown.set(path, page);
      await page.goto(`${at}${path}`);
      const problem = page.getByRole("alert").filter({ has: page.getByRole("heading", { level: 1 }) });
      await expect(problem.getByRole("heading"), path).toHaveText("This page could not be made.");
      await expect(problem, path).toContainText("the database does not answer");
      await expect(problem, path).toContainText("Pages that are open can still be read");
      await expect(problem.getByRole("button", { name: "Try again" }), path).toBeVisible();
      await expect(page.locator("body"), path).not.toContainText(RAW, { useInnerText: true });
      await expect(page.locator(WAITING), path).toHaveCount(0);
    }
    // Tried in vain, it says the same.
    const early = shown.get("/dormant");
    await early?.getByRole("button", { name: "Try again" }).click();
    await expect(early?.getByRole("button", { name: "Try again" }) ?? first.locator("none")).toHaveAttribute(
      "aria-busy",
      "false",
    );
    await expect(early?.getByRole("heading", { level: 1 }) ?? first.locator("none")).toHaveText(
      "This page could not be made.",
    );
    // A page that is open stays, and another filter of it says what is wrong and what is still shown.
    await first.bringToFront();
    await first.getByRole("link", { name: "30 days" }).click();
    await expect(first.getByRole("alert").filter({ hasText: "database does not answer" })).toContainText(
      "What is shown is from",
    );
    await expect(first.locator("[data-place]").first()).toBeVisible();
    const api = await context.request.get(`${at}/api/v1/reports/coverage`);
    expect(api.status()).toBe(503);
    expect(await api.json()).toMatchObject({ error: { code: "unavailable" } });
    expect((await context.request.get(`${at}/readyz`)).status()).toBe(503);
    const nobody = await browser.newContext();
    const door = await nobody.newPage();
    await door.goto(`${at}/signin`);
    await expect(door.getByRole("main")).toContainText("Open the address that Rollcall printed");
    await nobody.close();

    await database.start();
    for (const [path, title] of pages) {
      const page = shown.get(path) as Page;
      await page.bringToFront();
      await page.getByRole("button", { name: "Try again" }).click();
      await expect(page.getByRole("heading", { level: 1 }), path).toContainText(title, WORKED_OUT);
      await expect(page.getByText("This page could not be made."), path).toHaveCount(0);
      await expect(page, path).toHaveURL(`${at}${path}`);
      await page.close();
    }
    await first.bringToFront();
    const alert = first.getByRole("alert").filter({ hasText: /\S/u });
    const again = alert.getByRole("button", { name: "Try again" });
    if (await again.isVisible()) await again.click();
    await expect(alert).toHaveCount(0);
    await expect(first.getByRole("link", { name: "30 days" })).toHaveAttribute("aria-current", "true");
  } finally {
    await context?.close();
    await server.stop();
    await database.end();
  }
});

test("while answers are slow each page shows the shape of what comes, and nothing jumps", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const database = await startDatabase();
  const server = await startServer("demo", { env: { DATABASE_URL: database.url } });
  const at = new URL(server.address).origin;
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(server.address);
    const pages = [...PAGES, ...(await detailPages(page, at))];
    await page.addInitScript((waiting) => {
      const moved = { sum: 0, shapeSeen: false };
      Object.assign(window, { moved });
      // However short it stands: what is drawn is seen here.
      new MutationObserver(() => {
        moved.shapeSeen ||= document.querySelector(waiting)?.checkVisibility() ?? false;
      }).observe(document, { childList: true, subtree: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
          moved.sum += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    }, WAITING);
    for (const [path, title] of pages) {
      database.slow(0);
      // Worked out once: to read a whole log slowly would take minutes.
      await page.goto(`${at}${path}`, { waitUntil: "networkidle" });
      await page.goto(`${at}/signin`);
      database.slow(150);
      await page.goto(`${at}${path}`);
      await expect(page.getByRole("heading", { level: 1 }).first(), path).toContainText(title, WORKED_OUT);
      database.slow(0);
      await page.waitForLoadState("networkidle");
      const { sum, shapeSeen } = await page.evaluate(
        () => (window as unknown as { moved: { sum: number; shapeSeen: boolean } }).moved,
      );
      expect(shapeSeen, path).toBe(true);
      expect(sum, path).toBeLessThan(0.1);
    }
  } finally {
    await context.close();
    await server.stop();
    await database.end();
  }
});

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
    const theirs = PAGES.filter(([path]) => !may(role, permissionOf(path)));
    expect(theirs.length).toBeGreaterThan(0);
    for (const [path] of theirs) {
      await page.goto(`${origin}${path}`);
      await page.waitForURL(/\/forbidden$/u);
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
  const pages = [...PAGES, ...(await detailPages(page, origin))];
  /** Pages that asked again while they were open: most do, or this tests nothing. */
  let asked = 0;
  for (const [path, title] of pages) {
    await page.goto(`${origin}${path}`, { waitUntil: "networkidle" });
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
