/** The reports of the sample company, held row by row against the truth that was planted. */
import { beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { ingest } from "../ingest/ingest.ts";
import type { ReportName, Reports } from "../reports/contract.ts";
import { runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "./company.ts";

const END = Date.parse("2026-06-30T12:00:00Z");
const WORKSPACE = "main";

async function* encoded(chunks: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield new TextEncoder().encode(chunk);
}

/** The fields of `row` that the truth has too. */
function picked(row: unknown, shape: unknown): unknown {
  if (typeof shape !== "object" || shape === null || Array.isArray(shape)) return row;
  return Object.fromEntries(
    Object.entries(shape).map(([key, part]) => [key, picked((row as Record<string, unknown>)[key], part)]),
  );
}

/** Rows as texts in one order, with the fields of the truth alone. */
function comparable(rows: readonly object[], shape: object | undefined): string[] {
  return rows.map((row) => JSON.stringify(picked(row, shape ?? row))).sort();
}

describe.each([
  { seed: 7, scale: 0.1 },
  { seed: 20_260_401, scale: 1 },
])("the sample company of seed $seed at scale $scale", ({ seed, scale }) => {
  const database = testDatabase();
  const { files, truth, records } = sampleCompany({ seed, end: END, scale });

  beforeAll(async () => {
    let accepted = 0;
    for (const { name, source, format, chunks } of files) {
      const input = { chunks: encoded(chunks()), file: name, bytesTotal: null, source, format };
      const result = await ingest(database.db, WORKSPACE, commandLine(), input);
      expect(result).toMatchObject({ source, format, duplicates: 0, rejected: 0 });
      accepted += result.accepted;
    }
    expect(accepted).toBe(records);
  }, 300_000);

  const report = <N extends ReportName>(name: N): Promise<Reports[N]> =>
    runReport(database.db, WORKSPACE, name, { asOf: truth.asOf });

  it.each(["offboarding", "failures", "coverage", "dormant", "accounts", "joiners", "movers"] as const)(
    "%s: every row is as planted, and no other is there",
    async (name) => {
      const wanted: readonly object[] = truth[name].rows;
      const { rows } = await report(name);
      expect(wanted.length).toBeGreaterThan(0);
      expect(comparable(rows, wanted[0])).toEqual(comparable(wanted, wanted[0]));
    },
  );

  it("offboarding: the summary and its percentiles", async () => {
    const { summary } = await report("offboarding");
    expect(picked(summary, truth.offboarding.summary)).toEqual(truth.offboarding.summary);
  });

  it("joiners: the summary and its percentiles", async () => {
    const { summary } = await report("joiners");
    expect(picked(summary, truth.joiners.summary)).toEqual(truth.joiners.summary);
  });

  it("movers: the summary, and every move with its changes", async () => {
    const { summary, moves } = await report("movers");
    expect(picked(summary, truth.movers.summary)).toEqual(truth.movers.summary);
    const told = moves.map(({ identity, movedAt, changes }) => ({
      identity,
      movedAt,
      changes: changes.map(({ what, from, to }) => ({ what, from, to })),
    }));
    expect(truth.movers.moves.length).toBeGreaterThan(0);
    expect(comparable(told, undefined)).toEqual(comparable(truth.movers.moves, undefined));
  });

  it("failures: the summary", async () => {
    const { summary } = await report("failures");
    expect(picked(summary, truth.failures.summary)).toEqual(truth.failures.summary);
  });

  it("dormant: what is unknown, and the credentials", async () => {
    const { unknown, credentials } = await report("dormant");
    expect(comparable(unknown, truth.dormant.unknown[0])).toEqual(
      comparable(truth.dormant.unknown, undefined),
    );
    const wanted = truth.dormant.credentials;
    expect(comparable(credentials, wanted[0])).toEqual(comparable(wanted, wanted[0]));
  });
});
