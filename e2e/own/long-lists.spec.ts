/** Lists and pictures of which the first come with the page, and the others on wish. */
import { expect, type Locator, type Page, test } from "playwright/test";
import { attempt } from "../../lib/failures/testing.ts";
import type { FailuresReport } from "../../lib/reports/contract.ts";
import { emailOf } from "../../lib/reviews/testing.ts";
import { Installation } from "../installation.ts";
import { visit } from "../visit.ts";

const PEOPLE = 230;
const APPLICATIONS = Array.from({ length: 15 }, (_, i) => `Tool ${String(i).padStart(2, "0")}`);

/** The source's word that somebody left. */
const left = (name: string, at: number) =>
  JSON.stringify({
    uuid: `left-${name}`,
    published: new Date(at).toISOString(),
    eventType: "user.lifecycle.deactivate",
    actor: { id: "system", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
    outcome: { result: "SUCCESS", reason: null },
    target: [{ id: `00u-${name}`, type: "User", alternateId: emailOf(name), displayName: name }],
  });

const affectedIn = (place: Page | Locator) =>
  place.getByRole("table").filter({ hasText: "Last failed" }).getByRole("rowheader");

test("has a failure's story come with some of those affected, and all of them on wish", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const there = await Installation.start(browser);
  try {
    const lines = Array.from({ length: PEOPLE }, (_, i) => attempt(1, `person${i}`));
    expect((await there.ingest(lines.join("\n"), "okta")).rejected).toBe(0);
    const { rows } = await there.get<FailuresReport>("/api/v1/reports/failures");
    const id = rows[0]?.id ?? "";
    const page = await there.page();
    await visit(page, `${there.origin}/failures/${id}`);
    const affected = affectedIn(page);
    await expect(affected).toHaveCount(100);
    // Where they can't be had, those who are there stay, and a second try has all.
    const whole = (url: URL) =>
      url.pathname.endsWith(`/api/v1/failures/${id}`) && !url.searchParams.has("limit");
    await page.route(whole, (route) => route.abort());
    await page.getByRole("button", { name: `Show 130 more of ${PEOPLE}` }).click();
    await expect(page.getByText(`Fetching all ${PEOPLE}`)).toBeVisible();
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible({ timeout: 30_000 });
    await expect(affected).toHaveCount(100);
    await page.unroute(whole);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(affected).toHaveCount(PEOPLE);
    await expect(page.getByRole("button", { name: /more of/u })).toHaveCount(0);
    // Beside the queue as well, nothing goes that was there.
    await visit(page, `${there.origin}/failures`);
    await page.locator(`tr[data-group="${id}"] button`).click();
    const panel = page.getByRole("dialog").filter({ has: page.locator("[data-story]") });
    const attempts = panel.getByRole("region", { name: "Attempts" }).getByRole("row");
    await expect(attempts.nth(1)).toBeVisible();
    await page.route(whole, (route) => route.abort());
    await panel.getByRole("button", { name: `Show 130 more of ${PEOPLE}` }).click();
    await expect(panel.getByRole("button", { name: "Try again" })).toBeVisible({ timeout: 30_000 });
    await expect(attempts.nth(1)).toBeVisible();
    await expect(affectedIn(panel)).toHaveCount(100);
  } finally {
    await there.stop();
  }
});

test("has the curves of a dozen applications come with the page, and the others on wish", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const there = await Installation.start(browser);
  try {
    await there.settle([{ name: "dan", department: "Sales", title: "", manager: "" }], APPLICATIONS);
    expect((await there.ingest(left("dan", Date.now() - 3_600_000), "okta")).rejected).toBe(0);
    const page = await there.page();
    await visit(page, `${there.origin}/offboarding`);
    const groups = page.getByRole("region", { name: "Groups" });
    const curves = groups.getByRole("figure").getByRole("listitem");
    await expect(curves).toHaveCount(12);
    const all = (url: URL) => url.searchParams.get("curves") === "all";
    await page.route(all, (route) => route.abort());
    await groups.getByRole("button", { name: "Show all 15" }).click();
    await expect(groups.getByRole("rowheader", { name: "Tool 14" })).toBeVisible();
    await expect(groups.getByRole("button", { name: "Try again" })).toBeVisible({ timeout: 30_000 });
    await expect(curves).toHaveCount(12);
    await page.unroute(all);
    await groups.getByRole("button", { name: "Try again" }).click();
    await expect(curves).toHaveCount(15);
  } finally {
    await there.stop();
  }
});
