/**
 * Removes what is kept no longer: raw bytes and normal forms of old records, whose hashes stay. What accounts, links and open
 * cases rest on to this day is kept whatever its age (`removable.ts`). As the owner, in one transaction with its audit entry.
 */
import postgres from "postgres";
import type { Db } from "../../db/client.ts";
import { decodeEvents, decodeTimes } from "../../db/log/codec.ts";
import { markLinksChanged } from "../../db/log/dirty.ts";
import { countLog, replaceHours } from "../../db/log/hours.ts";
import { foldRetainedMonths } from "../../db/log/months.ts";
import {
  addWithheld,
  type NewWithheld,
  RETENTION,
  readWholeSegments,
  rewriteSegment,
} from "../../db/log/rewrite.ts";
import { fingerprintAt, type SegmentLine } from "../../db/log/segment.ts";
import { readSubjectsOf } from "../../db/queries/links.ts";
import { forgetSubjects, readDocumentsOf } from "../../db/queries/projection.ts";
import { noteRemoved, readRetention, removeRejected } from "../../db/queries/retention.ts";
import { replaceFacts } from "../../db/queries/sealed-people.ts";
import { act } from "../auth/act.ts";
import { refreshIn } from "../ingest/refresh.ts";
import { linkFactsOf } from "../lifecycle/refs.ts";
import { factsOf } from "./facts-of.ts";
import { holdLog } from "./hold-log.ts";
import { type Limits, removableRecords } from "./removal.ts";
import { rowTexts } from "./same-rows.ts";
import type { PrivacySurroundings } from "./surroundings.ts";

const DAY = 86_400_000;
const GONE: SegmentLine = { bytes: Buffer.alloc(0), refs: [], encoded: "[]" };

export interface RetentionRun {
  sources: {
    source: string;
    /** Records before it are old. */
    before: string;
    /** Records removed, and old ones kept since something rests on them to this day. */
    removed: number;
    kept: number;
    /** Records removed that could not be read. */
    rejected: number;
  }[];
}

interface Removed {
  counts: Map<string, { removed: number; kept: number }>;
  refs: Set<string>;
}

/** Takes the records out of the log and what they say of who is who out of the link facts. */
async function removeRecords(
  sql: postgres.TransactionSql,
  workspace: string,
  limits: Limits,
  gone: ReadonlySet<string>,
  now: number,
): Promise<Removed> {
  const counts: Removed["counts"] = new Map(
    [...limits.keys()].map((source) => [source, { removed: 0, kept: 0 }]),
  );
  const refs = new Set<string>();
  const named = new Set<string>();
  for await (const { segment, source, lines, hashes } of readWholeSegments(sql, workspace)) {
    const limit = limits.get(source);
    const count = counts.get(source);
    if (limit === undefined || count === undefined) continue;
    const withheld: NewWithheld[] = [];
    const left = lines.map((line, position): SegmentLine => {
      const times = decodeTimes(line.encoded);
      if (times.length === 0) return line;
      if (!gone.has(fingerprintAt(hashes, position))) {
        if (Math.max(...times) < limit) count.kept += 1;
        return line;
      }
      count.removed += 1;
      for (const ref of line.refs) if (ref !== null) refs.add(ref);
      for (const event of decodeEvents(line.encoded, "", source))
        for (const { ref } of linkFactsOf(event, source)) named.add(ref);
      withheld.push({ segment, position, firstAt: Math.min(...times), events: times.length });
      return GONE;
    });
    if (withheld.length === 0) continue;
    await rewriteSegment(sql, workspace, segment, left);
    await addWithheld(sql, workspace, RETENTION, now, withheld);
  }
  if (named.size > 0) {
    const facts = await factsOf(sql, workspace, named);
    await replaceFacts(sql, workspace, [...named], facts);
  }
  for (const ref of named) refs.add(ref);
  return { counts, refs };
}

/** Removes, and makes sure that of those who are left every row is what it was. */
async function removeAll(
  sql: postgres.TransactionSql,
  workspace: string,
  limits: Limits,
  now: number,
): Promise<RetentionRun> {
  const gone = await removableRecords(sql, workspace, limits, now);
  const { counts, refs } = await removeRecords(sql, workspace, limits, gone, now);
  const subjects = await readSubjectsOf(sql, workspace, [...refs]);
  const before = await readDocumentsOf(sql, workspace, subjects);
  await markLinksChanged(sql, workspace, refs);
  await refreshIn(sql, workspace);
  await forgetSubjects(sql, workspace, subjects);
  const after = await readDocumentsOf(sql, workspace, subjects);
  for (const [subject, document] of after) {
    const was = before.get(subject);
    if (was === undefined || rowTexts([was]).join("\n") !== rowTexts([document]).join("\n"))
      throw new Error(
        `Removing old records would change what is known of ${subject}, so nothing was removed.`,
      );
  }
  await replaceHours(sql, workspace, await countLog(sql, workspace));
  const sources: RetentionRun["sources"] = [];
  for (const [source, limit] of limits) {
    const { removed = 0, kept = 0 } = counts.get(source) ?? {};
    const rejected = await removeRejected(sql, workspace, source, limit);
    if (removed > 0) await noteRemoved(sql, workspace, { source, before: limit, removed });
    sources.push({ source, before: new Date(limit).toISOString(), removed, kept, rejected });
  }
  return { sources };
}

class OnlyTold extends Error {
  override name = "OnlyTold";
  constructor(readonly run: RetentionRun) {
    super("Nothing was to be removed.");
  }
}

/** A partition that somebody reads is left for the next time: whoever waits for it makes all others wait. */
const LOCK_TIMEOUT = "5s";
const LOCK_NOT_AVAILABLE = "55P03";

async function foldMonths({ sql: pool }: Db): Promise<void> {
  try {
    await pool.begin(async (sql) => {
      await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`;
      await foldRetainedMonths(sql);
    });
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || error.code !== LOCK_NOT_AVAILABLE) throw error;
  }
}

/**
 * @param dryRun only tells what would be removed.
 * @param now milliseconds: ages are counted back from it.
 * @throws {AccessProblem}
 */
export async function runRetention(
  { db, workspace, by }: PrivacySurroundings,
  { dryRun = false, now = Date.now() }: { dryRun?: boolean; now?: number } = {},
): Promise<RetentionRun> {
  try {
    const done = await act({ db, workspace, by }, "operate", "run-retention", async (sql) => {
      const rules = await readRetention(sql, workspace);
      const limits: Limits = new Map(
        rules.flatMap(({ source, days }) => (days === null ? [] : [[source, now - days * DAY] as const])),
      );
      if (limits.size === 0) return { result: { sources: [] }, object: "log", nothing: true };
      await holdLog(sql, workspace);
      const run = await removeAll(sql, workspace, limits, now);
      if (dryRun) throw new OnlyTold(run);
      const nothing = run.sources.every(({ removed, rejected }) => removed + rejected === 0);
      return { result: run, object: "log", after: run, nothing };
    });
    await foldMonths(db);
    return done;
  } catch (error) {
    if (error instanceof OnlyTold) return error.run;
    throw error;
  }
}
