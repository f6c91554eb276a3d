/** Brings the read models up to date: works out anew every subject whose events or links changed. */
import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { type Db, type SqlSession, waitForOthers } from "../../db/client.ts";
import { lastSettled } from "../../db/log/append.ts";
import { LINKS_CHANGED, takeDirtyFacts, takeDirtyRefs } from "../../db/log/dirty.ts";
import { countSegments } from "../../db/log/read.ts";
import { eachHolding, readHoldingsOf, readSubjectsOf, withoutRefs } from "../../db/queries/links.ts";
import {
  bumpRevision,
  type ReadFrom,
  type StoredSubject,
  storedSubject,
  storeSubjects,
} from "../../db/queries/projection.ts";
import { countEvents } from "../../db/queries/sources.ts";
import { storeCoverage } from "../../db/queries/subject-records.ts";
import type { Holding } from "../lifecycle/linking.ts";
import { emptyProjection } from "../lifecycle/project.ts";
import { gather } from "./gather.ts";
import { HashedSet } from "./hashed-set.ts";
import { Pool } from "./parallel/pool.ts";
import { type Relinked, relink, relinkNear } from "./relink.ts";
import { spansOf } from "./spans.ts";
import { projectPart, type SubjectLines } from "./subject-lines.ts";
import { coverUpTo, partsOf, recordsOf } from "./subject-records.ts";

/** Subjects written at once. */
const SUBJECTS_A_WRITE = 500;

/**
 * Events are looked up by their refs where few segments hold them; above this share of the log it is faster to read all of
 * it in its order and by threads.
 */
const LOOKED_UP_SHARE = 0.2;
/** So few segments are always looked up: some ten thousand events. */
const LOOKED_UP_SEGMENTS = 40;
/** More refs than this are in most segments anyway; so many refs and subjects are known by name. */
const LOOKED_UP_REFS = 2_000;

/** So few parts are worked out before threads have started. */
const ALONE_PARTS = 4;
/** So few are for one thread: some seconds of work. */
const ONE_THREAD_PARTS = 200;

/** Of subjects whose records are not kept. */
const NOWHERE = { coverage: null, segments: [] };

/** Refs that have new events, and what may have changed of who is who. */
interface Dirty {
  refs: HashedSet;
  /** Those of which something new is said. */
  said: HashedSet;
  /** Anything else that linking reads may be another. */
  links: boolean;
}

async function takeDirty(sql: SqlSession, workspace: string): Promise<Dirty> {
  const [refs, said] = [new HashedSet(LOOKED_UP_REFS), new HashedSet(LOOKED_UP_REFS)];
  let links = false;
  for await (const some of takeDirtyRefs(sql, workspace)) {
    for (const ref of some) {
      if (ref === LINKS_CHANGED) links = true;
      else refs.add(ref);
    }
  }
  for await (const some of takeDirtyFacts(sql, workspace)) for (const ref of some) said.add(ref);
  return { refs, said, links };
}

/** Who is touched. */
interface Touched {
  subjects: HashedSet;
  /** Those of them for whom no ref stands any more. */
  gone: string[];
}

/** Whom refs that were linked anew touch. */
class Relinking {
  readonly subjects = new HashedSet(LOOKED_UP_REFS);
  private readonly left = new Set<string>();

  /** @param events whether there are new ones of a ref. */
  add(refs: readonly Relinked[], events: (ref: string) => boolean): void {
    for (const { ref, changed, before, after } of refs) {
      if (!changed && !events(ref)) continue;
      for (const { subject } of before) this.subjects.add(subject);
      for (const { subject } of after) this.subjects.add(subject);
      if (changed) for (const { subject } of before) this.left.add(subject);
    }
  }

  async touched(sql: SqlSession, workspace: string): Promise<Touched> {
    const left = [...this.left];
    const gone = left.length === 0 ? [] : await withoutRefs(sql, workspace, left);
    return { subjects: this.subjects, gone };
  }
}

/** Links everybody anew, and tells which subjects that and the new events touch. */
async function touchedByLinks(sql: SqlSession, workspace: string, { refs: dirty }: Dirty): Promise<Touched> {
  const all = new Relinking();
  for await (const refs of relink(sql, workspace)) all.add(refs, (ref) => dirty.has(ref));
  return all.touched(sql, workspace);
}

/** The same where the log says something new of a few refs; null where these touch too many. */
async function touchedNear(
  sql: SqlSession,
  workspace: string,
  { refs: dirty, said }: Dirty,
): Promise<Touched | null> {
  if (dirty.few === null || said.few === null) return null;
  const near = await relinkNear(sql, workspace, said.few);
  if (near === null) return null;
  const some = new Relinking();
  some.add(near, () => false);
  for (const subject of await readSubjectsOf(sql, workspace, [...dirty.few])) some.subjects.add(subject);
  return some.touched(sql, workspace);
}

/** The same where nothing that linking reads has changed, the usual case of a few records more. */
async function touchedByEvents(sql: SqlSession, workspace: string, { refs: dirty }: Dirty): Promise<Touched> {
  const subjects = new HashedSet(LOOKED_UP_REFS);
  if (dirty.few !== null) {
    for (const subject of await readSubjectsOf(sql, workspace, [...dirty.few])) subjects.add(subject);
  } else {
    for await (const some of eachHolding(sql, workspace))
      for (const { ref, subject } of some) if (dirty.has(ref)) subjects.add(subject);
  }
  return { subjects, gone: [] };
}

