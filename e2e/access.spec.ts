import { type Browser, expect, type Page, test } from "playwright/test";
import { memberPage, newMember, origin, SAME_ORIGIN, signIn } from "./sign-in.ts";
import { reload, visit } from "./visit.ts";

const HOSTILE = "<img src=x onerror=alert(1)>";

let made = 0;
const someEmail = () => `access-${process.pid}-${++made}@larkspur.example`;

/** The page Access, seen by the operator. */
async function openAccess(page: Page): Promise<void> {
  await signIn(page);
  await visit(page, `${origin}/access`);
}

/** Invites by the form. @returns the link that signs them in. */
async function invite(page: Page, email: string, role: string, name = ""): Promise<string> {
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const panel = page.getByRole("dialog", { name: "Invite somebody" });
  await panel.getByLabel("E-mail").fill(email);
  await panel.getByLabel("Name").fill(name);
  await panel.getByRole("radio", { name: role }).check();
  await panel.getByRole("button", { name: "Invite", exact: true }).click();
  await panel.getByRole("button", { name: "Make a sign-in link" }).click();
  const link = await panel.getByLabel("Sign-in link").inputValue();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  return link;
}

const memberRow = (page: Page, text: string) =>
  page
    .getByRole("region", { name: /members?$/u })
    .getByRole("row")
    .filter({ hasText: text });

async function openLink(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await expect(page).toHaveURL(`${origin}/`);
  return page;
}

const withToken = async (secret: string): Promise<number> =>
  (await fetch(`${origin}/api/v1/sources`, { headers: { authorization: `Bearer ${secret}` } })).status;

test("somebody is invited, comes in by a link, and is out at once when deactivated", async ({
  page,
  browser,
}) => {
  await openAccess(page);
  const email = someEmail();
  const link = await invite(page, email, "Analyst", "Ada Analyst");
  await expect(memberRow(page, email)).toContainText("Never came in");
  const theirs = await openLink(browser, link);
  await visit(theirs, `${origin}/access`);
  await expect(theirs.getByRole("heading", { level: 1 })).toContainText("Access");
  await expect(theirs.getByText("0 tokens of yours")).toBeVisible();
  await expect(theirs.getByRole("heading", { name: /members?$/u })).toHaveCount(0);
  await expect(theirs.getByText("open session")).toHaveCount(0);
  expect((await theirs.request.get(`${origin}/api/v1/members`)).status()).toBe(403);

  await reload(page);
  await expect(memberRow(page, email)).toContainText("Active");
  await memberRow(page, email).getByRole("button", { name: "Ada Analyst" }).click();
  await page.getByRole("button", { name: "Deactivate …" }).click();
  const question = page.getByRole("dialog", { name: "Deactivate Ada Analyst?" });
  await expect(question).toContainText("1 open session of theirs ends at once.");
  await question.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("Ada Analyst can't come in any more.")).toBeVisible();
  await expect(memberRow(page, email)).toContainText("Deactivated");
  await theirs.goto(`${origin}/coverage`);
  await expect(theirs).toHaveURL(`${origin}/signin`);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Ada Analyst may come in again.")).toBeVisible();
  await expect(memberRow(page, email)).toContainText("Active");
  await theirs.goto(`${origin}/coverage`);
  await expect(theirs, "a session that has ended stays so").toHaveURL(`${origin}/signin`);
  await theirs.context().close();
});

test("an auditor without an end, a wrong e-mail and no role are refused beside the field; the draft stays", async ({
  page,
}) => {
  await openAccess(page);
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const panel = page.getByRole("dialog", { name: "Invite somebody" });
  const send = () => panel.getByRole("button", { name: "Invite", exact: true }).click();
  await panel.getByLabel("E-mail").fill("no address");
  await send();
  await expect(panel.getByRole("group", { name: "Role" })).toContainText("Choose what they may do here.");
  await panel.getByRole("radio", { name: "Auditor" }).check();
  await send();
  await expect(panel.getByText('"no address" is no e-mail address.')).toBeVisible();
  await expect(panel.getByLabel("E-mail")).toHaveAttribute("aria-invalid", "true");
  const email = someEmail();
  await panel.getByLabel("E-mail").fill(email);
  await send();
  await expect(panel.getByText("An auditor's access has an end: say when.")).toBeVisible();

  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await expect(panel.getByLabel("E-mail"), "what was entered is kept").toHaveValue(email);
  await panel.getByLabel("Last day").fill("2099-01-31");
  await send();
  await expect(panel.getByText(`${email} may come in.`)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(memberRow(page, email)).toContainText("31 Jan 2099, 23:59");
});

test("a member's role changes, and with it what they see; a customer viewer has a customer", async ({
  page,
  browser,
}) => {
  const { page: theirs, email } = await memberPage(browser, "reviewer");
  expect((await theirs.request.get(`${origin}/api/v1/reports/coverage`)).status()).toBe(403);
  await openAccess(page);
  await memberRow(page, email).getByRole("button", { name: email }).click();
  const panel = page.getByRole("dialog", { name: email });
  await panel.getByRole("radio", { name: "Customer viewer" }).check();
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(panel.getByText("Name the customer whose records a customer viewer sees.")).toBeVisible();
  await panel.getByLabel("Customer", { exact: true }).fill("Acme");
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`${email} is changed.`)).toBeVisible();
  await expect(memberRow(page, email)).toContainText("Acme");
  expect((await theirs.request.get(`${origin}/api/v1/reports/coverage`)).status()).toBe(200);
  await theirs.context().close();
});

