/** A pack of one quarter, beside COPY of the quarter's records from a column of the database's own JSON. */
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { SqlSession } from "../../db/client.ts";
import type { ExportResult } from "../evidence/export-evidence.ts";
import type { OwnPostgres } from "../runtime/own-postgres.ts";
import { runCommand } from "./command.ts";
import { secondsOf } from "./measure.ts";

/** In the middle of the log's two years. */
const QUARTER = { from: "2025-01-01", to: "2025-03-31", before: "2025-04-01" } as const;

/** Reads to the end, and keeps nothing. */
export const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

export interface QuarterCopied {
  /** Records that were published in the quarter. */
  records: number;
  /** Of COPY TO STDOUT. */
  seconds: number;
}

export interface QuarterPack {
  from: string;
  to: string;
  /** Those in the pack: the answers of a period rest on all records up to the pack's moment, and they are all in it. */
  records: number;
  /** Of the whole command. */
  seconds: number;
  /** Of the records alone, from the first to the last one; what the rate is told by. */
  recordSeconds: number;
  recordsPerSecond: number;
  memoryPeakMb: number;
  /** Bytes of the zip. */
  bytes: number;
  copy: QuarterCopied & { recordsPerSecond: number };
  /** Records a second of the pack ÷ those of COPY. */
  vsCopy: number;
}

/**
 * Times COPY TO STDOUT of the quarter's records. They lie in a table of their own, so that looking for them costs nothing.
 * @param sql with the table `plain_lines`, one record a row.
 */
export async function copyQuarter(sql: SqlSession): Promise<QuarterCopied> {
  const { count } = await sql`
    create table quarter_lines as select record from plain_lines
    where record ->> 'published' >= ${QUARTER.from} and record ->> 'published' < ${QUARTER.before}`;
  const seconds = await secondsOf(async () =>
    pipeline(await sql`copy quarter_lines to stdout`.readable(), nowhere()),
  );
  return { records: count, seconds };
}

/** Exports the quarter by the command that people start, and takes the pack away again. @param copied by COPY. */
export async function packQuarter(
  { home, folder }: OwnPostgres,
  url: string,
  copied: QuarterCopied,
): Promise<QuarterPack> {
  const { from, to } = QUARTER;
  const file = join(folder, "quarter.zip");
  const args = ["evidence", "export", "-o", file, "--from", from, "--to", to];
  const { result, seconds, memoryPeakMb } = await runCommand<ExportResult>(home, url, args);
  const { size: bytes } = await stat(file);
  await rm(file);
  const { records, recordsSeconds: recordSeconds } = result;
  const [recordsPerSecond, copyPerSecond] = [records / recordSeconds, copied.records / copied.seconds];
  return {
    from,
    to,
    records,
    seconds,
    recordSeconds,
    recordsPerSecond,
    memoryPeakMb,
    bytes,
    copy: { ...copied, recordsPerSecond: copyPerSecond },
    vsCopy: recordsPerSecond / copyPerSecond,
  };
}
