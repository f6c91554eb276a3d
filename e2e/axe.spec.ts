/** Every page in both themes, wide and on a phone: axe finds nothing, nothing jumps, and the console stays silent. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "playwright/test";
import { PAGES, pagesOfSomebody } from "./pages.ts";
import { memberPage, origin, signIn } from "./sign-in.ts";
import { reviewOfSlack } from "./slack-review.ts";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
/** What a reader does not notice; web.dev calls anything under 0.1 good. */
const MOST_SHIFT = 0.05;

interface Shifts {
  shifts: { value: number; what: string[] }[];
}

/** Notes what moves without the person having done anything. */
const watchShifts = (page: Page) =>
  page.addInitScript(() => {
    const found: Shifts["shifts"] = [];
    Object.assign(window, { shifts: found });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Node | null }[];
      })[]) {
        if (entry.hadRecentInput) continue;
        const what = entry.sources.map(({ node }) =>
          (node instanceof Element ? node.outerHTML : (node?.textContent ?? "")).slice(0, 80),
        );
        found.push({ value: entry.value, what });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });

/** What stands on the page, in both themes. @returns what is wrong, a line each. */
async function faults(page: Page): Promise<string[]> {
  const found: string[] = [];
  const note = (theme: string, { violations }: Awaited<ReturnType<AxeBuilder["analyze"]>>) => {
    for (const { id, nodes } of violations)
      for (const { target, html } of nodes.slice(0, 3))
        found.push(`${theme}, ${id}: ${target.join(" ")} ${html.slice(0, 160)}`);
  };
  // In the page itself: what it would open beside it looks into frames, and there are none.
  const looking = () => new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  note("light", await looking().analyze());
  // Nothing but the colours is another.
  await page.emulateMedia({ colorScheme: "dark" });
  note("dark", await looking().withRules(["color-contrast", "link-in-text-block"]).analyze());
  await page.emulateMedia({ colorScheme: "light" });
  const shifts = await page.evaluate(() => (window as unknown as Shifts).shifts);
  const moved = shifts.reduce((sum, { value }) => sum + value, 0);
  if (moved > MOST_SHIFT) {
    const worst = shifts.toSorted((a, b) => b.value - a.value)[0];
    found.push(`layout shift ${moved.toFixed(3)}: ${JSON.stringify(worst)}`);
  }
  return found;
}

/** Looks at pages. @returns what is wrong with each that has a fault. */
async function look(page: Page, paths: readonly string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  let at = "";
  const say = (text: string) => {
    found[at] = [...(found[at] ?? []), text];
  };
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") say(message.text());
  });
  page.on("pageerror", (error) => say(error.message));
  for (const path of paths) {
    at = path;
    await page.goto(`${origin}${path}`, { waitUntil: "networkidle" });
    for (const fault of await faults(page)) say(fault);
  }
  return found;
}

for (const viewport of SIZES) {
  test.describe(`${viewport.width} px wide`, () => {
    test.use({ viewport, colorScheme: "light" });

    test("no page has a fault in either theme", async ({ page }) => {
      test.setTimeout(600_000);
      await signIn(page);
      const { identity, event } = await pagesOfSomebody(page);
      await watchShifts(page);
      const review = await reviewOfSlack(page, origin);
      const paths = [
        ...PAGES.map(([path]) => path),
        identity,
        event,
        `${identity}?layer=access`,
        review,
        `${review}/items`,
      ];
      expect(await look(page, paths)).toEqual({});
    });

    test("nor has what opens over one", async ({ page }) => {
      test.setTimeout(120_000);
      await signIn(page);
      await watchShifts(page);
      await page.goto(`${origin}/dormant`, { waitUntil: "networkidle" });
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
  await page.goto(`${origin}/signin`, { waitUntil: "networkidle" });
  expect(await faults(page), "/signin").toEqual([]);
  const { page: reviewer } = await memberPage(browser, "reviewer");
  await watchShifts(reviewer);
  for (const path of ["/coverage", "/audit"]) {
    await reviewer.goto(`${origin}${path}`);
    // The page that was asked for is left once it has said that it is not for them.
    await reviewer.waitForURL(/\/forbidden$/u, { waitUntil: "networkidle" });
    expect(await faults(reviewer), path).toEqual([]);
  }
  const { page: analyst } = await memberPage(browser, "analyst");
  await watchShifts(analyst);
  for (const path of ["/applications/Nothing%20of%20this%20name", "/identities/nobody", "/nothing"]) {
    await analyst.goto(`${origin}${path}`, { waitUntil: "networkidle" });
    expect(await faults(analyst), path).toEqual([]);
  }
});
