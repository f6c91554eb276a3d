/** What a review revokes is handed to a ticket system and ended at the application by SCIM, both real; neither verifies it. */
import { expect, test } from "playwright/test";
import { startTicketServer } from "../../lib/failures/testing.ts";
import type { ReviewTask } from "../../lib/reviews/contract.ts";
import { emailOf, offboard } from "../../lib/reviews/testing.ts";
import { scimService } from "../../lib/scim/testing.ts";
import { Installation, soon } from "../installation.ts";
import { reload, visit } from "../visit.ts";

const PEOPLE = ["dan", "eve"].map((name) => ({
  name,
  department: "Sales",
  title: "Account manager",
  manager: "",
}));

test("tasks go to the ticket system and to the application, after it was said what happens where", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const tickets = await startTicketServer(201, "IAM-7");
  const scim = await scimService(
    PEOPLE.map(({ name }) => ({ id: `0ua-${name}`, userName: emailOf(name), active: true })),
  );
  const there = await Installation.start(browser, { ROLLCALL_ALLOW_HOSTS: "127.0.0.1" });
  try {
    await there.settle(PEOPLE, ["Chat"]);
    const { member } = await there.member("rita", "reviewer");
    const put = { method: "PUT" };
    await there.send("/api/v1/failures/webhook", JSON.stringify({ url: tickets.url }), put);
    const connection = { url: scim.url, token: scim.token, writes: true, ending: "deactivate" };
    await there.send("/api/v1/applications/Chat/scim", JSON.stringify(connection), put);
    const { review } = await there.send<{ review: string }>(
      "/api/v1/reviews",
      JSON.stringify({ name: "Chat", dueAt: soon(), fallback: member, rules: [] }),
    );
    const decisions = (await there.items(review)).map(({ item, version }) => ({
      item,
      version,
      decision: "revoke",
      reason: "not needed",
    }));
    await there.send(`/api/v1/reviews/${review}/decisions`, JSON.stringify({ decisions }));

    const page = await there.page();
    await visit(page, `${there.origin}/reviews/${review}`);
    const dialog = page.getByRole("dialog", { name: /^Hand off/u });
    const tasks = async () =>
      (await there.get<{ tasks: ReviewTask[] }>(`/api/v1/reviews/${review}/tasks`)).tasks;

    await page.getByLabel(`Select ${emailOf("dan")}, Chat`).check();
    await page.getByRole("button", { name: "Hand off 1 …" }).click();
    await dialog.getByRole("radio", { name: /To the ticket system/u }).check();
    await dialog.getByRole("button", { name: "Send", exact: true }).click();
    await expect(dialog.getByRole("status")).toContainText("1 task handed off");
    expect(tickets.bodies.map((body) => JSON.parse(body).task.userName)).toEqual([emailOf("dan")]);
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();

    await page.getByLabel(`Select ${emailOf("dan")}, Chat`).uncheck();
    await page.getByRole("button", { name: "Hand off all …" }).click();
    await dialog.getByRole("radio", { name: /By SCIM/u }).check();
    // It says what it will do, and has done nothing yet.
    await expect(dialog).toContainText("2 accounts");
    await expect(dialog).toContainText("can't take it back");
    expect([...scim.users.values()].map(({ active }) => active)).toEqual([true, true]);
    await dialog.getByRole("button", { name: "Do it now" }).click();
    await expect(dialog.getByRole("status")).toContainText("2 tasks handed off");
    expect([...scim.users.values()].map(({ active }) => active)).toEqual([false, false]);
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();

    // The application's answer verifies nothing: an event does.
    expect((await tasks()).map(({ state }) => state)).toEqual(["to-do", "to-do"]);
    await there.ingest(
      offboard(
        PEOPLE.map(({ name }) => [name, "Chat"] as const),
        Date.now(),
      ),
      "okta",
    );
    expect((await tasks()).map(({ state }) => state)).toEqual(["verified", "verified"]);
    await reload(page);
    await expect(page.getByRole("link", { name: "Verified 2" })).toBeVisible();
    await page.context().close();
  } finally {
    await there.stop();
    await scim.close();
    await tickets.stop();
  }
});
