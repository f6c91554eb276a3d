/** What came in: sources, ingests and what could not be read. */
import type { Db } from "../../db/client.ts";
import { readIngest, readIngests, SILENT_MS, type StoredIngest } from "../../db/queries/ingests.ts";
import { readRejected, readSources } from "../../db/queries/sources.ts";
import { adapterOf } from "../ingest/adapters/registry.ts";
import { iso, isoOrNull } from "./base.ts";
import type { IngestRow, SourcesReport } from "./contract.ts";

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

export async function sourcesReport(db: Db, workspace: string): Promise<SourcesReport> {
  const [sources, ingests, rejected] = await Promise.all([
    readSources(db, workspace, null),
    readIngests(db, workspace, SHOWN),
    readRejected(db, workspace, SHOWN),
  ]);
  return {
    sources: sources.map((row) => ({
      ...row,
      id: row.source,
      label: adapterOf(row.format)?.label ?? row.format,
      createdAt: iso(row.createdAt),
      firstEventAt: isoOrNull(row.firstEventAt),
      lastEventAt: isoOrNull(row.lastEventAt),
    })),
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

/** One ingest with its progress; null when there is none of that id. */
export async function ingestStatus(db: Db, workspace: string, id: string): Promise<IngestRow | null> {
  const row = await readIngest(db, workspace, id);
  return row === null ? null : ingestRow(row);
}
