/** A cause that affects more people than are shown at once. */
import { expect, test } from "playwright/test";
import { attempt } from "../../lib/failures/testing.ts";
import type { FailuresReport } from "../../lib/reports/contract.ts";
import { Installation } from "../installation.ts";
import { visit } from "../visit.ts";

const PEOPLE = 230;

test("has its story come with some of those affected, and all of them on wish", async ({ browser }) => {
  test.setTimeout(300_000);
  const there = await Installation.start(browser);
  try {
    const lines = Array.from({ length: PEOPLE }, (_, i) => attempt(1, `person${i}`));
    expect((await there.ingest(lines.join("\n"), "okta")).rejected).toBe(0);
    const { rows } = await there.get<FailuresReport>("/api/v1/reports/failures");
    const id = rows[0]?.id ?? "";
    const page = await there.page();
    await visit(page, `${there.origin}/failures/${id}`);
    const affected = page
      .getByRole("table")
      .filter({ has: page.getByRole("columnheader", { name: "Affected" }) })
      .getByRole("rowheader");
    await expect(affected).toHaveCount(100);
    // Where they can't be had, those who are there stay, and a second try has all.
    const whole = (url: URL) =>
      url.pathname.endsWith(`/api/v1/failures/${id}`) && !url.searchParams.has("limit");
    await page.route(whole, (route) => route.abort());
    await page.getByRole("button", { name: `Show 130 more of ${PEOPLE}` }).click();
    await expect(page.getByText("Fetching all 230")).toBeVisible();
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible({ timeout: 30_000 });
    await expect(affected).toHaveCount(100);
    await page.unroute(whole);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(affected).toHaveCount(PEOPLE);
    await expect(page.getByRole("button", { name: /more of/u })).toHaveCount(0);
  } finally {
    await there.stop();
  }
});
