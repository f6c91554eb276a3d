/** Access reviews, as those who run them and those who decide use them. */
import { type Browser, expect, type Page, test } from "playwright/test";
import type { ReviewItemRow, ReviewsReport } from "../lib/reviews/contract.ts";
import { memberPage, origin, SAME_ORIGIN, signIn } from "./sign-in.ts";
import { reload, visit } from "./visit.ts";

const soon = () => new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

async function post<T>(page: Page, path: string, body: object): Promise<T> {
  const answer = await page.request.post(`${origin}${path}`, { data: body, headers: SAME_ORIGIN });
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()) as T;
}

const itemsOf = async (page: Page, review: string, query = ""): Promise<ReviewItemRow[]> => {
  const answer = await page.request.get(`${origin}/api/v1/reviews/${review}/items?limit=1000&${query}`);
  expect(answer.status(), await answer.text()).toBe(200);
  return ((await answer.json()) as { rows: ReviewItemRow[] }).rows;
};

interface Campaign {
  review: string;
  operator: Page;
  reviewer: Page;
  member: string;
}

let made = 0;

/** A review of one application's accounts, all given to a new reviewer. */
async function campaign(page: Page, browser: Browser, flaggedOnly = false): Promise<Campaign> {
  await signIn(page);
  const { page: reviewer, member } = await memberPage(browser, "reviewer");
  const { reviewers } = (await (await page.request.get(`${origin}/api/v1/reviews`)).json()) as ReviewsReport;
  made += 1;
  const { review } = await post<{ review: string }>(page, "/api/v1/reviews", {
    name: `Slack ${process.pid} ${made}`,
    scope: {
      kinds: ["account"],
      applications: ["Slack"],
      customers: [],
      departments: [],
      flaggedOnly,
      nonHumanOnly: false,
      items: [],
    },
    asOf: null,
    dueAt: soon(),
    rules: ["named"],
    named: [member],
    fallback: reviewers.find((one) => one.member !== member)?.member,
    secondShare: 0,
    second: null,
    every: null,
  });
  return { review, operator: page, reviewer, member };
}

/** Opens the items that a query of the address leaves, and goes to the first. */
async function openItems(page: Page, review: string, query: string): Promise<void> {
  await visit(page, `${origin}/reviews/${review}/items?${query}`);
  // A key that is pressed before the page has come to life is lost; k at the first row stays there.
  await expect(async () => {
    await page.keyboard.press("k");
    await expect(page.locator('tr[data-index="0"]')).toBeFocused({ timeout: 500 });
  }).toPass();
}

/** What was just done, at the foot of the page. */
const notice = (page: Page, text: string) => page.getByRole("status").getByText(text);
const UNFLAGGED = "f.flags=&f.state=open";
const FLAGGED = "f.flags=!%3D&f.state=open";

test("a reviewer begins with what waits for them", async ({ browser }) => {
  const { page } = await memberPage(browser, "reviewer");
  // It leads on to another page as it loads: there is nothing on it that could be waited for.
  await page.goto(`${origin}/`);
  await expect(page).toHaveURL(`${origin}/reviews`);
  await expect(page.getByText("Nothing waits for you.")).toBeVisible();
  await expect(page.getByRole("link", { name: "New review" })).toHaveCount(0);
});

