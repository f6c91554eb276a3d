import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { entra } from "./adapter.ts";
import {
  azureRecord,
  EXPORT_STEP,
  failedRecord,
  graphRecord,
  importStep,
  type Member,
  SOURCE,
  SOURCE_GROUP,
  TARGET,
  UPN,
} from "./fixtures.ts";

const own = (record: unknown) => entra.parse(record)[0];
const change = (displayName: string, oldValue: unknown, newValue: unknown) => ({
  displayName,
  oldValue,
  newValue,
});

const person = {
  id: SOURCE.id,
  externalId: null,
  userName: UPN,
  email: null,
  displayName: "Alice Example",
};

describe("a record", () => {
  it("gives every field", () => {
    expect(own(graphRecord())).toEqual({
      nativeId: "33333333-cccc-4ccc-8ccc-000000000003",
      nativeType: "create",
      at: Date.parse("2026-03-02T09:15:30.250Z"),
      layer: "provisioning",
      operation: "create",
      outcome: "success",
      object: "user",
      detail: null,
      active: null,
      person,
      application: { id: "77777777-aaaa-4aaa-8aaa-000000000007", name: "Team Chat" },
      account: { id: "scim-4711", userName: UPN, displayName: null },
      entitlement: null,
      credential: null,
      actor: { id: null, type: "system", name: "Microsoft Entra ID Provisioning Service" },
      error: null,
      attributes: { department: "Research", title: "Chemist" },
      attributesBefore: null,
      effectiveAt: null,
      correlationId: "66666666-ffff-4fff-8fff-000000000006",
    });
  });

  it.each([
    ["a success", graphRecord()],
    ["a failure", failedRecord("ContosoEntryConflict", "HTTP status code 409")],
    [
      "a leaver",
      graphRecord({
        provisioningAction: "update",
        provisioningSteps: [importStep({ accountEnabled: "False", IsSoftDeleted: "False" })],
        modifiedProperties: [change("active", "True", "False")],
      }),
    ],
  ])("is the same in Azure Monitor's form: %s", (_, graph: Member) => {
    const azure = azureRecord(graph);
    expect(entra.detect(graph) && entra.detect(azure)).toBe(true);
    expect(entra.parse(azure)).toEqual(entra.parse(graph));
  });

  it("is told from other things", () => {
    expect(entra.detect({ category: "AuditLogs", properties: {} })).toBe(false);
    expect(entra.detect({ activityDateTime: "2026-03-02T09:15:30Z" })).toBe(false);
    expect([null, [], "x", 1, {}].some(entra.detect)).toBe(false);
  });

  it("that can't be read is refused by the field's name", () => {
    expect(() => entra.parse(graphRecord({ activityDateTime: "noon" }))).toThrow('"activityDateTime"');
    expect(() => entra.parse({ category: "ProvisioningLogs", time: "2026-03-02T09:15:30Z" })).toThrow(
      RecordError,
    );
    expect(() => entra.parse(null)).toThrow("A record is a JSON object, not null.");
  });

  it("takes the envelope's time and id where the body has none", () => {
    const azure = azureRecord(graphRecord({ activityDateTime: null, changeId: null }));
    expect(own({ ...azure, correlationId: "c1" })).toMatchObject({
      at: Date.parse("2026-03-02T09:15:31Z"),
      correlationId: "c1",
    });
  });
});

