/** Makes the lines of records: of a few here, of many in a thread. */
import type { StoredRecord } from "../../db/log/read-records.ts";
import { Pool } from "../ingest/parallel/pool.ts";
import { EvidenceError } from "./error.ts";
import { columnsOf, type LineColumns } from "./line-columns.ts";
import { type Lines, linesOf } from "./lines.ts";
import type { LinesAnswer } from "./lines-thread.ts";

/** Bytes of records from which on a thread is worth its start. */
const THREAD_FROM_BYTES = 16 * 1024 * 1024;
/** More at once is made here: a thread's memory is small, and JSON may spell a byte in six. */
const LARGE_BYTES = 4 * 1024 * 1024;

const bytesOf = (records: readonly StoredRecord[]): number =>
  records.reduce((sum, { bytes, encoded }) => sum + (bytes?.length ?? 0) + (encoded?.length ?? 0), 0);

/** To be closed at the end. */
export class LineMaker {
  private bytes = 0;
  private pool: Promise<Pool<LineColumns, LinesAnswer>> | null = null;

  /** @param pseudonyms as {@link linesOf} takes them. @param threadFrom bytes of records that are made without a thread. */
  constructor(
    private readonly pseudonyms: Uint8Array | null,
    private readonly threadFrom = THREAD_FROM_BYTES,
  ) {}

  /** {@link linesOf} of records of one source; several may be under way at once. */
  async make(records: readonly StoredRecord[]): Promise<Lines> {
    const bytes = bytesOf(records);
    this.bytes += bytes;
    if (this.bytes < this.threadFrom || bytes > LARGE_BYTES) return linesOf(records, this.pseudonyms);
    // One is enough: it makes lines as fast as two others compress them.
    this.pool ??= Pool.start("../../evidence/lines-thread", this.pseudonyms, 1);
    const columns = columnsOf(records);
    const answer = await (await this.pool).ask(columns, [columns.bytes.buffer]);
    if ("code" in answer) throw new EvidenceError(answer.code, answer.message);
    return answer;
  }

  async close(): Promise<void> {
    // A pool that did not start has told so whoever asked.
    await this.pool?.then(
      (pool) => pool.close(),
      () => {},
    );
  }
}
