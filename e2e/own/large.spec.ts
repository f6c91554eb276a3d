/** A workspace of more people than a process of the pages holds: a worker's process works its reports out, and pages show them. */
import { expect, type Page, test } from "playwright/test";
import { PLAIN_PAGES } from "../pages.ts";
import { type RunningServer, startServer } from "../server.ts";
import { sessionOf } from "../sign-in.ts";
import { detailPages } from "../states.ts";
import { visit } from "../visit.ts";

let server: RunningServer;
let at = "";
let session = "";

test.beforeAll(async () => {
  test.setTimeout(600_000);
  server = await startServer("demo", { env: { ROLLCALL_PAGES_PEOPLE: "0" } });
  at = new URL(server.address).origin;
  session = await sessionOf(server.address);
});

test.afterAll(() => server?.stop());

test.beforeEach(async ({ page }) => {
  test.setTimeout(180_000);
  await page
    .context()
    .addCookies([
      { name: "next-auth.session-token", value: session, url: at, httpOnly: true, sameSite: "Lax" },
    ]);
});

const LATER = { timeout: 60_000 };
const foot = (page: Page) => page.getByRole("main").locator("footer");

test("the first page says how far its reports are, and opens once they are there", async ({ page }) => {
  await page.goto(`${at}/`);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible(LATER);
  await expect(page.getByRole("main")).toContainText("causes of failures are open");
  // What was ninety days before is another moment, worked out after it.
  await expect(page.getByText("could not be told")).toHaveCount(0, LATER);
  await expect(page.getByText(/(?:better|worse|as many|no change)/u).first()).toBeVisible(LATER);
});

test("every page shows its answer", async ({ page }) => {
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()} ${response.url()}`);
  });
  for (const [path, title] of [...PLAIN_PAGES, ...(await detailPages(page, at))]) {
    await visit(page, `${at}${path}`);
    await expect(page.getByRole("heading", { level: 1 }).first(), path).toContainText(title);
  }
  expect(wrong).toEqual([]);
});

test("what is decided of a failure shows at once, and what is set when it was worked out again", async ({
  page,
}) => {
  await visit(page, `${at}/failures`);
  await expect(foot(page)).not.toContainText("Something has changed", LATER);
  const row = page.locator("tr[data-group]").first();
  const group = await row.getAttribute("data-group");
  await row.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText("1 cause acknowledged.")).toBeVisible();
  await expect(page.locator(`tr[data-group="${group}"]`)).toHaveCount(0);
  await visit(page, `${at}/failures?state=acknowledged`);
  await expect(page.locator(`tr[data-group="${group}"]`)).toBeVisible();

  const set = await page.request.put(`${at}/api/v1/applications/Slack/sla`, {
    data: { hours: 999 },
    headers: { origin: at },
  });
  expect(set.status()).toBe(200);
  await visit(page, `${at}/offboarding`);
  await expect(foot(page)).toContainText("Something has changed since");
  await expect(foot(page)).not.toContainText("Something has changed since", LATER);
  const report = await page.request.get(`${at}/api/v1/reports/offboarding?limit=1`);
  expect((await report.json()).slas).toContainEqual({ application: "Slack", hours: 999 });
});

test.beforeEach(async ({ page }) => {
  // Each test may be the first one at a server.
  const there = async () => (await page.request.get(`${at}/api/v1/reports/overview?limit=1`)).status();
  if (test.info().title.startsWith("the first page")) return;
  await expect.poll(there, LATER).toBe(200);
});

test("exports have every row, in the order that is asked for", async ({ page }) => {
  const query = "f.active=true&sort=-lastActivityAt";
  const shown = await (await page.request.get(`${at}/api/v1/reports/accounts?limit=1&${query}`)).json();
  const json = await (await page.request.get(`${at}/api/v1/reports/accounts?${query}`)).json();
  expect(json.rows).toHaveLength(shown.page.total);
  expect(json.rows[0]).toEqual(shown.rows[0]);
  expect(json.summary).toEqual(shown.summary);
  const csv = await (
    await page.request.get(`${at}/api/v1/reports/accounts?format=csv&columns=account&${query}`)
  ).text();
  expect(csv.trimEnd().split("\n").slice(1)).toEqual(
    json.rows.map((row: { account: string }) => row.account),
  );
});

test("a period is worked out when it is asked for", async ({ page }) => {
  await visit(page, `${at}/offboarding?from=2026-01-01&to=2026-03-31`);
  await expect(page.getByRole("heading", { level: 1, name: "Offboarding" })).toBeVisible(LATER);
  await expect(foot(page)).toBeVisible(LATER);
});