async function touchedBy(sql: SqlSession, workspace: string, dirty: Dirty): Promise<Touched> {
  if (!dirty.links && dirty.said.size === 0) return touchedByEvents(sql, workspace, dirty);
  const near = dirty.links ? null : await touchedNear(sql, workspace, dirty);
  return near ?? touchedByLinks(sql, workspace, dirty);
}

/** All holdings of the subjects, some at a time. */
async function* holdingsOf(
  sql: SqlSession,
  workspace: string,
  subjects: HashedSet,
): AsyncGenerator<Holding[]> {
  if (subjects.few !== null) {
    yield await readHoldingsOf(sql, workspace, [...subjects.few]);
    return;
  }
  for await (const some of eachHolding(sql, workspace))
    yield some.filter(({ subject }) => subjects.has(subject));
}

/** Read models that were worked out, and where the records behind them were read. */
interface Projected {
  subjects: StoredSubject[];
  readFrom: ReadFrom;
}

async function* eachOf<T>(list: Iterable<T>): AsyncGenerator<T> {
  yield* list;
}

/** Of a few subjects the records are put together of copies and of the segments that came since, where these are few. */
async function* projectedOfFew(
  sql: SqlSession,
  workspace: string,
  subjects: ReadonlySet<string>,
): AsyncGenerator<Projected, boolean> {
  const areFew = async (segments: number) =>
    segments <= LOOKED_UP_SEGMENTS || segments <= LOOKED_UP_SHARE * (await countSegments(sql, workspace));
  const found = await recordsOf(sql, workspace, [...subjects], areFew);
  if (found === null) return false;
  const readFrom = (subject: string) => found.readFrom.get(subject) ?? NOWHERE;
  const parts = partsOf(found.lines);
  if (parts.length <= ALONE_PARTS) {
    for (const part of parts) yield { subjects: projectPart(part), readFrom };
    return true;
  }
  const pool = await (parts.length <= ONE_THREAD_PARTS
    ? Pool.one<SubjectLines[], StoredSubject[]>("project-thread")
    : Pool.start<SubjectLines[], StoredSubject[]>("project-thread"));
  const lentOf = (part: SubjectLines[]) => part.flatMap(({ kept }) => kept?.buffer ?? []);
  try {
    for await (const own of pool.each(eachOf(parts), lentOf)) yield { subjects: own, readFrom };
  } finally {
    await pool.close();
  }
  return true;
}

/** The read models of the subjects for whom any ref stands, some at a time. */
async function* projected(
  sql: SqlSession,
  workspace: string,
  subjects: HashedSet,
): AsyncGenerator<Projected> {
  if (subjects.few !== null && (yield* projectedOfFew(sql, workspace, subjects.few))) return;
  const events = await countEvents(sql, workspace);
  const pool = await Pool.start<Uint8Array<ArrayBuffer>, StoredSubject[]>("project-thread");
  const coverage = randomUUID();
  const read: number[] = [];
  let isNoted = false;
  const readFrom = () => ({ coverage, segments: [] });
  try {
    const parts = gather(sql, workspace, {}, holdingsOf(sql, workspace, subjects), events, read);
    for await (const own of pool.each(parts, ({ buffer }) => [buffer])) {
      // All segments have been read before the first part came.
      if (!isNoted) await storeCoverage(sql, workspace, coverage, spansOf(read));
      isNoted = true;
      yield { subjects: own, readFrom };
    }
  } finally {
    await pool.close();
  }
}

/** How to go about it: what to call with the subjects done and to do; and whether to wait for another process. */
export interface RefreshOptions {
  onProgress?: ((done: number, all: number) => void) | undefined;
  /** False: where another process is at it, leave it to that one. */
  wait?: boolean;
}

/** @returns the number of subjects worked out. One process at a time does it for a workspace. */
export async function refresh(db: Db, workspace: string, options: RefreshOptions = {}): Promise<number> {
  return db.sql.begin((sql) => refreshIn(sql, workspace, options));
}

/** The same in the caller's transaction, so that what it changed and what follows from it stand together. */
export async function refreshIn(
  sql: postgres.TransactionSql,
  workspace: string,
  { onProgress, wait = true }: RefreshOptions = {},
): Promise<number> {
  const lock = sql`hashtextextended(${`rollcall refresh ${workspace}`}, 0)`;
  await waitForOthers(sql);
  if (wait) await sql`select pg_advisory_xact_lock(${lock})`;
  else {
    const [row] = await sql<{ ours: boolean }[]>`select pg_try_advisory_xact_lock(${lock}) ours`;
    if (row?.ours !== true) return 0;
  }
  // Whoever has records in the segments up to this one has been worked out before, or has been marked.
  const settled = await lastSettled(sql, workspace);
  const dirty = await takeDirty(sql, workspace);
  if (dirty.refs.size === 0 && dirty.said.size === 0 && !dirty.links) return 0;
  const { subjects, gone } = await touchedBy(sql, workspace, dirty);
  const revision = await bumpRevision(sql, workspace);
  // Those for whom no ref stands have no rows any more.
  let waiting = gone.map((subject) => storedSubject(subject, emptyProjection()));
  let done = 0;
  const write = async (readFrom: ReadFrom) => {
    await storeSubjects(sql, workspace, revision, waiting, readFrom);
    done += waiting.length;
    waiting = [];
    onProgress?.(done, Math.max(done, subjects.size));
  };
  let last: ReadFrom = () => NOWHERE;
  for await (const { subjects: some, readFrom } of projected(sql, workspace, subjects)) {
    waiting.push(...some);
    last = readFrom;
    if (waiting.length >= SUBJECTS_A_WRITE) await write(readFrom);
  }
  await write(last);
  if (settled !== null) await coverUpTo(sql, workspace, settled);
  return done;
}
