/** An admin switches drills on at an application with a real SCIM service, runs one, and sees what it has shown. */
import { expect, test } from "playwright/test";
import { emailOf } from "../../lib/reviews/testing.ts";
import { scimService } from "../../lib/scim/testing.ts";
import { faults, watchShifts } from "../faults.ts";
import { Installation } from "../installation.ts";
import { reload, visit } from "../visit.ts";

const PEOPLE = [{ name: "dan", department: "Sales", title: "Account manager", manager: "" }];

test("a drill is switched on, run and shown, a fault is named, and nothing stays behind", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const scim = await scimService(
    [{ id: "0ua-dan", userName: emailOf("dan"), active: true }],
    [{ id: "g1", displayName: "Testers", members: [] }],
  );
  const there = await Installation.start(browser, { ROLLCALL_ALLOW_HOSTS: "127.0.0.1" });
  try {
    await there.settle(PEOPLE, ["Chat"]);
    const page = await there.page();
    await visit(page, `${there.origin}/applications/Chat`);
    const drills = page.getByRole("region", { name: "Drills" });
    await expect(drills).toContainText("Drills are off: nothing is made at this application.");
    await expect(drills).toContainText("Nothing was tried out here yet.");
    // Without a connection that may write there is nothing to switch on.
    await expect(drills.getByRole("button", { name: "Switch drills on" })).toBeDisabled();
    const connection = { url: scim.url, token: scim.token, writes: true, ending: "deactivate" };
    await there.send("/api/v1/applications/Chat/scim", JSON.stringify(connection), { method: "PUT" });
    await reload(page);

    await drills.getByRole("button", { name: "Switch drills on" }).click();
    const panel = page.getByRole("dialog", { name: "Drills at Chat" });
    await expect(panel).toContainText("a real test account");
    await panel.getByLabel("One of the application's").check();
    await panel.getByLabel("Name of the group").fill("Testers");
    // What will happen has to be agreed to.
    await panel.getByRole("button", { name: "Switch on" }).click();
    await expect(panel).toBeVisible();
    await panel.getByLabel("A test account may be made at Chat.").check();
    await panel.getByRole("button", { name: "Switch on" }).click();
    await expect(panel).toBeHidden();
    await expect(drills).toContainText("Drills are on, by hand.");
    expect(scim.asked).toEqual([]);

    await drills.getByRole("button", { name: "Run a drill now" }).click();
    await expect(drills.getByRole("status")).toBeVisible();
    await expect(drills.getByRole("row").filter({ hasText: "Passed" })).toHaveCount(1, { timeout: 60_000 });
    await expect(drills.getByRole("status")).toHaveCount(0, { timeout: 60_000 });
    expect([...scim.users.keys()]).toEqual(["0ua-dan"]);
    await expect(page.getByRole("link", { name: /^proved by drill on/u })).toHaveCount(4);
    await drills.getByRole("button", { name: /^Steps of the trial/u }).click();
    const steps = page.getByRole("dialog", { name: "Drill: passed" });
    await expect(steps.getByRole("row")).toHaveCount(9);
    await expect(steps).toContainText("RFC 7644 §3.5.2");
    await page.keyboard.press("Escape");
    await expect(steps).toBeHidden();

    scim.faults.losesDeactivations = true;
    await drills.getByRole("button", { name: "Run a drill now" }).click();
    const failed = drills.getByRole("row").filter({ hasText: "Failed" }).filter({ hasText: "deactivate" });
    await expect(failed).toHaveCount(1, { timeout: 120_000 });
    await expect(page.getByRole("link", { name: /^failed a drill on/u })).toHaveCount(1);
    expect([...scim.users.keys()]).toEqual(["0ua-dan"]);
    await expect(drills.getByText("Time until it showed, drill by drill")).toBeVisible();
    await watchShifts(page);
    await reload(page);
    await expect(drills.getByText("Time until it showed, drill by drill")).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await drills.getByRole("button", { name: "Change", exact: true }).click();
    await expect(panel).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press("Escape");

    await visit(page, `${there.origin}/coverage`);
    await expect(page.getByText(/Chat, Joiners?: .*It was proved by drill on/u).first()).toBeAttached();
    await page.close();
  } finally {
    await there.stop();
    await scim.close();
  }
});
