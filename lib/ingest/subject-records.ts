/** The records of some subjects: of the copies that are kept side by side, and of the segments that came since. */

import type { SqlSession } from "../../db/client.ts";
import { type LogSegment, readSomeSegments } from "../../db/log/read.ts";
import { eachRecord, fingerprintAt } from "../../db/log/segment.ts";
import { readHoldingsOf } from "../../db/queries/links.ts";
import {
  findSegmentsOf,
  readCoverages,
  readSubjectRecords,
  type SubjectRecords,
} from "../../db/queries/subject-records.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import type { Holding } from "../lifecycle/linking.ts";
import type { SubjectId } from "../lifecycle/types.ts";
import type { LoggedEvent } from "./event.ts";
import { holdingLine, holdingsKey, readSubjects, recordLine, unpackLines } from "./subject-lines.ts";

/** Bytes of text in one part, about: some subjects, a hundredth of a second of work. */
const PART_BYTES = 128 * 1024;

type ReadFrom = Pick<SubjectRecords, "coverage" | "segments">;

interface Found {
  /** Of each subject its holdings and its records, as `readSubjects` takes them; some records may stand there twice. */
  texts: Map<SubjectId, string>;
  /** Where they have been read by now. */
  readFrom: Map<SubjectId, ReadFrom>;
}

/** What is known of where a subject's records lie. */
interface Known {
  holdings: Holding[];
  /** What is kept, as long as the same refs stand for it. */
  kept: SubjectRecords | null;
  missing: number[];
}

async function knownOf(
  sql: SqlSession,
  workspace: string,
  subjects: readonly SubjectId[],
): Promise<Map<SubjectId, Known>> {
  const holdings = groupBy(await readHoldingsOf(sql, workspace, subjects), ({ subject }) => subject);
  const rows = await readSubjectRecords(sql, workspace, [...holdings.keys()]);
  const passes = [...rows.values()].flatMap(({ coverage }) => coverage ?? []);
  const coverages = await readCoverages(sql, workspace, [...new Set(passes)]);
  const refsOf = new Map([...holdings].map(([subject, own]) => [subject, own.map(({ ref }) => ref)]));
  const segmentsOf = await findSegmentsOf(sql, refsOf);
  const known = new Map<SubjectId, Known>();
  for (const [subject, own] of holdings) {
    const row = rows.get(subject);
    const pass = row?.coverage == null ? new Set<number>() : coverages.get(row.coverage);
    const kept = row !== undefined && pass !== undefined && row.holdings === holdingsKey(own) ? row : null;
    const there = new Set(kept?.segments);
    const missing = (segmentsOf.get(subject) ?? []).filter(
      (segment) => kept === null || !(pass?.has(segment) || there.has(segment)),
    );
    known.set(subject, { holdings: own, kept, missing });
  }
  return known;
}

/** The lines of a segment's records, each for the subjects that have one of its refs. */
function addLines(
  { source, normal, hashes }: LogSegment,
  subjectsOf: ReadonlyMap<string, readonly SubjectId[]>,
  add: (subject: SubjectId, line: string) => void,
): void {
  eachRecord(normal, (position, _length, refs, encoded) => {
    const owners = new Set(refs.flatMap((ref) => (ref === null ? [] : (subjectsOf.get(ref) ?? []))));
    if (owners.size === 0) return;
    const line = recordLine(source, fingerprintAt(hashes, position), JSON.stringify(refs), encoded);
    for (const subject of owners) add(subject, line);
  });
}

/**
 * @param most segments that are opened for it.
 * @returns null where it would take more: then reading all of the log is sooner.
 */
export async function recordsOf(
  sql: SqlSession,
  workspace: string,
  subjects: readonly SubjectId[],
  most: number,
): Promise<Found | null> {
  const known = await knownOf(sql, workspace, subjects);
  const missing = new Set([...known.values()].flatMap((own) => own.missing));
  if (missing.size > most) return null;
  const lines = new Map<SubjectId, string[]>([...known.keys()].map((subject) => [subject, []]));
  const holdings = [...known.values()].flatMap((own) => own.holdings);
  const subjectsOf = new Map(
    [...groupBy(holdings, ({ ref }) => ref)].map(([ref, own]) => [ref, own.map(({ subject }) => subject)]),
  );
  for await (const segment of readSomeSegments(sql, workspace, [...missing]))
    addLines(segment, subjectsOf, (subject, line) => lines.get(subject)?.push(line));
  const texts = new Map<SubjectId, string>();
  const readFrom = new Map<SubjectId, ReadFrom>();
  for (const [subject, { holdings: own, kept, missing: fresh }] of known) {
    const before = kept === null ? "" : unpackLines(kept.records);
    texts.set(subject, own.map(holdingLine).join("") + before + (lines.get(subject) ?? []).join(""));
    readFrom.set(subject, {
      coverage: kept?.coverage ?? null,
      segments: [...(kept?.segments ?? []), ...fresh],
    });
  }
  return { texts, readFrom };
}

/** Texts of subjects in parts, as `projectPart` takes them: all holdings of a part first. */
export function partsOf(texts: ReadonlyMap<SubjectId, string>): Uint8Array<ArrayBuffer>[] {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let [held, records, size] = ["", "", 0];
  const end = () => {
    if (size > 0) parts.push(new Uint8Array(Buffer.from(held + records)));
    [held, records, size] = ["", "", 0];
  };
  for (const text of texts.values()) {
    const first = /(?:^|\n)(?!\t)/u.exec(text);
    const at = first === null ? text.length : first.index + (first[0] === "" ? 0 : 1);
    held += text.slice(0, at);
    records += text.slice(at);
    size += text.length;
    if (size >= PART_BYTES) end();
  }
  end();
  return parts;
}

/**
 * The events of subjects, in no order.
 * @param most segments that are opened for it.
 * @returns null where it would take more.
 */
export async function eventsOfSubjects(
  sql: SqlSession,
  workspace: string,
  subjects: readonly SubjectId[],
  most: number,
): Promise<Map<SubjectId, LoggedEvent[]> | null> {
  const found = await recordsOf(sql, workspace, subjects, most);
  if (found === null) return null;
  const events = new Map<SubjectId, LoggedEvent[]>();
  for (const text of found.texts.values())
    for (const [subject, own] of readSubjects(Buffer.from(text))) events.set(subject, own);
  return events;
}
