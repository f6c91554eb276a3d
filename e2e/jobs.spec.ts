/** Long work from the pages, and the search and pages that it does not disturb. */
import { readFile } from "node:fs/promises";
import { expect, test } from "playwright/test";
import { unpacked } from "../lib/files/testing.ts";
import { memberPage, origin, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test("a pack is begun by keyboard, followed on another page, and fetched after coming back", async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const streams: string[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith("/api/v1/jobs/stream"))
      streams.push(response.headers()["content-type"] ?? "");
  });
  await visit(page, `${origin}/dormant`);
  await page.getByRole("button", { name: /^Work/u }).focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Work" });
  await panel.getByRole("button", { name: "Make an evidence pack" }).focus();
  await page.keyboard.press("Enter");
  await panel.getByLabel("Application").fill("Slack");
  await page.keyboard.press("Enter");
  await expect(panel.getByText("Evidence: Slack").first()).toBeVisible();
  // It goes on while the person is elsewhere, and the page was left for good.
  await page.goto(`${origin}/sources`);
  await page.getByRole("button", { name: /^Work/u }).click();
  const line = panel.getByRole("listitem").filter({ hasText: "Evidence: Slack" }).first();
  await expect(line.getByText("Done")).toBeVisible({ timeout: 60_000 });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    line.getByRole("link", { name: /^Download/u }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^rollcall-evidence-\d{4}-\d\d-\d\d\.zip$/u);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 2).toString()).toBe("PK");
  expect(streams.length).toBeGreaterThan(0);
  expect(new Set(streams)).toEqual(new Set(["text/event-stream; charset=utf-8"]));

  const href = await line.getByRole("link", { name: /^Download/u }).getAttribute("href");
  const other = await memberPage(browser, "admin");
  expect((await other.page.request.get(`${origin}${href}`)).status()).toBe(404);
});

test("a pack of a kind is made: a sample of leavers, and a letter only for somebody", async ({ page }) => {
  test.setTimeout(120_000);
  await visit(page, `${origin}/dormant`);
  await page.getByRole("button", { name: /^Work/u }).click();
  const panel = page.getByRole("dialog", { name: "Work" });
  await panel.getByRole("button", { name: "Make an evidence pack" }).click();
  await panel.getByLabel("Kind").selectOption({ label: "Letter to a customer" });
  await panel.getByRole("button", { name: "Begin" }).click();
  await expect(panel.getByRole("alert")).toHaveText(/An assurance letter is for one customer/u);
  await panel.getByLabel("Kind").selectOption({ label: "Sample of leavers" });
  await panel.getByLabel("Leavers").fill("2");
  await panel.getByLabel("Seed").fill("chosen");
  await panel.getByRole("button", { name: "Begin" }).click();
  const line = panel.getByRole("listitem").filter({ hasText: "Evidence: offboarding sample" }).first();
  await expect(line.getByText("Done")).toBeVisible({ timeout: 90_000 });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    line.getByRole("link", { name: /^Download/u }).click(),
  ]);
  const files = await unpacked(await readFile(await download.path()));
  expect(JSON.parse(files.get("sample.json")?.toString() ?? "")).toMatchObject({
    seed: "chosen",
    leavers: [{ place: 1 }, { place: 2 }],
  });
  expect(files.get("report.pdf")?.subarray(0, 5).toString()).toBe("%PDF-");
});

test("everything is worked out anew, its progress told, and the page shows the same numbers after", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await visit(page, `${origin}/accounts`);
  const answer = await page.getByRole("heading", { level: 1 }).locator("..").textContent();
  await page.getByRole("button", { name: /^Work/u }).click();
  const panel = page.getByRole("dialog", { name: "Work" });
  await panel.getByRole("button", { name: "Work everything out anew" }).click();
  await page
    .getByRole("dialog", { name: /anew\?/u })
    .getByRole("button", { name: "Begin" })
    .click();
  const line = panel.getByRole("listitem").filter({ hasText: "Working everything out anew" }).first();
  await expect(line.getByText("Done")).toBeVisible({ timeout: 90_000 });
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { level: 1 }).locator("..")).toHaveText(answer ?? "");
});

