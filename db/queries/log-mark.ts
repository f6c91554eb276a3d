/** What is read of the whole log at many pages, and kept in memory for as long as the log stays as it is. */
import type { Db } from "../client.ts";
import { broughtLately } from "./ingests.ts";
import { onceATurn } from "./once-a-turn.ts";

interface Marks {
  /** Another one as soon as the log holds other records. */
  records: string;
  /** And as soon as an ingest has ended. */
  ingests: string;
  /** How often the hours were counted anew: as long as it stays, nothing but what came was added. */
  recounts: string;
  /** When an ingest last brought records; null: none ever did. */
  newest: string | null;
}

/**
 * Marks of what the log holds. Each batch adds to the counts of its ingest and moves its heartbeat on, and the newest heartbeats tell of
 * it without a look at all ingests that there ever were; whatever takes records away counts the hours anew.
 * @returns null of a customer's connection, which does not see all ingests.
 */
const readMarks = onceATurn(async (sql, workspace): Promise<Marks | null> => {
  const [row] = await sql<(Marks & { whole: boolean })[]>`
    select rollcall_customer() is null as whole, concat_ws(' ', w.recounts, own.newest, own.records) as records,
      concat_ws(' ', w.recounts, own.newest, own.records, own.ended) as ingests, w.recounts::text, own.newest::text
    from workspaces w
    cross join lateral (
      select max(i.heartbeat_at) as newest, sum(i.records) as records, count(i.finished_at) as ended from ingests i
      where i.workspace_id = ${workspace} and ${broughtLately(sql, workspace)}) own
    where w.workspace_id = ${workspace}`;
  return row?.whole === true ? row : null;
});

/** What was read last of each workspace, and the marks of the log that it stood for. */
type Kept<T> = Map<string, { marks: Marks; value: Promise<T> }>;

/** The same by pool. */
export type KeptByLog<T> = WeakMap<Db["sql"], Kept<T>>;

/** What was read before, of a log to which records were added since and nothing else was done. */
export interface Before<T> {
  value: T;
  /** When an ingest had last brought records, as PostgreSQL writes it. */
  newest: string;
}

async function beforeOf<T>(
  known: { marks: Marks; value: Promise<T> } | undefined,
  { recounts }: Marks,
): Promise<Before<T> | null> {
  if (known === undefined || known.marks.recounts !== recounts || known.marks.newest === null) return null;
  try {
    return { value: await known.value, newest: known.marks.newest };
  } catch {
    // Whoever asked for it was told.
    return null;
  }
}

const whileMarkStays =
  (which: "records" | "ingests") =>
  async <T>(
    keptBy: KeptByLog<T>,
    { sql }: Db,
    workspace: string,
    read: (before: Before<T> | null) => Promise<T>,
  ): Promise<T> => {
    // Before what it stands for: what comes in between is read the next time.
    const marks = await readMarks(sql, workspace);
    if (marks === null) return read(null);
    const kept: Kept<T> = keptBy.get(sql) ?? new Map();
    keptBy.set(sql, kept);
    const known = kept.get(workspace);
    if (known?.marks[which] === marks[which]) return known.value;
    const value = beforeOf(known, marks).then(read);
    kept.set(workspace, { marks, value });
    value.catch(() => {
      if (kept.get(workspace)?.value === value) kept.delete(workspace);
    });
    return value;
  };

/**
 * What `read` gives of the log's records, asked again only when these have become others; whoever asks meanwhile waits for the same.
 * @param keptBy where it is kept.
 * @param read gets what it gave before, where that can be added to.
 */
export const whileRecordsStay = whileMarkStays("records");

/** The same of the ingests that have brought records. */
export const whileIngestsStay = whileMarkStays("ingests");
