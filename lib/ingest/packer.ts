/** Frames become segments: read by their adapter, gathered by source and month, packed when there are enough of them. */
import type { NewRejected } from "../../db/log/append.ts";
import { monthOf } from "../../db/log/month.ts";
import { firstOf, type NewRecord, packSegment, type Segment } from "../../db/log/segment.ts";
import { FactFilter } from "./fact-filter.ts";
import type { Frame } from "./framing.ts";
import { type Reading, readFrame, UNKNOWN_SOURCE } from "./record.ts";

/**
 * Bytes of records in one segment. To read one record all of its segment is opened, a millisecond at this size; half as
 * much would take 5 % more room.
 */
export const SEGMENT_BYTES = 512 * 1024;
/** A position within a segment is a smallint in the log. */
const SEGMENT_RECORDS = 32_767;

/** Bytes of records that wait at once, of whatever months: a file whose times are in no order fills no memory. */
const WAITING_BYTES = 8 * 1024 * 1024;

/** A record waits no longer than this for others to be packed with. */
const WAIT_MS = 2_000;

/** What was read and waits to be written. */
export interface Packed {
  segments: Segment[];
  rejected: NewRejected[];
}

interface Open {
  records: NewRecord[];
  bytes: number;
}

export class Packer {
  private readonly facts = new FactFilter();
  /** Records that wait for more of their source and month. */
  private readonly open = new Map<string, Open>();
  /** Their bytes. */
  private waiting = 0;
  private ready: Packed = { segments: [], rejected: [] };
  private flushed = performance.now();
  /** Source of the record that was read last. */
  private last = UNKNOWN_SOURCE;

  /** @param segmentBytes above so many a segment is packed; what is left waits for `flush`. */
  constructor(
    private readonly reading: Reading,
    private readonly segmentBytes = SEGMENT_BYTES,
  ) {}

  add(frame: Frame): void {
    const read = readFrame(frame, this.reading, this.facts);
    if ("rejected" in read) {
      // What stands beside a record and can't be read is most likely of its source too.
      const { source } = read.rejected;
      this.ready.rejected.push({ ...read.rejected, source: source === UNKNOWN_SOURCE ? this.last : source });
      return;
    }
    const { record } = read;
    this.last = record.source;
    const key = `${record.source} ${record.format} ${monthOf(firstOf(record.times))}`;
    let open = this.open.get(key);
    if (open === undefined) {
      open = { records: [], bytes: 0 };
      this.open.set(key, open);
    }
    open.records.push(record);
    open.bytes += record.bytes.length;
    this.waiting += record.bytes.length;
    if (open.bytes >= this.segmentBytes || open.records.length === SEGMENT_RECORDS) this.close(key, open);
    else if (this.waiting > Math.max(WAITING_BYTES, this.segmentBytes)) this.closeAll();
  }

  /** What is packed by now; of a stream that only trickles, all that there is. */
  take(): Packed {
    if (this.open.size > 0 && performance.now() - this.flushed > WAIT_MS) return this.flush();
    const { ready } = this;
    this.ready = { segments: [], rejected: [] };
    return ready;
  }

  /** Packs what waits, and takes all. */
  flush(): Packed {
    this.closeAll();
    this.flushed = performance.now();
    return this.take();
  }

  private closeAll(): void {
    for (const [key, open] of this.open) this.close(key, open);
  }

  private close(key: string, { records, bytes }: Open): void {
    this.open.delete(key);
    this.waiting -= bytes;
    this.ready.segments.push(packSegment(records));
  }
}
