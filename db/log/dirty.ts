/**
 * Which refs wait to be worked out: marked by whoever writes something of them, in the same transaction; taken by whoever works it out.
 *
 * A mark that stands already may be another's, who is about to take it without seeing what is written here. So it is locked, and is
 * taken only when this is committed. All lock in the same order, the marks of refs before those of facts and each by its ref, so that
 * nobody waits in a circle; and who marks and takes in one transaction (lib/privacy/hold-log.ts) keeps the others out beforehand.
 */
import type { SqlSession } from "../client.ts";

/** A ref of its own, before all others: who everybody is has to be worked out anew. */
export const LINKS_CHANGED = "";

/** Rows fetched at once: some hundred kilobytes. */
const ROWS_A_FETCH = 2_000;

/**
 * So many refs of which a batch says something new are told one by one; of more, linking everybody is sooner than finding out
 * whom they touch.
 */
const TOLD_REFS = 1_000;

type Marks = "dirty_refs" | "dirty_facts";

/** Locks also those that stand: where the condition doesn't hold, PostgreSQL writes nothing but has locked the row. */
const locked = (sql: SqlSession) =>
  sql`on conflict (workspace_id, ref) do update set ref = excluded.ref where false`;

async function mark(sql: SqlSession, marks: Marks, workspace: string, refs: Iterable<string>): Promise<void> {
  await sql`
    insert into ${sql(marks)} (workspace_id, ref)
    select ${workspace}, r from unnest(${[...new Set(refs)]}::text[]) r order by 2 ${locked(sql)}`;
}

/**
 * Marks refs that have new events, so that the next refresh works out whom they stand for.
 * @param said those of which something new is said.
 */
export async function markWritten(
  sql: SqlSession,
  workspace: string,
  refs: Iterable<string>,
  said: readonly string[],
): Promise<void> {
  const many = said.length > TOLD_REFS;
  await mark(sql, "dirty_refs", workspace, many ? [LINKS_CHANGED, ...refs] : refs);
  if (!many && said.length > 0) await mark(sql, "dirty_facts", workspace, said);
}

/** Has the next refresh work out anew who everybody is, and whomever the refs stand for. */
export const markLinksChanged = (
  sql: SqlSession,
  workspace: string,
  refs: Iterable<string> = [],
): Promise<void> => mark(sql, "dirty_refs", workspace, [LINKS_CHANGED, ...refs]);

/** The same of every ref of the log: all read models will be worked out anew. */
export async function markAllDirty(sql: SqlSession, workspace: string): Promise<void> {
  await sql`
    insert into dirty_refs (workspace_id, ref)
    select ${workspace}, r.ref from (
      select ${LINKS_CHANGED} as ref union all select ref from link_facts where workspace_id = ${workspace}) r
    order by 2 ${locked(sql)}`;
}

/** Takes marks, some at a time; they are back if the transaction fails. Waits for whoever has locked one. */
async function* take(sql: SqlSession, marks: Marks, workspace: string): AsyncGenerator<string[]> {
  const cursor = sql<{ ref: string }[]>`
    with taken as materialized (
      select ref from ${sql(marks)} where workspace_id = ${workspace} order by ref for update)
    delete from ${sql(marks)} m using taken where m.workspace_id = ${workspace} and m.ref = taken.ref
    returning m.ref`.cursor(ROWS_A_FETCH);
  for await (const rows of cursor) yield rows.map(({ ref }) => ref);
}

/** Takes the refs that have new events, {@link LINKS_CHANGED} among them; before {@link takeDirtyFacts}. */
export const takeDirtyRefs = (sql: SqlSession, workspace: string) => take(sql, "dirty_refs", workspace);

/** Takes the refs of which something new is said. */
export const takeDirtyFacts = (sql: SqlSession, workspace: string) => take(sql, "dirty_facts", workspace);
