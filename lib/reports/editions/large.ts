/** Which workspaces are too large for a web process to hold. */
import type { Db } from "../../../db/client.ts";
import { hasMoreSubjects, storeWish } from "../../../db/queries/editions.ts";
import type { ReportParams } from "../contract.ts";

/** People whose rows a process holds by itself: some 17 KB each. */
const MOST_PEOPLE = 5_000;
/** Asked no more often: a workspace grows by ingests, which take longer, and hardly ever becomes a small one again. */
const ASK_EVERY_MS = { small: 10_000, large: 60_000 };

interface Known {
  large: boolean;
  most: number;
  at: number;
}

/** Whether this process serves nobody else, and may hold everybody: a command. */
let holdsEverybody = false;

/** From now on this process works everything out itself, however large a workspace is. */
export function holdEverybody(): void {
  holdsEverybody = true;
}

const known = new WeakMap<Db, Map<string, Known>>();

/** How many people a process of the pages holds: ROLLCALL_PAGES_PEOPLE, else 5,000. */
function mostPeople(): number {
  const given = Number(process.env.ROLLCALL_PAGES_PEOPLE || MOST_PEOPLE);
  return Number.isInteger(given) && given >= 0 ? given : MOST_PEOPLE;
}

/** Whether a workspace has more people than a process of the pages holds. */
async function hasTooMany(db: Db, workspace: string): Promise<boolean> {
  const own = known.get(db) ?? new Map<string, Known>();
  known.set(db, own);
  const most = mostPeople();
  const last = own.get(workspace);
  const now = performance.now();
  if (last?.most === most && now - last.at < ASK_EVERY_MS[last.large ? "large" : "small"]) return last.large;
  const large = await hasMoreSubjects(db.sql, workspace, most);
  own.set(workspace, { large, most, at: now });
  return large;
}

/** Whether a workspace's reports come from editions that another process has made, and not from what this one holds. */
export const isLarge = async (db: Db, workspace: string): Promise<boolean> =>
  !holdsEverybody && (await hasTooMany(db, workspace));

/**
 * Whether what is asked for comes from editions. Of one customer, or of each, it is worked out from their own records: these are
 * few.
 */
export const isKept = async (
  db: Db,
  workspace: string,
  { customer, by }: Pick<ReportParams, "customer" | "by">,
): Promise<boolean> => customer === undefined && by === undefined && (await isLarge(db, workspace));

/** Has the reports of a large workspace worked out before anybody asks for one: after an ingest. */
export async function wishForReports(db: Db, workspace: string): Promise<void> {
  if (!(await hasTooMany(db, workspace))) return;
  await storeWish(db.sql, workspace, { report: "overview", question: "", waits: false });
}