test("a review is opened by the form, which shows what comes of it and keeps what was typed", async ({
  page,
  browser,
}) => {
  await signIn(page);
  const { page: reviewer, email } = await memberPage(browser, "reviewer");
  await visit(page, `${origin}/reviews/new`);
  await page.getByRole("button", { name: "Open the review" }).click();
  await expect(page.getByText("Give the review a name")).toBeVisible();
  const name = `By the form ${process.pid}`;
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Choose applications" }).click();
  await page.getByRole("dialog", { name: "Applications" }).getByRole("checkbox", { name: "Slack" }).check();
  await page.keyboard.press("Escape");
  await page.getByRole("checkbox", { name: /The manager/u }).uncheck();
  await page.getByRole("checkbox", { name: /The application's owner/u }).uncheck();
  await page.getByRole("checkbox", { name: /Members by name/u }).check();
  const preview = page.getByRole("region", { name: "What comes of it" });
  await expect(preview).toContainText("Choose at least one member");
  await page.getByRole("button", { name: "Choose members by name" }).click();
  const members = page.getByRole("dialog", { name: "Members by name" });
  const find = members.getByRole("searchbox");
  if ((await find.count()) > 0) await find.fill(email);
  await members.getByRole("checkbox", { name: email }).check();
  await page.keyboard.press("Escape");
  await expect(preview).toContainText(email);
  await expect(preview).toContainText(/\d items, .* with a flag/u);
  await reload(page);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
  await expect(page.getByRole("button", { name: "Take Slack away" })).toBeVisible();
  await page.getByRole("button", { name: "Open the review" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  await expect(page.getByText("Accounts and credentials of Slack")).toBeVisible();
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText("made again from the log, the list has the same hash")).toBeVisible();
  // What was sent is no draft any more.
  await visit(page, `${origin}/reviews/new`);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
  await visit(reviewer, `${origin}/`);
  await expect(reviewer.getByText(/wait for you in 1 review, due in/u)).toBeVisible();
  await reviewer.getByRole("link", { name: /of .* open$/u }).click();
  await expect(reviewer).toHaveURL(/\/items\?f\.state=open/u);
});

test("items are decided by keys, and taken back", async ({ page, browser }) => {
  const { review, reviewer } = await campaign(page, browser);
  await openItems(reviewer, review, UNFLAGGED);
  const row = reviewer.locator('tr[data-index="0"]');
  await reviewer.keyboard.press("y");
  await expect(notice(reviewer, "Keep.")).toBeVisible();
  await expect(row).toContainText("Keep");
  expect(await itemsOf(page, review, "f.state=kept")).toHaveLength(1);
  await reviewer.keyboard.press("u");
  await expect(notice(reviewer, "Taken back.")).toBeVisible();
  await expect(row).not.toContainText("Keep");
  expect(await itemsOf(page, review, "f.state=kept")).toHaveLength(0);

  // The panel is an opening; what was looked at goes along with the decision.
  await reviewer.keyboard.press("Enter");
  const panel = reviewer.getByRole("dialog").filter({ hasText: "What was done with it" });
  await expect(panel).toBeVisible();
  await reviewer.keyboard.press("s");
  await expect(panel.getByText("Can't say").first()).toBeVisible();
  await expect.poll(async () => (await itemsOf(page, review, "f.state=cant-say")).length).toBe(1);
  const [unsure] = await itemsOf(page, review, "f.state=cant-say");
  expect(unsure?.opened).toBe(true);
  expect(unsure?.seconds).toBeGreaterThanOrEqual(1);
  await expect(panel.getByText("opened it")).toBeVisible();
  await reviewer.keyboard.press("Escape");
  await expect(panel).toBeHidden();

  // A revoke needs a reason; what was typed survives a reload.
  await reviewer.locator('tr[data-index="1"]').focus();
  await reviewer.keyboard.press("r");
  const menu = reviewer.getByRole("dialog", { name: /^Revoke/u });
  await reviewer.keyboard.press("Enter");
  await expect(menu.getByText("a reason is needed")).toBeVisible();
  const why = menu.getByLabel("Why it is to go");
  await why.fill("no longer in the team");
  await reviewer.keyboard.press("Escape");
  await openItems(reviewer, review, UNFLAGGED);
  await reviewer.keyboard.press("r");
  await expect(why).toHaveValue("no longer in the team");
  await reviewer.keyboard.press("Enter");
  await expect(notice(reviewer, "Revoke.")).toBeVisible();
  const [revoked] = await itemsOf(page, review, "f.state=to-do");
  expect(revoked?.reason).toBe("no longer in the team");

  // The reason given last is offered: a number takes it.
  await reviewer.keyboard.press("j");
  await reviewer.keyboard.press("r");
  await expect(menu.getByRole("button", { name: "no longer in the team" })).toBeVisible();
  await reviewer.keyboard.press("1");
  await expect.poll(async () => (await itemsOf(page, review, "f.state=to-do")).length).toBe(2);

  // What was decided stays in its place, and moves none of the rows that are still to come.
  const left = await itemsOf(reviewer, review, UNFLAGGED);
  await reviewer.keyboard.press("End");
  const last = reviewer.locator(`tr[data-index="${left.length + 1}"]`);
  await expect(last).toBeFocused();
  await expect(last).toContainText(left.at(-1)?.userName ?? "no name");
});

test("keeping what has a flag needs a reason, and many at once are told as such", async ({
  page,
  browser,
}) => {
  const { review, reviewer } = await campaign(page, browser, true);
  await openItems(reviewer, review, FLAGGED);
  await reviewer.keyboard.press("x");
  await reviewer.keyboard.press("j");
  await reviewer.keyboard.press("x");
  await expect(reviewer.getByText("2 selected")).toBeVisible();
  await reviewer.keyboard.press("y");
  const menu = reviewer.getByRole("dialog", { name: "Keep 2 items" });
  await expect(menu.getByText("decided at once is recorded")).toBeVisible();
  await menu.getByLabel("Why it is kept all the same").fill("service account");
  await reviewer.keyboard.press("Enter");
  await expect(notice(reviewer, "2 items: Keep.")).toBeVisible();
  await expect(reviewer.getByText("2 selected")).toHaveCount(0);
  await expect(reviewer.getByText(/You have decided 2 items, 100 % together/u)).toBeVisible();
  const kept = await itemsOf(page, review, "f.state=kept");
  expect(kept.map(({ bulk, reason }) => [bulk, reason])).toEqual([
    [2, "service account"],
    [2, "service account"],
  ]);
  await reviewer.keyboard.press("u");
  await expect(notice(reviewer, "Taken back.")).toBeVisible();
  expect(await itemsOf(page, review, "f.state=kept")).toHaveLength(0);
});

test("what somebody else decided meanwhile is told, and one's own is kept beside it", async ({
  page,
  browser,
}) => {
  const { review, operator, reviewer } = await campaign(page, browser);
  await openItems(reviewer, review, UNFLAGGED);
  const [first] = await itemsOf(reviewer, review, UNFLAGGED);
  if (first === undefined) throw new Error("The review has no item without a flag.");
  await post(operator, `/api/v1/reviews/${review}/decisions`, {
    decisions: [{ item: first.item, version: first.version, decision: "revoke", reason: "left us" }],
  });
  await reviewer.keyboard.press("y");
  const conflict = reviewer.getByRole("alert", { name: "Decided by somebody else meanwhile" });
  await expect(conflict).toContainText("has said Revoke, “left us”");
  await expect(conflict).toContainText("Yours was not recorded: Keep.");
  await expect(reviewer.locator('tr[data-index="0"]')).toContainText("Revoke");
  expect(await itemsOf(page, review, "f.state=kept")).toHaveLength(0);
  await conflict.getByRole("button", { name: "Keep all the same" }).click();
  await expect(conflict).toHaveCount(0);
  await expect.poll(async () => (await itemsOf(page, review, "f.state=kept")).length).toBe(1);
});

test("a refused decision is put back, and says why", async ({ page, browser }) => {
  const { review, operator, reviewer } = await campaign(page, browser);
  await openItems(reviewer, review, UNFLAGGED);
  await post(operator, `/api/v1/reviews/${review}/state`, { state: "ended" });
  await reviewer.keyboard.press("y");
  await expect(reviewer.getByRole("alert").getByText("Nothing was decided.")).toBeVisible();
  await expect(reviewer.locator('tr[data-index="0"]')).toContainText("open");
});

test("items are given to another, with what is to be done after the review", async ({ page, browser }) => {
  const { review, operator, reviewer } = await campaign(page, browser);
  const { page: other, email } = await memberPage(browser, "reviewer");
  await openItems(reviewer, review, UNFLAGGED);
  await reviewer.keyboard.press("x");
  await reviewer.getByRole("button", { name: "Give to …", exact: true }).click();
  const menu = reviewer.getByRole("dialog", { name: "Give to another reviewer" });
  await menu.getByLabel("To", { exact: true }).selectOption({ label: email });
  await menu.getByRole("button", { name: "Give", exact: true }).click();
  await expect(notice(reviewer, `1 item given to ${email}.`)).toBeVisible();
  await openItems(other, review, "");
  await other.keyboard.press("r");
  await other.getByLabel("Why it is to go").fill("not needed");
  await other.keyboard.press("Enter");
  await expect(notice(other, "Revoke.")).toBeVisible();

  await visit(operator, `${origin}/reviews/${review}`);
  await expect(operator.getByText("1 revoke", { exact: true })).toBeVisible();
  const task = operator.getByRole("row").filter({ hasText: "not needed" });
  await operator.getByRole("button", { name: "Hand off all …" }).click();
  const hand = operator.getByRole("dialog", { name: "Hand off 1 task" });
  await hand.getByRole("radio", { name: /By SCIM/u }).check();
  await expect(hand.getByText("None of these applications has a connection that may write.")).toBeVisible();
  await expect(hand.getByRole("button", { name: "Do it now" })).toBeDisabled();
  await hand.getByRole("radio", { name: /As a file/u }).check();
  await hand.getByRole("button", { name: "Make the file" }).click();
  await expect(hand.getByText("1 task handed off")).toBeVisible();
  const download = operator.waitForEvent("download");
  await hand.getByRole("link", { name: "Download CSV" }).click();
  expect((await download).suggestedFilename()).toBe("rollcall-tasks.csv");
  await hand.getByRole("button", { name: "Close" }).click();
  await expect(task).toContainText("as a file");
  await task.getByRole("button", { name: "Exempt …" }).click();
  const exempt = operator.getByRole("dialog", { name: /^Exempt/u });
  await exempt.getByLabel("Why it is not done").fill("until the handover");
  await exempt.getByLabel("Who answers for it").fill("Ada");
  await exempt.getByLabel("Until").fill(soon());
  await exempt.getByRole("button", { name: "Exempt", exact: true }).click();
  await expect(operator.getByText("Nothing is to do here.")).toBeVisible();
  await operator.getByRole("link", { name: "Exempt 1" }).click();
  await expect(task).toContainText("Exempt");
  await expect(operator.getByRole("button", { name: "Close the review …" })).toBeDisabled();
  await expect(operator.getByRole("list", { name: "What stands in the way of closing" })).toContainText(
    "not decided",
  );
});

test("accounts that were selected elsewhere become a review", async ({ page }) => {
  await signIn(page);
  await visit(page, `${origin}/dormant`);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "Send to a review", exact: true }).click();
  await expect(page).toHaveURL(`${origin}/reviews/new`);
  await expect(page.getByText("2 items that were selected on another page")).toBeVisible();
  await expect(page.getByRole("region", { name: "What comes of it" })).toContainText("2 items");
});