test("where events can't be had, the page asks instead", async ({ page }) => {
  test.setTimeout(120_000);
  await page.route("**/api/v1/jobs/stream", (route) => route.fulfill({ status: 503, body: "" }));
  await visit(page, `${origin}/dormant`);
  await page.getByRole("button", { name: /^Work/u }).click();
  const panel = page.getByRole("dialog", { name: "Work" });
  await panel.getByRole("button", { name: "Make an evidence pack" }).click();
  await panel.getByLabel("Application").fill("Zoom");
  await panel.getByRole("button", { name: "Begin" }).click();
  const line = panel.getByRole("listitem").filter({ hasText: "Evidence: Zoom" }).first();
  await expect(line.getByText("Done")).toBeVisible({ timeout: 60_000 });
});

test("somebody is found by an id, and their timeline is narrowed and followed to a record, by keyboard", async ({
  page,
}) => {
  const rows = (await (await page.request.get(`${origin}/api/v1/reports/offboarding?limit=1`)).json()) as {
    rows: { subject: string; identity: { displayName: string } }[];
  };
  const { subject = "", identity } = rows.rows[0] ?? {};
  const report = (await (
    await page.request.get(`${origin}/api/v1/identities/${encodeURIComponent(subject)}`)
  ).json()) as { links: { ref: string }[] };
  const id =
    report.links
      .find(({ ref }) => ref.startsWith("p:"))
      ?.ref.split(":")
      .at(-1) ?? "";
  await visit(page, `${origin}/dormant`);
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type(id.toUpperCase());
  const menu = page.getByRole("dialog", { name: "Find" });
  await expect(menu.getByRole("option").first()).toContainText(identity?.displayName ?? "");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/identities\//u);
  await page.getByLabel("Witness").selectOption("directory");
  await expect(page).toHaveURL(/layer=directory/u);
  const events = page.getByRole("table").last();
  await expect(events.getByRole("cell", { name: "directory", exact: true }).first()).toBeVisible();
  await expect(events.getByRole("cell", { name: "access", exact: true })).toHaveCount(0);
  await page.getByLabel("Up to").fill("2001-01-01");
  await expect(page.getByText("No event fits these filters.")).toBeVisible();
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).not.toHaveURL(/layer=|to=/u);
  await events.getByRole("button").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Event" }).getByText("Raw record")).toBeVisible();
});

test("an application's SLA is set by who may, and the page says by whom", async ({ page, browser }) => {
  await visit(page, `${origin}/applications/Zoom`);
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByLabel("Hours").fill("4");
  await page.keyboard.press("Enter");
  await expect(page.getByText("4 hours")).toBeVisible();
  await expect(page.getByText(/set by /u)).toBeVisible();
  const { page: auditor } = await memberPage(browser, "auditor");
  await visit(auditor, `${origin}/applications/zoom`);
  await expect(auditor.getByText("4 hours")).toBeVisible();
  await expect(auditor.getByRole("button", { name: "Change" })).toHaveCount(0);
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByRole("button", { name: "Use the default" }).click();
  await expect(page.getByText("24 hours")).toBeVisible();
});

test("more of a timeline comes when its end is reached", async ({ page }) => {
  await visit(page, `${origin}/applications/Slack`);
  const lines = page.getByRole("table").last().getByRole("row");
  await expect(lines).toHaveCount(101);
  await page.getByRole("button", { name: "Show earlier events" }).scrollIntoViewIfNeeded();
  await expect(lines).toHaveCount(201);
});

test("times are the reader's own, with UTC beside", async ({ browser }) => {
  const { page } = await memberPage(browser, "auditor");
  const context = await browser.newContext({
    timezoneId: "Asia/Tokyo",
    storageState: await page.context().storageState(),
  });
  const tokyo = await context.newPage();
  await visit(tokyo, `${origin}/applications/Slack`);
  const time = tokyo.getByRole("table").last().locator("time").first();
  const utc = new Date((await time.getAttribute("datetime")) ?? "");
  const there = new Date(utc.getTime() + 9 * 3_600_000).toISOString().slice(11, 19);
  await expect(time).toHaveText(there);
  await expect(time).toHaveAttribute("title", `${utc.toISOString().slice(0, 19).replace("T", " ")} UTC`);
});
