/**
 * A part of the log as text: the holdings of some subjects, a line each, then the records that may be theirs. So it goes to a
 * file where memory is short, and to another thread.
 */
import { decodeEvents } from "../../db/log/codec.ts";
import { type StoredSubject, storedSubject } from "../../db/queries/projection.ts";
import { emptyProjection, projectSubject } from "../lifecycle/project.ts";
import type { LoggedEvent } from "./event.ts";
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

/** One record of which some events are a subject's. */
interface SubjectRecord {
  source: string;
  /** Hex. */
  fingerprint: string;
  encoded: string;
  /** Which of its events; null: all. */
  ordinals: readonly number[] | null;
}

/** The subjects of the holdings, each with its records in the order in which they stand. */
function recordsBySubject(text: string): Map<string, SubjectRecord[]> {
  const subjects = new Map<string, SubjectRecord[]>();
  const held: Held[] = [];
  let start = 0;
  for (; text[start] === "\t"; start = text.indexOf("\n", start) + 1) {
    const [ref, from, to, subject] = JSON.parse(text.slice(start + 1, text.indexOf("\n", start)));
    held.push({ ref, from, to, subject });
    if (!subjects.has(subject)) subjects.set(subject, []);
  }
  const finder = Subjects.of(held);
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    const [source, fingerprint, refs, encoded] = text.slice(start, end).split("\t", 4) as [
      string,
      string,
      string,
      string,
    ];
    const owners = finder.ofRecord(JSON.parse(refs), encoded);
    for (const [subject, ordinals] of typeof owners === "string" ? [[owners, null] as const] : owners)
      subjects.get(subject)?.push({ source, fingerprint, encoded, ordinals });
    start = end + 1;
  }
  return subjects;
}

function eventsOf({ encoded, fingerprint, source, ordinals }: SubjectRecord): LoggedEvent[] {
  const events = decodeEvents(encoded, fingerprint, source);
  return ordinals === null ? events : ordinals.map((ordinal) => events[ordinal] as LoggedEvent);
}

/** Each subject of the part once, with its events; none where its refs were only named beside others'. */
export function* readSubjects(part: Uint8Array): Generator<[subject: string, events: LoggedEvent[]]> {
  const text = Buffer.from(part.buffer, part.byteOffset, part.length).toString();
  for (const [subject, records] of recordsBySubject(text)) yield [subject, records.flatMap(eventsOf)];
}

/** The read models of the subjects, ready to be stored; without rows where a subject has no events (any more). */
export function projectPart(part: Uint8Array): StoredSubject[] {
  return Array.from(readSubjects(part), ([subject, events]) =>
    storedSubject(subject, events.length === 0 ? emptyProjection() : projectSubject(subject, events)),
  );
}
