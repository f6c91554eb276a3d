/** What is read of the whole log at many pages, and kept in memory for as long as nothing is added to the log or taken away. */
import type { Db, SqlSession } from "../client.ts";
import { CLOCKS_DIFFER } from "./ingests.ts";

/**
 * What the log holds, as a text that is another one as soon as it holds anything else. Each batch adds to the counts of its ingest
 * and moves its heartbeat on, and the newest heartbeats tell of it without a look at all ingests that there ever were; whatever
 * takes anything away gives the read models another revision.
 * @returns null of a customer's connection, which does not see all ingests.
 */
async function readLogMark(sql: SqlSession, workspace: string): Promise<string | null> {
  const [row] = await sql<{ mark: string | null }[]>`
    select case when rollcall_customer() is null then concat_ws(' ', w.revision,
      (select newest.at || '/' || sum(i.records) || '/' || count(i.finished_at)
        from (select max(i.heartbeat_at) as at from ingests i where i.workspace_id = ${workspace}) newest
        join ingests i on i.workspace_id = ${workspace} and i.heartbeat_at >= newest.at - ${CLOCKS_DIFFER}::interval
        group by newest.at)) end as mark
    from workspaces w where w.workspace_id = ${workspace}`;
  return row?.mark ?? null;
}

/** By pool, and of each its workspaces: what was read last, and the mark of the log that it stood for. */
export type KeptByLog<T> = WeakMap<Db["sql"], Map<string, { mark: string; value: T }>>;

/** What `read` gives, asked again only when the log has become another one. @param kept where it is kept. */
export async function whileLogStays<T>(
  kept: KeptByLog<T>,
  { sql }: Db,
  workspace: string,
  read: () => Promise<T>,
): Promise<T> {
  const own = kept.get(sql) ?? new Map<string, { mark: string; value: T }>();
  kept.set(sql, own);
  // Before what it stands for: what comes in between is read the next time.
  const mark = await readLogMark(sql, workspace);
  const known = own.get(workspace);
  if (known !== undefined && known.mark === mark) return known.value;
  const value = await read();
  if (mark !== null) own.set(workspace, { mark, value });
  return value;
}
