/** What a byte stream is cut into. */

interface FramePosition {
  /** Number of the frame in its stream, from 1. */
  record: number;
  /** Offset of the first byte in the decompressed stream, from 0. */
  offset: number;
  /** Line of the first byte, from 1. */
  line: number;
}

/** `bytes` are the record's own, without the white space, commas and brackets around it. */
export type Frame =
  | { kind: "record"; bytes: Uint8Array; value: unknown; position: FramePosition }
  | { kind: "broken"; bytes: Uint8Array; reason: string; position: FramePosition };

export interface FramingOptions {
  /** Whether an object is itself a record of a known format, and so is never unwrapped. Never throws. */
  isRecord(value: unknown): boolean;
  /**
   * The longest record that is read, in bytes; default 16 MiB. The largest records known are under 1 MiB; the limit
   * leaves room above them and keeps memory small when a stream never closes a bracket.
   */
  maxRecordBytes?: number;
}
