/** Packs by the calendar, and by hand: set, made, listed, fetched. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "playwright/test";
import { connect, connectAsOwner } from "../db/client.ts";
import type { AuditPage } from "../lib/auth/audit.ts";
import { verifyPack } from "../lib/evidence/verify.mjs";
import { makeDuePacks } from "../lib/packs/make-due-packs.ts";
import { packsIn } from "../lib/packs/pack-files.ts";
import { prepareDatabase } from "../lib/runtime/access.ts";
import { homeAt, readSecrets } from "../lib/runtime/home.ts";
import { openEmbedded } from "../lib/runtime/postgres.ts";
import { memberPage, origin, signIn } from "./sign-in.ts";
import { reload, visit } from "./visit.ts";

const schedules = (page: Page) => page.getByRole("region", { name: /schedules?$/u });
const kept = (page: Page) => page.getByRole("region", { name: "Packs of schedules" });

/** Makes in the server's home what would be due had every schedule been set half a year ago. */
async function makeDue(): Promise<void> {
  const home = homeAt(process.env.ROLLCALL_E2E_HOME ?? "");
  // Packs are signed with the keys of that home.
  process.env.ROLLCALL_HOME = home.root;
  const { sessionSecret: installation } = await readSecrets(home);
  const server = await openEmbedded(home, () => {});
  try {
    const owner = connectAsOwner(server.url);
    await owner.sql.begin(async (sql) => {
      await sql`alter table pack_schedules disable trigger user`;
      await sql`update pack_schedules set set_at = now() - interval '180 days'`;
      await sql`alter table pack_schedules enable trigger user`;
    });
    await owner.close();
    const db = connect(await prepareDatabase(home, server.url), { workspace: "main" }, 4);
    try {
      await makeDuePacks("main", { db, scoped: () => db, folder: packsIn(home.root), installation });
    } finally {
      await db.close();
    }
  } finally {
    await server.release();
  }
}

test("a schedule is set, makes its packs, and ends; the packs stay and can be fetched", async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  await signIn(page);
  await visit(page, `${origin}/evidence`);
  await page.getByRole("button", { name: "Schedule packs" }).click();
  const panel = page.getByRole("dialog", { name: "Schedule packs" });
  await panel.getByRole("radio", { name: "Every quarter" }).check();
  await panel.getByRole("radio", { name: "One application" }).check();
  await panel.getByRole("button", { name: "Set the schedule" }).click();
  await expect(panel.getByText("Choose the application.")).toBeVisible();
  await panel.getByLabel("Application", { exact: true }).selectOption("Slack");
  await panel.getByLabel("Packs kept").fill("1");
  await panel.getByRole("button", { name: "Set the schedule" }).click();
  await expect(panel).toBeHidden();
  const row = schedules(page).getByRole("row", { name: /^Slack Every quarter/u });
  await expect(row).toContainText("Operator");

  await makeDue();
  await reload(page);
  const made = kept(page).getByRole("row", { name: /^Made Slack/u });
  await expect(made).toHaveCount(1);
  const sha256 = await made.locator("code").textContent();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    made.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^rollcall-evidence-Slack-\d{4}-Q\d\.zip$/u);
  const file = await download.path();
  expect(
    createHash("sha256")
      .update(await readFile(file))
      .digest("hex"),
  ).toBe(sha256);
  expect(await verifyPack(file)).toMatchObject({ valid: true });
  const audit = (await (
    await page.request.get(`${origin}/api/v1/audit?verb=download-pack&limit=10`)
  ).json()) as AuditPage;
  expect(audit.rows[0]).toMatchObject({ object: download.suggestedFilename(), actorName: "Operator" });

  // An auditor fetches and changes nothing.
  const { page: auditor } = await memberPage(browser, "auditor");
  await visit(auditor, `${origin}/evidence`);
  await expect(kept(auditor).getByRole("link", { name: "Download" })).toHaveCount(1);
  await expect(auditor.getByRole("button", { name: "Schedule packs" })).toHaveCount(0);
  await expect(auditor.getByRole("button", { name: /^End/u })).toHaveCount(0);
  await auditor.context().close();

  await row.getByRole("button", { name: "End the schedule of Slack" }).click();
  const question = page.getByRole("dialog", { name: "End the schedule of Slack?" });
  await question.getByRole("button", { name: "End it" }).click();
  await expect(page.getByRole("heading", { name: "0 schedules" })).toBeVisible();
  await expect(made).toHaveCount(1);
});

test("a pack made by hand stands there with its hash until it is let go", async ({ page }) => {
  await signIn(page);
  await visit(page, `${origin}/evidence`);
  const main = page.getByRole("main");
  await main.getByRole("button", { name: "Make an evidence pack" }).click();
  await main.getByLabel("Application").fill("Slack");
  await main.getByRole("button", { name: "Begin" }).click();
  const row = page
    .getByRole("region", { name: "Packs made by hand" })
    .getByRole("row", { name: /^Done Slack/u });
  await expect(row).toBeVisible({ timeout: 60_000 });
  const sha256 = await row.locator("code").textContent();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    row.getByRole("link", { name: "Download" }).click(),
  ]);
  const bytes = await readFile(await download.path());
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
});
