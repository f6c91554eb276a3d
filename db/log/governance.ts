/**
 * Rollcall's own records in the log: what people decide of access. They are no source's: no ingest brings them, they count
 * in no hour, say nothing of who is who, and change no read model of accounts.
 */
import type postgres from "postgres";
import type { LoggedEvent } from "../../lib/ingest/event.ts";
import type { SqlSession } from "../client.ts";
import { lockSources } from "./append.ts";
import { decodeEvents } from "./codec.ts";
import { monthsOf } from "./month.ts";
import { ensureMonths } from "./months.ts";
import { eachRecord, fingerprintAt, OWN_SOURCE, type Segment } from "./segment.ts";
import { writeRecords, writeSegments } from "./store.ts";

/** Lets one act at a time write of reviews in a workspace, until its transaction ends. */
export const lockGovernance = (sql: SqlSession, workspace: string): Promise<void> =>
  lockSources(sql, workspace, [OWN_SOURCE]);

/**
 * Appends records, in the caller's transaction, which holds {@link lockGovernance}.
 * @param run a UUID under which they are found again together.
 */
export async function appendGovernance(
  sql: postgres.TransactionSql,
  workspace: string,
  run: string,
  segments: readonly Segment[],
): Promise<void> {
  await ensureMonths(sql, monthsOf(segments));
  const ids = await writeSegments(sql, { workspace, ingest: run }, segments);
  await writeRecords(sql, workspace, segments, ids);
}

/** Segments fetched at once. */
const FETCH = 64;

/** All such events, in the order in which they were written. @param run of one run alone. */
export async function* readGovernance(
  sql: SqlSession,
  workspace: string,
  run: string | null = null,
): AsyncGenerator<LoggedEvent[]> {
  const cursor = sql<{ normal: Uint8Array; hashes: Uint8Array }[]>`
    select normal, hashes from segments where workspace_id = ${workspace} and source = ${OWN_SOURCE}
      and (${run}::uuid is null or ingest = ${run}::uuid)
    order by segment`.cursor(FETCH);
  for await (const rows of cursor) {
    for (const { normal, hashes } of rows) {
      const events: LoggedEvent[] = [];
      eachRecord(normal, (position, _length, _refs, encoded) => {
        events.push(...decodeEvents(encoded, fingerprintAt(hashes, position), OWN_SOURCE));
      });
      yield events;
    }
  }
}
