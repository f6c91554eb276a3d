import { describe, expect, it } from "vitest";
import { type Cells, columnsOf, type Given, type TableKind } from "../table.ts";
import { entra } from "./adapter.ts";
import { EXPORT_STEP, graphRecord, importStep, SOURCE, TARGET, UPN } from "./fixtures.ts";
import { modifiedProperties, provisioningLogs, provisioningSteps } from "./portal.ts";

const GIVEN: Given = { said: null, application: null };

const CELLS: Cells = {
  id: "33333333-cccc-4ccc-8ccc-000000000003",
  activityDateTime: "2026-03-02T09:15:30.2503931Z",
  changeId: "66666666-ffff-4fff-8fff-000000000006",
  provisioningAction: "Create",
  status: "Success",
  errorCode: "",
  sourceId: SOURCE.id,
  sourceName: "Alice Example",
  sourceType: "User",
  sourceUserName: UPN,
  targetId: TARGET.id,
  targetName: "",
  targetType: "User",
  servicePrincipalId: "77777777-aaaa-4aaa-8aaa-000000000007",
  servicePrincipal: "Team Chat",
  targetSystem: "Chat",
  initiatedBy: "Microsoft Entra ID Provisioning Service",
};
const main = (differs: Cells = {}) => provisioningLogs.valueOf({ ...CELLS, ...differs }, GIVEN);
const properties = (row: Cells, ...parts: Cells[]) => modifiedProperties.valueOf({ ...CELLS, ...row }, parts);
const steps = (row: Cells, ...parts: Cells[]) => provisioningSteps.valueOf({ ...CELLS, ...row }, parts);
const brief = (value: unknown) =>
  entra.parse(value).map((e) => `${e.nativeType}: ${e.layer} ${e.operation} ${e.outcome} ${e.active}`);

const change = (displayName: string, oldValue: string, newValue: string): Cells => ({
  changeId: "x",
  displayName,
  oldValue,
  newValue,
});
const UPDATE: Cells = { provisioningAction: "Update" };
const FAILED: Cells = { ...UPDATE, status: "Failure", errorCode: "ContosoEntryConflict", reason: "taken" };

describe("a row of the main table", () => {
  it("gives what Graph's record of the change gives, as far as its columns go", () => {
    expect(entra.detect(main())).toBe(true);
    const [own, ...rest] = entra.parse(main());
    const initiatedBy = { displayName: "Microsoft Entra ID Provisioning Service" };
    const [graph] = entra.parse(graphRecord({ provisioningSteps: [], initiatedBy }));
    expect(own).toEqual(graph);
    expect(rest).toEqual([]);
  });

  it("tells a failure with its code and words", () => {
    expect(entra.parse(main(FAILED))[0]).toMatchObject({
      operation: "update",
      outcome: "failure",
      error: { class: "uniqueness", code: "ContosoEntryConflict", message: "taken" },
    });
  });

  it("of a group is the group's; without a column for the type it is a person's", () => {
    const group = { sourceType: "Group", targetType: "Group", sourceName: "Engineering", sourceUserName: "" };
    expect(entra.parse(main(group))[0]).toMatchObject({ object: "group", person: null });
    const { sourceType: _, targetType: __, ...bare } = CELLS;
    expect(entra.parse(provisioningLogs.valueOf(bare, GIVEN))[0]).toMatchObject({
      object: "user",
      person: { id: SOURCE.id },
    });
  });

  it("may have JSON in its cells, as a Log Analytics workspace exports it", () => {
    const graph = graphRecord({
      provisioningAction: "update",
      modifiedProperties: [{ displayName: "active", oldValue: "True", newValue: "False" }],
    });
    const cells = Object.fromEntries(
      Object.entries(graph)
        .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)])
        .map(([key, value]) => [key === "provisioningStatusInfo" ? "status" : key, value]),
    );
    expect(entra.parse(provisioningLogs.valueOf(cells, GIVEN))).toEqual(entra.parse(graph));
  });

  it("without a time is refused", () => {
    expect(() => entra.parse(main({ activityDateTime: "" }))).toThrow('"activityDateTime"');
    expect(() => entra.parse(main({ activityDateTime: "3/2/2026, 9:15 AM" }))).toThrow('"activityDateTime"');
  });
});

