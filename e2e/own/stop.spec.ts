/** An installation of its own that is stopped while a log is on its way in. */
import { Readable } from "node:stream";
import { expect, test } from "playwright/test";
import { startServer } from "../server.ts";

const record = (n: number) =>
  `${JSON.stringify({
    uuid: `e2e-stop-${n}`,
    published: "2026-02-01T08:00:00Z",
    eventType: "user.lifecycle.create",
    outcome: { result: "SUCCESS", reason: null },
    actor: { id: "sys", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
    target: [{ id: `00u-${n}`, type: "User", alternateId: `stop-${n}@larkspur.example`, displayName: "S" }],
  })}\n`;

test("an upload under way is told that it was interrupted", async ({ page }) => {
  test.setTimeout(180_000);
  const server = await startServer("start");
  let stopped: Promise<void> | undefined;
  try {
    await page.goto(server.address);
    const { origin } = new URL(server.address);
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    let beginEnd = () => {};
    const goesOn = new Promise<void>((resolve) => {
      beginEnd = resolve;
    });
    async function* endless() {
      yield Buffer.from(record(1) + record(2));
      await goesOn;
    }
    const id = crypto.randomUUID();
    const upload = fetch(`${origin}/api/v1/ingest?id=${id}`, {
      method: "POST",
      headers: { cookie, origin },
      body: Readable.toWeb(Readable.from(endless())) as BodyInit,
      duplex: "half",
    } as RequestInit);
    const begun = async () => (await page.request.get(`${origin}/api/v1/ingests/${id}`)).status();
    await expect.poll(begun).toBe(200);
    stopped = server.stop();
    const answer = await upload;
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: { code: "interrupted" } });
    beginEnd();
  } finally {
    await (stopped ?? server.stop());
  }
});
