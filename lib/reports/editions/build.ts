/**
 * Works out the reports that are wished for, and keeps them: all of one moment in one pass over the people, a part of them at a
 * time. For a process of its own, which takes minutes and hundreds of megabytes where there are many people.
 */
import { randomUUID } from "node:crypto";
import type { Db } from "../../../db/client.ts";
import {
  beginBuild,
  countSubjects,
  endBuild,
  finishEdition,
  insertBlocks,
  insertEdition,
  type NewEdition,
  noteBuild,
  readWishes,
  removeOldEditions,
  removePassingWishes,
  removeWish,
  type Wish,
  withheldWithin,
} from "../../../db/queries/editions.ts";
import { isIngesting } from "../../../db/queries/ingests.ts";
import { readVersion } from "../../../db/queries/version.ts";
import { refresh } from "../../ingest/refresh.ts";
import type { ReportName } from "../contract.ts";
import { listsInFiles } from "../lists-in-files.ts";
import { loadParts, type Parts } from "../parts.ts";
import { foldOf, inOrder, isReportName, REPORT_NAMES } from "../run.ts";
import { ROWS } from "../shortened.ts";
import { type Block, type ColumnFacts, encodeList, encodeTable } from "./encode.ts";
import { headOf, packHead } from "./head.ts";
import { paramsOf } from "./question.ts";

/** Bytes of blocks that are written at once. */
const WRITE_BYTES = 4 * 1024 * 1024;
/** Rows of a list that are sorted in memory at once: fewer and longer runs than a pack's, whose machine may have little. */
const RUN_ROWS = 20_000;
/** How far the work has come is noted so often. */
const NOTE_EVERY_MS = 1_000;
/** How often a pass is begun again because somebody was withheld meanwhile. */
const MOST_TRIES = 3;

/** What is kept tells of people as they were before somebody was sealed, erased, or their records removed. */
class Withheld extends Error {
  override name = "Withheld";
}

interface Question {
  name: ReportName;
  question: string;
}

/** What of the database a pass rests on. */
interface Ground {
  version: string;
  withheld: string;
}

const withheldNow = (db: Db, workspace: string): Promise<string> =>
  db.sql.begin((sql) => withheldWithin(sql, workspace));

/** Reads on what the pass will rest; before it reads anything else, so that what comes meanwhile is not taken for known. */
async function groundOf(db: Db, workspace: string): Promise<Ground> {
  if (!(await isIngesting(db, workspace))) await refresh(db, workspace, { wait: false });
  const withheld = await withheldNow(db, workspace);
  return { withheld, version: (await readVersion(db, workspace)).rests };
}

/** Writes a report's edition. All of it is there at once, or nothing. */
async function keep(
  db: Db,
  workspace: string,
  { name, question }: Question,
  { about }: Parts,
  folded: ReturnType<ReturnType<typeof foldOf>["result"]>,
  { version, withheld }: Ground,
): Promise<void> {
  const edition: NewEdition = { edition: randomUUID(), report: name, question, version, asOf: about.asOf };
  const facts: Record<string, ColumnFacts> = {};
  const { report, lists } = headOf(name, folded);
  const short = ROWS[name];
  function* blocks(): Generator<Block> {
    yield* encodeTable(name, folded.rows, facts, short);
    if (short !== undefined) yield* encodeList("whole", folded.rows);
    for (const [field, list] of lists) yield* encodeList(`list ${field}`, list);
  }
  await db.sql.begin(async (sql) => {
    await insertEdition(sql, workspace, edition);
    let some: Block[] = [];
    let bytes = 0;
    const flush = async () => {
      await insertBlocks(sql, workspace, edition.edition, some);
      [some, bytes] = [[], 0];
    };
    for (const block of blocks()) {
      some.push(block);
      bytes += block.bytes.length;
      if (bytes >= WRITE_BYTES) await flush();
    }
    await flush();
    if ((await withheldWithin(sql, workspace)) !== withheld) throw new Withheld();
    const head = packHead({
      report,
      applications: inOrder(about.across.labels.values()),
      departments: inOrder(about.across.departments),
      rows: folded.rows.length,
      columns: facts,
      lists: Object.fromEntries([...lists].map(([field, list]) => [field, list.length])),
      short: short !== undefined,
      decision: about.failureDecisions.at(-1)?.decision ?? null,
    });
    await finishEdition(sql, workspace, edition, head);
  });
}

