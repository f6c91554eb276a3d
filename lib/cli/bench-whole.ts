/** How `rollcall bench` tells of the whole: ingest, a quarter's pack, first pages, searches, starts. */
import Table from "cli-table3";
import type { ColdStart } from "../bench/cold-start.ts";
import type { BenchResult } from "../bench/run.ts";
import type { SearchTimes } from "../bench/searches.ts";
import { loadTable } from "./bench-load.ts";

/** Three significant digits: more would only be noise. */
export const short = (value: number | null): string =>
  value === null ? "–" : String(Number(value.toPrecision(3)));

const whole = (value: number): string => Math.round(value).toLocaleString("en-GB");

const drawn = (head: string[], rows: (string | number)[][]): string => {
  const table = new Table({ head, style: { head: [], border: [] } });
  table.push(...rows);
  return table.toString();
};

export const searchesTable = (searches: readonly SearchTimes[]): string =>
  drawn(
    ["search for", "hits", "p50 ms", "p95 ms"],
    searches.map(({ what, hits, p50Ms, p95Ms }) => [what, hits, short(p50Ms), short(p95Ms)]),
  );

function ingestTable({ events, ratios, seconds, ingest }: BenchResult): string {
  const row = (name: string, took: number | null, ratio: number | null) => [
    name,
    short(took),
    took === null ? "–" : whole(events / took),
    short(ratio),
  ];
  return drawn(
    ["", "seconds", "events/s", "ingest is so many times as fast"],
    [
      row("ingest", ingest.seconds, 1),
      row("COPY into jsonb", seconds.copyJsonb, ratios.ingestVsCopyJsonb),
      row("DuckDB's import", seconds.duckdbImport, ratios.ingestVsDuckdb),
      row("rebuild", seconds.rebuild, 1 / ratios.rebuildVsIngest),
    ],
  );
}

function ingestSentences({ ingest, ratios }: BenchResult): string {
  const { tenths, lastVsFirst, bytes, commits, readingSeconds, workingOutSeconds, memoryPeakMb } = ingest;
  const megabytes = bytes.tenths?.map((each) => short(each / 1e6)).join(" · ");
  return [
    tenths === null
      ? `Read in ${commits} commits: too few to tell tenths of the log apart.`
      : `Events a second of each tenth of the log, as it was read: ${tenths.map(whole).join(" · ")}. Last ÷ first: ${short(lastVsFirst)}.`,
    ...(megabytes === undefined
      ? []
      : [
          `Megabytes of the file a second, likewise: ${megabytes}. Last ÷ first: ${short(bytes.lastVsFirst)}.`,
        ]),
    `Of the ingest's seconds ${short(readingSeconds)} were reading, ${short(workingOutSeconds)} working out what was read.`,
    `${short(ratios.bytesVsRaw)} of the file's bytes on disk; ${memoryPeakMb} MB of memory at most.`,
  ].join("\n");
}

function quarterTable({ quarter }: BenchResult): string {
  const { from, to, copy } = quarter;
  const megabytes = whole(quarter.bytes / 1024 / 1024);
  return [
    drawn(
      [`${from} to ${to}`, "records", "seconds", "records/s", "MB at most"],
      [
        [
          "its pack, with all records before",
          whole(quarter.records),
          short(quarter.recordSeconds),
          whole(quarter.recordsPerSecond),
          quarter.memoryPeakMb,
        ],
        [
          "COPY of its own from jsonb",
          whole(copy.records),
          short(copy.seconds),
          whole(copy.recordsPerSecond),
          "–",
        ],
      ],
    ),
    `The pack's records a second are ${short(quarter.vsCopy)} of COPY's; ${short(quarter.seconds)} s in all, a zip of ${megabytes} MB.`,
  ].join("\n");
}

function reportsTable({ reports, served, kept }: BenchResult): string {
  const head = [
    "first page",
    "p50 ms",
    "p95 ms",
    "÷ select 1",
    "DuckDB ÷",
    "growth",
    "anew ms",
    "DuckDB ÷",
    "HTTP p50 ms",
    "HTTP p95 ms",
  ];
  const rows = reports.map((report) => {
    const { name, p50Ms, p95Ms, vsSelectOne, vsDuckdb, growth, anewMs, anewVsDuckdb } = report;
    const page = served.pages[name];
    const cells = [p50Ms, p95Ms, vsSelectOne, vsDuckdb, growth, anewMs, anewVsDuckdb];
    return [name, ...[...cells, page.p50Ms, page.p95Ms].map(short)];
  });
  const anew =
    kept === null
      ? "The web process works reports out itself."
      : `Read as they are kept. All of them worked out anew, ${kept.count} reports and documents, took ${short(kept.seconds)} s and ${kept.memoryPeakMb} MB at most.`;
  const memory =
    served.memoryMb === null ? "" : ` The web process held ${served.memoryMb} MB after these pages.`;
  return `${drawn(head, rows)}\n${anew}${memory}`;
}

function startsTable({ starts }: BenchResult): string {
  const row = (name: string, { answers, pageAlone, page, report }: ColdStart) => [
    name,
    ...[answers, pageAlone, page, report].map(short),
  ];
  return drawn(
    ["start of the pages", "s until it answers", "the page alone", "s until the page", "s until a report"],
    [row(`median of ${starts.each.length}`, starts.median), row("longest", starts.longest)],
  );
}

function useTable({ inUse }: BenchResult): string {
  const { readers, seconds, sent, stored } = inUse;
  const head = `In use by ${readers} readers for ${seconds} s, while records come in:`;
  return `${head}\n${loadTable(inUse)}\nOf ${whole(sent)} records that came meanwhile ${whole(stored)} are there.`;
}

/** All tables, with what they can't say in sentences below each. */
export const wholeTables = (result: BenchResult): string =>
  [
    `${ingestTable(result)}\n${ingestSentences(result)}`,
    reportsTable(result),
    `${searchesTable(result.served.searches)}\nOver HTTP, to the last byte.`,
    startsTable(result),
    quarterTable(result),
    useTable(result),
  ].join("\n\n");
