/** The records of some subjects: of the copies that are kept side by side, and of the segments that came since. */
import type { SqlSession } from "../../db/client.ts";
import { type LogSegment, readSomeSegments } from "../../db/log/read.ts";
import { eachRecord, fingerprintAt, refHash } from "../../db/log/segment.ts";
import { readHoldingsOf } from "../../db/queries/links.ts";
import {
  findRefsIn,
  findSegmentsAmong,
  findSegmentsOf,
  findSegmentsWithSince,
  readCoverages,
  readSubjectRecords,
  type SubjectRecords,
  widenCoverage,
} from "../../db/queries/subject-records.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import type { Holding } from "../lifecycle/linking.ts";
import type { SubjectId } from "../lifecycle/types.ts";
import type { LoggedEvent } from "./event.ts";
import { countIn, gapsOf, isWithin, rangesOf, spansOf, withAllUpTo } from "./spans.ts";
import {
  holdingLine,
  holdingsKey,
  readSubjects,
  recordLine,
  type SubjectLines,
  sizeOf,
} from "./subject-lines.ts";

/** Bytes of text in one part, about: some subjects, a hundredth of a second of work. */
const PART_BYTES = 128 * 1024;

type ReadFrom = Pick<SubjectRecords, "coverage" | "segments">;

interface Found {
  /** Of each subject. */
  lines: Map<SubjectId, SubjectLines>;
  /** Where they have been read by now. */
  readFrom: Map<SubjectId, ReadFrom>;
}

/** What is known of where a subject's records lie. */
interface Known {
  holdings: Holding[];
  /** What is kept, as long as the same refs stand for it. */
  kept: SubjectRecords | null;
  /** The segments of these that its pass doesn't cover, and those whose records are not among them. */
  beside: number[];
  missing: number[];
  /** The pass whose segments need not be looked into again, once those that are missing have been read. */
  coverage: string | null;
}

/** Of a subject segments are looked up by its refs as fast as so many are looked into for all subjects together. */
const SEGMENTS_A_SUBJECT = 20;
/** And never into more than so many. */
const MOST_SINCE = 2_000;
/** Of segments: a whole number of four bytes. */
const MOST_NUMBER = 2_147_483_647;
/** In the numbers of a pass's segments: those of others, and of writers that gave up. */
const MOST_GAPS = 200;

/**
 * The segments that a pass has not read: all, or those that have one of the refs where all are more than `most`. Null where the
 * pass has too many gaps.
 * @param hashes of the refs.
 */
async function segmentsSince(
  sql: SqlSession,
  workspace: string,
  pass: readonly number[],
  hashes: readonly number[],
  most: number,
): Promise<number[] | null> {
  const gaps = gapsOf(pass);
  if (gaps.length > MOST_GAPS) return null;
  const last = pass.at(-1) ?? -1;
  const found = await findSegmentsAmong(sql, workspace, gaps, last, most + 1);
  if (found.length <= most) return found;
  const [inGaps, behind] = await Promise.all([
    findSegmentsAmong(sql, workspace, gaps, MOST_NUMBER, most + 1),
    findSegmentsWithSince(sql, hashes, last),
  ]);
  return inGaps.length > most ? null : [...inGaps, ...behind];
}

/** Of each subject the segments that came since its pass and hold records of its refs; null where asking for all of them is sooner. */
async function segmentsSinceOf(
  sql: SqlSession,
  workspace: string,
  pass: readonly number[],
  refsOf: ReadonlyMap<SubjectId, readonly string[]>,
): Promise<Map<SubjectId, number[]> | null> {
  const most = Math.min(SEGMENTS_A_SUBJECT * refsOf.size, MOST_SINCE);
  const found = new Map<SubjectId, Set<number>>([...refsOf.keys()].map((subject) => [subject, new Set()]));
  const owners = groupBy(
    [...refsOf].flatMap(([subject, refs]) => refs.map((ref) => ({ subject, hash: refHash(ref) }))),
    ({ hash }) => hash,
  );
  const hashes = [...owners.keys()];
  const since = await segmentsSince(sql, workspace, pass, hashes, most);
  if (since === null) return null;
  // Most often nothing came: everybody in what did has been worked out.
  const refs = since.length === 0 ? [] : await findRefsIn(sql, workspace, rangesOf(spansOf(since)), hashes);
  for (const { segment, ref } of refs)
    for (const { subject } of owners.get(ref) ?? []) found.get(subject)?.add(segment);
  return new Map([...found].map(([subject, segments]) => [subject, [...segments].sort((a, b) => a - b)]));
}

/**
 * Of each subject segments that hold records of its refs: all, or those that its pass has not read.
 * @param passOf the pass of a subject whose records are kept.
 */
async function segmentsOf(
  sql: SqlSession,
  workspace: string,
  refsOf: ReadonlyMap<SubjectId, readonly string[]>,
  passOf: (subject: SubjectId) => readonly number[] | undefined,
): Promise<Map<SubjectId, number[]>> {
  const found = new Map<SubjectId, number[]>();
  for (const [pass, own] of groupBy([...refsOf], ([subject]) => passOf(subject))) {
    const since = pass === undefined ? null : await segmentsSinceOf(sql, workspace, pass, new Map(own));
    for (const [subject, segments] of since ?? []) found.set(subject, segments);
  }
  const others = new Map([...refsOf].filter(([subject]) => !found.has(subject)));
  if (others.size > 0)
    for (const [subject, segments] of await findSegmentsOf(sql, others)) found.set(subject, segments);
  return found;
}

