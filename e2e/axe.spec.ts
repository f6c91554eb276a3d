/** What opens over a page, and pages that say no: axe finds nothing, and nothing jumps. */
import { expect, test } from "playwright/test";
import { faults, SIZES, watchShifts } from "./faults.ts";
import { memberPage, origin, signIn } from "./sign-in.ts";
import { visit, visitForbidden } from "./visit.ts";

for (const viewport of SIZES) {
  test.describe(`${viewport.width} px wide`, () => {
    test.use({ viewport, colorScheme: "light" });

    test("what opens over a page has no fault", async ({ page }) => {
      test.setTimeout(120_000);
      await signIn(page);
      await watchShifts(page);
      await visit(page, `${origin}/dormant`);
      await page.keyboard.press("ControlOrMeta+k");
      await page.keyboard.type("sla");
      const menu = page.getByRole("dialog", { name: "Find" });
      await expect(menu.getByRole("option", { name: /Slack/u })).toBeVisible();
      expect(await faults(page), "the menu").toEqual([]);
      // The first Esc empties the field, the second closes the menu.
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await expect(menu).toBeHidden();
      await page.keyboard.press("?");
      expect(await faults(page), "the keys").toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^Work/u }).click();
      await page.getByRole("button", { name: "Make an evidence pack" }).click();
      expect(await faults(page), "the work").toEqual([]);
    });
  });
}

test("pages that say no have no fault either", async ({ page, browser }) => {
  test.setTimeout(180_000);
  await watchShifts(page);
  await visit(page, `${origin}/signin`);
  expect(await faults(page), "/signin").toEqual([]);
  const { page: reviewer } = await memberPage(browser, "reviewer");
  await watchShifts(reviewer);
  for (const path of ["/coverage", "/audit"]) {
    await visitForbidden(reviewer, `${origin}${path}`);
    expect(await faults(reviewer), path).toEqual([]);
  }
  const { page: analyst } = await memberPage(browser, "analyst");
  await watchShifts(analyst);
  for (const path of ["/applications/Nothing%20of%20this%20name", "/identities/nobody", "/nothing"]) {
    await visit(analyst, `${origin}${path}`);
    expect(await faults(analyst), path).toEqual([]);
  }
});
