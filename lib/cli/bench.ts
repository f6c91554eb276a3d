/** rollcall bench */
import Table from "cli-table3";
import { type Command, InvalidArgumentError } from "commander";
import { type AccountsBench, benchAccounts } from "../bench/accounts.ts";
import { benchPack, type PackBench } from "../bench/pack.ts";
import { bench } from "../bench/run.ts";
import { benchSearch, type SearchBench } from "../bench/search.ts";
import { benchFaults } from "../load/faults.ts";
import { benchLoad } from "../load/run.ts";
import { soak } from "../load/soak.ts";
import { scaleReport, scaleTables } from "../scale/report.ts";
import { faultsTable, loadTable, soakTable } from "./bench-load.ts";
import { searchesTable, short, wholeTables } from "./bench-whole.ts";
import { printJson, say } from "./output.ts";

const DEFAULT_EVENTS = 100_000;

function eventsOf(text: string): number {
  const events = Number(text);
  if (Number.isInteger(events) && events >= 100 && events <= 100_000_000) return events;
  throw new InvalidArgumentError("Events are a whole number from 100 to 100,000,000.");
}

function searchTable({ records, subjects, refs, searches }: SearchBench): string {
  const of = [records, subjects, refs].map((n) => n.toLocaleString("en-GB"));
  return `${of[0]} records, ${of[1]} people, accounts and applications, ${of[2]} names and ids.\n${searchesTable(searches)}`;
}

function packTable({ tenth, vsCopyJsonb, vsCopySegments, ...all }: PackBench): string {
  const table = new Table({
    head: ["records", "export s", "records/s", "MB at most", "verify s", "MB at most", "zip ÷ records"],
    style: { head: [], border: [] },
  });
  for (const { events, seconds, memoryPeakMb, verifySeconds, verifyMemoryPeakMb, bytesVsRaw } of [
    tenth,
    all,
  ]) {
    const rate = Math.round(events / seconds);
    const cells = [events, rate].map((n) => n.toLocaleString("en-GB"));
    table.push([
      cells[0],
      short(seconds),
      cells[1],
      memoryPeakMb,
      short(verifySeconds),
      verifyMemoryPeakMb,
      short(bytesVsRaw),
    ]);
  }
  const copies = `COPY TO STDOUT of the records from jsonb takes ${short(vsCopyJsonb)} of the export's time, of the log's segments ${short(vsCopySegments)}.`;
  return `${table.toString()}\n${copies}`;
}

function accountsTable({ tenth, ...all }: AccountsBench): string {
  const table = new Table({
    head: [
      "accounts",
      "read and compared s",
      "accounts/s",
      "MB at most",
      "log says done",
      "missing",
      "others",
    ],
    style: { head: [], border: [] },
  });
  for (const { accounts, seconds, memoryPeakMb, findings } of [tenth, all]) {
    const { open, missing, "log-says-done": done } = findings;
    const [count, rate] = [accounts, Math.round(accounts / seconds)].map((n) => n.toLocaleString("en-GB"));
    table.push([count, short(seconds), rate, memoryPeakMb, done, missing, open - done - missing]);
  }
  return table.toString();
}

function scaleOf(text: string): number {
  const scale = Number(text);
  if (scale > 0 && scale <= 100) return scale;
  throw new InvalidArgumentError("The scale is a number above 0 and up to 100.");
}

/** A whole number from 1 on. */
function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 100_000) return count;
  throw new InvalidArgumentError("This is a whole number from 1 to 100,000.");
}

interface Options {
  events: number;
  load?: boolean;
  faults?: boolean;
  soak?: boolean;
  minutes: number;
  readers: number;
  seconds: number;
  webs: number;
  workers: number;
  everything?: boolean;
  search?: number;
  pack?: boolean;
  accounts?: number;
  scale?: boolean;
  json?: boolean;
}

async function run({ events, search, pack, accounts, scale, json, ...load }: Options): Promise<void> {
  if (scale) {
    const report = scaleReport();
    if (json) printJson(report);
    else process.stdout.write(`${Object.values(scaleTables(report)).join("\n\n")}\n`);
    return;
  }
  const { readers, seconds, webs, workers, everything = false } = load;
  if (load.faults) {
    const outcome = await benchFaults({ events, readers, seconds }, say);
    if (json) printJson(outcome);
    else process.stdout.write(`${faultsTable(outcome)}\n`);
    return;
  }
  if (load.soak) {
    const outcome = await soak({ minutes: load.minutes, readers, events, webs, workers }, say);
    if (json) printJson(outcome);
    else process.stdout.write(`${soakTable(outcome)}\n`);
    if (!outcome.trends.every(({ flat }) => flat)) process.exitCode = 1;
    return;
  }
  if (load.load) {
    const figures = await benchLoad({ events, readers, seconds, webs, workers, everything }, say);
    if (json) printJson(figures);
    else process.stdout.write(`${loadTable(figures)}\n`);
    return;
  }
  if (accounts !== undefined) {
    const times = await benchAccounts(accounts, say);
    if (json) printJson(times);
    else process.stdout.write(`${accountsTable(times)}\n`);
    return;
  }
  if (pack) {
    const times = await benchPack(events, say);
    if (json) printJson(times);
    else process.stdout.write(`${packTable(times)}\n`);
    return;
  }
  if (search !== undefined) {
    const times = await benchSearch(search, say);
    if (json) printJson(times);
    else process.stdout.write(`${searchTable(times)}\n`);
    return;
  }
  const result = await bench(events, say);
  if (json) printJson(result);
  else process.stdout.write(`${wholeTables(result)}\n`);
}

export function addBench(program: Command): void {
  program
    .command("bench")
    .description(
      "measure ingest, disk, memory, reports, search, starts and a pack on a log that it makes, beside COPY and DuckDB; touches no data",
    )
    .option(
      "--events <n>",
      `events to make (default: ${DEFAULT_EVENTS.toLocaleString("en-GB")})`,
      eventsOf,
      DEFAULT_EVENTS,
    )
    .option(
      "--search <scale>",
      "measure the search instead, on the sample company that many times over",
      scaleOf,
    )
    .option("--pack", "measure an evidence pack of all of them instead: written, and checked")
    .option(
      "--accounts <n>",
      "measure instead how so many accounts of an application are read over SCIM and compared",
      eventsOf,
    )
    .option("--scale", "measure nothing: work out what larger sizes need, and simulate several machines")
    .option(
      "--load",
      "measure instead an installation in use: people read every page's data while records come in",
    )
    .option("--everything", "with --load: exports, packs and reviews go on as well")
    .option(
      "--faults",
      "the same with faults, one after the other, --seconds each: PostgreSQL killed, no connection left, a table locked, slow clients, the clock set back, the disk full",
    )
    .option("--soak", "--load with --everything for --minutes, and whether memory and connections stay flat")
    .option("--minutes <n>", "with --soak: for how long", countOf, 30)
    .option(
      "--readers <n>",
      "with --load, --faults and --soak: people who read, each a request a second",
      countOf,
      50,
    )
    .option("--seconds <n>", "with --load and --faults: for how long", countOf, 60)
    .option("--webs <n>", "with --load and --soak: web processes", countOf, 1)
    .option("--workers <n>", "with --load and --soak: worker processes", countOf, 1)
    .option("--json", "print the result as JSON")
    .action(run);
}
