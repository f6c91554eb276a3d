/** Which workspaces are too large for a web process to hold. */
import type { Db } from "../../../db/client.ts";
import { hasMoreSubjects } from "../../../db/queries/editions.ts";

/** People whose rows a process holds by itself: some 17 KB each. */
const MOST_PEOPLE = 5_000;
/** Asked no more often: a workspace grows by ingests, which take longer. */
const ASK_EVERY_MS = 10_000;

interface Known {
  large: boolean;
  most: number;
  at: number;
}

const known = new WeakMap<Db, Map<string, Known>>();

/** How many people a process of the pages holds: ROLLCALL_PAGES_PEOPLE, else 5,000. */
function mostPeople(): number {
  const given = Number(process.env.ROLLCALL_PAGES_PEOPLE || MOST_PEOPLE);
  return Number.isInteger(given) && given >= 0 ? given : MOST_PEOPLE;
}

/** Whether a workspace's reports come from editions that another process has made, and not from what this one holds. */
export async function isLarge(db: Db, workspace: string): Promise<boolean> {
  const own = known.get(db) ?? new Map<string, Known>();
  known.set(db, own);
  const most = mostPeople();
  const last = own.get(workspace);
  const now = performance.now();
  if (last !== undefined && last.most === most && now - last.at < ASK_EVERY_MS) return last.large;
  const large = await hasMoreSubjects(db.sql, workspace, most);
  own.set(workspace, { large, most, at: now });
  return large;
}
