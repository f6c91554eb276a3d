/** rollcall bench */
import Table from "cli-table3";
import { type Command, InvalidArgumentError } from "commander";
import { type BenchResult, bench } from "../bench/run.ts";
import { printJson, say } from "./output.ts";

const DEFAULT_EVENTS = 100_000;

function eventsOf(text: string): number {
  const events = Number(text);
  if (Number.isInteger(events) && events >= 100 && events <= 100_000_000) return events;
  throw new InvalidArgumentError("Events are a whole number from 100 to 100,000,000.");
}

/** Three significant digits: more would only be noise. */
const short = (value: number | null): string => (value === null ? "–" : String(Number(value.toPrecision(3))));

function tables({ events, ratios, memoryPeakMb, seconds, reports }: BenchResult): string {
  const whole = new Table({
    head: ["", "seconds", "events/s", "ingest is so many times as fast"],
    style: { head: [], border: [] },
  });
  const row = (name: string, took: number | null, ratio: number | null) =>
    whole.push([
      name,
      short(took),
      took === null ? "–" : Math.round(events / took).toLocaleString("en-GB"),
      short(ratio),
    ]);
  row("ingest", seconds.ingest, 1);
  row("COPY into jsonb", seconds.copyJsonb, ratios.ingestVsCopyJsonb);
  row("DuckDB's import", seconds.duckdbImport, ratios.ingestVsDuckdb);
  row("rebuild", seconds.rebuild, 1 / ratios.rebuildVsIngest);
  const each = new Table({
    head: ["first page", "p50 ms", "p95 ms", "÷ select 1", "DuckDB ÷", "growth", "anew ms", "DuckDB ÷"],
    style: { head: [], border: [] },
  });
  for (const report of reports) {
    const { name, p50Ms, p95Ms, vsSelectOne, vsDuckdb, growth, anewMs, anewVsDuckdb } = report;
    each.push([name, ...[p50Ms, p95Ms, vsSelectOne, vsDuckdb, growth, anewMs, anewVsDuckdb].map(short)]);
  }
  const disk = `${short(ratios.bytesVsRaw)} of the file's bytes on disk; ${memoryPeakMb} MB of memory at most.`;
  return `${whole.toString()}\n${disk}\n${each.toString()}`;
}

async function run({ events, json }: { events: number; json?: boolean }): Promise<void> {
  const result = await bench(events, say);
  if (json) printJson(result);
  else process.stdout.write(`${tables(result)}\n`);
}

export function addBench(program: Command): void {
  program
    .command("bench")
    .description(
      "measure ingest, disk, memory and reports on a log that it makes, beside COPY and DuckDB; touches no data",
    )
    .option(
      "--events <n>",
      `events to make (default: ${DEFAULT_EVENTS.toLocaleString("en-GB")})`,
      eventsOf,
      DEFAULT_EVENTS,
    )
    .option("--json", "print the result as JSON")
    .action(run);
}
