import { parse } from "csv-parse/sync";
import { expect, type Page, test } from "playwright/test";
import { memberPage, newMember, origin, SAME_ORIGIN, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

const HOSTILE = "<img src=x onerror=alert(1)>";

const rows = (page: Page) => page.getByRole("table").first().locator("tbody tr");

/** Somebody comes in, is changed and shut out, and makes and loses a token. */
async function doThings(page: Page): Promise<{ email: string; token: string }> {
  await signIn(page);
  const { email, member } = await newMember("analyst");
  const send = async (method: "patch" | "post" | "delete", path: string, data: object = {}) => {
    const answer = await page.request[method](`${origin}/api/v1/${path}`, { data, headers: SAME_ORIGIN });
    expect(answer.ok(), await answer.text()).toBe(true);
    return answer.json();
  };
  await send("patch", `members/${member}`, { name: HOSTILE, role: "auditor", endsAt: "2099-01-31" });
  await send("patch", `members/${member}`, { active: false });
  const token = `for ${email}`;
  const made = (await send("post", "tokens", { name: token, scopes: ["read"], days: 1 })) as {
    token: string;
  };
  await send("delete", `tokens/${made.token}`);
  return { email, token };
}

test("shows what was done, and what changed by it", async ({ page }) => {
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  const { email, token } = await doThings(page);
  await visit(page, `${origin}/audit`);
  await expect(page.getByText(/^Operator revoked a token .* the newest of/u)).toBeVisible();
  for (const [what, object] of [
    ["invited a member", email],
    ["made a sign-in link", email],
    ["changed a member", email],
    ["made a token", token],
    ["revoked a token", token],
  ] as const) {
    await expect(
      rows(page).filter({ hasText: what }).filter({ hasText: object }).first(),
      `${what} ${object}`,
    ).toBeVisible();
  }
  // A step back in time: the last change was the deactivation.
  await rows(page)
    .filter({ hasText: "changed a member" })
    .filter({ hasText: email })
    .nth(1)
    .getByRole("button")
    .click();
  const panel = page.getByRole("dialog", { name: "Operator changed a member" });
  await expect(panel.getByRole("row", { name: `Name ${email} ${HOSTILE}` })).toBeVisible();
  await expect(panel.getByRole("row", { name: "Role analyst auditor" })).toBeVisible();
  await expect(panel.getByRole("row", { name: /^Ends – 31 Jan 2099/u })).toBeVisible();
  await expect(panel.getByRole("row", { name: /^E-mail/u }), "it did not change").toHaveCount(0);
  expect(await page.locator("img[src=x]").count()).toBe(0);
  expect(asked).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
});

test("filters by verb, text and day, in the address; the CSV has the same rows", async ({ page }) => {
  const { email, token } = await doThings(page);
  await visit(page, `${origin}/audit`);
  await page.getByLabel("What", { exact: true }).selectOption({ label: "changed a member" });
  await expect(page).toHaveURL(/verb=change-member/u);
  await expect(rows(page).filter({ hasText: "revoked a token" })).toHaveCount(0);
  await page.getByLabel("Name or object").fill(email);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/text=/u);
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByText("the newest of 2 acts that the filters leave")).toBeVisible();

  const href = (await page.getByRole("link", { name: "Download CSV" }).getAttribute("href")) ?? "";
  const csv = await page.request.get(`${origin}${href}`);
  expect(csv.headers()["content-type"]).toContain("text/csv");
  const found = parse(await csv.text(), { columns: true }) as {
    verb: string;
    object: string;
    entry: string;
  }[];
  expect(found.map(({ verb, object }) => [verb, object])).toEqual([
    ["change-member", email],
    ["change-member", email],
  ]);

  await page.goBack();
  await expect(page).not.toHaveURL(/text=/u);
  await expect(page.getByLabel("Name or object")).toHaveValue("");
  await visit(page, `${origin}/audit?text=${encodeURIComponent(token)}`);
  await expect(rows(page)).toHaveCount(2);
  await visit(page, `${origin}/audit?to=1999-12-31`);
  await expect(page.getByText("Nobody did anything of the kind.")).toBeVisible();
  await visit(page, `${origin}/audit?from=yesterday`);
  await expect(page.getByText(/from takes a day or a time/u)).toBeVisible();
});

test("loads more by and by, each entry once", async ({ page }) => {
  await signIn(page);
  const name = `many ${process.pid}`;
  const headers = SAME_ORIGIN;
  for (let i = 0; i < 130; i++) {
    const made = await page.request.post(`${origin}/api/v1/tokens`, {
      data: { name: `${name} ${i}`, scopes: ["read"], days: 1 },
      headers,
    });
    expect(made.status()).toBe(200);
  }
  await visit(page, `${origin}/audit?verb=create-token&text=${encodeURIComponent(name)}`);
  await expect(rows(page)).toHaveCount(100);
  await expect(page.getByText("the newest of more than 100 acts")).toBeVisible();
  await page.getByRole("button", { name: "Load more" }).click();
  await expect(rows(page)).toHaveCount(130);
  await expect(page.getByRole("button", { name: "Load more" })).toHaveCount(0);
  const objects = await rows(page).locator("td:last-child").allTextContents();
  expect(objects).toEqual(Array.from({ length: 130 }, (_, i) => `${name} ${129 - i}`));
});

test("an address that names an entry opens it, also where the list does not show it", async ({ page }) => {
  const { email } = await doThings(page);
  const answer = await page.request.get(`${origin}/api/v1/audit?verb=invite-member&text=${email}`);
  const { rows: found } = (await answer.json()) as { rows: { entry: number }[] };
  const entry = found[0]?.entry ?? 0;
  await visit(page, `${origin}/audit?verb=ingest&entry=${entry}`);
  const panel = page.getByRole("dialog");
  await expect(panel).toContainText(email);
  await expect(panel.getByRole("row", { name: "Role – analyst" })).toBeVisible();
  await visit(page, `${origin}/audit?entry=999999999`);
  await expect(panel).toContainText("no entry of this number");
});

test.describe("a reader in New York", () => {
  test.use({ timezoneId: "America/New_York" });

  test("sees times of the own clock, and UTC on hover", async ({ page }) => {
    await doThings(page);
    await visit(page, `${origin}/audit`);
    const time = page.getByRole("table").locator("time").first();
    const at = (await time.getAttribute("datetime")) ?? "";
    await expect(time).toHaveAttribute("title", `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`);
    const clock = new Intl.DateTimeFormat("en-GB", {
      timeZone: "America/New_York",
      hour: "2-digit",
      minute: "2-digit",
    });
    await expect(time).toContainText(`, ${clock.format(new Date(at))}`);
    await expect(time).not.toContainText("UTC");
  });
});

test("an auditor reads it, an analyst does not", async ({ browser }) => {
  const auditor = await memberPage(browser, "auditor");
  await visit(auditor.page, `${origin}/audit`);
  await expect(rows(auditor.page).first()).toContainText("signed in");
  await auditor.page.context().close();
  const analyst = await memberPage(browser, "analyst");
  await analyst.page.goto(`${origin}/audit`);
  await expect(analyst.page.getByText("Your role does not show this page.")).toBeVisible();
  expect((await analyst.page.request.get(`${origin}/api/v1/audit`)).status()).toBe(403);
  await analyst.page.context().close();
});
