import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { detectAdapter } from "../ingest/adapters/registry.ts";
import { REPORT_NAMES } from "../reports/run.ts";
import { oktaLog } from "./okta-log.ts";
import { bench } from "./run.ts";

describe("the benchmark's log", () => {
  it("has as many records as asked for, the same each time, all of them Okta's", () => {
    const digest = (seed: number) => {
      const hash = createHash("sha256");
      for (const chunk of oktaLog(1_234, seed)) hash.update(chunk);
      return hash.digest("hex");
    };
    expect(digest(3)).toBe(digest(3));
    expect(digest(3)).not.toBe(digest(4));
    const lines = Buffer.concat([...oktaLog(1_234, 3)])
      .toString()
      .trimEnd()
      .split("\n");
    expect(lines).toHaveLength(1_234);
    const records = lines.map((line) => JSON.parse(line) as { published: string });
    expect(records.filter((record) => detectAdapter(record)?.format !== "okta")).toEqual([]);
    const times = records.map((record) => record.published);
    expect(times.toSorted()).toEqual(times);
  });
});

describe("a small run of the benchmark", { timeout: 300_000 }, () => {
  it("measures everything that it says", async () => {
    const said: string[] = [];
    const result = await bench(2_000, (text) => said.push(text));
    expect(said.length).toBeGreaterThan(5);
    expect(result.events).toBe(2_000);
    const ratios = Object.values(result.ratios);
    expect(ratios.filter((ratio) => !(ratio !== null && ratio > 0 && Number.isFinite(ratio)))).toEqual([]);
    expect(result.memoryPeakMb).toBeGreaterThan(0);
    expect(result.reports.map(({ name }) => name)).toEqual([...REPORT_NAMES]);
    for (const { name: _name, ...numbers } of result.reports) {
      expect(
        Object.values(numbers).every((number) => number !== null && number > 0 && Number.isFinite(number)),
      ).toBe(true);
    }
  });
});
