/** Every page in both themes, wide and on a phone: it shows its answer and fits, axe finds nothing, nothing jumps, and the console stays silent. */
import { expect, type Page, test } from "playwright/test";
import { faults, SIZES, watchShifts } from "../faults.ts";
import { lookAtSlack } from "../looked-at.ts";
import { PAGES } from "../pages.ts";
import { type RunningServer, startServer } from "../server.ts";
import { sessionOf } from "../sign-in.ts";
import { detailPages } from "../states.ts";
import { visit } from "../visit.ts";

/** What is no report says nothing of records; pages of one thing each say it of that. */
const NO_REPORT = /^\/(?:alerts|links|evidence|access|audit|reviews|shares|identities|events|failures\/)/u;

type Shown = readonly [path: string, title: string | RegExp];

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Looks at pages. @returns what is wrong with each that has a fault. */
async function look(page: Page, at: string, pages: readonly Shown[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  let shown = "";
  const say = (text: string) => {
    found[shown] = [...(found[shown] ?? []), text];
  };
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") say(message.text());
  });
  page.on("pageerror", (error) => say(error.message));
  page.on("response", (response) => {
    if (response.status() >= 400) say(`${response.status()} ${response.url()}`);
  });
  for (const [path, title] of pages) {
    shown = path;
    await visit(page, `${at}${path}`);
    await expect(page.getByRole("heading", { level: 1 }).first(), path).toContainText(title);
    if (!NO_REPORT.test(path))
      await expect(page.getByText(/records? of \d+ sources?/u).first(), path).toBeVisible();
    if ((await overflow(page)) > 0) say("It scrolls sideways.");
    for (const fault of await faults(page)) say(fault);
  }
  return found;
}

let server: RunningServer;
let at = "";
let session = "";
let pages: Shown[] = [];

test.beforeAll(async () => {
  test.setTimeout(600_000);
  server = await startServer("demo");
  at = new URL(server.address).origin;
  session = await sessionOf(server.address);
  await lookAtSlack(at, session);
});

test.afterAll(() => server?.stop());

for (const viewport of SIZES) {
  test.describe(`${viewport.width} px wide`, () => {
    test.use({ viewport, colorScheme: "light" });

    test("no page has a fault in either theme", async ({ page }) => {
      test.setTimeout(600_000);
      await page.context().addCookies([{ name: "next-auth.session-token", value: session, url: at }]);
      if (pages.length === 0) {
        const details = await detailPages(page, at);
        pages = [...PAGES, ...details, [`${details[0]?.[0]}?layer=access`, /./u]];
      }
      await watchShifts(page);
      expect(await look(page, at, pages)).toEqual({});
    });
  });
}