describe("the modified properties of a change", () => {
  it.each([
    [UPDATE, change("active", "True", "False"), "provisioning deactivate success false"],
    [UPDATE, change("accountEnabled", "False", "True"), "provisioning reactivate success true"],
    [FAILED, change("IsSoftDeleted", "False", "True"), "provisioning deactivate failure false"],
    [{}, change("active", "", "False"), "provisioning read success false"],
    [{}, change("active", "", "True"), "provisioning other pending null"],
    [UPDATE, change("displayName", "A", "B"), "provisioning other pending null"],
    [FAILED, change("displayName", "A", "B"), "provisioning other pending null"],
  ])("of %j, %j, add %s", (row, part, expected) => {
    expect(brief(properties(row, part))).toEqual([`entra.properties: ${expected}`]);
    expect(brief(main(row))).toHaveLength(1);
  });

  it("name the account", () => {
    const [event] = entra.parse(properties(UPDATE, change("userName", "", '"a@larkspur.example"')));
    expect(event).toMatchObject({
      account: { id: TARGET.id, userName: "a@larkspur.example" },
      person: { id: SOURCE.id },
      correlationId: CELLS.changeId,
    });
  });
});

describe("the steps of a change", () => {
  const cells = (step: { [name: string]: unknown }): Cells => ({
    changeId: "x",
    name: String(step.name),
    status: "Success",
    description: "",
    details: JSON.stringify(step.details),
  });

  it("add the directory's word on the person, told by the step's name or type", () => {
    const step = cells(importStep({ accountEnabled: "False" }));
    const [, imported] = entra.parse(
      graphRecord({
        provisioningSteps: [importStep({ accountEnabled: "False" })],
        initiatedBy: { displayName: "Microsoft Entra ID Provisioning Service" },
      }),
    );
    expect(entra.parse(steps({}, step))).toEqual([imported]);
    expect(brief(steps({}, { ...step, name: "Import", provisioningStepType: "Import" }))).toEqual([
      "entra.import: directory deactivate success false",
    ]);
  });

  it("name the account, and add nothing that a rule reads", () => {
    expect(entra.parse(steps({}, cells(EXPORT_STEP)))).toMatchObject([
      { nativeType: "entra.steps", operation: "other", outcome: "pending", account: { userName: UPN } },
    ]);
    expect(brief(steps(FAILED, { ...cells(EXPORT_STEP), details: "none" }))).toEqual([
      "entra.steps: provisioning other pending null",
    ]);
  });
});

describe("the tables", () => {
  const tells = (kind: TableKind, ...header: string[]) => kind.recognises(columnsOf(kind, header, {}));

  it.each([
    [["ID", "Date (UTC)", "Change ID", "Action", "Status", "Source ID", "Target ID"]],
    [["Id", "ActivityDateTime", "ChangeId", "ProvisioningAction", "StatusInfo", "SourceIdentity"]],
    [["TimeGenerated [UTC]", "ChangeId", "ProvisioningAction", "SourceIdentity", "ResultType"]],
  ])("are told by their columns: %j", (header) => {
    expect(tells(provisioningLogs, ...header)).toBe(true);
    expect(tells(modifiedProperties, ...header) || tells(provisioningSteps, ...header)).toBe(false);
  });

  it("of parts are told apart, and from others", () => {
    const steps = ["Change ID", "Name", "Type", "Status", "Description"];
    const properties = ["ChangeId", "Property Name", "Old Value", "New Value"];
    expect([tells(provisioningSteps, ...steps), tells(modifiedProperties, ...steps)]).toEqual([true, false]);
    expect([tells(provisioningSteps, ...properties), tells(modifiedProperties, ...properties)]).toEqual([
      false,
      true,
    ]);
    for (const kind of [provisioningLogs, modifiedProperties, provisioningSteps]) {
      expect(tells(kind, "ID", "Date", "Action", "Name", "Status", "New Value")).toBe(false);
    }
  });

  it("say which column they miss", () => {
    expect(provisioningLogs.lack(columnsOf(provisioningLogs, ["Date", "Status"], {}))).toBe(
      "No column of the file's first line is its provisioningAction; name it with --map, like provisioningAction=COLUMN.",
    );
  });
});
