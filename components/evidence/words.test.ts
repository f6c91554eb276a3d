import { describe, expect, it } from "vitest";
import type { PackRow, PacksList, ScheduleRow } from "../../lib/packs/list-packs.ts";
import { packsWords, periodOf, scopeOf } from "./words.ts";

const ASOF = "2026-11-26T03:00:00.000Z";
const schedule: ScheduleRow = {
  schedule: "0b3a2f55-6c4e-4b7e-8a0a-0d8f5a0f9c11",
  every: "month",
  customer: null,
  application: null,
  keep: 12,
  setAt: ASOF,
  setBy: "Anna",
  nextAt: "2026-12-01T00:00:00.000Z",
};
const pack = (part: Partial<PackRow> = {}): PackRow => ({
  pack: "6f0c7d3e-1f63-4c53-9d4e-6a1f5f7f3b10",
  schedule: schedule.schedule,
  every: "month",
  customer: null,
  application: null,
  name: "rollcall-evidence-2026-10.zip",
  failures: 0,
  error: null,
  bytes: 10,
  sha256: "a".repeat(64),
  state: "made",
  from: "2026-10-01T00:00:00.000Z",
  to: "2026-10-31T23:59:59.999Z",
  asOf: "2026-11-01T00:00:00.000Z",
  madeAt: ASOF,
  nextTryAt: null,
  deletedAt: null,
  ...part,
});
const words = (list: Partial<PacksList>) => packsWords({ asOf: ASOF, schedules: [], packs: [], ...list });

describe("packs in words", () => {
  it("answer what is made, and when the next is", () => {
    expect(words({})).toBe("No pack is made by the calendar.");
    expect(words({ packs: [pack()] })).toBe(
      "No pack is made by the calendar any more; 1 pack can be fetched.",
    );
    expect(words({ schedules: [schedule] })).toBe(
      "1 schedule makes packs, the next in 4 days; no pack has been made yet.",
    );
    const failed = pack({ state: "failed", madeAt: null, nextTryAt: ASOF });
    expect(
      words({
        schedules: [{ ...schedule, nextAt: "2027-01-01T00:00:00.000Z" }, schedule],
        packs: [failed, pack(), pack({ state: "deleted" }), pack({ state: "failed", nextTryAt: null })],
      }),
    ).toBe(
      "2 schedules make packs, the next in 4 days; 1 pack can be fetched. 1 could not be made and is tried again.",
    );
  });

  it("name the scope and the days of the period", () => {
    expect([
      scopeOf(schedule),
      scopeOf(pack({ customer: "Acme" })),
      scopeOf(pack({ application: "Slack" })),
    ]).toEqual(["Everything", "Acme", "Slack"]);
    expect(periodOf(pack())).toBe("1 Oct 2026 to 31 Oct 2026");
  });
});
