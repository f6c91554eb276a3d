import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { readIngest } from "../../db/queries/ingests.ts";
import { commandLine } from "../auth/caller.ts";
import { runReport } from "../reports/run.ts";
import { metrics } from "../runtime/metrics.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { upload } from "./upload.ts";

const record = (n: number) =>
  `${JSON.stringify({
    uuid: `upload-${n}`,
    published: "2026-02-01T08:00:00Z",
    eventType: "application.user_membership.add",
    outcome: { result: "SUCCESS", reason: null },
    actor: { id: "sys", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
    target: [
      { id: `00u${n}`, type: "User", alternateId: `u${n}@larkspur.example`, displayName: `U ${n}` },
      { id: "0oa1", type: "AppInstance", alternateId: "Slack", displayName: "Slack" },
    ],
  })}\n`;

/** The records, and then nothing until the reader goes away. */
function unfinished(texts: readonly string[]): { body: ReadableStream<Uint8Array>; asked: Promise<void> } {
  let waits = () => {};
  const asked = new Promise<void>((resolve) => {
    waits = resolve;
  });
  const waiting = texts.map((text) => Buffer.from(text));
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = waiting.shift();
        if (next !== undefined) return controller.enqueue(next);
        waits();
        return new Promise(() => {});
      },
    },
    { highWaterMark: 0 },
  );
  return { body, asked };
}

const counted = async (outcome: string) =>
  (await metrics().records.get()).values.find(
    ({ labels }) => labels.format === "okta" && labels.outcome === outcome,
  )?.value ?? 0;

describe("an upload while the process is stopped", () => {
  const database = testDatabase();

  it("ends as interrupted with what was read, and is whole when it is sent again", async () => {
    const { db } = database;
    const stop = new AbortController();
    const id = randomUUID();
    const texts = Array.from({ length: 50 }, (_, n) => record(n));
    const { body, asked } = unfinished(texts.slice(0, 20));
    const first = upload(db, DEFAULT_WORKSPACE, commandLine(), {
      id,
      body,
      fileName: "okta.ndjson",
      bytesTotal: null,
      stop: stop.signal,
    });
    const failure = first.catch((error: unknown) => error);
    await asked;
    stop.abort();
    expect(await failure).toMatchObject({ name: "IngestProblem", code: "interrupted" });
    const row = await readIngest(db, DEFAULT_WORKSPACE, id);
    expect(row).toMatchObject({ state: "failed", accepted: 20 });
    expect(row?.error).toMatch(/^Rollcall was stopped .*\.$/u);
    const accounts = async () => (await runReport(db, DEFAULT_WORKSPACE, "accounts")).rows.length;
    expect(await accounts()).toBe(20);

    const again = await upload(db, DEFAULT_WORKSPACE, commandLine(), {
      id: randomUUID(),
      body: new Blob(texts).stream(),
      fileName: "okta.ndjson",
      bytesTotal: null,
      stop: new AbortController().signal,
    });
    expect(again).toMatchObject({ records: 50, accepted: 30, duplicates: 20, rejected: 0 });
    expect(await accounts()).toBe(50);
    expect([await counted("accepted"), await counted("duplicates")]).toEqual([50, 20]);
  });

  it("under an id that is known is refused, and takes nothing from the one before", async () => {
    const { db } = database;
    const send = (id: string, n: number) =>
      upload(db, DEFAULT_WORKSPACE, commandLine(), {
        id,
        body: new Blob([record(n)]).stream(),
        fileName: "log.json",
        bytesTotal: null,
        source: "okta",
        stop: new AbortController().signal,
      });
    const id = randomUUID();
    await send(id, 1_000);
    const before = await readIngest(db, DEFAULT_WORKSPACE, id);
    await expect(send(id, 1_001)).rejects.toThrow(/has begun before/u);
    expect(await readIngest(db, DEFAULT_WORKSPACE, id)).toEqual(before);
    expect((await send(randomUUID(), 1_001)).accepted).toBe(1);
  });
});
