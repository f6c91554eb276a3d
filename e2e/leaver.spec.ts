/** How somebody follows one leaver from the list of open cases to the record of what went wrong. */
import { expect, type Page, test } from "playwright/test";
import type { IdentityReport, OffboardingReport, OffboardingRow } from "../lib/reports/contract.ts";
import { origin, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

test.beforeEach(async ({ page }) => signIn(page));

async function leaver(page: Page, wanted: (row: OffboardingRow) => boolean): Promise<OffboardingRow> {
  const answer = await page.request.get(`${origin}/api/v1/reports/offboarding`);
  const row = ((await answer.json()) as OffboardingReport).rows.find(wanted);
  if (row === undefined) throw new Error("The sample company has nobody of that kind.");
  return row;
}

const addressOf = ({ subject }: OffboardingRow) => `${origin}/identities/${encodeURIComponent(subject)}`;

async function reportOf(page: Page, row: OffboardingRow): Promise<IdentityReport> {
  const path = `/api/v1/identities/${encodeURIComponent(row.subject)}`;
  return (await (await page.request.get(`${origin}${path}`)).json()) as IdentityReport;
}

test("shows access after leaving in words, and opens its record by the mouse", async ({ page }) => {
  const row = await leaver(page, (one) => one.accessAfterLeaving);
  await visit(page, addressOf(row));
  const section = page.getByRole("region", { name: "Offboarding", exact: true });
  const lane = section
    .getByRole("list", { name: /^Lanes/u })
    .getByRole("listitem")
    .first();
  await expect(lane).toContainText(/Used (?:once|\d+ times) after leaving/u);
  const mark = lane.getByRole("button", { name: /used after leaving|uses after leaving/u }).first();
  await mark.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Raw record");
  await expect(page).toHaveURL(/event=/u);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(mark).toBeFocused();
});

test("walks the marks with j and opens a failed attempt with Enter", async ({ page }) => {
  const row = await leaver(page, ({ status }) => status === "failing");
  await visit(page, addressOf(row));
  const section = page.getByRole("region", { name: "Offboarding", exact: true });
  await expect(section).toContainText(/Still open after .+, failing/u);
  const failure = section.getByRole("button", { name: /attempt failed|failed attempts/u }).first();
  await section
    .getByRole("button", { name: /Opens the record/u })
    .first()
    .focus();
  for (let i = 0; i < 60; i++) {
    if (await failure.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(failure).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("Raw record");
  await page.goBack();
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("has a lane for each account, and every mark in the table", async ({ page }) => {
  const row = await leaver(page, ({ status }) => status === "failing");
  const { leaving } = await reportOf(page, row);
  const marks = leaving.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.marks));
  expect(marks.some(({ kind }) => kind === "failure")).toBe(true);
  await visit(page, addressOf(row));
  const section = page.getByRole("region", { name: "Offboarding", exact: true });
  const lanes = section.getByRole("list", { name: /^Lanes/u }).getByRole("listitem");
  await expect(lanes).toHaveCount(leaving.flatMap((one) => one.lanes).length);
  for (const summary of await section.getByText("Show as table").all()) await summary.press("Enter");
  const rows = section.getByRole("region", { name: "What happened after leaving" }).getByRole("row");
  await expect(rows).toHaveCount(marks.length + leaving.filter(({ lanes: own }) => own.length > 0).length);
});

test("compares applications by their curves, and months, each with a table", async ({ page }) => {
  await visit(page, `${origin}/offboarding`);
  const groups = page.getByRole("region", { name: "Groups" });
  const curves = groups.getByRole("img");
  await expect(curves.first()).toHaveAttribute("aria-label", /still open after/u);
  await groups.getByRole("link", { name: "By month" }).click();
  await expect(page).toHaveURL(/by=month/u);
  await expect(curves.first()).toHaveAttribute("aria-label", /^\d{4}-\d{2}: /u);
  await page.getByText("Show as table: Share still open by month").press("Enter");
  const table = page.getByRole("region", { name: "Share still open by month" });
  await expect(table.getByRole("columnheader", { name: "After 24 h" })).toBeVisible();
  const month = (await table.getByRole("rowheader").first().textContent()) ?? "";
  await groups.getByRole("figure").getByRole("link", { name: month }).click();
  await expect(page).toHaveURL(new RegExp(`from=${month}-01`, "u"));
});
