/** Alerts as an admin sets them up, with receivers on this machine behind them. */
import { expect, test } from "playwright/test";
import { startReceiver } from "../lib/alerts/testing/receiver.ts";
import { attempt } from "../lib/failures/testing.ts";
import { Installation } from "./installation.ts";
import { visit } from "./visit.ts";

/** A worker looks every second, and the page asks every five. */
const SOON = { timeout: 60_000 };

test("an admin adds channels, is told once, and sees who does not answer; an analyst sees alerts alone", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const slack = await startReceiver();
  const hook = await startReceiver();
  const there = await Installation.start(browser, { ROLLCALL_ALLOW_HOSTS: "127.0.0.1" });
  try {
    await there.ingest([attempt(1, "ann"), attempt(2, "ben", { application: "Wiki" })].join("\n"), "okta");
    const page = await there.page();
    await visit(page, `${there.origin}/alerts`);
    await expect(page.getByText("A channel brings alerts to you")).toBeVisible();

    await page.getByRole("button", { name: "Add a channel" }).click();
    const form = page.getByRole("dialog", { name: "Add a channel" });
    await form.getByLabel("Kind").selectOption("Slack, or compatible");
    await form.getByLabel("Name").fill("Team");
    await form.getByLabel("Address of the incoming webhook").fill(`${slack.url}/services/hush-hush`);
    await form.getByRole("button", { name: "Add", exact: true }).click();
    await expect(form.getByRole("alert")).toContainText("lower-case letters");
    await form.getByLabel("Name").fill("team");
    await form.getByRole("button", { name: "Add", exact: true }).click();
    await expect(form).toBeHidden();

    const row = (name: string) =>
      page.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
    await expect(row("team")).toContainText("Works", SOON);
    await expect(page.getByRole("heading", { name: "2 open alerts" })).toBeVisible(SOON);
    await expect(page.getByRole("link", { name: /^Chat: create fails, rate limit/u })).toBeVisible();
    const [call] = slack.calls;
    expect(JSON.parse(call?.body ?? "").text).toMatch(/^\*2 new causes of failures\*\n• Chat: /u);
    expect(await page.content()).not.toContain("hush-hush");

    // The second channel does not answer at first; what it shows for once is its secret.
    hook.status = 503;
    await page.getByRole("button", { name: "Add a channel" }).click();
    await form.getByLabel("Kind").selectOption("Signed webhook");
    await form.getByLabel("Name").fill("desk");
    await form.getByLabel("Address of the webhook").fill(`${hook.url}/hook`);
    await form.getByRole("button", { name: "Add", exact: true }).click();
    await expect(form.getByLabel("Secret that calls are signed with")).toHaveValue(/^whsec_/u);
    await form.getByRole("button", { name: "I have it" }).click();
    await expect(row("desk")).toContainText("Failing", SOON);
    await expect(row("desk")).toContainText("503");
    await expect(row("desk")).toContainText("tried again");
    hook.status = 200;
    await page.getByRole("button", { name: "Send a test: desk" }).click();
    await expect(row("desk")).toContainText("Works", SOON);
    await page.getByRole("button", { name: "Send a test: team" }).click();
    await expect
      .poll(() => JSON.parse(slack.calls.at(-1)?.body ?? "").text)
      .toMatch(/^\*A test of Rollcall's alerts\*/u);

    await page.getByRole("button", { name: "Change New cause of failures" }).click();
    const rule = page.getByRole("dialog", { name: "New cause of failures" });
    await rule.getByLabel("Threshold").fill("0");
    await rule.getByRole("button", { name: "Save" }).click();
    await expect(rule.getByRole("alert")).toContainText("a whole number from 1");
    await rule.getByLabel("Threshold").fill("3");
    await rule.getByLabel("Raise alerts").uncheck();
    await rule.getByRole("button", { name: "Save" }).click();
    await expect(rule).toBeHidden();
    await expect(row("New cause of failures")).toContainText("Off");
    await expect(page.getByRole("heading", { name: "0 open alerts" })).toBeVisible(SOON);

    await page.getByLabel("Time zone").fill("Mars/Olympus");
    await page.getByRole("button", { name: "Set", exact: true }).click();
    await expect(page.getByRole("alert").filter({ hasText: "no time zone" })).toBeVisible();
    await page.getByLabel("Time zone").fill("Europe/Berlin");
    await page.getByRole("button", { name: "Set", exact: true }).click();
    await expect(page.getByText("Mondays at 08:00 (Europe/Berlin)")).toBeVisible();
    await page.getByRole("button", { name: "Preview" }).click();
    const digest = page.getByRole("dialog", { name: "The digest as of now" });
    await expect(digest.getByRole("heading", { name: "What fails now, and why?" })).toBeVisible(SOON);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Remove: desk" }).click();
    await page.getByRole("dialog", { name: "Remove desk?" }).getByRole("button", { name: "Remove" }).click();
    await expect(page.getByRole("heading", { name: "1 channel" })).toBeVisible();

    const { page: analyst } = await there.member("ada", "analyst");
    await visit(analyst, `${there.origin}/alerts`);
    await expect(analyst.getByRole("heading", { name: "1 channel" })).toBeVisible();
    await expect(analyst.getByRole("button", { name: /Add a channel|Send a test|Change/u })).toHaveCount(0);
  } finally {
    await there.stop();
    await Promise.all([slack.stop(), hook.stop()]);
  }
});
