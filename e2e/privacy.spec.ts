import { expect, test } from "playwright/test";
import { memberPage, newMember, origin, SAME_ORIGIN, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

const NAME = "wilhelmina.fisch@larkspur.example";
const SUBJECT = "p:okta:00u-wilhelmina";

const line = (uuid: string) =>
  JSON.stringify({
    uuid,
    published: "2026-02-03T08:00:00Z",
    eventType: "user.lifecycle.create",
    outcome: { result: "SUCCESS", reason: null },
    actor: { id: "sys", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
    target: [{ id: "00u-wilhelmina", type: "User", alternateId: NAME, displayName: "Wilhelmina Fisch" }],
  });

test("a person's data is withheld, shown again, and erased", async ({ page }) => {
  await signIn(page);
  const sent = await page.request.post(`${origin}/api/v1/ingest?name=joined.ndjson`, {
    data: `${line("e2e-privacy-1")}\n`,
    headers: SAME_ORIGIN,
  });
  expect(sent.ok()).toBe(true);
  await visit(page, `${origin}/identities/${encodeURIComponent(SUBJECT)}`);
  const ask = async (button: string) => {
    await page.getByRole("button", { name: button }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(/key/u);
    const reason = dialog.getByLabel("Reason");
    if ((await reason.count()) > 0) await reason.fill(`Asked by ${NAME}`);
    await dialog.getByRole("button", { name: button }).click();
    await expect(dialog).toHaveCount(0);
  };

  await ask("Withhold data");
  await expect(page.getByText("Withheld: their records are encrypted")).toBeVisible({ timeout: 30_000 });
  await expect(page).toHaveURL(/anon-/u);
  await expect(page.getByText(NAME)).toHaveCount(0);

  await ask("Show data again");
  await expect(page.getByText(NAME).first()).toBeVisible({ timeout: 30_000 });

  await ask("Withhold data");
  await expect(page.getByRole("button", { name: "Erase data" })).toBeVisible({ timeout: 30_000 });
  await ask("Erase data");
  await expect(page.getByText("Erased: nobody can read their records again")).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole("button", { name: "Show data again" })).toHaveCount(0);

  const audit = await page.request.get(`${origin}/api/v1/audit?limit=100`);
  const entries = await audit.text();
  expect(entries).toContain("erase-person");
  expect(entries).not.toContain("wilhelmina");
});

test("only admins are shown the ways to do it", async ({ browser }) => {
  const { session } = await newMember("analyst");
  const context = await browser.newContext();
  await context.addCookies([
    { name: "next-auth.session-token", value: session, url: origin, httpOnly: true, sameSite: "Lax" },
  ]);
  const page = await context.newPage();
  const found = await page.request.get(`${origin}/api/v1/reports/accounts`);
  const { rows } = (await found.json()) as { rows: { subject: string }[] };
  const subject = encodeURIComponent(rows[0]?.subject ?? "");
  await visit(page, `${origin}/identities/${subject}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "Withhold data" })).toHaveCount(0);
  const refused = await page.request.post(`${origin}/api/v1/identities/${subject}/privacy`, {
    data: { verb: "seal", reason: "x" },
    headers: SAME_ORIGIN,
  });
  expect(refused.status()).toBe(403);
  await context.close();
});

test("how long a source's records are kept is set on the page, and taken back", async ({ page, browser }) => {
  await signIn(page);
  const sent = await page.request.post(`${origin}/api/v1/ingest?name=kept.ndjson&source=kept-awhile`, {
    data: `${line("e2e-privacy-kept")}\n`,
    headers: SAME_ORIGIN,
  });
  expect(sent.ok()).toBe(true);
  await visit(page, `${origin}/sources`);
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "kept-awhile" }) });
  await expect(row).toContainText("for good");
  await row.getByRole("button", { name: "Change how long records of kept-awhile are kept" }).click();
  const panel = page.getByRole("dialog", { name: "Records of kept-awhile" });
  await panel.getByLabel("For some days").check();
  await panel.getByLabel("Days", { exact: true }).fill("0");
  await panel.getByRole("button", { name: "Keep so" }).click();
  await expect(panel.getByRole("alert").filter({ hasText: /\S/u })).toHaveText(
    "Records are kept for 1 to 36500 days, or for good.",
  );
  await panel.getByLabel("Days", { exact: true }).fill("400");
  await panel.getByRole("button", { name: "Keep so" }).click();
  await expect(panel).toHaveCount(0);
  await expect(row).toContainText("400 days");
  const said = page.getByRole("status").filter({ hasText: "Records of kept-awhile are kept for 400 days." });
  await expect(said).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(said).toHaveCount(0);
  await expect(row).toContainText("for good");
  const audit = await (await page.request.get(`${origin}/api/v1/audit?limit=100`)).text();
  expect(audit).toContain("set-retention");

  const { page: theirs } = await memberPage(browser, "analyst");
  await visit(theirs, `${origin}/sources`);
  await expect(theirs.getByRole("rowheader", { name: "kept-awhile" })).toBeVisible();
  await expect(theirs.getByRole("button", { name: /^Change how long/u })).toHaveCount(0);
  await theirs.context().close();
});
