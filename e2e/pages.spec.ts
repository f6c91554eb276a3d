import { expect, type Page, test } from "playwright/test";
import { origin, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

/** What the browser complains of while the page is used. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") found.push(message.text());
  });
  page.on("pageerror", (error) => found.push(error.message));
  page.on("response", (response) => {
    if (response.status() >= 400) found.push(`${response.status()} ${response.url()}`);
  });
  return found;
}

test.describe("somebody signed in", () => {
  test.beforeEach(async ({ page }) => {
    await signIn(page);
  });

  test("goes from a department's figures to its accounts", async ({ page }) => {
    await page.goto(`${origin}/offboarding`);
    const groups = page.getByRole("region", { name: "Groups" });
    await groups.getByRole("link", { name: "By department" }).click();
    const row = groups.getByRole("row", { name: /^Sales / });
    const accounts = await row.getByRole("cell").nth(1).textContent();
    await row.getByRole("link", { name: "Sales" }).click();
    await expect(page).toHaveURL(/department=Sales/u);
    const heading = page.getByRole("heading", { name: /accounts of leavers$/u });
    await expect(heading).toHaveText(new RegExp(`^${accounts} of [\\d,]+ accounts of leavers$`, "u"));
    await page.getByRole("link", { name: "Department: Sales" }).click();
    await expect(page).not.toHaveURL(/department=Sales/u);
  });

  test("goes from a leaver who still has access to the record that proves it", async ({ page }) => {
    const found = complaints(page);
    await page.goto(`${origin}/offboarding`);
    const person = page.getByRole("table").last().getByRole("link").first();
    const name = (await person.textContent()) ?? "";
    await person.click();
    await expect(page).toHaveURL(/\/identities\//u);
    await expect(page.getByText(name).first()).toBeVisible();
    const report = await page.request.get(
      `${origin}/api/v1/identities/${page.url().split("/identities/")[1] ?? ""}`,
    );
    const { events } = (await report.json()) as { events: { id: string }[] };
    expect(events.length).toBeGreaterThan(0);
    const detail = await page.request.get(`${origin}/api/v1/events/${events[0]?.id}`);
    const { raw } = (await detail.json()) as { raw: { sha256: string; text: string } };
    await page.goto(`${origin}/events/${events[0]?.id}`);
    await expect(page.getByText(raw.sha256)).toBeVisible();
    expect(found).toEqual([]);
  });

  test("opens a cell of the coverage map with the keyboard and sees what proves it", async ({ page }) => {
    await visit(page, `${origin}/coverage`);
    const cell = page.locator("[data-place]").first();
    await cell.focus();
    await page.keyboard.press("ArrowDown");
    await expect(page.locator("[data-place]:focus")).toHaveCount(1);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  });

  test("walks the failed-sync queue with j, k and Enter", async ({ page }) => {
    await visit(page, `${origin}/failures`);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await expect(page).toHaveURL(/group=/u);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  });

  test("finds an application from anywhere", async ({ page }) => {
    await visit(page, `${origin}/dormant`);
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("slac");
    await expect(page.getByRole("dialog").getByRole("option", { name: /Slack/u }).first()).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/applications\/Slack/u);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Application");
  });

  test("gets the same numbers from page, API and CSV", async ({ page }) => {
    const json = await page.request.get(`${origin}/api/v1/reports/failures`);
    const report = (await json.json()) as { rows: unknown[]; summary: { open: number } };
    const csv = await page.request.get(`${origin}/api/v1/reports/failures?format=csv`);
    expect((await csv.text()).split("\n").length).toBeGreaterThan(report.rows.length);
    await page.goto(`${origin}/failures`);
    await expect(page.getByText(new RegExp(`${report.summary.open} causes`, "u")).first()).toBeVisible();
  });

  test("is told which parameter is wrong", async ({ page }) => {
    const answer = await page.request.get(`${origin}/api/v1/reports/dormant?days=many`);
    expect(answer.status()).toBe(400);
    const { error } = (await answer.json()) as { error: { message: string } };
    expect(error.message).toContain("days");
    expect((await page.request.get(`${origin}/api/v1/reports/nothing`)).status()).toBe(404);
  });

  test("takes a percent sign in an address for what it is", async ({ page }) => {
    for (const [path, title] of [
      ["/applications/100%25", "100%"],
      ["/identities/%25", "Person"],
      ["/events/%25", "Event"],
    ] as const) {
      await visit(page, `${origin}${path}`);
      await expect(page, path).toHaveTitle(new RegExp(title, "u"));
      await expect(page.getByRole("heading", { level: 1 }), path).toHaveText(
        "The records know nothing of this name.",
      );
    }
  });
});