test("the last admin can't be shut out", async ({ page }) => {
  await openAccess(page);
  const listed = await page.request.get(`${origin}/api/v1/members`);
  const { members } = (await listed.json()) as {
    members: { member: string; role: string; email: string | null }[];
  };
  // Other tests may have left some.
  for (const { member, role, email } of members) {
    if (role !== "admin" || email === null) continue;
    const path = `${origin}/api/v1/members/${member}`;
    const done = await page.request.patch(path, { data: { active: false }, headers: SAME_ORIGIN });
    expect(done.status()).toBe(200);
  }
  await memberRow(page, "(you)").getByRole("button").click();
  await page.getByRole("button", { name: "Deactivate …" }).click();
  const question = page.getByRole("dialog", { name: /^Deactivate/u });
  await expect(question).toContainText("This is you");
  await question.getByRole("button", { name: "Deactivate" }).click();
  await expect(question.getByText("This is the last admin")).toBeVisible();
});

test("a session is ended from the list", async ({ page, browser }) => {
  const { page: theirs, email } = await memberPage(browser, "analyst");
  await theirs.goto(`${origin}/coverage`);
  await expect(theirs).toHaveURL(`${origin}/coverage`);
  await openAccess(page);
  const sessions = page.getByRole("region", { name: /open sessions?$/u });
  await expect(sessions.getByRole("row").filter({ hasText: "(this browser)" })).toHaveCount(1);
  await sessions.getByRole("button", { name: `End the session of ${email}` }).click();
  await expect(sessions.getByRole("row").filter({ hasText: email })).toHaveCount(0);
  await theirs.goto(`${origin}/coverage`);
  await expect(theirs).toHaveURL(`${origin}/signin`);
  await theirs.context().close();
});

test("a token is made, shown once, used, and revoked", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  await openAccess(page);
  const name = `export ${someEmail()}`;
  await page.getByRole("button", { name: "Make a token" }).click();
  const panel = page.getByRole("dialog", { name: "Make a token" });
  await panel.getByLabel("What it is for").fill(name);
  await panel.getByRole("button", { name: "Make it" }).click();
  await expect(panel.getByText("A token has one or more of the scopes")).toBeVisible();
  await panel.getByRole("checkbox", { name: /^read/u }).check();
  await expect(panel.getByLabel("Days")).toHaveValue("90");
  await panel.getByLabel("Days").fill("4000");
  await panel.getByRole("button", { name: "Make it" }).click();
  await expect(panel.getByText("A token lives for 1 to 366 days.")).toBeVisible();
  await panel.getByLabel("Days").fill("30");
  await panel.getByRole("button", { name: "Make it" }).click();

  const shown = page.getByRole("dialog", { name });
  const secret = await shown.getByLabel("Token").inputValue();
  expect(secret).toMatch(/^rct_main_[A-Za-z0-9_-]{43}$/u);
  await shown.getByRole("button", { name: "Copy" }).click();
  await expect(shown.getByText("Copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  await shown.getByRole("button", { name: "I have it" }).click();
  await expect(shown).toHaveCount(0);
  expect(await page.content()).not.toContain(secret);

  expect(await withToken(secret)).toBe(200);
  const refused = await fetch(`${origin}/api/v1/members`, { headers: { authorization: `Bearer ${secret}` } });
  expect(refused.status).toBe(403);
  await reload(page);
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("In use");
  await expect(row).toContainText(secret.slice(0, 13));
  await row.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(row).toContainText("Revoked");
  await expect(row.getByRole("button")).toHaveCount(0);
  expect(await withToken(secret)).toBe(401);
});

test("an analyst makes tokens within the role, and sees nobody else's", async ({ page, browser }) => {
  await signIn(page);
  const others = await page.request.post(`${origin}/api/v1/tokens`, {
    data: { name: "not for analysts", scopes: ["members"], days: 1 },
    headers: SAME_ORIGIN,
  });
  expect(others.status()).toBe(200);
  const { page: theirs } = await memberPage(browser, "analyst");
  await visit(theirs, `${origin}/access`);
  await expect(theirs.getByText("not for analysts")).toHaveCount(0);
  await theirs.getByRole("button", { name: "Make a token" }).click();
  const panel = theirs.getByRole("dialog", { name: "Make a token" });
  await expect(panel.getByRole("checkbox", { name: /^ingest/u })).toBeVisible();
  await expect(panel.getByRole("checkbox", { name: /^members|^audit/u })).toHaveCount(0);
  await theirs.context().close();
});

test("an auditor and a reviewer are told that the page is not theirs", async ({ browser }) => {
  for (const role of ["auditor", "reviewer"] as const) {
    const { page: theirs } = await memberPage(browser, role);
    await theirs.goto(`${origin}/access`);
    await expect(theirs.getByText("Your role does not show this page.")).toBeVisible();
    await theirs.context().close();
  }
});

test("names are shown as text, whatever they contain", async ({ page }) => {
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await openAccess(page);
  const email = someEmail();
  await invite(page, email, "Reviewer", HOSTILE);
  await expect(memberRow(page, email).getByRole("button", { name: HOSTILE })).toBeVisible();
  await memberRow(page, email).getByRole("button").click();
  await expect(page.getByRole("dialog", { name: HOSTILE })).toBeVisible();
  expect(await page.locator("img[src=x]").count()).toBe(0);
  expect(asked).toEqual([]);
});

test("the keyboard reaches everything: j to a row, Enter opens it, Esc closes it where it was", async ({
  page,
}) => {
  await newMember("reviewer");
  await openAccess(page);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const focused = page.locator("[data-item]:focus");
  const name = (await focused.textContent()) ?? "";
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name })).toBeVisible();
  await expect(page).toHaveURL(/member=/u);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(focused).toHaveText(name);
  await expect(page).not.toHaveURL(/member=/u);
});
