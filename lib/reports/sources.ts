/** What came in: sources, ingests and what could not be read. */
import type { Db } from "../../db/client.ts";
import { readIngest, readIngests, SILENT_MS, type StoredIngest } from "../../db/queries/ingests.ts";
import { type RetentionRule, readRetention } from "../../db/queries/retention.ts";
import { readRejected, readUnknownTypes } from "../../db/queries/sources.ts";
import { adapterOf } from "../ingest/adapters/registry.ts";
import { eventsByDay } from "../lifecycle/completeness.ts";
import { iso, isoOrNull, sourceOf } from "./base.ts";
import type { IngestRow, SourceRow, SourcesReport } from "./contract.ts";
import { DAY } from "./settings.ts";
import { loadSources, type SourceFacts } from "./source-facts.ts";

const SHOWN = 50;

function ingestRow(row: StoredIngest): IngestRow {
  const dead = row.state === "running" && Date.now() - row.heartbeatAt > SILENT_MS;
  return {
    id: row.ingest,
    source: row.source,
    format: row.format,
    file: row.file,
    state: dead ? "interrupted" : row.state,
    records: row.records,
    accepted: row.accepted,
    duplicates: row.duplicates,
    rejected: row.rejected,
    firstEventAt: isoOrNull(row.firstEventAt),
    lastEventAt: isoOrNull(row.lastEventAt),
    seconds: Math.max((row.finishedAt ?? row.heartbeatAt) - row.startedAt, 0) / 1000,
    bytesRead: row.bytesRead,
    bytesTotal: row.bytesTotal,
    error: row.error,
    startedAt: iso(row.startedAt),
    finishedAt: isoOrNull(row.finishedAt),
  };
}

/** The year up to now, or up to the last event where that is a longer time ago. */
function yearOf({ hours, lastEventAt }: SourceFacts, now: number): SourceRow["year"] {
  const today = Math.floor(now / DAY);
  const last = Math.floor((lastEventAt ?? now) / DAY);
  const end = (last <= today - 365 ? last : today) + 1;
  const events = Array.from({ length: 365 }, () => 0);
  for (const [day, count] of eventsByDay(hours)) {
    const place = day - end + events.length;
    if (place >= 0 && place < events.length) events[place] = count;
  }
  return { from: iso((end - events.length) * DAY).slice(0, 10), events };
}

const keptOf = (rule: RetentionRule | undefined): Pick<SourceRow, "keptDays" | "removed"> => ({
  keptDays: rule?.days ?? null,
  removed:
    rule === undefined || rule.removedBefore === null || rule.removed === 0
      ? null
      : { records: rule.removed, before: iso(rule.removedBefore) },
});

/** The sources, and what the log holds of each. @param now the moment by which it is told, milliseconds. */
export async function sourceRows(db: Db, workspace: string, now = Date.now()): Promise<SourceRow[]> {
  const retention = readRetention(db.sql, workspace);
  const sources = await loadSources(db, workspace, null, now, retention);
  const rules = new Map((await retention).map((rule) => [rule.source, rule]));
  return sources.map((row) => ({
    ...sourceOf(row),
    id: row.source,
    customer: row.customer,
    label: adapterOf(row.format)?.label ?? row.format,
    events: row.events,
    createdAt: iso(row.createdAt),
    ...keptOf(rules.get(row.source)),
    year: yearOf(row, now),
  }));
}

export async function sourcesReport(db: Db, workspace: string): Promise<SourcesReport> {
  const now = Date.now();
  const [sources, ingests, rejected, unknownTypes] = await Promise.all([
    sourceRows(db, workspace, now),
    readIngests(db, workspace, SHOWN),
    readRejected(db, workspace, SHOWN),
    readUnknownTypes(db, workspace, SHOWN),
  ]);
  return {
    asOf: iso(now),
    sources,
    unknownTypes,
    ingests: ingests.map(ingestRow),
    rejected: rejected.map(({ source, sha256, record, offset, reason, bytes }) => ({
      id: sha256,
      source,
      record,
      offset,
      reason,
      excerpt: bytes.toString("utf8").slice(0, 500),
      sha256,
    })),
  };
}

/** The newest ingests with their progress. */
export const recentIngests = async (db: Db, workspace: string, limit: number): Promise<IngestRow[]> =>
  (await readIngests(db, workspace, limit)).map(ingestRow);

/** One ingest with its progress; null when there is none of that id. */
export async function ingestStatus(db: Db, workspace: string, id: string): Promise<IngestRow | null> {
  const row = await readIngest(db, workspace, id);
  return row === null ? null : ingestRow(row);
}
