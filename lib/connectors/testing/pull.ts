/** Connectors for tests: set up, run, and what came of it. */
import type { Db } from "../../../db/client.ts";
import { readRecords } from "../../../db/log/read-records.ts";
import { readWork } from "../../../db/queries/connector-work.ts";
import { commandLine } from "../../auth/caller.ts";
import { addConnector } from "../add-connector.ts";
import { connectorNamed } from "../named.ts";
import type { RunResult } from "../read-pages.ts";
import { runWork } from "../run-work.ts";

export const INSTALLATION = "secret of the tests' installation";

export async function setUp(
  db: Db,
  name: string,
  kind: string,
  settings: Record<string, unknown>,
  secret: string,
  more: { source?: string; everySeconds?: number } = {},
): Promise<void> {
  const { source = null, everySeconds = null } = more;
  const input = { name, kind, settings, secret, source, customer: null, everySeconds };
  await addConnector(db, "main", commandLine(), input, INSTALLATION);
}

/** Runs what is new, or the newest backfill, once. */
export async function pull(
  db: Db,
  name: string,
  options: { backfill?: true; sliceMs?: number } = {},
): Promise<RunResult | null> {
  const { connector } = await connectorNamed(db.sql, "main", name);
  const works = await readWork(db.sql, "main", { connector });
  const work = works.find(({ windowFrom }) => (windowFrom !== null) === (options.backfill ?? false));
  if (work === undefined) throw new Error(`${name} has no such work.`);
  return runWork({ db, workspace: "main", installation: INSTALLATION, ...options }, work.work);
}

/** All records of a source in the log as they came, each as often as it lies there. */
export async function recordsInLog(db: Db, source: string): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for await (const some of readRecords(db, "main", { sources: [source] }))
    for (const { bytes } of some) found.push(JSON.parse(bytes?.toString() ?? "null"));
  return found;
}
