/** How fast a pack of the whole log is written and checked, and in how much memory, at a size and at a tenth of it. */
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ExportResult } from "../evidence/export-evidence.ts";
import type { Verification } from "../evidence/verify.mjs";
import type { IngestResult } from "../reports/contract.ts";
import { type OwnPostgres, withOwnPostgres } from "../runtime/own-postgres.ts";
import { runCommand } from "./command.ts";
import { copyJsonb, inDatabase, type Say } from "./database.ts";
import { secondsOf } from "./measure.ts";
import { oktaLog } from "./okta-log.ts";
import { nowhere } from "./quarter.ts";

interface PackTimes {
  events: number;
  /** Of the whole command. */
  seconds: number;
  memoryPeakMb: number;
  verifySeconds: number;
  verifyMemoryPeakMb: number;
  /** Bytes of the zip ÷ those of the records. */
  bytesVsRaw: number;
}

export interface PackBench extends PackTimes {
  /** COPY TO STDOUT of the same records from a jsonb column, ÷ the export's seconds; and of the log's own segments. */
  vsCopyJsonb: number;
  vsCopySegments: number;
  tenth: PackTimes;
}

async function times(own: OwnPostgres, url: string, file: string, events: number): Promise<PackTimes> {
  await runCommand<IngestResult>(own.home, url, ["ingest", file]);
  const pack = `${file}.zip`;
  const written = await runCommand<ExportResult>(own.home, url, ["evidence", "export", "-o", pack]);
  const checked = await runCommand<Verification>(own.home, url, ["evidence", "verify", pack]);
  if (!checked.result.valid || written.result.events < events)
    throw new Error("The pack is not what was ingested.");
  return {
    events: written.result.events,
    seconds: written.seconds,
    memoryPeakMb: written.memoryPeakMb,
    verifySeconds: checked.seconds,
    verifyMemoryPeakMb: checked.memoryPeakMb,
    bytesVsRaw: (await stat(pack)).size / (await stat(file)).size,
  };
}

/**
 * Makes a log, ingests it, exports all of it, and takes it away again. Nobody's data is touched.
 * @param events how many.
 */
export async function benchPack(events: number, say: Say): Promise<PackBench> {
  return withOwnPostgres("bench-pack", async (own) => {
    const [file, small] = [join(own.folder, "log.ndjson"), join(own.folder, "tenth.ndjson")];
    const fewer = Math.max(Math.round(events / 10), 1);
    say(`Writing a log of ${events.toLocaleString("en-GB")} events …`);
    for (const [path, count] of [
      [file, events],
      [small, fewer],
    ] as const)
      await pipeline(Readable.from(oktaLog(count)), createWriteStream(path));
    say("A pack of a tenth …");
    const tenth = await inDatabase(own, "bench_tenth", ({ url }) => times(own, url, small, fewer));
    return inDatabase(own, "bench_pack", async ({ url, owner: { sql } }) => {
      say("A pack of all …");
      const all = await times(own, url, file, events);
      say("COPY TO STDOUT …");
      const segments = await secondsOf(async () =>
        pipeline(await sql`copy (select raw, normal, hashes from segments) to stdout`.readable(), nowhere()),
      );
      const jsonb = await copyJsonb(own, file, async (copied) =>
        secondsOf(async () => pipeline(await copied`copy plain_lines to stdout`.readable(), nowhere())),
      );
      return {
        ...all,
        vsCopyJsonb: jsonb.result / all.seconds,
        vsCopySegments: segments / all.seconds,
        tenth,
      };
    });
  });
}
