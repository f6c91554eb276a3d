/** An admin checks whether an application's SCIM service keeps to the standard: that of this very installation, and one that does not. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "playwright/test";
import type { ConformanceReport } from "../lib/conformance/finding.ts";
import { scimService } from "../lib/scim/testing.ts";
import { Installation } from "./installation.ts";
import { reload, visit } from "./visit.ts";

const SOON = { timeout: 120_000 };
const PEOPLE = [{ name: "dan", department: "Sales", title: "Account manager", manager: "" }];

test("checks a service, shows what is wrong and what was mended, and hands the report on", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const there = await Installation.start(browser, { ROLLCALL_ALLOW_HOSTS: "127.0.0.1,localhost" });
  const scim = await scimService(
    [1, 2].map((n) => ({ id: `0ua-${n}`, userName: `ada${n}@larkspur.example`, active: true })),
  );
  try {
    await there.settle(PEOPLE, ["Chat"]);
    const connect = (url: string, token: string, writes: boolean) =>
      there.send(
        "/api/v1/applications/Chat/scim",
        JSON.stringify({ url, token, writes, ending: "deactivate" }),
        { method: "PUT" },
      );
    const page = await there.page();
    const section = page.getByRole("region", { name: "Conformance to SCIM" });
    const panel = page.getByRole("dialog", { name: "Check conformance of Chat" });
    const check = async (level: RegExp) => {
      await section.getByRole("button", { name: "Check conformance" }).click();
      await panel.getByRole("radio", { name: level }).check();
      await panel.getByRole("button", { name: "Begin" }).click();
      await expect(panel).toBeHidden();
    };

    await visit(page, `${there.origin}/applications/Chat`);
    await expect(section).toContainText("has not been checked. Set its SCIM service above first.");
    await expect(section.getByRole("button")).toHaveCount(0);

    // It may only ask: the other level is not offered.
    await connect(scim.url, scim.token, false);
    await visit(page, `${there.origin}/applications/Chat`);
    await section.getByRole("button", { name: "Check conformance" }).click();
    await expect(panel.getByRole("radio")).toHaveCount(1);
    await expect(panel).toContainText("The connection allows no writing");
    await panel.getByRole("button", { name: "Begin" }).click();
    await expect(section).toContainText(/\d+ of \d+ checks failed/u, SOON);
    expect(scim.asked.filter((line) => !line.startsWith("GET "))).toEqual([]);
    const row = section.getByRole("row").filter({ hasText: "A user name is found in any case" });
    await expect(row).toContainText("Compare user names without regard to case.");

    // By a schedule, which begins a week from now.
    await expect(section).toContainText("It is checked when somebody asks, and not by a schedule.");
    await section.getByRole("button", { name: "Check by a schedule" }).click();
    const form = page.getByRole("dialog", { name: "Check conformance of Chat by a schedule" });
    await expect(form.getByRole("radio")).toHaveCount(1);
    await form.getByLabel("Every so many days").fill("0");
    await page.keyboard.press("Enter");
    await expect(form).toBeVisible();
    await form.getByLabel("Every so many days").fill("7");
    expect((await new AxeBuilder({ page }).include("dialog").analyze()).violations).toEqual([]);
    await page.keyboard.press("Enter");
    await expect(form).toBeHidden();
    await expect(section).toContainText("Checked every 7 days by a schedule (only asked). The next one: ");
    await expect(section.getByText("the schedule", { exact: true })).toHaveCount(0);

    const download = async (form: string) => {
      const waiting = page.waitForEvent("download");
      await section.getByRole("link", { name: form, exact: true }).click();
      const file = await waiting;
      const chunks: Buffer[] = [];
      for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
      return { name: file.suggestedFilename(), bytes: Buffer.concat(chunks) };
    };
    const html = await download("HTML");
    expect(html.name).toMatch(/^scim-conformance-chat-\d{4}-\d{2}-\d{2}\.html$/u);
    expect(html.bytes.toString()).toContain("paging.count");
    expect(html.bytes.toString()).not.toMatch(/larkspur|<script/u);
    expect((await download("PDF")).bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const report = JSON.parse((await download("JSON")).bytes.toString()) as ConformanceReport;
    expect(report).toMatchObject({ $conformance: 1, application: "Chat", level: "read", identity: null });

    // The report by itself, as whoever gets it opens it.
    const opened = await there.page();
    await opened.setContent(html.bytes.toString());
    await expect(opened.getByRole("heading", { level: 1 })).toHaveText("SCIM conformance of Chat");
    expect((await new AxeBuilder({ page: opened }).analyze()).violations).toEqual([]);
    await opened.close();

    // Rollcall's own service: what was wrong before is mended.
    const { secret } = await there.send<{ secret: string }>(
      "/api/v1/scim-sources",
      JSON.stringify({ source: "checked", governsMembers: false }),
    );
    for (const n of [1, 2, 3]) {
      const made = await fetch(`${there.origin}/scim/v2/Users`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/scim+json" },
        body: JSON.stringify({ userName: `eve${n}@larkspur.example`, active: true }),
      });
      expect(made.status).toBe(201);
    }
    await connect(`${there.origin}/scim/v2`, secret, true);
    await visit(page, `${there.origin}/applications/Chat`);
    await check(/Only ask/u);
    await expect(section).toContainText("that were tried have passed", SOON);
    await expect(section.getByRole("row").filter({ hasText: /\d+ mended, 0 new/u })).toBeVisible();

    // The worker of this installation makes what is due, and says that it was the schedule.
    await there.asOwner((sql) => sql`update conformance_turns set next_run_at = now() - interval '1 second'`);
    await expect(async () => {
      await reload(page);
      await expect(section).toContainText("that were tried have passed, on", { timeout: 1_000 });
      await expect(section).toContainText("(only asked, by the schedule)", { timeout: 1_000 });
    }).toPass(SOON);
    await expect(section.getByRole("cell", { name: "the schedule" })).toHaveCount(1);
    await expect(section).toContainText("The next one: ");
    const trend = section.getByRole("img", { name: /^What failed, gave a warning and passed.*only asked/u });
    await expect(trend).toBeVisible();
    await section.getByText("Show as table").click();
    const told = section.getByRole("region", { name: /^What failed, gave a warning and passed/u });
    await expect(told.getByRole("row")).toHaveCount(4);
    const { summary } = report;
    await expect(told.getByRole("row").last().getByRole("cell")).toHaveText(
      [summary.failed, summary.warning, summary.passed].map(String),
    );
    await expect(told.getByRole("row").nth(1).getByRole("cell").first()).toHaveText("0");

    // With test users only once that is agreed to; then it is stopped.
    await section.getByRole("button", { name: "Change the schedule" }).click();
    await form.getByLabel("Every so many days").fill("1");
    await form.getByRole("radio", { name: /Ask and change/u }).check();
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form).toBeVisible();
    await form.getByLabel("Test users may be made at Chat each time.").check();
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form).toBeHidden();
    await expect(section).toContainText("Checked every day by a schedule (asked and changed).");
    await section.getByRole("button", { name: "Stop the schedule" }).click();
    await expect(section).toContainText("It is checked when somebody asks, and not by a schedule.");

    await check(/Ask and change/u);
    await expect(section).toContainText(/All 1\d\d checks that were tried have passed/u, SOON);
    await expect(page.getByText(/^proved by a conformance check on/u)).toHaveCount(4);
    const { violations } = await new AxeBuilder({ page }).include("section").analyze();
    expect(violations).toEqual([]);

    // What is wrong with a service that is none is said where it was asked for.
    await connect(`${there.origin}/nothing`, secret, false);
    await visit(page, `${there.origin}/applications/Chat`);
    await check(/Only ask/u);
    await expect(section.getByRole("alert")).toContainText("is the address that of its SCIM service?", SOON);
  } finally {
    await there.stop();
    await scim.close();
  }
});
