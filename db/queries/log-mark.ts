/** What is read of the whole log at many pages, and kept in memory for as long as the log stays as it is. */
import type { Db } from "../client.ts";
import { broughtLately } from "./ingests.ts";
import { onceATurn } from "./once-a-turn.ts";

interface Marks {
  /** Another one as soon as the log holds other records. */
  records: string;
  /** And as soon as an ingest has ended. */
  ingests: string;
}

/**
 * Marks of what the log holds. Each batch adds to the counts of its ingest and moves its heartbeat on, and the newest heartbeats tell of
 * it without a look at all ingests that there ever were; whatever takes records away counts the hours anew.
 * @returns null of a customer's connection, which does not see all ingests.
 */
const readMarks = onceATurn(async (sql, workspace): Promise<Marks | null> => {
  const [row] = await sql<(Marks & { whole: boolean })[]>`
    select rollcall_customer() is null as whole, concat_ws(' ', w.recounts, own.newest, own.records) as records,
      concat_ws(' ', w.recounts, own.newest, own.records, own.ended) as ingests
    from workspaces w
    cross join lateral (
      select max(i.heartbeat_at) as newest, sum(i.records) as records, count(i.finished_at) as ended from ingests i
      where i.workspace_id = ${workspace} and ${broughtLately(sql, workspace)}) own
    where w.workspace_id = ${workspace}`;
  return row?.whole === true ? row : null;
});

/** What was read last of each workspace, and the mark of the log that it stood for. */
type Kept<T> = Map<string, { mark: string; value: Promise<T> }>;

/** The same by pool. */
export type KeptByLog<T> = WeakMap<Db["sql"], Kept<T>>;

const whileMarkStays =
  (which: keyof Marks) =>
  async <T>(keptBy: KeptByLog<T>, { sql }: Db, workspace: string, read: () => Promise<T>): Promise<T> => {
    // Before what it stands for: what comes in between is read the next time.
    const mark = (await readMarks(sql, workspace))?.[which];
    if (mark === undefined) return read();
    const kept: Kept<T> = keptBy.get(sql) ?? new Map();
    keptBy.set(sql, kept);
    const known = kept.get(workspace);
    if (known?.mark === mark) return known.value;
    const value = read();
    kept.set(workspace, { mark, value });
    value.catch(() => {
      if (kept.get(workspace)?.value === value) kept.delete(workspace);
    });
    return value;
  };

/**
 * What `read` gives of the log's records, asked again only when these have become others; whoever asks meanwhile waits for the same.
 * @param keptBy where it is kept.
 */
export const whileRecordsStay = whileMarkStays("records");

/** The same of the ingests that have brought records. */
export const whileIngestsStay = whileMarkStays("ingests");
