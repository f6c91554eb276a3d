/** A whole access review, from the first item to the last event, with three reviewers; and one of 20,000 items. */
import { expect, type Page, test } from "playwright/test";
import type { ReviewReport } from "../../lib/reviews/contract.ts";
import { emailOf, offboard, type Person } from "../../lib/reviews/testing.ts";
import { Installation, soon } from "../installation.ts";
import { reload, visit } from "../visit.ts";

const PEOPLE: Person[] = [
  { name: "ann", department: "Sales", title: "Head of Sales", manager: "" },
  { name: "bob", department: "Engineering", title: "Head of Engineering", manager: "" },
  { name: "carol", department: "IT", title: "IT lead", manager: "" },
  ...["dan", "eve", "finn", "gail", "hal"].map((name) => ({
    name,
    department: "Sales",
    title: "Account manager",
    manager: "ann",
  })),
  ...["jon", "kim", "lea", "max", "ned"].map((name) => ({
    name,
    department: "Engineering",
    title: "Engineer",
    manager: "bob",
  })),
];

const notice = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text });

/** Opens the items that an address leaves, and stands on the first. */
async function openItems(page: Page, origin: string, review: string, query: string): Promise<void> {
  await visit(page, `${origin}/reviews/${review}/items?${query}`);
  await page.locator('tr[data-index="0"]').focus();
}

/** Goes to somebody's account at an application and revokes it, by keys. */
async function revoke(page: Page, origin: string, review: string, name: string, application: string) {
  await openItems(page, origin, review, `q=${name}%40&f.application=${application}`);
  // Opened first: how long it was looked at is told.
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "What was done with it" })).toBeVisible();
  await page.keyboard.press("r");
  await page
    .getByRole("dialog", { name: /^Revoke/u })
    .getByLabel("Why it is to go")
    .fill("no longer needed");
  await page.keyboard.press("Enter");
  await expect(notice(page, "Revoke.")).toBeVisible();
}

test("a whole review: three reviewers, one gives away, one may not decide on herself, ten revokes, nine of them done", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const there = await Installation.start(browser);
  const { origin } = there;
  try {
    await there.settle(PEOPLE, ["Chat", "Wiki"]);
    const ann = await there.member("ann", "reviewer");
    const bob = await there.member("bob", "reviewer");
    const carol = await there.member("carol", "analyst");
    const operator = await there.page();

    // Opened by the form.
    await visit(operator, `${origin}/reviews/new`);
    await operator.getByLabel("Name", { exact: true }).fill("Spring review");
    await operator.getByLabel("Due", { exact: true }).fill(soon());
    await operator.getByLabel("Fallback", { exact: true }).selectOption({ label: "carol" });
    const preview = operator.getByRole("region", { name: "What comes of it" });
    await expect(preview).toContainText("26 items");
    await operator.getByRole("button", { name: "Open the review" }).click();
    await expect(operator.getByRole("heading", { level: 1 })).toContainText("Spring review");
    const review = new URL(operator.url()).pathname.split("/").at(-1) ?? "";
    expect((await there.items(review)).map(({ reviewer }) => reviewer.name).sort()).toEqual([
      // Carol's own two accounts, which the fallback may not decide.
      ...Array.from({ length: 2 }, () => "Operator"),
      ...Array.from({ length: 10 }, () => "ann"),
      ...Array.from({ length: 10 }, () => "bob"),
      ...Array.from({ length: 4 }, () => "carol"),
    ]);

    // Bob gives Kim's accounts to Carol.
    await openItems(bob.page, origin, review, "q=kim%40");
    await bob.page.keyboard.press("x");
    await bob.page.keyboard.press("j");
    await bob.page.keyboard.press("x");
    await bob.page.getByRole("button", { name: "Give to …", exact: true }).click();
    const give = bob.page.getByRole("dialog", { name: "Give to another reviewer" });
    await give.getByLabel("To", { exact: true }).selectOption({ label: "carol" });
    await give.getByRole("button", { name: "Give", exact: true }).click();
    await expect(notice(bob.page, "2 items given to carol.")).toBeVisible();

    // Carol runs reviews and so sees all of it; her own access she can't decide.
    await openItems(carol.page, origin, review, "q=carol%40&f.application=Chat");
    await carol.page.keyboard.press("y");
    await expect(carol.page.getByRole("alert").filter({ hasText: "is your own access" })).toBeVisible();
    const own = (await there.items(review)).filter(({ userName }) => userName === emailOf("carol"));
    expect(own.map(({ state, reviewer }) => [state, reviewer.name])).toEqual([
      ["open", "Operator"],
      ["open", "Operator"],
    ]);

    // Ten revokes, by keys.
    const revoked = [
      ...["dan", "eve", "finn", "gail", "hal"].map((name) => [ann.page, name, "Chat"] as const),
      ...["jon", "lea", "max", "ned"].map((name) => [bob.page, name, "Chat"] as const),
      [carol.page, "kim", "Wiki"] as const,
    ];
    for (const [page, name, application] of revoked) await revoke(page, origin, review, name, application);

    // The rest is kept, all at once: it shows.
    for (const [page, name] of [
      [ann.page, "ann"],
      [bob.page, "bob"],
      [carol.page, "carol"],
      [operator, "Operator"],
    ] as const) {
      await visit(page, `${origin}/reviews/${review}/items?f.state=open`);
      const mine = page.getByRole("link", { name: "Yours", exact: true });
      if ((await mine.count()) > 0) await mine.click();
      const left = (await there.items(review)).filter(
        ({ state, reviewer }) => state === "open" && reviewer.name === name,
      );
      // The rows that are selected are the new ones.
      await expect(
        page.getByRole("heading", { name: new RegExp(`^${left.length} of \\d+ items$`, "u") }),
      ).toBeVisible();
      await page.getByRole("button", { name: /^Select all/u }).click();
      await page.keyboard.press("y");
      await expect(notice(page, /items: Keep\./u)).toBeVisible();
    }
    const report = () => there.get<ReviewReport>(`/api/v1/reviews/${review}`);
    expect((await report()).counts).toMatchObject({ items: 26, kept: 16, "to-do": 10, open: 0 });
    const figures = (await report()).reviewers.find(({ name }) => name === "ann");
    expect(figures).toMatchObject({ decided: 10, bulkShare: 5 / 10, medianSeconds: expect.any(Number) });

    // It ends, and can't be closed while a revoke is shown by nothing.
    await visit(operator, `${origin}/reviews/${review}`);
    const inTheWay = operator.getByRole("list", { name: "What stands in the way of closing" });
    await expect(inTheWay).toContainText("10");
    await expect(operator.getByRole("button", { name: "Close the review …" })).toBeDisabled();
    const done = revoked.slice(0, 9).map(([, name, application]) => [name, application] as const);
    await there.ingest(offboard(done, Date.now()), "okta");
    await reload(operator);
    expect((await report()).counts).toMatchObject({ verified: 9, "to-do": 1 });
    await expect(operator.getByText("1 revoke", { exact: true })).toBeVisible();
    const task = operator.getByRole("row").filter({ hasText: "kim" });
    await expect(task).toContainText("Wiki");

    // What can't be done is exempt, for a reason, in somebody's name, until a day; then it is closed.
    await task.getByRole("button", { name: "Exempt …" }).click();
    const exempt = operator.getByRole("dialog", { name: /^Exempt/u });
    await exempt.getByLabel("Why it is not done").fill("hands over until the end of the month");
    await exempt.getByLabel("Who answers for it").fill("bob");
    await exempt.getByLabel("Until").fill(soon());
    await exempt.getByRole("button", { name: "Exempt", exact: true }).click();
    await expect(operator.getByText("Nothing is to do here.")).toBeVisible();
    await operator.getByRole("button", { name: "Close the review …" }).click();
    await operator
      .getByRole("dialog")
      .getByRole("button", { name: /^Close/u })
      .last()
      .click();
    await expect.poll(async () => (await report()).state).toBe("closed");
    const [first] = (await there.items(review)).filter(({ state }) => state === "verified");
    expect(first?.verifiedBy).toMatch(/^[\da-f]{40}:0$/u);
  } finally {
    await there.stop();
  }
});

