import { describe, expect, it } from "vitest";
import type { JobRow } from "../../lib/reports/contract.ts";
import { progressOf, shareOf, titleOf } from "./job-words.ts";

const row = (part: Partial<JobRow>): JobRow => ({
  id: "x",
  kind: "evidence",
  about: null,
  state: "running",
  done: 0,
  all: null,
  unit: "records",
  by: null,
  startedAt: "2026-03-01T09:00:00.000Z",
  finishedAt: null,
  error: null,
  download: null,
  ...part,
});

describe("long work in words", () => {
  it("names what it is about", () => {
    expect(titleOf(row({ about: "Slack" }))).toBe("Evidence: Slack");
    expect(titleOf(row({ kind: "ingest", about: "okta.json" }))).toBe("Reading okta.json");
    expect(titleOf(row({ kind: "rebuild" }))).toBe("Working everything out anew");
  });

  it("tells how far it is, and claims no share where nobody knows the whole", () => {
    expect(progressOf(row({ done: 1200, all: 57400 }))).toBe("1,200 of 57,400 records");
    expect(progressOf(row({}))).toBe("beginning");
    expect(shareOf(row({ done: 5 }))).toBeNull();
    expect(shareOf(row({ done: 0, all: 0 }))).toBeNull();
    expect(shareOf(row({ done: 30, all: 20 }))).toBe(1);
    expect(shareOf(row({ done: 5, all: 20 }))).toBe(0.25);
  });
});
