/** For tests: the sample company in a database, a home for keys, and all that a person would read. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { Db } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { ingest } from "../ingest/ingest.ts";
import { REPORT_NAMES, runReport } from "../reports/run.ts";
import { connectOwner } from "../runtime/access.ts";
import { type Home, homeAt } from "../runtime/home.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import { eachText } from "./each-text.ts";
import { namedAgain } from "./pseudonyms.ts";
import type { PrivacySurroundings } from "./surroundings.ts";

const SAMPLE_END = Date.parse("2026-06-30T12:00:00Z");
export const WORKSPACE = "main";

async function* encoded(chunks: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield new TextEncoder().encode(chunk);
}

/** Brings texts in as one file of a source. */
export const bring = (db: Db, source: string, format: string, chunks: Iterable<string>, customer?: string) =>
  ingest(db, WORKSPACE, commandLine(), {
    chunks: encoded(chunks),
    file: source,
    bytesTotal: null,
    source,
    format,
    customer,
  });

/** All files of a small sample company. */
export async function bringSample(db: Db, seed: number, scale = 0.02, customer?: string) {
  const company = sampleCompany({ seed, end: SAMPLE_END, scale });
  for (const { source, format, chunks } of company.files) await bring(db, source, format, chunks(), customer);
  return company;
}

/** A database with the surroundings of acts on personal data. Call it at the top of a `describe`. */
export function privacyDatabase() {
  const database = testDatabase();
  let made: { owner: Db; home: Home } | null = null;
  beforeAll(async () => {
    const home = homeAt(await mkdtemp(join(tmpdir(), "rollcall-privacy-")));
    made = { owner: connectOwner(database.url, database.access, { workspace: WORKSPACE }), home };
  });
  afterAll(async () => {
    await made?.owner.close();
    if (made !== null) await rm(made.home.root, { recursive: true, force: true });
  });
  return {
    database,
    get around(): PrivacySurroundings {
      if (made === null) throw new Error("The test database is there inside tests and hooks only.");
      return { db: made.owner, workspace: WORKSPACE, by: commandLine(), home: made.home };
    },
  };
}

/** A value with its lists in one order, so that rows that are sorted by names compare. */
function inOneOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .map(inOneOrder)
      .map((member) => ({ member, text: JSON.stringify(member) }))
      .sort((a, b) => (a.text < b.text ? -1 : 1))
      .map(({ member }) => member);
  }
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inOneOrder(member)]));
  return value;
}

/** All reports of one moment. @param originals what pseudonyms in them stand for. */
export async function allReports(
  db: Db,
  originals: ReadonlyMap<string, string> = new Map(),
): Promise<unknown> {
  const reports: Record<string, unknown> = {};
  for (const name of REPORT_NAMES) {
    const report = await runReport(db, WORKSPACE, name, { asOf: SAMPLE_END });
    reports[name] = inOneOrder(eachText(report, (text) => namedAgain(text, originals)));
  }
  return reports;
}

/** Every row of every table as text, but for what tells when something was done. */
export async function wholeDatabase(owner: Db, tables: readonly string[]): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of tables) {
    const rows = await owner.sql<
      { row: string }[]
    >`select to_jsonb(t)::text "row" from ${owner.sql(table)} t`;
    all[table] = rows.map(({ row }) => row).sort();
  }
  return all;
}
