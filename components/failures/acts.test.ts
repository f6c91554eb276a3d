import { describe, expect, it } from "vitest";
import type { FailureRow } from "../../lib/reports/contract.ts";
import { exampleReports } from "../../lib/reports/fixtures.ts";
import { bodyOf, saidOf, snoozeChoices, withAct } from "./acts.ts";
import { blockedBy, inState, resolvedLately } from "./choose.ts";

const [row] = exampleReports.failures.rows as [FailureRow];
const now = { by: "Ada", at: "2026-04-01T09:00:00.000Z" };

describe("an act before the server has answered", () => {
  const other: FailureRow = { ...row, id: "other" };
  it("changes the rows it is about and no other", () => {
    const [changed, left] = withAct([row, other], [row.id], { verb: "acknowledge" }, now);
    expect(changed?.state).toBe("acknowledged");
    expect(left).toBe(other);
    const until = "2026-04-02T09:00:00.000Z";
    expect(withAct([row], [row.id], { verb: "snooze", until }, now)[0]).toMatchObject({
      state: "snoozed",
      until,
    });
    expect(withAct([row], [row.id], { verb: "note", note: " x " }, now)[0]?.notes.at(-1)).toEqual({
      at: now.at,
      by: "Ada",
      text: "x",
    });
    const ada = { member: "m", name: "Ada" };
    expect(withAct([row], [row.id], { verb: "assign", owner: ada }, now)[0]).toMatchObject({ ownerId: "m" });
    expect(withAct([row], [row.id], { verb: "assign", owner: null }, now)[0]).toMatchObject({ owner: null });
  });

  it("leaves what is resolved resolved", () => {
    const resolved: FailureRow = { ...row, state: "resolved" };
    for (const verb of ["acknowledge", "reopen"] as const)
      expect(withAct([resolved], [row.id], { verb }, now)[0]?.state).toBe("resolved");
  });

  it("is told and sent", () => {
    expect(saidOf({ verb: "acknowledge" }, 2)).toBe("2 causes acknowledged.");
    expect(saidOf({ verb: "assign", owner: null }, 1)).toBe("1 cause: nobody's now.");
    expect(bodyOf({ verb: "assign", owner: { member: "m", name: "Ada" } })).toEqual({
      verb: "assign",
      owner: "m",
    });
    expect(snoozeChoices(0).map(({ until }) => until)).toEqual([
      "1970-01-02T00:00:00.000Z",
      "1970-01-08T00:00:00.000Z",
    ]);
  });
});

describe("what the page shows", () => {
  it("is in the state asked for", () => {
    const rows = (["open", "acknowledged", "snoozed", "resolved"] as const).map((state) => ({
      ...row,
      state,
    }));
    expect(inState(rows, "open")).toHaveLength(1);
    expect(inState(rows, "unresolved")).toHaveLength(3);
    expect(inState(rows, "all")).toHaveLength(4);
  });

  it("is what was mended in the last seven days, the newest first", () => {
    const mended = (id: string, at: string): FailureRow => ({
      ...row,
      id,
      state: "resolved",
      items: row.items.map((item) => ({ ...item, resolvedAt: at })),
    });
    const rows = [
      mended("old", "2026-03-20T00:00:00.000Z"),
      mended("a", "2026-03-26T00:00:00.000Z"),
      mended("b", "2026-03-30T00:00:00.000Z"),
      row,
    ];
    expect(resolvedLately(rows, "2026-04-01T00:00:00.000Z").map((one) => one.row.id)).toEqual(["b", "a"]);
  });

  it("is all that a quarantine holds up", () => {
    const quarantine: FailureRow = { ...row, id: "q", errorClass: "quarantine" };
    const elsewhere: FailureRow = { ...row, id: "e", application: "Desk" };
    const done: FailureRow = { ...row, id: "d", state: "resolved" };
    expect(blockedBy([quarantine, row, elsewhere, done], quarantine)).toEqual([row]);
  });
});