/** Keeps ten items, one after the other, by keys. @returns milliseconds from a key to the next row, the middle one of ten. */
async function decideTen(page: Page): Promise<number> {
  const took: number[] = [];
  for (let i = 1; i <= 10; i++) {
    const began = performance.now();
    await page.keyboard.press("y");
    await page.keyboard.press("j");
    await expect(page.locator(`tr[data-index="${i}"]`)).toBeFocused();
    took.push(performance.now() - began);
  }
  return took.sort((a, b) => a - b)[5] ?? 0;
}

test("20,000 items in one review stay smooth", async ({ browser }) => {
  test.setTimeout(600_000);
  const there = await Installation.start(browser);
  const { origin } = there;
  try {
    const people = Array.from({ length: 5_000 }, (_, i) => ({
      name: `p${String(i).padStart(4, "0")}`,
      department: `Department ${i % 20}`,
      title: `Title ${i % 7}`,
      manager: "boss",
    }));
    await there.settle(people, ["Chat", "Desk", "Mail", "Wiki"]);
    const boss = await there.member("boss", "reviewer");
    const { review } = await there.send<{ review: string }>(
      "/api/v1/reviews",
      JSON.stringify({ name: "All of it", dueAt: soon(), fallback: boss.member }),
    );
    const { page } = boss;
    await openItems(page, origin, review, "f.state=open");
    await expect(page.getByRole("heading", { name: /20,000 .*items/u })).toBeVisible();
    // Few of the rows are drawn, wherever one is.
    const drawn = () => page.locator("tr[data-index]").count();
    expect(await drawn()).toBeLessThan(100);
    await page.keyboard.press("End");
    await expect(page.locator('tr[data-index="19999"]')).toBeVisible();
    expect(await drawn()).toBeLessThan(100);
    await page.keyboard.press("Home");
    await expect(page.locator('tr[data-index="0"]')).toBeFocused();
    const large = await decideTen(page);
    await expect
      .poll(async () => (await there.get<ReviewReport>(`/api/v1/reviews/${review}`)).counts.kept)
      .toBe(10);
    const { review: small } = await there.send<{ review: string }>(
      "/api/v1/reviews",
      JSON.stringify({
        name: "A part of it",
        dueAt: soon(),
        fallback: boss.member,
        scope: { applications: ["Chat"], departments: ["Department 1"] },
      }),
    );
    await openItems(page, origin, small, "f.state=open");
    await expect(page.getByRole("heading", { name: /^250 .*items/u })).toBeVisible();
    // A key takes the page about as long in a review of eighty times as many items.
    expect(large / (await decideTen(page))).toBeLessThan(5);
  } finally {
    await there.stop();
  }
});
