import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { scimTrial } from "./adapter.ts";
import { step, trial } from "./fixtures.ts";

const told = (record: unknown) =>
  scimTrial
    .parse(record)
    .map(({ nativeType, operation, outcome }) => `${nativeType} ${operation} ${outcome}`);

describe("a trial", () => {
  it("is one event, and one for each capability that was tried", () => {
    expect(told(trial())).toEqual([
      "trial.drill other success",
      "trial.drill.joiner create success",
      "trial.drill.mover update success",
      "trial.drill.leaver deactivate success",
    ]);
  });

  it("keeps the whole trial in its first event, and names no account in any", () => {
    const events = scimTrial.parse(trial());
    expect(JSON.parse(events[0]?.attributes?.record ?? "")).toEqual(trial());
    for (const event of events) {
      expect(event).toMatchObject({
        layer: "application",
        object: "application",
        detail: "trial",
        application: { name: "Team Chat" },
        account: null,
        person: null,
        actor: { name: "Ada Example" },
      });
    }
  });

  it("is of the time at which a capability's last step was known, and as a whole of its end", () => {
    const times = scimTrial.parse(trial()).map(({ at }) => new Date(at).toISOString());
    expect(times).toEqual([
      "2026-03-02T10:00:30.000Z",
      "2026-03-02T10:00:00.000Z",
      "2026-03-02T10:00:00.000Z",
      "2026-03-02T10:00:20.000Z",
    ]);
  });

  it("fails a capability by one failed step, with its sentence; another one passes all the same", () => {
    const steps = [
      step("create", { capability: "joiner" }),
      step("deactivate", { capability: "leaver", verdict: "failed", said: "Nothing changed." }),
      step("delete", { capability: "leaver" }),
    ];
    expect(told(trial({ steps }))).toEqual([
      "trial.drill other failure",
      "trial.drill.joiner create success",
      "trial.drill.leaver deactivate failure",
    ]);
    expect(scimTrial.parse(trial({ steps }))[2]?.error?.message).toBe("Nothing changed.");
  });

  it("without a step of a capability proves none", () => {
    expect(told(trial({ kind: "conformance", steps: [step("filter")] }))).toEqual([
      "trial.conformance other success",
    ]);
    expect(told(trial({ steps: [] }))).toEqual(["trial.drill other skipped"]);
  });

  it.each([
    ["id", { id: "7" }],
    ["application", { application: " " }],
    ["endedAt", { endedAt: "soon" }],
    ["kind", { kind: "guess" }],
    ["steps.0.verdict", { steps: [{ ...step("create"), verdict: "fine" }] }],
  ])("is refused by the name of what is wrong: %s", (field, differs) => {
    expect(() => scimTrial.parse({ ...trial(), ...differs })).toThrow(RecordError);
    expect(() => scimTrial.parse({ ...trial(), ...differs })).toThrow(`"${field}"`);
  });

  it("is told from other records", () => {
    expect(scimTrial.detect(trial())).toBe(true);
    for (const other of [null, 1, [], {}, { $trial: 2 }, { $hr: 1 }])
      expect(scimTrial.detect(other)).toBe(false);
  });
});
