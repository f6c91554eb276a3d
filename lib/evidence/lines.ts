/** Records as the lines of `records/*.ndjson`; pure. */
import { isUtf8 } from "node:buffer";
import type { StoredRecord, Withheld } from "../../db/log/read-records.ts";
import { sha256Of } from "../files/sha256.ts";
import { pseudonymiseRecord } from "../privacy/pseudonymise.ts";
import { EvidenceError } from "./error.ts";
import type { RecordLine } from "./manifest.ts";

/** A record as far as its line says it. */
export type LineRecord = Omit<StoredRecord, "events">;

/** Lines end to end. Made of values that threads can hand over. */
export interface Lines {
  /** In UTF-8. */
  text: Uint8Array<ArrayBuffer>;
  /** Where each line ends in it. */
  ends: Uint32Array;
  /** How many characters each has, as JavaScript counts them. */
  characters: Uint32Array;
}

const contentOf = (bytes: Uint8Array) => {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return isUtf8(content) ? { raw: content.toString("utf8") } : { rawBase64: content.toString("base64") };
};

/** What stands in place of the bytes of a record of which the log keeps the hash alone. */
const withheldLine = ({ why, at }: Withheld): Pick<RecordLine, "removed" | "withheld"> =>
  why === "retention" ? { removed: { at: new Date(at).toISOString(), why } } : { withheld: why };

function lineOf(record: LineRecord, pseudonyms: Uint8Array | null): string {
  const { source, format, fingerprint, sha256, leaf, bytes, withheld, encoded } = record;
  if (leaf === null) throw new Error("A record without a place in the log has no line.");
  const head = { source, format, fingerprint, sha256, leaf };
  if (pseudonyms !== null && withheld?.why !== "retention") {
    if (encoded === null) throw new Error("A pack with pseudonyms needs the events of its records.");
    const normal = pseudonymiseRecord(encoded, source, pseudonyms);
    return `${JSON.stringify({ ...head, withheld: "pseudonymised", normal } satisfies RecordLine)}\n`;
  }
  if (withheld !== null)
    return `${JSON.stringify({ ...head, ...withheldLine(withheld) } satisfies RecordLine)}\n`;
  if (bytes === null || sha256Of(bytes) !== sha256)
    throw new EvidenceError(
      "damaged-log",
      `The record ${fingerprint} of the source ${source} no longer has the SHA-256 that it had when it ` +
        "arrived: the log was changed or the disk is damaged. No pack was written. Restore the database from a backup.",
    );
  return `${JSON.stringify({ ...head, ...contentOf(bytes) } satisfies RecordLine)}\n`;
}

/**
 * The lines of some records, in their order.
 * @param records each with its place in the log.
 * @param pseudonyms the key of pseudonyms in place of people (lib/privacy/pseudonymise.ts), with which the records come with
 *   their events; null: the bytes as they are.
 * @throws EvidenceError when a record's bytes are not those that arrived.
 */
export function linesOf(records: readonly LineRecord[], pseudonyms: Uint8Array | null): Lines {
  const lines = records.map((record) => lineOf(record, pseudonyms));
  const ends = new Uint32Array(lines.length);
  let length = 0;
  for (const [i, line] of lines.entries()) {
    length += Buffer.byteLength(line);
    ends[i] = length;
  }
  // Memory of its own, so that it can be handed over.
  const text = Buffer.from(new ArrayBuffer(length));
  let at = 0;
  for (const line of lines) at += text.write(line, at);
  return { text, ends, characters: Uint32Array.from(lines, (line) => line.length) };
}
