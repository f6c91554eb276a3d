/** An application that keeps a leaver active: looked at over SCIM, found, seen to, and closed by the next look. */
import { expect, test } from "playwright/test";
import { scimService } from "../lib/scim/testing.ts";
import { Installation } from "./installation.ts";
import { visit } from "./visit.ts";

const SOON = { timeout: 60_000 };
const DAY = 86_400_000;

const day = (days: number) => new Date(Date.now() + days * DAY).toISOString();

const user = (name: string) => ({ id: `u-${name}`, userName: `${name}@larkspur.example`, active: true });

const LOG = ["alice", "bob"].flatMap((name, i) => {
  const person = {
    id: `00u-${name}`,
    type: "User",
    alternateId: `${name}@larkspur.example`,
    displayName: name,
  };
  const application = {
    id: "0oa-1",
    type: "AppInstance",
    alternateId: "Team Chat",
    displayName: "Team Chat",
  };
  const account = { ...person, id: `0ua-${name}`, type: "AppUser" };
  const event = (days: number, eventType: string, ...target: object[]) =>
    JSON.stringify({
      uuid: `${name}-${eventType}`,
      published: day(days),
      eventType,
      outcome: { result: "SUCCESS" },
      target,
    });
  return [
    event(-30, "user.lifecycle.create", person),
    event(-29, "application.provision.user.push", account, application, person),
    ...(i === 0
      ? []
      : [
          event(-2, "user.lifecycle.deactivate", person),
          event(-1, "application.provision.user.deactivate", account, application, person),
        ]),
  ];
});

test("a difference is found, given to somebody, and closed by the next look", async ({ browser }) => {
  test.setTimeout(600_000);
  const service = await scimService([user("alice"), user("bob")]);
  const there = await Installation.start(browser, { ROLLCALL_ALLOW_HOSTS: "127.0.0.1" });
  try {
    const page = await there.page();
    const { origin } = there;
    const headers = { origin, "content-type": "application/x-ndjson" };
    const sent = await page.request.post(`${origin}/api/v1/ingest?source=okta`, {
      headers,
      data: LOG.join("\n"),
    });
    expect(sent.ok(), await sent.text()).toBe(true);
    await visit(page, `${origin}/reconciliation`);
    await expect(page.getByText("No application has been looked at yet")).toBeVisible();

    await page.getByRole("link", { name: "Set up a live source" }).click();
    await page.getByRole("button", { name: "Add a live source" }).click();
    const form = page.getByRole("dialog", { name: "Add a live source" });
    await form.getByLabel("What it reads").selectOption({ label: "Accounts of an application, over SCIM" });
    await form.getByLabel("Name", { exact: true }).fill("team-chat");
    await form.getByLabel("Address of its SCIM service").fill(service.url);
    await form.getByLabel("Application").fill("Team Chat");
    await form.getByLabel("Secret").fill(service.token);
    await form.getByRole("button", { name: "Add", exact: true }).click();
    await expect(form).toBeHidden();
    const source = page
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name: "team-chat" }) })
      .first();
    await expect(source).toContainText("Healthy", SOON);

    await visit(page, `${origin}/reconciliation`);
    await expect(page.getByText("1 difference at 1 application")).toBeVisible();
    const row = page.getByRole("row").filter({ hasText: "bob@larkspur.example" });
    await expect(row).toContainText("Log says done");
    await row.getByRole("link", { name: "inactive", exact: true }).click();
    await expect(page.getByText("application.provision.user.deactivate").first()).toBeVisible();

    await visit(page, `${origin}/reconciliation`);
    await row.getByRole("checkbox").check();
    await page.getByRole("button", { name: /^Acknowledge/u }).click();
    await expect(page.getByText("1 finding acknowledged.")).toBeVisible();
    await expect(row).toContainText("Acknowledged");
    await page.keyboard.press("u");
    await expect(page.getByText("Taken back.")).toBeVisible();
    await expect(row).toContainText("Open");

    service.users.set("u-bob", { ...user("bob"), active: false });
    await visit(page, `${origin}/sources`);
    await page.getByRole("button", { name: "Run now: team-chat" }).click();
    await expect
      .poll(async () => {
        await visit(page, `${origin}/reconciliation`);
        return page.getByText("1 application shows what should be there.").isVisible();
      }, SOON)
      .toBe(true);
    await expect(row).toContainText("Resolved");
    await expect(page.getByText("1 to 0 in 2 readings")).toBeVisible();
  } finally {
    await there.stop();
    await service.close();
  }
});
