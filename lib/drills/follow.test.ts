import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { attempt, DAY, event, failed, HOUR, MINUTE, START } from "../lifecycle/testing.ts";
import { followedChanges, type Looked } from "./follow.ts";

const at = (days: number) => START + Math.round(days * DAY);
const looked = (now: number, there: Looked["there"] = null): Looked => ({
  application: "Slack",
  since: START,
  now: at(now),
  slaMs: 4 * HOUR,
  there,
});
const told = (events: LoggedEvent[], how: Looked) =>
  followedChanges(events, how).map(
    ({ capability, verdict, steps }) =>
      `${capability} ${verdict}: ${steps.map((step) => `${step.name} ${step.verdict}`).join(", ")}`,
  );
const gone = event(1, { operation: "deactivate" });
const minute = MINUTE / DAY;
const active = { active: true, title: null };

describe("a followed change", () => {
  it("waits until provisioning has carried it and the application shows it", () => {
    const carried = attempt(1 + 10 * minute, "deactivate");
    expect(told([gone], looked(1.01, active))).toEqual(["leaver pending: provision skipped, show skipped"]);
    expect(told([gone, carried], looked(1.01, active))).toEqual([
      "leaver pending: provision passed, show skipped",
    ]);
    expect(told([gone, carried], looked(1.01, { active: false, title: null }))).toEqual([
      "leaver passed: provision passed, show passed",
    ]);
    expect(told([gone, carried], looked(1.01, "none"))).toEqual([
      "leaver passed: provision passed, show passed",
    ]);
  });

  it("is timed from the directory's word", () => {
    const carried = attempt(1 + 10 * minute, "deactivate");
    const shown = event(1 + 12 * minute, {
      ...carried,
      id: "x:0",
      layer: "application",
      at: at(1 + 12 * minute),
    });
    const [change] = followedChanges([gone, carried, shown], looked(2));
    expect(change?.steps.map(({ latencyMs }) => latencyMs)).toEqual([10 * MINUTE, 12 * MINUTE]);
  });

  it("rests on provisioning alone where nobody can ask the application, and waits where it gives no answer", () => {
    const events = [gone, attempt(1 + 10 * minute, "deactivate")];
    expect(told(events, looked(1.01))).toEqual(["leaver passed: provision passed, show skipped"]);
    expect(told(events, looked(1.01, "unknown"))).toEqual(["leaver pending: provision passed, show skipped"]);
    expect(told(events, looked(2, "unknown"))).toEqual(["leaver passed: provision passed, show skipped"]);
  });

  it("fails once it is overdue, with what is missing and why", () => {
    expect(told([gone], looked(2))).toEqual(["leaver failed: provision failed, show skipped"]);
    const refused = failed(1 + minute, "deactivate");
    const [change] = followedChanges([gone, refused], looked(2, active));
    expect(change?.verdict).toBe("failed");
    expect(change?.steps[0]?.said).toContain(refused.error?.message ?? "?");
    const carried = attempt(1 + minute, "deactivate");
    expect(told([gone, carried], looked(2, active))).toEqual([
      "leaver failed: provision passed, show failed",
    ]);
    // Somebody ended it by hand, or the log of provisioning is not read.
    expect(told([gone], looked(2, "none"))).toEqual(["leaver passed: provision skipped, show passed"]);
  });

  it("of a mover is one where provisioning tried to carry it", () => {
    const moved = event(1, { attributes: { title: "Lead" } });
    expect(told([moved], looked(2))).toEqual([]);
    const carried = attempt(1 + minute, "update");
    expect(told([moved, carried], looked(1.01, { active: true, title: "Engineer" }))).toEqual([
      "mover pending: provision passed, show skipped",
    ]);
    expect(told([moved, carried], looked(1.01, { active: true, title: "Lead" }))).toEqual([
      "mover passed: provision passed, show passed",
    ]);
  });

  it("is judged by what the application shows now only while it is the last one", () => {
    const back = event(1.5, { operation: "reactivate" });
    const events = [gone, attempt(1 + minute, "deactivate"), back, attempt(1.5 + minute, "reactivate")];
    expect(told(events, looked(1.51, active))).toEqual([
      "leaver passed: provision passed, show skipped",
      "joiner passed: provision passed, show passed",
    ]);
  });

  it("counts since the person is followed, at this application, and no trial for a proof", () => {
    const carried = attempt(1 + minute, "deactivate");
    expect(followedChanges([gone, carried], { ...looked(2), since: at(1.5) })).toEqual([]);
    expect(told([gone, carried], { ...looked(2), application: "Wiki" })).toEqual([
      "leaver failed: provision failed, show skipped",
    ]);
    const tried = event(1 + minute, { ...carried, layer: "application", detail: "trial" });
    expect(told([gone, tried], looked(1.01))).toEqual(["leaver pending: provision skipped, show skipped"]);
  });
});
