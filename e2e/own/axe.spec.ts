/** Every page in both themes, wide and on a phone: axe finds nothing, nothing jumps, and the console stays silent. */
import { expect, type Page, test } from "playwright/test";
import { faults, SIZES, watchShifts } from "../faults.ts";
import { PAGES } from "../pages.ts";
import { type RunningServer, startServer } from "../server.ts";
import { sessionOf } from "../sign-in.ts";
import { detailPages } from "../states.ts";
import { visit } from "../visit.ts";

/** Looks at pages. @returns what is wrong with each that has a fault. */
async function look(page: Page, at: string, paths: readonly string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  let shown = "";
  const say = (text: string) => {
    found[shown] = [...(found[shown] ?? []), text];
  };
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") say(message.text());
  });
  page.on("pageerror", (error) => say(error.message));
  for (const path of paths) {
    shown = path;
    await visit(page, `${at}${path}`);
    for (const fault of await faults(page)) say(fault);
  }
  return found;
}

let server: RunningServer;
let at = "";
let session = "";
let paths: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(600_000);
  server = await startServer("demo");
  at = new URL(server.address).origin;
  session = await sessionOf(server.address);
});

test.afterAll(() => server?.stop());

for (const viewport of SIZES) {
  test.describe(`${viewport.width} px wide`, () => {
    test.use({ viewport, colorScheme: "light" });

    test("no page has a fault in either theme", async ({ page }) => {
      test.setTimeout(600_000);
      await page.context().addCookies([{ name: "next-auth.session-token", value: session, url: at }]);
      if (paths.length === 0) {
        const details = (await detailPages(page, at)).map(([path]) => path);
        paths = [...PAGES.map(([path]) => path), ...details, `${details[0]}?layer=access`];
      }
      await watchShifts(page);
      expect(await look(page, at, paths)).toEqual({});
    });
  });
}