describe("operations", () => {
  it.each([
    ["create", "create", "create"],
    ["Update", "update", "update"],
    ["disable", "disable", "deactivate"],
    ["stageddelete", "stagedDelete", "deactivate"],
    ["delete", "delete", "delete"],
    ["other", "other", "other"],
    ["unknownFutureValue", "unknownFutureValue", "other"],
  ])("action %s is named %s and is a %s", (provisioningAction, nativeType, operation) => {
    expect(own(graphRecord({ provisioningAction }))).toMatchObject({ nativeType, operation });
  });

  it.each([
    [[change("active", "True", "False")], "deactivate", false],
    [[change("accountEnabled", null, '"False"')], "deactivate", false],
    [[change("IsSoftDeleted", "False", "True")], "deactivate", false],
    [[change("active", "False", "True")], "reactivate", true],
    [[change("IsSoftDeleted", "True", "False")], "reactivate", true],
    [[change("active", null, "True")], "update", true],
    [[change("IsSoftDeleted", null, "False")], "update", null],
    [[change("active", "False", "True"), change("accountEnabled", null, "False")], "deactivate", false],
    [[change("displayName", "False", "True")], "update", null],
  ])("an update that sets %j is a %s, active %s", (modifiedProperties, operation, active) => {
    expect(own(graphRecord({ provisioningAction: "update", modifiedProperties }))).toMatchObject({
      operation,
      active,
    });
  });

  it("a user made inactive is still made", () => {
    const modifiedProperties = [change("active", null, "False")];
    expect(own(graphRecord({ modifiedProperties }))).toMatchObject({ operation: "create", active: false });
  });
});

describe("outcomes", () => {
  it.each([
    ["success", "success"],
    ["warning", "success"],
    ["failure", "failure"],
    ["skipped", "skipped"],
    ["unknownFutureValue", "pending"],
  ])("%s is %s", (status, outcome) => {
    expect(own(graphRecord({ provisioningStatusInfo: { status, errorInformation: null } }))?.outcome).toBe(
      outcome,
    );
  });

  it("trusts the status against resultType, and resultType without one", () => {
    expect(own(azureRecord(failedRecord("Timeout", null), "Success"))?.outcome).toBe("failure");
    const bare = azureRecord(graphRecord()) as { properties: Member };
    const properties = { ...bare.properties, provisioningStatusInfo: null, statusInfo: null };
    expect(own({ ...bare, resultType: "Failure", properties })?.outcome).toBe("failure");
  });

  it("leaves skipped records without an error", () => {
    const errorInformation = { errorCode: "ImportSkipped", reason: "not in scope" };
    const skipped = graphRecord({ provisioningStatusInfo: { status: "skipped", errorInformation } });
    expect(own(skipped)).toMatchObject({ outcome: "skipped", error: null });
  });
});

describe("errors", () => {
  it("keep the code, the words and the advice as they stand", () => {
    const reason = "Contoso returned an error response with the HTTP status code 409.";
    const record = failedRecord("ContosoEntryConflict", reason, {
      recommendedAction: "Remove the other user",
    });
    expect(own(record)?.error).toEqual({
      class: "uniqueness",
      code: "ContosoEntryConflict",
      httpStatus: 409,
      scimType: null,
      message: reason,
      advice: "Remove the other user",
    });
  });

  it("read the web response that is quoted", () => {
    const reason =
      'StatusCode: BadRequest Message: see the response. Web Response: {"scimType":"invalidValue","status":"400"}';
    expect(own(failedRecord(null, reason))?.error).toMatchObject({
      class: "invalid-value",
      httpStatus: 400,
      scimType: "invalidValue",
      code: null,
    });
  });

  it("fall back on the failed step's words and on the category", () => {
    const failed = { ...EXPORT_STEP, status: "failure", description: "Failed to create User" };
    const record = failedRecord(null, null, { errorCategory: "failure" });
    expect(own({ ...record, provisioningSteps: [failed] })?.error).toMatchObject({
      class: "server",
      message: "Failed to create User",
    });
  });

  it("of a quarantine are the whole application's", () => {
    const events = entra.parse(failedRecord("EncounteredQuarantineException", "The job is held back"));
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      operation: "create",
      outcome: "failure",
      object: "application",
      detail: "quarantine",
      person: null,
      account: null,
      application: { name: "Team Chat" },
      error: { class: "quarantine", code: "EncounteredQuarantineException" },
    });
  });

  it("of a quarantine are none where the status is success", () => {
    const errorInformation = { errorCode: "TooManyDeletes", reason: null };
    const record = graphRecord({ provisioningStatusInfo: { status: "success", errorInformation } });
    expect(own(record)).toMatchObject({ outcome: "success", object: "user", detail: null, error: null });
  });

  it("with the code Unknown are a quarantine's only where the words say so", () => {
    expect(own(failedRecord("Unknown", "It failed"))).toMatchObject({ object: "user", detail: null });
    expect(own(failedRecord("Unknown", "The job is in quarantine"))?.detail).toBe("quarantine");
  });
});