/** Answers questions of one moment. @param note is told how many people have been gone through. */
async function pass(
  db: Db,
  workspace: string,
  questions: readonly Question[],
  asOf: number | undefined,
  note: (people: number) => Promise<void>,
): Promise<void> {
  const ground = await groundOf(db, workspace);
  const parts = await loadParts(db, workspace, { asOf });
  try {
    const open = questions.map((own) => {
      const files = listsInFiles(RUN_ROWS);
      return { own, files, fold: foldOf(own.name, parts.about, paramsOf(own.question), files.list) };
    });
    try {
      let people = 0;
      for (const part of parts.each()) {
        for (const { fold } of open) fold.take(part);
        people += part.people.size;
        await note(people);
      }
      for (const { own, files, fold } of open) {
        await keep(db, workspace, own, parts, fold.result(), ground);
        files.close();
        await removeWish(db.sql, workspace, { report: own.name, question: own.question });
      }
    } finally {
      for (const { files } of open) files.close();
    }
  } finally {
    parts.close();
  }
}

/** Wishes by the moment that they are of: those of now first, and with them all reports of now. */
function passesOf(wishes: readonly Wish[]): Map<number | undefined, Question[]> {
  const passes = new Map<number | undefined, Question[]>();
  for (const { report, question } of wishes) {
    if (!isReportName(report)) continue;
    const { asOf } = paramsOf(question);
    const own = passes.get(asOf) ?? [];
    own.push({ name: report, question });
    passes.set(asOf, own);
  }
  const now = passes.get(undefined);
  if (now === undefined) return passes;
  // Whoever waits has what they wait for first.
  const asked = new Set(now.filter(({ question }) => question === "").map(({ name }) => name));
  for (const name of REPORT_NAMES) if (!asked.has(name)) now.push({ name, question: "" });
  passes.delete(undefined);
  return new Map([[undefined, now], ...passes]);
}

/** Notes progress no more often than anybody reads it. */
function noted(db: Db, workspace: string): (people: number) => Promise<void> {
  let last = performance.now();
  return async (people) => {
    if (performance.now() - last < NOTE_EVERY_MS) return;
    last = performance.now();
    await noteBuild(db.sql, workspace, people);
  };
}

async function passWithTries(...given: Parameters<typeof pass>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await pass(...given);
    } catch (error) {
      if (!(error instanceof Withheld) || tries === MOST_TRIES) throw error;
    }
  }
}

/**
 * Works out what is wished for in a workspace, and keeps it. One process at a time.
 * @returns how many reports were kept.
 * @throws what the database or the disk says; the wishes stay then, and pages say that it failed.
 */
export async function buildReports(db: Db, workspace: string): Promise<number> {
  const wishes = await readWishes(db.sql, workspace);
  // A report of another version of the program.
  for (const wish of wishes) if (!isReportName(wish.report)) await removeWish(db.sql, workspace, wish);
  const passes = passesOf(wishes);
  if (passes.size === 0) return 0;
  await beginBuild(db.sql, workspace, await countSubjects(db.sql, workspace));
  try {
    let kept = 0;
    for (const [asOf, questions] of passes) {
      await passWithTries(db, workspace, questions, asOf, noted(db, workspace));
      kept += questions.length;
    }
    await removeOldEditions(db.sql, workspace);
    await endBuild(db.sql, workspace, null);
    return kept;
  } catch (error) {
    // What can't be worked out for one question is not to keep all others from being answered.
    await removePassingWishes(db.sql, workspace).catch(() => {});
    await endBuild(db.sql, workspace, "The reports could not be worked out; the log says why.").catch(
      () => {},
    );
    throw error;
  }
}
