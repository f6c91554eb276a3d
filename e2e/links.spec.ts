import { expect, test } from "playwright/test";
import { origin, SAME_ORIGIN, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

/** Two Okta users who go by one name, as nobody merges them. */
function lines(): string {
  const record = (id: string, day: string) =>
    JSON.stringify({
      uuid: `e2e-links-${id}`,
      published: `2026-02-${day}T08:00:00Z`,
      eventType: "user.lifecycle.create",
      outcome: { result: "SUCCESS", reason: null },
      actor: { id: "sys", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
      target: [{ id, type: "User", alternateId: "twice@larkspur.example", displayName: "Twice" }],
    });
  return `${record("00u-twice-one", "01")}\n${record("00u-twice-two", "09")}\n`;
}

test("two under one name are asked about, decided, and the decision is taken back", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await signIn(page);
  const sent = await page.request.post(`${origin}/api/v1/ingest?name=twice.ndjson`, {
    data: lines(),
    headers: SAME_ORIGIN,
  });
  expect(sent.ok()).toBe(true);
  await visit(page, `${origin}/links`);
  const question = page.getByRole("listitem").filter({ hasText: "00u-twice-two" });
  await expect(question).toContainText("One person with two accounts, or two people?");
  await question.getByLabel("Reason").fill("HR knows one of them only");
  await question.getByRole("button", { name: "One person" }).click();
  const decided = page.getByRole("listitem").filter({ hasText: "HR knows one of them only" });
  await expect(decided).toBeVisible();
  await expect(question.getByLabel("Reason")).toHaveCount(0);
  await decided.getByRole("button", { name: "Take it back" }).click();
  await expect(question.getByLabel("Reason")).toBeVisible();
  const refused = await page.request.post(`${origin}/api/v1/links`, {
    data: { a: "p:okta:nobody", b: "p:okta:00u-twice-one", verdict: "same", reason: "x" },
    headers: { origin },
  });
  expect(refused.status()).toBe(422);
  expect(complaints).toEqual([]);
});

test("an account of nobody is given to a person, and taken away again", async ({ page }) => {
  await signIn(page);
  const answer = await page.request.get(`${origin}/api/v1/reports/dormant`);
  const { rows } = (await answer.json()) as { rows: { status: string; subject: string }[] };
  const orphan = rows.find(({ status }) => status === "orphan")?.subject ?? "";
  const accounts = await page.request.get(`${origin}/api/v1/reports/accounts`);
  const person = ((await accounts.json()) as { rows: { identity: string | null }[] }).rows.find(
    ({ identity }) => identity?.includes("@larkspur.example"),
  )?.identity;
  await visit(page, `${origin}/identities/${encodeURIComponent(orphan)}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Account of nobody known");
  await page.getByText(/linked into one/u).click();
  await page.getByLabel("It belongs to").fill(person ?? "");
  await page.getByLabel("Reason").fill("asked the team");
  await page.getByRole("button", { name: "Link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Person");
  await expect(page.getByText("asked the team")).toHaveCount(0);
  await visit(page, `${origin}/links`);
  const decided = page.getByRole("listitem").filter({ hasText: "asked the team" });
  await decided.getByRole("button", { name: "Take it back" }).click();
  await expect(decided.getByRole("button", { name: "Take it back" })).toHaveCount(0);
  await page.goto(`${origin}/identities/${encodeURIComponent(orphan)}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Account of nobody known");
});
