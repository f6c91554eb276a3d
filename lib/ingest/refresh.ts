/** Brings the read models up to date: works out anew every subject whose events or links changed. */
import type { Db, SqlSession } from "../../db/client.ts";
import { readFacts, readRefs } from "../../db/log/read.ts";
import { readDecisions } from "../../db/queries/decisions.ts";
import { readHoldings, replaceHoldings, takeDirtyRefs } from "../../db/queries/links.ts";
import { bumpRevision, deleteSubjects, insertProjections } from "../../db/queries/projection.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { effective, type Holding, link } from "../lifecycle/linking.ts";
import { projectSubject } from "../lifecycle/project.ts";
import { mergeFacts } from "../lifecycle/refs.ts";
import type { LoggedEvent } from "./event.ts";

/** Subjects worked out at once: some thousand events, so that memory stays small whatever the log's size. */
const SUBJECTS_A_CHUNK = 200;

const byRef = (holdings: readonly Holding[]) => groupBy(holdings, (holding) => holding.ref);

const alike = (a: readonly Holding[] | undefined, b: readonly Holding[] | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Links anew, stores what changed, and tells which subjects that touches. */
async function relink(
  sql: SqlSession,
  workspace: string,
  dirty: readonly string[],
): Promise<{ touched: string[]; spans: Map<string, Holding[]> }> {
  const before = byRef(normalised(await readHoldings(sql, workspace)));
  const decisions = effective(await readDecisions(sql, workspace));
  const holdings = normalised(link(mergeFacts(await readFacts(sql, workspace)), decisions).holdings);
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
  const touched = new Set<string>();
  for (const ref of [...changed, ...dirty]) {
    for (const holding of [...(before.get(ref) ?? []), ...(after.get(ref) ?? [])])
      touched.add(holding.subject);
  }
  const spans = groupBy(
    holdings.filter((holding) => touched.has(holding.subject)),
    (holding) => holding.subject,
  );
  return { touched: [...touched].sort(), spans };
}

/** Members in one order, so that holdings compare as text. */
function normalised(holdings: readonly Holding[]): Holding[] {
  return holdings.map(({ ref, from, to, subject, rule }) => ({ ref, from, to, subject, rule }));
}

/** The events of each subject, told apart by its refs and their spans of time. */
export function eventsBySubject(
  events: readonly (LoggedEvent & { ref: string | null })[],
  holdings: ReadonlyMap<string, readonly Holding[]>,
): Map<string, LoggedEvent[]> {
  const subjects = new Map<string, LoggedEvent[]>();
  for (const { ref, ...event } of events) {
    const holding =
      ref === null
        ? undefined
        : holdings
            .get(ref)
            ?.find(({ from, to }) => (from === null || event.at >= from) && (to === null || event.at < to));
    if (holding === undefined) continue;
    const list = subjects.get(holding.subject);
    if (list === undefined) subjects.set(holding.subject, [event]);
    else list.push(event);
  }
  return subjects;
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
    const dirty = await takeDirtyRefs(sql, workspace);
    if (dirty.length === 0) return 0;
    const { touched, spans } = await relink(sql, workspace, dirty);
    await bumpRevision(sql, workspace);
    await deleteSubjects(sql, workspace, touched);
    for (let i = 0; i < touched.length; i += SUBJECTS_A_CHUNK) {
      const chunk = touched.slice(i, i + SUBJECTS_A_CHUNK);
      const own = chunk.flatMap((subject) => spans.get(subject) ?? []);
      const events = await readRefs(sql, workspace, own);
      const subjects = eventsBySubject(events, byRef(own));
      await insertProjections(
        sql,
        workspace,
        [...subjects].map(([subject, list]) => projectSubject(subject, list)),
      );
      onProgress?.(Math.min(i + SUBJECTS_A_CHUNK, touched.length), touched.length);
    }
    return touched.length;
  });
}
