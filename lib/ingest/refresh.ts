/** Brings the read models up to date: works out anew every subject whose events or links changed. */
import type { Db, SqlSession } from "../../db/client.ts";
import { LINKS_CHANGED } from "../../db/log/append.ts";
import { countSegments, readFacts, readRefs } from "../../db/log/read.ts";
import { readDecisions } from "../../db/queries/decisions.ts";
import { readHoldings, readHoldingsAround, replaceHoldings, takeDirtyRefs } from "../../db/queries/links.ts";
import {
  bumpRevision,
  type StoredSubject,
  storedSubject,
  storeSubjects,
} from "../../db/queries/projection.ts";
import { countEvents } from "../../db/queries/sources.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { effective, type Holding, link } from "../lifecycle/linking.ts";
import { emptyProjection, projectSubject } from "../lifecycle/project.ts";
import type { LoggedEvent } from "./event.ts";
import { gather } from "./gather.ts";
import { Pool } from "./parallel/pool.ts";
import { Subjects } from "./subjects.ts";

/** Subjects written at once. */
const SUBJECTS_A_WRITE = 500;

/**
 * Events are looked up by their refs where few segments hold them; above this share of the log it is faster to read all of
 * it in its order and by threads.
 */
const LOOKED_UP_SHARE = 0.2;
/** So few segments are always looked up: some ten thousand events. */
const LOOKED_UP_SEGMENTS = 40;
/** More refs than this are in most segments anyway. */
const LOOKED_UP_REFS = 2_000;

const byRef = (holdings: readonly Holding[]) => groupBy(holdings, (holding) => holding.ref);

function alike(a: readonly Holding[] = [], b: readonly Holding[] = []): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i] as Holding;
      return (
        one.subject === other.subject &&
        one.rule === other.rule &&
        one.from === other.from &&
        one.to === other.to
      );
    })
  );
}

/** Who is touched, and the holdings of their refs. */
interface Touched {
  subjects: ReadonlySet<string>;
  holdings: Holding[];
}

/** Links anew, stores what changed, and tells which subjects that touches. */
async function relink(sql: SqlSession, workspace: string, dirty: readonly string[]): Promise<Touched> {
  const decisions = effective(await readDecisions(sql, workspace));
  const { holdings } = link(await readFacts(sql, workspace), decisions);
  const before = byRef(await readHoldings(sql, workspace));
  const after = byRef(holdings);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (ref) => !alike(before.get(ref), after.get(ref)),
  );
  await replaceHoldings(
    sql,
    workspace,
    changed,
    changed.flatMap((ref) => after.get(ref) ?? []),
  );
  const subjects = new Set<string>();
  for (const ref of [...changed, ...dirty]) {
    for (const holding of [...(before.get(ref) ?? []), ...(after.get(ref) ?? [])])
      subjects.add(holding.subject);
  }
  return { subjects, holdings: holdings.filter((holding) => subjects.has(holding.subject)) };
}

/** The same where nothing that linking reads has changed, the usual case of a few records more. */
async function touchedBy(sql: SqlSession, workspace: string, dirty: readonly string[]): Promise<Touched> {
  const holdings = await readHoldingsAround(sql, workspace, dirty);
  return { subjects: new Set(holdings.map((holding) => holding.subject)), holdings };
}

/** The read models of the touched subjects, some at a time; those that have lost all of their events are left out. */
async function* projected(
  sql: SqlSession,
  workspace: string,
  { holdings }: Touched,
): AsyncGenerator<StoredSubject[]> {
  const refs = byRef(holdings);
  const events = await countEvents(sql, workspace);
  if (refs.size <= LOOKED_UP_REFS) {
    const { all, found } = await countSegments(sql, workspace, [...refs.keys()]);
    if (found <= Math.max(LOOKED_UP_SEGMENTS, LOOKED_UP_SHARE * all)) {
      yield* lookedUp(await readRefs(sql, workspace, holdings), new Subjects(refs));
      return;
    }
  }
  const pool = await Pool.start<string, StoredSubject[]>("project-thread");
  try {
    yield* pool.each(gather(sql, workspace, {}, holdings, events));
  } finally {
    await pool.close();
  }
}

/** The same of events that were looked up one by one. */
function* lookedUp(
  events: readonly (LoggedEvent & { ref: string })[],
  finder: Subjects,
): Generator<StoredSubject[]> {
  const found = new Map<string, LoggedEvent[]>();
  for (const { ref, ...event } of events) {
    const subject = finder.of(ref, event.at);
    if (subject === null) continue;
    const list = found.get(subject);
    if (list === undefined) found.set(subject, [event]);
    else list.push(event);
  }
  for (const [subject, own] of found) yield [storedSubject(subject, projectSubject(subject, own))];
}

/** How to go about it: what to call with the subjects done and to do; and whether to wait for another process. */
export interface RefreshOptions {
  onProgress?: ((done: number, all: number) => void) | undefined;
  /** False: where another process is at it, leave it to that one. */
  wait?: boolean;
}

/** @returns the number of subjects worked out. One process at a time does it for a workspace. */
export async function refresh(
  db: Db,
  workspace: string,
  { onProgress, wait = true }: RefreshOptions = {},
): Promise<number> {
  return db.sql.begin(async (sql) => {
    const lock = sql`hashtextextended(${`rollcall refresh ${workspace}`}, 0)`;
    if (wait) await sql`select pg_advisory_xact_lock(${lock})`;
    else {
      const [row] = await sql<{ ours: boolean }[]>`select pg_try_advisory_xact_lock(${lock}) ours`;
      if (row?.ours !== true) return 0;
    }
    const taken = await takeDirtyRefs(sql, workspace);
    if (taken.length === 0) return 0;
    const dirty = taken.filter((ref) => ref !== LINKS_CHANGED);
    const touched = await (dirty.length < taken.length ? relink : touchedBy)(sql, workspace, dirty);
    const revision = await bumpRevision(sql, workspace);
    const left = new Set(touched.subjects);
    let waiting: StoredSubject[] = [];
    const write = async () => {
      await storeSubjects(sql, workspace, revision, waiting);
      waiting = [];
      onProgress?.(touched.subjects.size - left.size, touched.subjects.size);
    };
    for await (const some of projected(sql, workspace, touched)) {
      for (const { subject } of some) left.delete(subject);
      waiting.push(...some);
      if (waiting.length >= SUBJECTS_A_WRITE) await write();
    }
    // Those whose refs all stand for somebody else now: they have no rows any more.
    waiting.push(...[...left].map((subject) => storedSubject(subject, emptyProjection())));
    left.clear();
    await write();
    return touched.subjects.size;
  });
}
