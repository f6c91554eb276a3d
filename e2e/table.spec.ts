/** The table of reports, as a person uses it: by mouse and by keyboard. */
import { expect, type Page, test } from "playwright/test";
import { memberPage, origin, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

interface Rows {
  rows: Record<string, unknown>[];
  page: { total: number; all: number };
}

const rowsOf = async (page: Page, query: string, limit = 1_000): Promise<Rows> => {
  const answer = await page.request.get(`${origin}/api/v1/reports/accounts?limit=${limit}&${query}`);
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()) as Rows;
};
const heading = (page: Page) => page.getByRole("heading", { name: /accounts?$/u, level: 2 });
/** Texts of one column's cells, of the rows in sight. */
const cells = (page: Page, column: number) =>
  page.locator(`tbody tr[data-index] td:nth-child(${column + 2})`).allTextContents();

test.describe("the table", () => {
  test.beforeEach(async ({ page }) => {
    await signIn(page);
    await visit(page, `${origin}/accounts`);
  });

  test("sorts by a column, there and back, and says so", async ({ page }) => {
    const head = page.getByRole("columnheader", { name: "Application" });
    await page.getByRole("button", { name: "Application", exact: true }).click();
    await expect(head).toHaveAttribute("aria-sort", "ascending");
    await page.getByRole("button", { name: "Application", exact: true }).click();
    await expect(head).toHaveAttribute("aria-sort", "descending");
    await expect(page).toHaveURL(/sort=-application/u);
    const { rows } = await rowsOf(page, "sort=-application", 20);
    await expect
      .poll(async () => (await cells(page, 1)).slice(0, 10))
      .toEqual(rows.slice(0, 10).map(({ application }) => application));
    await page.getByRole("button", { name: "Application", exact: true }).click();
    await expect(head).not.toHaveAttribute("aria-sort", /./u);
    await expect(page).not.toHaveURL(/sort/u);
  });

  test("filters by a value, and a colleague who gets the address sees the same", async ({
    page,
    browser,
  }) => {
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    const menu = page.getByRole("dialog", { name: "Filter" });
    await menu.getByRole("button", { name: "Application" }).click();
    await menu.getByRole("checkbox", { name: /^Slack/u }).check();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/f\.application=Slack/u);
    await page.getByRole("searchbox", { name: "Search accounts" }).fill("a");
    await expect(page).toHaveURL(/q=a/u);
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("checkbox", { name: "Person" }).uncheck();
    await page.keyboard.press("Escape");
    const { page: found } = await rowsOf(page, "f.application=Slack&q=a");
    expect(found.total).toBeGreaterThan(0);
    expect(found.total).toBeLessThan(found.all);
    const said = `${found.total} of ${new Intl.NumberFormat("en-GB").format(found.all)} accounts`;
    await expect(heading(page)).toHaveText(said);
    await expect(page.getByRole("columnheader", { name: "Person" })).toHaveCount(0);

    const { page: theirs } = await memberPage(browser, "analyst");
    await visit(theirs, page.url());
    await expect(heading(theirs)).toHaveText(said);
    await expect(theirs.getByRole("columnheader", { name: "Person" })).toHaveCount(0);
    expect(await cells(theirs, 2)).toEqual(await cells(page, 2));
    await theirs.context().close();

    await page.getByRole("button", { name: /^Take the filter away/u }).click();
    await expect(page).not.toHaveURL(/f\.application/u);
    await page.goBack();
    await expect(page).toHaveURL(/f\.application=Slack/u);
    // This browser keeps the columns.
    await page.goto(`${origin}/accounts`);
    await expect(page).toHaveURL(/columns=/u);
    await expect(page.getByRole("columnheader", { name: "Person" })).toHaveCount(0);
  });

  test("gives the rows shown as CSV and JSON", async ({ page }) => {
    await visit(page, `${origin}/accounts?f.active=false&sort=-userName&columns=userName,application`);
    const csvAt = await page.getByRole("link", { name: "Download CSV" }).getAttribute("href");
    const csv = await (await page.request.get(`${origin}${csvAt}`)).text();
    const [names, ...lines] = csv.trimEnd().split("\n");
    expect(names).toBe("userName,account,application");
    const { page: found } = await rowsOf(page, "f.active=false");
    expect(lines.length).toBe(found.total);
    const shown = await cells(page, 2);
    expect(shown.length).toBeGreaterThan(3);
    expect(lines.slice(0, shown.length).map((line) => line.split(",").at(-1))).toEqual(shown);
    const jsonAt = await page.getByRole("link", { name: "JSON", exact: true }).getAttribute("href");
    const json = (await (await page.request.get(`${origin}${jsonAt}`)).json()) as Rows;
    expect(json.rows.length).toBe(found.total);
    expect(Object.keys(json.rows[0] ?? {})).toEqual(["userName", "account", "application"]);
  });

  test("is told in a sentence what can't be understood, and clears it", async ({ page }) => {
    await page.goto(`${origin}/accounts?f.color=red`);
    await expect(page.getByRole("alert").filter({ hasText: 'no column "color"' })).toBeVisible();
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await expect(page).toHaveURL(`${origin}/accounts`);
    await expect(page.locator("tbody tr[data-index]").first()).toBeVisible();
  });

  test("keeps a view, shows it, deletes it and brings it back", async ({ page }) => {
    await visit(page, `${origin}/accounts?f.active=false&sort=application`);
    await page.getByRole("button", { name: "Views" }).click();
    const menu = page.getByRole("dialog", { name: "Views" });
    await menu.getByLabel("Name of the view").fill("Inactive ones");
    await menu.getByRole("button", { name: "Save what is shown" }).click();
    await expect(menu.getByRole("button", { name: "Inactive ones", exact: true })).toBeVisible();
    await visit(page, `${origin}/accounts`);
    await page.getByRole("button", { name: "Views" }).click();
    await menu.getByRole("button", { name: "Inactive ones", exact: true }).click();
    await expect(page).toHaveURL(/f\.active=false&sort=application/u);
    await page.getByRole("button", { name: "Views" }).click();
    await menu.getByRole("button", { name: "Delete the view Inactive ones" }).click();
    await expect(menu.getByRole("button", { name: "Inactive ones", exact: true })).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Views" }).click();
    await expect(menu.getByRole("button", { name: "Inactive ones", exact: true })).toBeVisible();
  });

  test("is used by the keyboard alone", async ({ page }) => {
    const first = page.locator("tr[data-index='0']");
    await page.keyboard.press("j");
    await expect(first).toBeFocused();
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await expect(page.getByText("2 selected")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByText("2 selected")).toHaveCount(0);
    await page.keyboard.press("End");
    const { page: all } = await rowsOf(page, "", 1);
    await expect(page.locator(`tr[data-index='${all.total - 1}']`)).toBeFocused();
    await page.keyboard.press("Home");
    await expect(first).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/(?:identities|events)\//u);
  });

  test("has two lines a row on a phone, and does not scroll sideways", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await visit(page, `${origin}/accounts`);
    const row = page.locator("tr[data-index='0']");
    expect((await row.boundingBox())?.height).toBe(52);
    const lines = await row.locator("td:visible").last().boundingBox();
    expect(lines?.width, "all that the box leaves").toBeGreaterThan(300);
    await page.getByRole("combobox", { name: "Sort" }).selectOption("-application");
    await expect(page).toHaveURL(/sort=-application/u);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over).toBeLessThanOrEqual(0);
  });
});
