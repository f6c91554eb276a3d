/** A live source as an admin sets it up on the Sources page, with an Okta on this machine behind it. */
import { expect, test } from "playwright/test";
import { fakeOkta, OKTA_TOKEN } from "../lib/connectors/testing/okta.ts";
import { Installation } from "./installation.ts";
import { visit } from "./visit.ts";

/** A worker looks every second, and the page asks every five. */
const SOON = { timeout: 60_000 };

const day = (daysAgo: number): string =>
  new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

test("an admin sets up a live source, sees how it does, and what is wrong in words", async ({ browser }) => {
  test.setTimeout(600_000);
  const okta = await fakeOkta();
  okta.add(20);
  const there = await Installation.start(browser, { ROLLCALL_ALLOW_HOSTS: "127.0.0.1" });
  try {
    const page = await there.page();
    await visit(page, `${there.origin}/sources`);
    await expect(page.getByText("With a live source the log fills itself")).toBeVisible();
    await page.getByRole("button", { name: "Add a live source" }).click();
    const form = page.getByRole("dialog", { name: "Add a live source" });
    await form.getByLabel("Address of the organization").fill(okta.url);
    await form.getByLabel("Secret").fill("a-wrong-token");
    await form.getByRole("button", { name: "Test the connection" }).click();
    await expect(form.getByRole("alert")).toContainText("Invalid token provided");
    await form.getByLabel("Secret").fill(OKTA_TOKEN);
    await form.getByRole("button", { name: "Test the connection" }).click();
    await expect(form.getByRole("status")).toContainText("Its first page has 20 records");
    await form.getByRole("button", { name: "Add", exact: true }).click();
    await expect(form).toBeHidden();

    const row = page
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name: "okta-logs" }) })
      .first();
    await expect(row).toContainText("Healthy", SOON);
    await expect(row.getByRole("cell", { name: "20", exact: true })).toBeVisible();
    expect(await page.content()).not.toContain(OKTA_TOKEN);

    await row.getByRole("button", { name: "Pause: okta-logs" }).click();
    await expect(row).toContainText("Paused");
    await row.getByRole("button", { name: "Resume: okta-logs" }).click();
    await expect(row).toContainText("Healthy", SOON);

    await row.getByRole("button", { name: "Fetch past: okta-logs" }).click();
    const past = page.getByRole("dialog", { name: "Fetch a past time of okta-logs" });
    await past.getByLabel("From").fill(day(10));
    await past.getByLabel("Up to").fill(day(20));
    await past.getByRole("button", { name: "Fetch", exact: true }).click();
    await expect(past.getByRole("alert")).toContainText("ends after it begins");
    await past.getByLabel("Up to").fill(day(0));
    await past.getByRole("button", { name: "Fetch", exact: true }).click();
    await expect(past).toBeHidden();
    const fetched = page.getByRole("row").filter({ hasText: "100 %" });
    await expect(fetched).toContainText("Done", SOON);

    okta.faults = ["401"];
    await row.getByRole("button", { name: "Run now: okta-logs" }).click();
    await expect(row).toContainText("Failing", SOON);
    await expect(row).toContainText("give a new one");
    await row.getByRole("button", { name: "Try again: okta-logs" }).click();
    await expect(row).toContainText("Healthy", SOON);

    await row.getByRole("button", { name: "Remove: okta-logs" }).click();
    await page
      .getByRole("dialog", { name: "Remove okta-logs?" })
      .getByRole("button", { name: "Remove" })
      .click();
    await expect(page.getByText("0 live sources")).toBeVisible();
  } finally {
    await there.stop();
    await okta.close();
  }
});
