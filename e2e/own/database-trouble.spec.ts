/** What each page says while the database is slow, stopped, and back. */
import { type BrowserContext, expect, type Page, test } from "playwright/test";
import { PLAIN_PAGES } from "../pages.ts";
import { type RunningServer, startServer } from "../server.ts";
import { detailPages, WAITING } from "../states.ts";
import { type StoppableDatabase, startDatabase } from "../stoppable-database.ts";
import { visit } from "../visit.ts";

/** Words that only a program's own error has. */
const RAW =
  /ECONNREFUSED|CONNECTION_|PostgresError|digest|Application error|Internal Server Error|undefined|\bat \S+ \(|client-side exception/u;

/** Some are worked out from the whole log, and here for the first time. */
const WORKED_OUT = { timeout: 60_000 };

let database: StoppableDatabase;
let server: RunningServer;
/** Signed in. */
let context: BrowserContext;
let at = "";
let pages: (readonly [string, string | RegExp])[] = [];

test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000);
  database = await startDatabase();
  server = await startServer("demo", { env: { DATABASE_URL: database.url } });
  at = new URL(server.address).origin;
  context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.address);
  pages = [...PLAIN_PAGES, ...(await detailPages(page, at))];
  await page.close();
});

test.afterAll(async () => {
  await context?.close();
  await server?.stop();
  await database?.end();
});

test("while answers are slow each page shows the shape of what comes, and nothing jumps", async () => {
  test.setTimeout(600_000);
  const page = await context.newPage();
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
    await visit(page, `${at}${path}`);
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
  await page.close();
});

test("while the database is stopped each page says so, and is back with Try again", async ({ browser }) => {
  test.setTimeout(600_000);
  const first = await context.newPage();
  await visit(first, `${at}/coverage`);

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
});
