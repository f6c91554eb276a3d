/** The whole way into the log: damaged records of all formats are ingested into a real database, some hundred at a time. A damaged record may be a wrapper of none or of many. */
import { type Db, DEFAULT_WORKSPACE } from "../../../db/client.ts";
import { commandLine } from "../../auth/caller.ts";
import { RECORDS } from "../../ingest/adapters/fixtures.ts";
import { ingest } from "../../ingest/ingest.ts";
import { REPORT_NAMES, runReport } from "../../reports/run.ts";
import { mutatedValue } from "../mutate.ts";
import { Broken, must, type Target } from "../target.ts";

const FILE_RECORDS = 100;

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** Reads the file and holds what was stored against it. */
async function ingestAll(db: Db, lines: readonly string[]): Promise<void> {
  const counts = async () => {
    const [row] = await db.sql<{ records: number; rejected: number }[]>`
      select (select count(*)::int from records) records,
        (select count(*)::int from rejected_records) rejected`;
    return row ?? { records: 0, rejected: 0 };
  };
  const before = await counts();
  const result = await ingest(db, DEFAULT_WORKSPACE, commandLine(), {
    chunks: chunksOf(`${lines.join("\n")}\n`),
    file: "fuzz.ndjson",
    bytesTotal: null,
  });
  const after = await counts();
  const { records, accepted, duplicates, rejected } = result;
  must(
    accepted + duplicates + rejected === records,
    `${accepted} + ${duplicates} + ${rejected} is not ${records}.`,
  );
  must(after.records - before.records === accepted, `${accepted} were accepted, not so many stored.`);
  must(after.rejected >= before.rejected, "Refused records are gone.");
}

/** @param db an empty, migrated database that is the target's own. */
export function logTarget(db: Db): Target {
  let waiting: string[] = [];
  const flush = async () => {
    const lines = waiting;
    waiting = [];
    if (lines.length === 0) return;
    try {
      await ingestAll(db, lines);
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw new Broken(`In a file of the ${lines.length} records up to this one: ${why}`);
    }
  };
  return {
    name: "log",
    next(random) {
      const [, record] = random.pick(RECORDS);
      const value = mutatedValue(record, random, random.pick(RECORDS)[1]);
      const input = JSON.stringify(
        typeof value === "object" && value !== null && !Array.isArray(value) ? value : { value },
      );
      return {
        input,
        async run() {
          waiting.push(input);
          if (waiting.length >= FILE_RECORDS) await flush();
        },
      };
    },
    async end() {
      await flush();
      for (const name of REPORT_NAMES) {
        const report = await runReport(db, DEFAULT_WORKSPACE, name);
        must(JSON.stringify(report).length > 0, `The report ${name} says nothing.`);
      }
    },
  };
}
