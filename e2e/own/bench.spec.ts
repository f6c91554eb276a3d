/** A small run of the whole benchmark, with the pages that people get: docs/performance.md has the long ones. */
import { expect, test } from "playwright/test";
import { type BenchResult, bench } from "../../lib/bench/run.ts";
import { REPORT_NAMES } from "../../lib/reports/run.ts";

/** The log has a person for each hundred events: of all events too many for a process of the pages, of a tenth not. */
const EVENTS = 3_000;
const PAGES_PEOPLE = "20";

const positive = (value: unknown): boolean =>
  typeof value === "number" && value > 0 && Number.isFinite(value);

let result: BenchResult;
const said: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(300_000);
  const before = process.env.ROLLCALL_PAGES_PEOPLE;
  process.env.ROLLCALL_PAGES_PEOPLE = PAGES_PEOPLE;
  try {
    const runs = { pages: 20, served: 5, searches: 3, starts: 3, readers: 4, seconds: 3 };
    result = await bench(EVENTS, (text) => said.push(text), runs);
  } finally {
    if (before === undefined) delete process.env.ROLLCALL_PAGES_PEOPLE;
    else process.env.ROLLCALL_PAGES_PEOPLE = before;
  }
});

test("the ingest is measured beside COPY and DuckDB, reading and working out apart", () => {
  expect(result.events).toBe(EVENTS);
  expect(Object.values(result.ratios).filter((ratio) => !positive(ratio))).toEqual([]);
  expect(Object.values(result.seconds).filter((seconds) => !positive(seconds))).toEqual([]);
  const { tenths, lastVsFirst, commits, seconds, readingSeconds, workingOutSeconds, memoryPeakMb } =
    result.ingest;
  // All of so few events is one commit or two.
  expect([tenths, lastVsFirst]).toEqual([null, null]);
  expect(commits).toBeGreaterThan(0);
  expect(readingSeconds).toBeGreaterThan(0);
  expect(workingOutSeconds).toBeGreaterThan(0);
  expect(readingSeconds + workingOutSeconds).toBeCloseTo(seconds, 3);
  expect(memoryPeakMb).toBeGreaterThan(0);
});

test("reports of a large workspace are kept first, and their first pages measured in and out of HTTP", () => {
  expect(result.kept).toEqual({
    count: expect.any(Number),
    seconds: expect.any(Number),
    memoryPeakMb: expect.any(Number),
  });
  expect(result.kept?.count).toBeGreaterThan(REPORT_NAMES.length);
  expect(result.reports.map(({ name }) => name)).toEqual([...REPORT_NAMES]);
  for (const { name, anewMs, anewVsDuckdb, ...numbers } of result.reports) {
    // One pass works out all of them.
    expect([anewMs, anewVsDuckdb], name).toEqual([null, null]);
    expect(
      Object.values(numbers).filter((number) => !positive(number)),
      name,
    ).toEqual([]);
    expect(
      Object.values(result.served.pages[name]).filter((ms) => !positive(ms)),
      name,
    ).toEqual([]);
  }
  expect(result.served.memoryMb).toBeGreaterThan(50);
});

test("searches find what they search for", () => {
  for (const { what, hits, p50Ms, p95Ms } of result.served.searches) {
    if (what === "what nobody is called") expect(hits).toBe(0);
    else expect(hits, what).toBeGreaterThan(0);
    expect(p95Ms, what).toBeGreaterThanOrEqual(p50Ms);
    expect(p50Ms, what).toBeGreaterThan(0);
  }
  expect(result.served.searches.length).toBeGreaterThan(5);
});

test("each start answers, then has its page, then a report", () => {
  const { each, median, longest } = result.starts;
  expect(each).toHaveLength(3);
  for (const start of [...each, median, longest]) {
    const order = [0, start.answers, start.page, start.report];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  }
  expect(each.map(({ page }) => page).toSorted((a, b) => a - b)).toEqual([
    expect.any(Number),
    median.page,
    longest.page,
  ]);
});

test("a quarter's pack is held against COPY of the quarter", () => {
  const { quarter } = result;
  expect(quarter).toMatchObject({ from: "2025-01-01", to: "2025-03-31", records: EVENTS });
  // An eighth of two years, give or take.
  expect(quarter.copy.records / EVENTS).toBeGreaterThan(0.08);
  expect(quarter.copy.records / EVENTS).toBeLessThan(0.2);
  expect(quarter.recordsPerSecond).toBeCloseTo(EVENTS / quarter.recordSeconds, 6);
  for (const number of [quarter.vsCopy, quarter.seconds, quarter.bytes, quarter.memoryPeakMb])
    expect(number).toBeGreaterThan(0);
});

test("in use all is answered, and what was sent is there", () => {
  const { kinds, broken, sent, stored, memoryPeakMb } = result.inUse;
  expect(broken).toEqual([]);
  expect(kinds.map(({ errors }) => errors).filter((errors) => Object.keys(errors).length > 0)).toEqual([]);
  expect(kinds.reduce((sum, { requests }) => sum + requests, 0)).toBeGreaterThan(5);
  expect(sent).toBeGreaterThan(0);
  expect(stored).toBe(sent);
  expect(Object.keys(memoryPeakMb).map((name) => name.split(" ")[0])).toEqual(
    expect.arrayContaining(["web", "worker"]),
  );
});

test("it is told how far the run is", () => {
  const all = said.join("\n");
  for (const part of ["COPY", "Ingest", "Rebuild", "quarter", "kept", "HTTP", "Start 3 of 3", "A tenth"])
    expect(all).toContain(part);
});
