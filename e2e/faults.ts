/** What is wrong with how a page looks: what axe finds, and what jumps. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";

/** A desk and a phone. */
export const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const PHONE_WIDTH = 640;
/** What a reader does not notice; web.dev calls anything under 0.1 good. */
const MOST_SHIFT = 0.05;

interface Shifts {
  shifts: { value: number; what: string[] }[];
}

/** Notes what moves without the person having done anything. */
export const watchShifts = (page: Page) =>
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

/** What stands on the page; at a desk in both themes. @returns what is wrong, a line each. */
export async function faults(page: Page): Promise<string[]> {
  const found: string[] = [];
  const note = (theme: string, { violations }: Awaited<ReturnType<AxeBuilder["analyze"]>>) => {
    for (const { id, nodes } of violations)
      for (const { target, html } of nodes.slice(0, 3))
        found.push(`${theme}, ${id}: ${target.join(" ")} ${html.slice(0, 160)}`);
  };
  // In the page itself: what it would open beside it looks into frames, and there are none.
  const looking = () => new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  note("light", await looking().analyze());
  // Nothing but the colours is another, and they are the same at a desk and on a phone.
  if ((page.viewportSize()?.width ?? 0) > PHONE_WIDTH) {
    await page.emulateMedia({ colorScheme: "dark" });
    note("dark", await looking().withRules(["color-contrast", "link-in-text-block"]).analyze());
    await page.emulateMedia({ colorScheme: "light" });
  }
  const shifts = await page.evaluate(() => (window as unknown as Shifts).shifts);
  const moved = shifts.reduce((sum, { value }) => sum + value, 0);
  if (moved > MOST_SHIFT) {
    const worst = shifts.toSorted((a, b) => b.value - a.value)[0];
    found.push(`layout shift ${moved.toFixed(3)}: ${JSON.stringify(worst)}`);
  }
  return found;
}
