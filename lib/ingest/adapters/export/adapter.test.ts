import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { columnsOf } from "../table.ts";
import { userExport } from "./adapter.ts";
import { exportTable } from "./columns.ts";
import { ROW, row } from "./fixtures.ts";

const ACCOUNT = { id: "U-17", userName: "alice@larkspur.example", displayName: "Alice Example" };
const SAID = Date.parse("2026-04-01T06:00:00Z");
const CREATED = Date.parse("2026-01-05T09:05:02Z");
const USED = Date.parse("2026-03-30T16:20:00Z");

type Cells = Parameters<typeof row>[0];
const parse = (cells: Cells = {}, said?: string | null) => userExport.parse(row(cells, said));
const ofType = (type: string, cells: Cells = {}) =>
  parse(cells).filter(({ nativeType }) => nativeType === type);
const stateOf = (cells: Cells) => ofType("export.account", cells)[0]?.active;

describe("a row", () => {
  it("asserts the account's state, tells when it was made and used, and what it holds", () => {
    const events = parse();
    expect(
      events.map(({ nativeType, layer, operation, at, active, account, entitlement }) => [
        nativeType,
        `${layer} ${operation}`,
        at,
        active,
        account?.userName,
        entitlement && `${entitlement.kind} ${entitlement.name}`,
      ]),
    ).toEqual([
      ["export.account", "application update", SAID, true, "alice@larkspur.example", null],
      ["export.name", "application read", SAID, null, "alice", null],
      ["export.created", "application create", CREATED, null, "alice@larkspur.example", null],
      ["export.activity", "access sign-in", USED, null, "alice@larkspur.example", null],
      ["export.role", "application role-grant", SAID, null, "alice@larkspur.example", "role Admin"],
      ["export.role", "application role-grant", SAID, null, "alice@larkspur.example", "role Billing"],
      ["export.group", "application member-add", SAID, null, "alice@larkspur.example", "group Chemists"],
      ["export.group", "application member-add", SAID, null, "alice@larkspur.example", "group Research"],
    ]);
    for (const event of events) {
      expect(event).toMatchObject({
        outcome: "success",
        object: "user",
        application: { id: null, name: "Team Chat" },
        person: null,
        actor: null,
      });
    }
    expect(events[0]?.account).toEqual(ACCOUNT);
  });

  it("of nobody's activity and without a time of creation tells the account alone", () => {
    const bare = { createdAt: "", lastActivityAt: "Never", roles: "", groups: "-", userName: "" };
    expect(parse(bare).map(({ nativeType }) => nativeType)).toEqual(["export.account"]);
  });

  it("does not take the last activity for the first", () => {
    const events = parse({ createdAt: "" }).filter(({ at }) => at === USED);
    expect(events.map(({ layer, operation }) => `${layer} ${operation}`)).toEqual([
      "application read",
      "access sign-in",
    ]);
  });

  it("is known by its address, for a person is", () => {
    const name = (cells: Cells) => ofType("export.account", cells)[0]?.account?.userName;
    expect(name({ userName: "a.example@larkspur.example" })).toBe("a.example@larkspur.example");
    expect(name({ email: "" })).toBe("alice");
    expect(name({ userName: "" })).toBe("alice@larkspur.example");
    // Without an id the two names could not be tied to one account.
    expect(ofType("export.name", { id: "" })).toEqual([]);
  });

  it.each([
    ["Active", true],
    ["TRUE", true],
    ["Suspended", false],
    ["de-activated", false],
    ["false", false],
    ["Invitation sent", null],
    ["", null],
  ])("with the status %j is active: %s", (status, active) => {
    expect(stateOf({ status })).toBe(active);
  });

  it.each([
    ["true", false],
    ["Yes", false],
    ["2026-02-01T00:00:00Z", false],
    ["suspended", false],
    ["false", true],
    ["No", true],
    ["", true],
    ["N/A", true],
  ])("whose column for what is taken away says %j is active: %s", (inactive, active) => {
    expect(stateOf({ inactive })).toBe(active);
  });

  it("of an export without a state is active, for it is listed", () => {
    expect(stateOf({ status: undefined })).toBe(true);
    expect(stateOf({ status: undefined, inactive: "true" })).toBe(false);
  });

  it("reads days: of creation by their end, though not past the export, of activity by their start", () => {
    const at = (cells: Cells) => parse(cells).map((event) => new Date(event.at).toISOString());
    expect(at({ createdAt: "2026-01-05", lastActivityAt: "31/03/2026", userName: "" }).slice(1, 3)).toEqual([
      "2026-01-05T23:59:59.999Z",
      "2026-03-31T00:00:00.000Z",
    ]);
    expect(ofType("export.created", { createdAt: "2026-04-01" })[0]?.at).toBe(SAID);
  });

  it("holds each of several, however they are divided", () => {
    const groups = (cell: string | string[]) =>
      ofType("export.group", { groups: cell }).map(({ entitlement }) => entitlement?.name);
    expect(groups("A, B ,A")).toEqual(["A", "B"]);
    expect(groups("Sales, EMEA; Research;")).toEqual(["Sales, EMEA", "Research"]);
    expect(groups(["Sales, EMEA", "", "Research"])).toEqual(["Sales, EMEA", "Research"]);
  });

  it("tells itself when it was said, else it is what was given", () => {
    expect(parse({ exportedAt: "2026-03-31T00:00:01Z" })[0]?.at).toBe(Date.parse("2026-03-31T00:00:01Z"));
    expect(parse({}, "2026-03-31")[0]?.at).toBe(Date.parse("2026-03-31"));
    expect(() => parse({}, null)).toThrow("give the time with --at");
  });

  it.each([
    [{ id: "", userName: "", email: "" }, "The row names no account"],
    [{ status: "Platinum" }, 'The status "Platinum" does not say whether the account is active.'],
    [{ createdAt: "soon" }, 'The time of creation "soon" is no date'],
    [{ lastActivityAt: "03/04/2026" }, "may have the day or the month first"],
  ])("%j is refused", (cells, reason) => {
    expect(() => parse(cells)).toThrow(RecordError);
    expect(() => parse(cells)).toThrow(reason);
  });

  it("of no application is refused", () => {
    expect(() => userExport.parse({ ...ROW, application: "" })).toThrow("--application");
  });
});

describe("columns", () => {
  it("are found by their usual names", () => {
    const header = [
      "User ID",
      "Login",
      "E-mail Address",
      "Full Name",
      "Is Active",
      "Role",
      "Teams",
      "Date Created",
      "Last Sign-In",
    ];
    expect(Object.fromEntries(columnsOf(exportTable, header, {}).places)).toEqual({
      id: 0,
      userName: 1,
      email: 2,
      displayName: 3,
      status: 4,
      roles: 5,
      groups: 6,
      createdAt: 7,
      lastActivityAt: 8,
    });
  });

  it("that name no account do not make an export, and none is one by its columns", () => {
    expect(exportTable.lack(columnsOf(exportTable, ["Name", "Role"], {}))).toContain("--map id=COLUMN");
    expect(exportTable.recognises(columnsOf(exportTable, ["Id", "Email", "Role"], {}))).toBe(false);
  });
});
