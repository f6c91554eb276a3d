import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { entraSyncJobs } from "./adapter.ts";
import { type Data, QUARANTINED, WELL } from "./fixtures.ts";

const changed = (record: Data, status: Data): Data => ({
  ...record,
  synchronizationJob: { id: "slack.1", status },
});

describe("a synchronization job", () => {
  it("in quarantine is a failure of the application since the quarantine began", () => {
    expect(entraSyncJobs.parse(QUARANTINED)).toMatchObject([
      {
        at: Date.parse("2026-03-02T10:00:00Z"),
        layer: "provisioning",
        operation: "import",
        outcome: "failure",
        object: "application",
        detail: "quarantine",
        application: { name: "Team Chat" },
        error: { class: "quarantine", code: "EncounteredQuarantineException" },
      },
    ]);
  });

  it("that is well says so at the end of its last good run", () => {
    expect(entraSyncJobs.parse(WELL)).toMatchObject([
      { at: Date.parse("2026-03-04T08:00:30Z"), outcome: "success", object: "application", detail: null },
    ]);
  });

  it("without a time is refused by the field's name", () => {
    expect(() => entraSyncJobs.parse(changed(WELL, { code: "Active" }))).toThrow(RecordError);
    expect(() => entraSyncJobs.parse(changed(WELL, { code: "Quarantine" }))).toThrow("currentBegan");
  });

  it("is told from other records", () => {
    expect(entraSyncJobs.detect(WELL)).toBe(true);
    for (const other of [
      null,
      1,
      [],
      {},
      { servicePrincipal: {}, synchronizationJob: {} },
      { id: "1", status: {} },
    ])
      expect(entraSyncJobs.detect(other)).toBe(false);
  });
});
