/** An admin checks whether an application's SCIM service keeps to the standard: that of this very installation, and one that does not. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "playwright/test";
import type { ConformanceReport } from "../lib/conformance/finding.ts";
import { scimService } from "../lib/scim/testing.ts";
import { Installation } from "./installation.ts";
import { visit } from "./visit.ts";

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
