/** Records told apart by subject, as text: how they go to a file where memory is short, and to another thread. */
import { decodeEvents } from "../../db/log/codec.ts";
import { type StoredSubject, storedSubject } from "../../db/queries/projection.ts";
import { projectSubject } from "../lifecycle/project.ts";
import type { LoggedEvent } from "./event.ts";

/** One record of which some events are a subject's. */
export interface SubjectRecord {
  source: string;
  /** Hex. */
  fingerprint: string;
  encoded: string;
  /** Which of its events; null: all. */
  ordinals: readonly number[] | null;
}

/** @returns a line with its end. None of its parts holds a tab or a line end: JSON spells them out. */
export function subjectLine(
  subject: string,
  { source, fingerprint, encoded, ordinals }: SubjectRecord,
): string {
  return `${JSON.stringify(subject)}\t${source}\t${fingerprint}\t${ordinals === null ? "" : ordinals.join()}\t${encoded}\n`;
}

/** The subjects that lines name, with their lines in the order in which they stand. */
function linesBySubject(text: string): Map<string, string[]> {
  const subjects = new Map<string, string[]>();
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    const subject = text.slice(start, text.indexOf("\t", start));
    const lines = subjects.get(subject);
    if (lines === undefined) subjects.set(subject, [text.slice(start, end + 1)]);
    else lines.push(text.slice(start, end + 1));
    start = end + 1;
  }
  return subjects;
}

function eventsOf(line: string): LoggedEvent[] {
  const [, source, fingerprint, ordinals, encoded] = line.split("\t", 5) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const events = decodeEvents(encoded, fingerprint, source);
  return ordinals === ""
    ? events
    : ordinals.split(",").map((ordinal) => events[Number(ordinal)] as LoggedEvent);
}

/** What {@link subjectLine} wrote: each subject once, with its events. */
export function* readSubjects(text: string): Generator<[subject: string, events: LoggedEvent[]]> {
  for (const [subject, lines] of linesBySubject(text)) yield [JSON.parse(subject), lines.flatMap(eventsOf)];
}

/** The read models of the subjects, ready to be stored. */
export function projectLines(text: string): StoredSubject[] {
  return Array.from(readSubjects(text), ([subject, events]) =>
    storedSubject(subject, projectSubject(subject, events)),
  );
}
