/** Push sources of a running server: the door before them, and the Sources page on which an admin sets them up. */
import { createHmac, randomUUID } from "node:crypto";
import { expect, test } from "playwright/test";
import { memberPage, origin, SAME_ORIGIN, signIn } from "./sign-in.ts";
import { visit } from "./visit.ts";

const hook = (uuid: string) =>
  JSON.stringify({
    eventType: "com.okta.event_hook",
    data: {
      events: [
        {
          uuid,
          published: "2026-03-02T09:15:30.250Z",
          eventType: "user.session.start",
          actor: { id: "00u1", type: "User", alternateId: "alice@larkspur.example", displayName: "Alice" },
          outcome: { result: "SUCCESS" },
        },
      ],
    },
  });

const post = (address: string, body: string, headers: Record<string, string> = {}) =>
  fetch(address, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });

test("an admin makes an address for Okta, sees what comes and what is refused, gives a new secret and removes it", async ({
  page,
  browser,
}) => {
  const name = `hook-${randomUUID().slice(0, 8)}`;
  await signIn(page);
  await visit(page, `${origin}/sources`);
  await page.getByRole("button", { name: "Let a vendor push" }).click();
  const panel = page.getByRole("dialog", { name: "Let a vendor push" });
  await panel.getByLabel("Name of the source").fill("Not a name");
  await panel.getByRole("button", { name: "Make it" }).click();
  await expect(panel.getByRole("alert")).toContainText("lower-case letters");
  await panel.getByLabel("Name of the source").fill(name);
  await panel.getByRole("button", { name: "Make it" }).click();
  const shown = page.getByRole("dialog", { name });
  const address = await shown.getByLabel("Address").inputValue();
  const secret = await shown.getByLabel("Authentication secret").inputValue();
  expect(address).toMatch(new RegExp(`^${origin}/push/main/[\\w-]{36}$`, "u"));
  await shown.getByRole("button", { name: "Done" }).click();

  const challenge = await fetch(address, { headers: { "x-okta-verification-challenge": "here?" } });
  expect(await challenge.json()).toEqual({ verification: "here?" });
  // No session opens it, and the door asks for no origin.
  expect((await post(address, hook("a"), { ...SAME_ORIGIN })).status).toBe(401);
  expect((await post(address, hook("a"), { authorization: secret })).status).toBe(200);
  expect((await post(address, "x".repeat(1_100_000), { authorization: secret })).status).toBe(413);
  expect((await post(`${origin}/push/nobody/${randomUUID()}`, "{}")).status).toBe(404);

  await visit(page, `${origin}/sources`);
  const row = page
    .getByRole("row", { name: new RegExp(`^${name}`, "u") })
    .filter({ hasText: "Okta event hook" });
  await expect(row.getByRole("cell", { name: "1", exact: true })).toBeVisible();
  await expect(row).toContainText("The header Authorization is missing.");
  expect(await page.content()).not.toContain(secret);

  await row.getByRole("button", { name: `New secret for ${name}` }).click();
  await page
    .getByRole("dialog", { name: `Make a new secret for ${name}?` })
    .getByRole("button", { name: "Make it" })
    .click();
  const renewed = await shown.getByLabel("Authentication secret").inputValue();
  await shown.getByRole("button", { name: "Done" }).click();
  const statuses = [secret, renewed].map(
    async (key) => (await post(address, hook("b"), { authorization: key })).status,
  );
  expect(await Promise.all(statuses)).toEqual([401, 200]);
  await row.getByRole("button", { name: `Remove ${name}` }).click();
  await page
    .getByRole("dialog", { name: `Remove the address of ${name}?` })
    .getByRole("button", { name: "Remove" })
    .click();
  await expect(row).toHaveCount(0);
  expect((await post(address, hook("c"), { authorization: renewed })).status).toBe(404);

  const { page: analyst } = await memberPage(browser, "analyst");
  await visit(analyst, `${origin}/sources`);
  await expect(analyst.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(analyst.getByRole("button", { name: "Let a vendor push" })).toHaveCount(0);
  await analyst.context().close();
});

test("a WorkOS webhook's secret is entered where its address was shown", async ({ page }) => {
  const name = `webhook-${randomUUID().slice(0, 8)}`;
  const body = JSON.stringify({
    object: "event",
    id: `event_${name}`,
    event: "dsync.user.created",
    created_at: "2026-03-02T09:15:30.000Z",
    data: { id: "directory_user_1", directory_id: "directory_1", state: "active", username: "alice" },
  });
  await signIn(page);
  await visit(page, `${origin}/sources?push=new`);
  const panel = page.getByRole("dialog", { name: "Let a vendor push" });
  await panel.getByLabel("What it sends").selectOption("WorkOS webhook");
  await panel.getByLabel("Name of the source").fill(name);
  await panel.getByLabel("Tolerance in seconds").fill("60");
  await panel.getByRole("button", { name: "Make it" }).click();
  const shown = page.getByRole("dialog", { name });
  const address = await shown.getByLabel("Address").inputValue();
  const send = () => {
    const at = Date.now();
    const v1 = createHmac("sha256", "wh-secret").update(`${at}.${body}`).digest("hex");
    return post(address, body, { "workos-signature": `t=${at}, v1=${v1}` });
  };
  expect((await send()).status).toBe(401);
  await shown.getByLabel("Signing secret").fill("wh-secret");
  await shown.getByRole("button", { name: "Set it" }).click();
  await expect(shown.getByRole("status").filter({ hasText: "It is set." })).toBeVisible();
  expect((await send()).status).toBe(200);
});

test("a token of one source sends records into it, and into no other", async ({ page }) => {
  const source = `tokened-${randomUUID().slice(0, 8)}`;
  await signIn(page);
  await visit(page, `${origin}/access?token=new`);
  const panel = page.getByRole("dialog", { name: "Make a token" });
  await panel.getByLabel("What it is for").fill(source);
  await panel.getByRole("checkbox", { name: /^ingest/u }).check();
  await panel.getByRole("textbox", { name: "Source" }).fill(source);
  await panel.getByRole("button", { name: "Make it" }).click();
  const shown = page.getByRole("dialog", { name: source });
  const authorization = `Bearer ${await shown.getByLabel("Token").inputValue()}`;
  await shown.getByRole("button", { name: "I have it" }).click();
  await expect(page.getByRole("row").filter({ hasText: `ingest into ${source}` })).toBeVisible();
  const send = async (query: string) => {
    const answer = await post(`${origin}/api/v1/ingest${query}`, hook(source), { authorization });
    return [answer.status, ((await answer.json()) as { source?: string }).source];
  };
  expect(await send("?source=other")).toEqual([403, undefined]);
  expect(await send("")).toEqual([200, source]);
});
