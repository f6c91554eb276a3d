/** One page of a vendor's into the log: its records and the place where reading goes on stand or fall together. */
import type { Db } from "../../db/client.ts";
import { appendWithin } from "../../db/log/append.ts";
import { moveWork } from "../../db/queries/connector-work.ts";
import type { Adapter } from "../ingest/adapters/adapter.ts";
import { frames } from "../ingest/framing.ts";
import { Packer } from "../ingest/packer.ts";
import { linkFactsOf } from "../lifecycle/refs.ts";
import type { Page } from "./connector.ts";

export interface PageTarget {
  workspace: string;
  work: string;
  ingest: string;
  source: string;
  adapter: Adapter;
}

/**
 * @param step that the cursor is moved from.
 * @param bytesRead of all pages of the run, this one included.
 * @returns what became of the records.
 * @throws {WorkMoved} when another worker has moved the cursor since; whatever the database says. Nothing is kept then.
 */
export async function storePage(
  db: Db,
  { workspace, work, ingest, source, adapter }: PageTarget,
  { body, cursor }: Page,
  step: number,
  bytesRead: number,
): Promise<{ accepted: number; duplicates: number; rejected: number }> {
  if (body === null) {
    await db.sql.begin((sql) =>
      moveWork(sql, workspace, work, { step, cursor, accepted: 0, newestAt: null }),
    );
    return { accepted: 0, duplicates: 0, rejected: 0 };
  }
  const packer = new Packer({ source, adapter });
  const whole = (async function* () {
    yield body;
  })();
  for await (const some of frames(whole, { isRecord: (value) => adapter.detect(value) })) {
    for (const frame of some) packer.add(frame);
  }
  const packed = packer.flush();
  const newest = packed.segments.reduce((at, { lastAt }) => Math.max(at, lastAt), -Infinity);
  return db.sql.begin(async (sql) => {
    const appended = await appendWithin(sql, {
      workspace,
      ingest,
      ...packed,
      bytesRead,
      likelyNew: true,
      seenKnown: false,
      factsOf: linkFactsOf,
    });
    const newestAt = Number.isFinite(newest) ? newest : null;
    await moveWork(sql, workspace, work, { step, cursor, accepted: appended.accepted, newestAt });
    return appended;
  });
}
