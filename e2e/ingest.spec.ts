import { gzipSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { origin, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

/** A record of Okta's as its System Log API gives it. */
function record(n: number): string {
  return JSON.stringify({
    uuid: `e2e-${n}`,
    published: new Date(Date.parse("2026-02-01T08:00:00Z") + n * 60_000).toISOString(),
    eventType: "user.lifecycle.create",
    outcome: { result: "SUCCESS", reason: null },
    actor: { id: "sys", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
    target: [
      { id: `00u-e2e-${n}`, type: "User", alternateId: `e2e-${n}@larkspur.example`, displayName: `E2E ${n}` },
    ],
  });
}

test.beforeEach(async ({ page }) => {
  await signIn(page);
  await visit(page, `${origin}/sources`);
});

test("a file that is dropped in is read, and what was found is said", async ({ page }) => {
  const lines = [...Array.from({ length: 25 }, (_, n) => record(n)), '{"uuid": broken', record(3)];
  await page.getByLabel(/Drop a file/u).setInputFiles({
    name: "okta.ndjson.gz",
    mimeType: "application/gzip",
    buffer: gzipSync(lines.join("\n")),
  });
  await expect(
    page.getByLabel("Files").getByText("27 records: 25 new, 1 already known, 1 not readable"),
  ).toBeVisible();
  await expect(page.getByRole("row", { name: /26.*uuid/u }).first()).toBeVisible();
  const found = await page.request.get(`${origin}/api/v1/search?q=e2e-7@`);
  expect(JSON.stringify(await found.json())).toContain("E2E 7");
});

test("the same file again is known", async ({ page }) => {
  const buffer = Buffer.from(Array.from({ length: 25 }, (_, n) => record(n)).join("\n"));
  const send = () =>
    page
      .getByLabel(/Drop a file/u)
      .setInputFiles({ name: "again.ndjson", mimeType: "application/x-ndjson", buffer });
  await send();
  await expect(page.getByText(/25 records: /u).first()).toBeVisible();
  await send();
  await expect(page.getByLabel("Files").getByText("25 records: 0 new, 25 already known")).toBeVisible();
});

test("a large file is read by threads, in the web server too", async ({ page }) => {
  // Above the size from which lib/ingest/parallel starts them.
  const pad = "0123456789abcdef".repeat(256);
  const lines = Array.from({ length: 3_000 }, (_, n) =>
    record(n % 25).replace(/"uuid":"[^"]*"/u, `"uuid":"large-${n}","pad":"${pad}"`),
  );
  await page.getByLabel(/Drop a file/u).setInputFiles({
    name: "large.ndjson",
    mimeType: "application/x-ndjson",
    buffer: Buffer.from(lines.join("\n")),
  });
  await expect(page.getByLabel("Files").getByText("3,000 records: 3,000 new")).toBeVisible({
    timeout: 30_000,
  });
});

test("a strange file is said to be strange, and nothing else changes", async ({ page }) => {
  await page.getByLabel(/Drop a file/u).setInputFiles({
    name: "holiday.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("name,days\nalice,3\nbob,4\n"),
  });
  await expect(page.getByLabel("Files").getByText("3 records: 0 new, 3 not readable")).toBeVisible();
});

test("a file that comes too soon after many others is sent again after a while", async ({ page }) => {
  let refused = 0;
  await page.route("**/api/v1/ingest?*", async (route) => {
    if (refused++ > 0) return route.continue();
    await route.fulfill({
      status: 429,
      headers: { "retry-after": "1" },
      json: { error: { code: "", message: "" } },
    });
  });
  await page.getByLabel(/Drop a file/u).setInputFiles({
    name: "later.ndjson",
    mimeType: "application/x-ndjson",
    buffer: Buffer.from(record(1)),
  });
  await expect(page.getByLabel("Files").getByText("1 record: 0 new, 1 already known")).toBeVisible();
  expect(refused).toBe(2);
});
