/** What somebody does on the coverage pages: see who is exposed, look at the proof, take the plan along. */
import { readFile } from "node:fs/promises";
import { expect, test } from "playwright/test";
import type { CoverageReport } from "../lib/reports/contract.ts";
import { memberPage, origin, SAME_ORIGIN, signIn } from "./sign-in.ts";
import { reload, visit } from "./visit.ts";

const KEYS_MOST = 80;

test.describe("somebody signed in", () => {
  test.beforeEach(async ({ page }) => signIn(page));

  test("switches to people exposed, and opens the proof of the largest tile", async ({ page }) => {
    const answer = await page.request.get(`${origin}/api/v1/reports/coverage`);
    const { rows } = (await answer.json()) as CoverageReport;
    const exposed = rows.filter(({ people }) => people > 0).sort((a, b) => b.people - a.people);
    await visit(page, `${origin}/coverage`);
    await page.getByRole("link", { name: "By people" }).click();
    await expect(page).toHaveURL(/view=people/u);
    const tiles = page.locator("[data-tile]");
    await expect(tiles).toHaveCount(exposed.length);
    const area = async (name: string) => {
      const box = await page.locator(`[data-tile="${name}"] rect`).first().boundingBox();
      return (box?.width ?? 0) * (box?.height ?? 0);
    };
    const [most, least] = [exposed[0], exposed.at(-1)];
    expect(await area(most?.application ?? "")).toBeGreaterThan(await area(least?.application ?? ""));
    // A word stands in the tile: nobody has to tell colours apart.
    await expect(page.locator("g:has(> [data-tile]) text").nth(1)).toHaveText(
      /Automated|Degraded|Manual|Untested|None/u,
    );
    await tiles.first().click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    // Closing it is a step back by itself, and each step takes a moment.
    await expect(page).not.toHaveURL(/cell=/u);
    await page.goBack();
    await expect(tiles).toHaveCount(0);
    await page.goForward();
    await expect(tiles).toHaveCount(exposed.length);
  });

  test("reaches a tile by the keyboard, and the same facts as a table", async ({ page }) => {
    await visit(page, `${origin}/coverage?view=people&capability=roles`);
    const first = page.locator("[data-tile]").first();
    const words = (await first.getAttribute("aria-label")) ?? "";
    expect(words).toMatch(/, Roles: \w+, \d+ (?:person|people)\. \S/u);
    for (let i = 0; i < KEYS_MOST; i++) {
      await page.keyboard.press("Tab");
      if (await first.evaluate((element) => element === document.activeElement)) break;
    }
    await expect(first).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toContainText("People exposed");
    await page.keyboard.press("Escape");
    await expect(first).toBeFocused();
    const table = page.getByRole("region", { name: "Applications by people exposed" });
    await expect(table).toBeHidden();
    await page.getByText("Show as table: Applications by people exposed").press("Enter");
    const name = words.slice(0, words.indexOf(", Roles:"));
    await expect(table.getByRole("row", { name: new RegExp(`^${name}`, "u") })).toBeVisible();
  });

  test("takes the plan along as a file and on paper, the first in rank first", async ({ page }) => {
    await visit(page, `${origin}/coverage`);
    const plan = page.getByRole("table").last();
    const first = (await plan.getByRole("row").nth(1).getByRole("rowheader").textContent()) ?? "";
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Plan as CSV" }).click();
    const file = await (await download).path();
    const [head, line] = (await readFile(file, "utf8")).split("\n");
    expect(head).toMatch(/^rank,application,what,why,/u);
    expect(line).toContain(first);
    expect(line).toContain(`${origin}/events/`);
    await page.getByRole("link", { name: "Plan to print" }).click();
    await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText(
      new RegExp(`^\\d+\\. ${first}$`, "u"),
    );
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
    await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
    await page.emulateMedia({ media: null });
    await page.getByRole("link", { name: "Proof" }).first().click();
    await expect(page).toHaveURL(/\/events\//u);
    await expect(page.getByText("Raw record")).toBeVisible();
  });
});

test.describe("with a customer's records", () => {
  const CUSTOMER = "Acme Plans";

  test.beforeAll(async ({ browser }) => {
    const { page } = await memberPage(browser, "admin");
    const record = {
      uuid: "plan-1",
      published: "2026-03-01T09:00:00.000Z",
      eventType: "user.authentication.sso",
      outcome: { result: "SUCCESS" },
      actor: { id: "00u-plan", type: "User", alternateId: "ada@acme.example", displayName: "Ada" },
      target: [{ id: "0oa-plan", type: "AppInstance", displayName: "Acme Ledger" }],
    };
    const answer = await page.request.post(
      `${origin}/api/v1/ingest?source=acme-plans&format=okta&customer=${encodeURIComponent(CUSTOMER)}`,
      { headers: SAME_ORIGIN, data: Buffer.from(`${JSON.stringify(record)}\n`) },
    );
    expect(answer.status(), await answer.text()).toBeLessThan(300);
    await page.context().close();
  });

  test("the map, the plan and the address are of the customer that is chosen", async ({ page }) => {
    await signIn(page);
    await visit(page, `${origin}/coverage`);
    await page.getByLabel("Customer").selectOption(CUSTOMER);
    await expect(page).toHaveURL(/customer=Acme\+Plans/u);
    await expect(page.locator("[data-place]")).toHaveCount(4);
    await page.getByRole("link", { name: "Plan to print" }).click();
    await expect(page).toHaveURL(/customer=Acme\+Plans/u);
    await expect(page.getByRole("heading", { level: 2 })).toHaveText(["1. Acme Ledger"]);
  });

  test("by customer, each has a group with its figures, its cells and their proof, the worst first", async ({
    page,
  }) => {
    await signIn(page);
    const read = async (query: string) =>
      (await (await page.request.get(`${origin}/api/v1/reports/coverage?${query}`)).json()) as CoverageReport;
    await visit(page, `${origin}/coverage`);
    // By the keyboard: the switch is a link like every filter.
    await page.getByRole("link", { name: "By customer" }).focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/by=customer/u);
    const all = await read("by=customer");
    const groups = page.getByRole("region").filter({ has: page.getByRole("button", { expanded: true }) });
    const headings = page.getByRole("main").getByRole("heading", { level: 2 });
    await expect(headings).toHaveText(all.customers?.map(({ customer }) => customer ?? "No customer") ?? []);
    expect(all.customers?.map(({ customer }) => customer)).toContain(null);

    const acme = groups.filter({ has: page.getByRole("button", { name: CUSTOMER }) });
    const own = await read(`customer=${encodeURIComponent(CUSTOMER)}&asOf=${all.asOf}`);
    expect(all.rows.filter(({ customer }) => customer === CUSTOMER)).toEqual(own.rows);
    await expect(acme.locator("[data-place]")).toHaveCount(4 * own.rows.length);
    await expect(acme).toContainText(`${own.summary.cells.none} none`);
    await expect(acme).toContainText(`${own.summary.uncovered} of 1 application uncovered`);
    await expect(acme).toContainText(
      `${own.summary.people} ${own.summary.people === 1 ? "person" : "people"} exposed`,
    );

    // A cell opens its proof, by the keyboard, and the address brings it back.
    await acme.locator('[data-capability="leaver"]').focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("dialog", { name: `Acme Ledger: leaver (${CUSTOMER})` });
    await expect(panel).toContainText("People exposed");
    // What it leads to is of that customer too.
    await expect(panel.locator('a[href^="/accounts?"]')).toHaveAttribute("href", /customer=Acme\+Plans/u);
    await reload(page);
    await expect(panel).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();

    // Closed and opened, each and all.
    const name = page.getByRole("button", { name: CUSTOMER });
    await name.focus();
    await page.keyboard.press("Enter");
    await expect(name).toHaveAttribute("aria-expanded", "false");
    await page.getByRole("button", { name: "Close all" }).click();
    await expect(page.locator("[data-place]")).toHaveCount(0);
    await page.getByRole("button", { name: "Open all" }).click();
    await expect(page.locator("[data-place]")).toHaveCount(4 * all.rows.length);

    // The files hold what is shown.
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download CSV" }).click();
    const csv = (await readFile(await (await download).path(), "utf8")).trim().split("\n");
    expect(csv).toHaveLength(all.rows.length + 1);
    expect(csv[0]).toMatch(/,customer$/u);
    expect(csv.filter((line) => line.endsWith(`,${CUSTOMER}`))).toHaveLength(own.rows.length);
    const json = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download JSON" }).click();
    const file = JSON.parse(await readFile(await (await json).path(), "utf8")) as CoverageReport;
    expect(file.customers).toEqual(all.customers);

    // People exposed, too, are shown in groups; and from a group one comes to its own map.
    await page.getByRole("link", { name: "By people" }).click();
    await expect(page.getByRole("figure", { name: `Coverage by people exposed: ${CUSTOMER}` })).toBeVisible();
    await page.getByRole("link", { name: `Its own map and plan: ${CUSTOMER}` }).click();
    await expect(page).toHaveURL(/customer=Acme\+Plans/u);
    await expect(page).not.toHaveURL(/by=/u);
    await expect(page.locator("[data-tile]")).toHaveCount(1);
  });

  test("somebody of that customer has nothing to choose from", async ({ browser }) => {
    const { page } = await memberPage(browser, "customer-viewer", { customer: CUSTOMER });
    await visit(page, `${origin}/coverage?view=people`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Coverage");
    await expect(page.getByLabel("Customer")).toHaveCount(0);
    await expect(page.getByRole("link", { name: "By customer" })).toHaveCount(0);
    // Nor does the address show more than theirs.
    await visit(page, `${origin}/coverage?by=customer`);
    await expect(page.getByRole("main").getByRole("heading", { level: 2 })).toHaveText([CUSTOMER]);
    await page.context().close();
  });
});
