import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { projectSubject } from "./project.ts";
import { ALICE, attempt, DAY, event, failed, START } from "./testing.ts";

const at = (days: number) => START + Math.round(days * DAY);
const steps = (...events: LoggedEvent[]) => projectSubject(ALICE, events).moverSteps;
const department = (days: number, name: string) => event(days, { attributes: { department: name } });
const story = () => [department(0, "Design"), attempt(1, "create"), department(100, "Sales")];

describe("a mover's step", () => {
  it("is carried by the first update that succeeds after the move", () => {
    expect(steps(...story(), attempt(100.1, "update"), attempt(103, "update"))).toMatchObject([
      { movedAt: at(100), application: "slack", carriedAt: at(100.1), failing: false },
    ]);
  });

  it("fails while no attempt has succeeded, and tells the last error", () => {
    expect(steps(...story(), failed(100.1, "update"))).toMatchObject([
      { carriedAt: null, failing: true, lastError: "it failed" },
    ]);
    expect(steps(...story(), failed(100.1, "update"), attempt(101, "update"))).toMatchObject([
      { carriedAt: at(101), failing: false },
    ]);
  });

  it("is none where nothing was tried, where it came too late to be about the move, or where the account had ended", () => {
    expect(steps(...story())).toEqual([]);
    expect(steps(...story(), attempt(120, "update"))).toEqual([]);
    expect(steps(...story(), attempt(50, "deactivate"), failed(101, "update"))).toEqual([]);
  });

  it("ends with the next move and with leaving", () => {
    const next = department(102, "Finance");
    expect(steps(...story(), next, attempt(103, "update")).map((step) => step.movedAt)).toEqual([at(102)]);
    const left = event(102, { operation: "deactivate" });
    expect(steps(...story(), left, attempt(103, "update"))).toEqual([]);
  });
});