describe("who and what", () => {
  it("finds the account's user name in its details, the changes, the export step, in that order", () => {
    const details = { userName: "detail@larkspur.example" };
    const changed = [change("userName", null, '"changed@larkspur.example"')];
    const name = (record: Member) => own(record)?.account?.userName;
    const all = graphRecord({ targetIdentity: { ...TARGET, details }, modifiedProperties: changed });
    expect(name(all)).toBe("detail@larkspur.example");
    expect(name(graphRecord({ modifiedProperties: changed }))).toBe("changed@larkspur.example");
    expect(name(graphRecord())).toBe(UPN);
    expect(name(graphRecord({ provisioningSteps: [] }))).toBeNull();
  });

  it("takes a person's name from the import step where the identity has none", () => {
    expect(own(graphRecord({ sourceIdentity: { ...SOURCE, details: {} } }))?.person).toEqual(person);
  });

  it("knows nobody where the record names nobody", () => {
    const nobody = { id: "", displayName: "", identityType: "User", details: {} };
    const events = entra.parse(
      graphRecord({ sourceIdentity: nobody, targetIdentity: nobody, provisioningSteps: [] }),
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ person: null, account: null });
  });

  it("takes a group by its source's id, and nobody", () => {
    const targetIdentity = { id: "", displayName: "", identityType: "Group", details: {} };
    expect(entra.parse(graphRecord({ sourceIdentity: SOURCE_GROUP, targetIdentity }))).toMatchObject([
      {
        object: "group",
        person: null,
        account: null,
        entitlement: { kind: "group", id: SOURCE_GROUP.id, name: "Engineering" },
      },
    ]);
  });

  it("keeps a group's id when its target has one too", () => {
    const targetIdentity = { ...SOURCE_GROUP, id: "made-later" };
    expect(own(graphRecord({ sourceIdentity: SOURCE_GROUP, targetIdentity }))?.entitlement?.id).toBe(
      SOURCE_GROUP.id,
    );
  });

  it("takes a worker of an inbound job for a person, and a role for none", () => {
    const typed = (identityType: string) => own(graphRecord({ sourceIdentity: { ...SOURCE, identityType } }));
    expect(typed("Worker")).toMatchObject({ object: "user", person });
    expect(typed("Role")).toMatchObject({ object: null, person: null, account: null });
  });

  it("names the application by its target system where there is no service principal", () => {
    expect(own(graphRecord({ servicePrincipal: null }))?.application).toEqual({ id: null, name: "Chat" });
  });
});

describe("the import step", () => {
  it.each([
    [{ accountEnabled: "True", IsSoftDeleted: "False" }, "update", true],
    [{ accountEnabled: "False", IsSoftDeleted: "False" }, "deactivate", false],
    [{ accountEnabled: "True", IsSoftDeleted: "True" }, "deactivate", false],
    [{ IsSoftDeleted: "True" }, "deactivate", false],
  ])("%j tells the directory's word: %s", (details, operation, active) => {
    const [first, second] = entra.parse(graphRecord({ provisioningSteps: [importStep(details)] }));
    expect(second).toEqual({
      ...first,
      nativeType: "entra.import",
      layer: "directory",
      operation,
      active,
      application: null,
      account: null,
    });
  });

  it("that failed or says nothing of the state tells nothing", () => {
    const failed = { ...importStep({ accountEnabled: "False" }), status: "failure" };
    expect(entra.parse(graphRecord({ provisioningSteps: [failed] }))).toHaveLength(1);
    expect(entra.parse(graphRecord({ provisioningSteps: [importStep({})] }))).toHaveLength(1);
  });
});
