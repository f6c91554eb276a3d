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
import { groupBy } from "../../lifecycle/group-by.ts";
import { loadParts, type Parts } from "../parts.ts";
import { isReportName, REPORT_NAMES } from "../run.ts";
import { DOCUMENT_NAMES } from "./documents.ts";
import type { Block } from "./encode.ts";
import {
  aboutMaker,
  applicationsMaker,
  failureItemsMaker,
  identityMaker,
  linksMaker,
  type Made,
  type Maker,
  reportMaker,
} from "./makers.ts";
import { paramsOf, questionOf } from "./question.ts";

/** Bytes of blocks that are written at once. */
const WRITE_BYTES = 4 * 1024 * 1024;
/** How far the work has come is noted so often. */
const NOTE_EVERY_MS = 1_000;
/** How often a pass is begun again because somebody was withheld meanwhile. */
const MOST_TRIES = 3;

/** What is kept tells of people as they were before somebody was sealed, erased, or their records removed. */
class Withheld extends Error {
  override name = "Withheld";
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

/** Writes an edition. All of it is there at once, or nothing. */
async function keep(
  db: Db,
  workspace: string,
  { report, question, blocks, head }: Made,
  { version, withheld }: Ground,
  asOf: number,
): Promise<void> {
  const edition: NewEdition = { edition: randomUUID(), report, question, version, asOf };
  await db.sql.begin(async (sql) => {
    await insertEdition(sql, workspace, edition);
    let some: Block[] = [];
    let bytes = 0;
    const flush = async () => {
      await insertBlocks(sql, workspace, edition.edition, some);
      [some, bytes] = [[], 0];
    };
    for (const block of blocks) {
      some.push(block);
      bytes += block.bytes.length;
      if (bytes >= WRITE_BYTES) await flush();
    }
    await flush();
    if ((await withheldWithin(sql, workspace)) !== withheld) throw new Withheld();
    await finishEdition(sql, workspace, edition, head());
  });
}

/** What is to be kept of one moment. */
interface Pass {
  /** Undefined: now. */
  asOf: number | undefined;
  wishes: Wish[];
}

/** All that makes something of the moment; what somebody waits for first. */
function makersOf(db: Db, workspace: string, parts: Parts, { asOf, wishes }: Pass): Maker[] {
  const makers: Maker[] = [];
  const questions = new Set(wishes.map(({ report, question }) => `${report} ${question}`));
  const now = asOf === undefined;
  const moment = { asOf };
  const applications: string[] = [];
  for (const { report, question } of wishes) {
    if (isReportName(report)) makers.push(reportMaker(report, question, parts));
    else if (report === "application") applications.push(paramsOf(question).application ?? "");
    else if (report === "identity") makers.push(identityMaker(db, workspace, question, parts));
  }
  // Of now all is kept that pages ask for, whoever asked for what.
  if (now)
    for (const name of REPORT_NAMES)
      if (!questions.has(`${name} `)) makers.push(reportMaker(name, "", parts));
  const own = questionOf(moment);
  if (now || questions.has(`about ${own}`)) makers.push(aboutMaker(own, parts));
  if (now || questions.has(`failure-items ${own}`)) makers.push(failureItemsMaker(own));
  if (now || applications.length > 0) makers.push(applicationsMaker(parts, moment, applications, !now));
  if (now) makers.push(linksMaker(db, workspace, parts));
  return makers;
}

/** Makes what is wished of one moment. @param note is told how many people have been gone through. @returns how much was kept. */
async function runPass(
  db: Db,
  workspace: string,
  pass: Pass,
  note: (people: number) => Promise<void>,
): Promise<number> {
  const ground = await groundOf(db, workspace);
  const parts = await loadParts(db, workspace, { asOf: pass.asOf });
  const makers = makersOf(db, workspace, parts, pass);
  try {
    let people = 0;
    for (const part of parts.each()) {
      for (const maker of makers) maker.take?.(part);
      people += part.people.size;
      await note(people);
    }
    let kept = 0;
    for (const maker of makers) {
      for await (const made of maker.made()) {
        await keep(db, workspace, made, ground, parts.about.asOf);
        await removeWish(db.sql, workspace, made);
        kept += 1;
      }
      maker.close?.();
    }
    return kept;
  } finally {
    for (const maker of makers) maker.close?.();
    parts.close();
  }
}

const isKnown = (report: string): boolean =>
  isReportName(report) || (DOCUMENT_NAMES as readonly string[]).includes(report);

/** Wishes by the moment that they are of: those of now first. */
function passesOf(wishes: readonly Wish[]): Pass[] {
  const passes = groupBy(wishes, ({ question }) => paramsOf(question).asOf);
  return [...passes]
    .map(([asOf, own]) => ({ asOf, wishes: own }))
    .sort((a, b) => Number(a.asOf !== undefined) - Number(b.asOf !== undefined));
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

async function passWithTries(...given: Parameters<typeof runPass>): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      return await runPass(...given);
    } catch (error) {
      if (!(error instanceof Withheld) || tries === MOST_TRIES) throw error;
    }
  }
}

/**
 * Works out what is wished for in a workspace, and keeps it. One process at a time.
 * @returns how many reports and documents were kept.
 * @throws what the database or the disk says; the wishes stay then, and pages say that it failed.
 */
export async function buildReports(db: Db, workspace: string): Promise<number> {
  const all = await readWishes(db.sql, workspace);
  const wishes = all.filter(({ report }) => isKnown(report));
  // Of another version of the program.
  for (const wish of all) if (!wishes.includes(wish)) await removeWish(db.sql, workspace, wish);
  if (wishes.length === 0) return 0;
  await beginBuild(db.sql, workspace, await countSubjects(db.sql, workspace));
  try {
    let kept = 0;
    for (const pass of passesOf(wishes))
      kept += await passWithTries(db, workspace, pass, noted(db, workspace));
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
