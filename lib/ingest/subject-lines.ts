/**
 * A part of the log as text: the holdings of some subjects, a line each, then the records that may be theirs. So it goes to a
 * file where memory is short, and to another thread.
 */
import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { decodeEvents } from "../../db/log/codec.ts";
import { type StoredSubject, storedSubject } from "../../db/queries/projection.ts";
import { emptyProjection, projectSubject } from "../lifecycle/project.ts";
import type { Layer, LoggedEvent } from "./event.ts";
import { type Held, Subjects } from "./subjects.ts";

/** @returns a line with its end. It begins with a tab, as no record's does. */
export const holdingLine = ({ ref, from, to, subject }: Held): string =>
  `\t${JSON.stringify([ref, from, to, subject])}\n`;

/**
 * @param refs of its events, as JSON.
 * @param encoded its events, as `encodeEvents` writes them.
 * @returns a line with its end. None of its parts holds a tab or a line end: JSON spells them out.
 */
export const recordLine = (source: string, fingerprint: string, refs: string, encoded: string): string =>
  `${source}\t${fingerprint}\t${refs}\t${encoded}\n`;

/** What is known of one subject, not yet put together: to do so takes a while, and a thread may have the time. */
export interface SubjectLines {
  /** Its holdings, a line each. */
  held: string;
  /** The records that were kept of it, as {@link projectPart} packs them; null: none. */
  kept: Uint8Array<ArrayBuffer> | null;
  /** Records that came since, a line each; some may stand among those that are kept. */
  since: string;
}

/** Some subjects: as bytes of text, or put together by whoever reads them. */
export type Part = Uint8Array | readonly SubjectLines[];

/** One record of which some events are a subject's. */
interface SubjectRecord {
  source: string;
  /** Hex. */
  fingerprint: string;
  encoded: string;
  /** Which of its events; null: all. */
  ordinals: readonly number[] | null;
  /** All of it, as it stands. */
  line: string;
}

/** A subject of a part: the refs that stand for it, and its records in the order in which they stand, each once. */
interface OwnRecords {
  held: Held[];
  records: Map<string, SubjectRecord>;
}

function recordsBySubject(
  text: string,
  wants: (line: string) => boolean = () => true,
): Map<string, OwnRecords> {
  const subjects = new Map<string, OwnRecords>();
  const held: Held[] = [];
  let start = 0;
  for (; text[start] === "\t"; start = text.indexOf("\n", start) + 1) {
    const [ref, from, to, subject] = JSON.parse(text.slice(start + 1, text.indexOf("\n", start)));
    const holding = { ref, from, to, subject };
    held.push(holding);
    const own = subjects.get(subject);
    if (own === undefined) subjects.set(subject, { held: [holding], records: new Map() });
    else own.held.push(holding);
  }
  const finder = Subjects.of(held);
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end + 1);
    start = end + 1;
    if (!wants(line)) continue;
    const [source, fingerprint, refs, encoded] = line.slice(0, -1).split("\t", 4) as [
      string,
      string,
      string,
      string,
    ];
    const owners = finder.ofRecord(JSON.parse(refs), encoded);
    for (const [subject, ordinals] of typeof owners === "string" ? [[owners, null] as const] : owners)
      subjects.get(subject)?.records.set(fingerprint, { source, fingerprint, encoded, ordinals, line });
  }
  return subjects;
}

function eventsOf({ encoded, fingerprint, source, ordinals }: SubjectRecord): LoggedEvent[] {
  const events = decodeEvents(encoded, fingerprint, source);
  return ordinals === null ? events : ordinals.map((ordinal) => events[ordinal] as LoggedEvent);
}

function textOf(part: Part): string {
  if (part instanceof Uint8Array) return Buffer.from(part.buffer, part.byteOffset, part.length).toString();
  const held = part.map((own) => own.held);
  return held
    .concat(part.map(({ kept, since }) => (kept === null ? since : unpackLines(kept) + since)))
    .join("");
}

const eventsIn = ({ records }: OwnRecords): LoggedEvent[] => [...records.values()].flatMap(eventsOf);

/**
 * Each subject of the part once, with its events; none where its refs were only named beside others'.
 * @param wants whether a record is to be read, by its line: most of a person's are sign-ins.
 */
export function* readSubjects(
  part: Part,
  wants?: (line: string) => boolean,
): Generator<[subject: string, events: LoggedEvent[]]> {
  for (const [subject, own] of recordsBySubject(textOf(part), wants)) yield [subject, eventsIn(own)];
}

/**
 * Lines with an event of one of these layers, and perhaps a few others: where the layer's name stands for something else.
 */
export function ofLayers(layers: readonly Layer[]): (line: string) => boolean {
  const names = layers.map((layer) => JSON.stringify(layer));
  return (line) => names.some((name) => line.includes(name));
}

/** The same for the same refs, each for the same time, in whatever order: whose a record is follows from them. */
export function holdingsKey(held: readonly Held[]): string {
  const all = held.map(({ ref, from, to }) => JSON.stringify([ref, from, to])).sort();
  return createHash("sha256").update(all.join("\n")).digest("base64url");
}

/** Fast: written far more often than read. In bytes of its own, as another thread can be given them. */
const packLines = (lines: Iterable<string>): Uint8Array<ArrayBuffer> =>
  new Uint8Array(deflateRawSync([...lines].join(""), { level: 1 }));

const unpackLines = (records: Uint8Array): string => inflateRawSync(records).toString();

/** How many bytes of text a packed one stands for, about. */
const PACKED = 5;

/** Bytes of the text that it makes, about. */
export const sizeOf = ({ held, kept, since }: SubjectLines): number =>
  held.length + since.length + PACKED * (kept?.length ?? 0);

/** The read models of the subjects, ready to be stored; without rows where a subject has no events (any more). */
export function projectPart(part: Part): StoredSubject[] {
  return Array.from(recordsBySubject(textOf(part)), ([subject, own]) => {
    const events = eventsIn(own);
    const rows = events.length === 0 ? emptyProjection() : projectSubject(subject, events);
    const records = packLines(Array.from(own.records.values(), ({ line }) => line));
    return { ...storedSubject(subject, rows), records: { holdings: holdingsKey(own.held), bytes: records } };
  });
}
