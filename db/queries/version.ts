/** What an answer depends on, as one text: as long as it stays, so does the answer, but for the time that goes by. */
import type { Db } from "../client.ts";
import { endedLately, SILENT_MS } from "./ingests.ts";
import { onceATurn } from "./once-a-turn.ts";

export interface Version {
  /** Read models, settings, sources, finished ingests and decisions. */
  text: string;
  /** The same without what people decided of failures and findings. */
  rests: string;
  /** The part of it that tells of what people set, for an application or all of them. */
  settings: string;
  /** The newest of these decisions; null: none. */
  decision: number | null;
  /** Something waits to be worked out. */
  dirty: boolean;
  /** An ingest is under way: its counts move, though the read models do not yet. */
  live: boolean;
}

/**
 * Asked at every page, and so nothing of it takes longer with each ingest. Those that have ended are told by the newest one's end
 * and how many ended shortly before it: each end makes another text. Refs that wait are looked for by their index: after an ingest
 * the table is full of what was taken away, and PostgreSQL, which takes it for full of rows, would go through it for the first.
 */
export const readVersion = ({ sql }: Db, workspace: string): Promise<Version> => askVersion(sql, workspace);

const askVersion = onceATurn(async (sql, workspace): Promise<Version> => {
  const [row] = await sql<[Omit<Version, "text">]>`
    select set.settings, concat_ws(' ', w.revision, set.settings,
        (select count(*) || '/' || count(customer) from sources s where s.workspace_id = ${workspace}),
        (select count(*) || '/' || max(i.finished_at) from ingests i
          where i.workspace_id = ${workspace} and ${endedLately(sql, workspace)})) as rests,
      (select max(d.decision)::float8 from failure_decisions d where d.workspace_id = ${workspace}) as decision,
      coalesce((select d.ref from dirty_refs d where d.workspace_id = ${workspace} order by d.ref limit 1),
        (select d.ref from dirty_facts d where d.workspace_id = ${workspace} order by d.ref limit 1)) is not null as dirty,
      exists(select from ingests i where i.workspace_id = ${workspace} and i.state = 'running'
        and i.heartbeat_at > now() - make_interval(secs => ${SILENT_MS / 1000})) as live
    from workspaces w cross join lateral (
      select concat(count(*), '/', max(s.set_at)) as settings from application_settings s where s.workspace_id = ${workspace}
    ) set
    where w.workspace_id = ${workspace}`;
  if (row === undefined)
    return { text: "", rests: "", settings: "", decision: null, dirty: false, live: false };
  return { ...row, text: `${row.rests} ${row.decision ?? 0}` };
});