async function knownOf(
  sql: SqlSession,
  workspace: string,
  subjects: readonly SubjectId[],
): Promise<Map<SubjectId, Known>> {
  const coverages = await readCoverages(sql, workspace);
  const [held, rows] = await Promise.all([
    readHoldingsOf(sql, workspace, subjects),
    readSubjectRecords(sql, workspace, subjects),
  ]);
  const holdings = groupBy(held, ({ subject }) => subject);
  const kept = new Map<SubjectId, { row: SubjectRecords; pass: readonly number[] }>();
  for (const [subject, row] of rows) {
    const pass = row.coverage === null ? [] : coverages.get(row.coverage);
    if (pass !== undefined && row.holdings === holdingsKey(holdings.get(subject) ?? []))
      kept.set(subject, { row, pass });
  }
  const refsOf = new Map([...holdings].map(([subject, own]) => [subject, own.map(({ ref }) => ref)]));
  const found = await segmentsOf(sql, workspace, refsOf, (subject) => {
    const pass = kept.get(subject)?.pass ?? [];
    return pass.length === 0 ? undefined : pass;
  });
  // Of whom all of the log was asked for, nothing of any pass is left out either: then what came since is enough next time.
  const [widest = null] = [...coverages].sort(([, a], [, b]) => countIn(b) - countIn(a))[0] ?? [];
  const known = new Map<SubjectId, Known>();
  for (const [subject, own] of holdings) {
    const { row = null, pass = [] } = kept.get(subject) ?? {};
    const beside = (row?.segments ?? []).filter((segment) => !isWithin(pass, segment));
    const there = new Set(beside);
    const missing = (found.get(subject) ?? []).filter(
      (segment) => !(isWithin(pass, segment) || there.has(segment)),
    );
    known.set(subject, { holdings: own, kept: row, beside, missing, coverage: row?.coverage ?? widest });
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
 * @param areFew whether so many segments are to be opened for it.
 * @returns null where they are not: then reading all of the log is sooner.
 */
export async function recordsOf(
  sql: SqlSession,
  workspace: string,
  subjects: readonly SubjectId[],
  areFew: (segments: number) => boolean | Promise<boolean>,
): Promise<Found | null> {
  const known = await knownOf(sql, workspace, subjects);
  const missing = new Set([...known.values()].flatMap((own) => own.missing));
  if (!(await areFew(missing.size))) return null;
  const since = new Map<SubjectId, string[]>([...known.keys()].map((subject) => [subject, []]));
  const holdings = [...known.values()].flatMap((own) => own.holdings);
  const subjectsOf = new Map(
    [...groupBy(holdings, ({ ref }) => ref)].map(([ref, own]) => [ref, own.map(({ subject }) => subject)]),
  );
  for await (const segment of readSomeSegments(sql, workspace, [...missing]))
    addLines(segment, subjectsOf, (subject, line) => since.get(subject)?.push(line));
  const lines = new Map<SubjectId, SubjectLines>();
  const readFrom = new Map<SubjectId, ReadFrom>();
  for (const [subject, { holdings: own, kept, beside, missing: fresh, coverage }] of known) {
    lines.set(subject, {
      held: own.map(holdingLine).join(""),
      // Bytes of its own, as a thread can be given them.
      kept: kept === null ? null : new Uint8Array(kept.records),
      since: (since.get(subject) ?? []).join(""),
    });
    readFrom.set(subject, { coverage, segments: [...beside, ...fresh] });
  }
  return { lines, readFrom };
}

/** Subjects in parts, as `projectPart` takes them. */
export function partsOf(lines: ReadonlyMap<SubjectId, SubjectLines>): SubjectLines[][] {
  const parts: SubjectLines[][] = [];
  let room = 0;
  for (const own of lines.values()) {
    if (room <= 0) {
      parts.push([]);
      room = PART_BYTES;
    }
    parts.at(-1)?.push(own);
    room -= sizeOf(own);
  }
  return parts;
}

/**
 * The events of subjects, in no order.
 * @param most segments that are opened for it. @param wants as for `readSubjects`.
 * @returns null where it would take more.
 */
export async function eventsOfSubjects(
  sql: SqlSession,
  workspace: string,
  subjects: readonly SubjectId[],
  most: number,
  wants?: (line: string) => boolean,
): Promise<Map<SubjectId, LoggedEvent[]> | null> {
  const found = await recordsOf(sql, workspace, subjects, (segments) => segments <= most);
  if (found === null) return null;
  const events = new Map<SubjectId, LoggedEvent[]>();
  for (const lines of found.lines.values())
    for (const [subject, own] of readSubjects([lines], wants)) events.set(subject, own);
  return events;
}

/**
 * Has all passes cover the segments up to one: when everybody of whom these hold records has been worked out, nobody's records have to
 * be looked for there again.
 */
export async function coverUpTo(sql: SqlSession, workspace: string, segment: number): Promise<void> {
  for (const [coverage, spans] of await readCoverages(sql, workspace)) {
    const wider = withAllUpTo(spans, segment);
    if (countIn(wider) > countIn(spans)) await widenCoverage(sql, workspace, coverage, wider);
  }
}
