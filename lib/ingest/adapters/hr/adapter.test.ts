import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { columnsOf } from "../table.ts";
import { hr } from "./adapter.ts";
import { type HrField, hrTable } from "./columns.ts";

const SAID = "2026-03-20T09:00:00Z";
const row = (columns: Partial<Record<HrField, string>>, said: string | null = SAID) => ({
  $hr: 1,
  said,
  columns: { employeeId: "E-1", email: "alice@larkspur.example", ...columns },
});
const parse = (columns: Partial<Record<HrField, string>>, said?: string | null) =>
  hr.parse(row(columns, said));
const summary = (columns: Partial<Record<HrField, string>>, said?: string | null) =>
  parse(columns, said).map(({ operation, outcome, detail, at, effectiveAt, active }) =>
    [
      operation,
      outcome,
      detail,
      new Date(at).toISOString().slice(0, 16),
      effectiveAt === null ? null : new Date(effectiveAt).toISOString().slice(0, 16),
      active,
    ].join(" "),
  );
const endOf = (endDate: string) => {
  const end = parse({ endDate }).find((event) => event.operation === "deactivate")?.effectiveAt;
  return end == null ? null : new Date(end).toISOString();
};

describe("a row", () => {
  it("of somebody employed is an update when it was said, and a create at the start", () => {
    const events = parse({
      userName: "alice",
      displayName: " Alice ",
      department: "Research",
      title: "Chemist",
      manager: "bob@larkspur.example",
      startDate: "2026-01-05",
      endDate: "",
      status: "Active",
    });
    expect(events[0]).toEqual({
      nativeId: null,
      nativeType: "employee",
      at: Date.parse(SAID),
      effectiveAt: null,
      layer: "directory",
      operation: "update",
      outcome: "success",
      object: "user",
      detail: null,
      active: true,
      person: {
        id: "E-1",
        externalId: null,
        userName: "alice",
        email: "alice@larkspur.example",
        displayName: "Alice",
      },
      application: null,
      account: null,
      entitlement: null,
      credential: null,
      actor: null,
      error: null,
      attributes: { department: "Research", title: "Chemist", manager: "bob@larkspur.example" },
      attributesBefore: null,
      correlationId: null,
    });
    expect(events.slice(1)).toMatchObject([
      { operation: "create", outcome: "success", at: Date.parse("2026-01-05"), detail: null },
    ]);
  });

  it("with an end ahead is a termination that is scheduled, and one with an end behind one that happened", () => {
    expect(summary({ endDate: "2026-03-31" })).toEqual([
      "update success  2026-03-20T09:00  true",
      "deactivate pending schedule 2026-03-20T09:00 2026-04-01T00:00 ",
    ]);
    expect(summary({ endDate: "2026-03-10" })).toEqual([
      "update success  2026-03-20T09:00  ",
      "deactivate success termination 2026-03-20T09:00 2026-03-11T00:00 false",
    ]);
  });

  it("with a start ahead is a start that is scheduled", () => {
    expect(summary({ startDate: "2026-04-01" })[1]).toBe(
      "create pending schedule 2026-03-20T09:00 2026-04-01T00:00 ",
    );
  });

  it("that is gone by its status alone left when that was said; an end date says it better", () => {
    expect(summary({ status: "Terminated" })[1]).toBe(
      "deactivate success termination 2026-03-20T09:00 2026-03-20T09:00 false",
    );
    expect(summary({ status: "Terminated", endDate: "2026-03-31" })[1]).toContain("2026-04-01T00:00");
    expect(summary({ status: "On Leave" })).toHaveLength(1);
  });

  it("with a status that nobody knows needs an end date's column", () => {
    expect(() => parse({ status: "Frozen" })).toThrow('The status "Frozen" does not say');
    expect(parse({ status: "Frozen", endDate: "" })).toHaveLength(1);
  });

  it("says when it was said, or takes the file's time, or is refused", () => {
    expect(parse({ updatedAt: "2026-03-01T10:00:00+01:00" })[0]?.at).toBe(Date.parse("2026-03-01T09:00:00Z"));
    expect(parse({ updatedAt: "" })[0]?.at).toBe(Date.parse(SAID));
    expect(parse({}, "2026-03-02")[0]?.at).toBe(Date.parse("2026-03-02"));
    expect(() => parse({}, null)).toThrow("with --map updatedAt=COLUMN, or the file's time with --at");
  });

  it("is one person by the employee id, else by the name, else refused", () => {
    const personOf = (columns: Partial<Record<HrField, string>>) => parse(columns)[0]?.person;
    expect(personOf({})?.id).toBe("E-1");
    expect(personOf({ employeeId: " ", email: "Bob@Larkspur.example" })).toMatchObject({
      id: "bob@larkspur.example",
      userName: "Bob@Larkspur.example",
    });
    expect(() => parse({ employeeId: "", email: "" })).toThrow("The row names nobody");
  });
});

describe("an end date", () => {
  it.each([
    ["2026-03-31", "2026-04-01T00:00:00.000Z"],
    ["2026-03-31 00:00:00", "2026-04-01T00:00:00.000Z"],
    ["2026-03-31T00:00:00.000Z", "2026-04-01T00:00:00.000Z"],
    ["2026-03-31T17:30:00Z", "2026-03-31T17:30:00.000Z"],
    ["31/03/2026", "2026-04-01T00:00:00.000Z"],
    ["3/31/2026", "2026-04-01T00:00:00.000Z"],
    ["31.3.2026", "2026-04-01T00:00:00.000Z"],
    ["04/04/2026", "2026-04-05T00:00:00.000Z"],
    ["9999-12-31", null],
    ["2200-01-01", null],
  ])("%s means %s", (cell, end) => {
    expect(endOf(cell)).toBe(end);
  });

  it("may have its day told by another date of the row", () => {
    const [, , left] = parse({ startDate: "25/01/2026", endDate: "03/04/2026" });
    expect(left?.effectiveAt).toBe(Date.parse("2026-04-04"));
  });

  it.each([
    [
      "03/04/2026",
      'The end date "03/04/2026" may have the day or the month first; write dates as YYYY-MM-DD.',
    ],
    ["2026-02-30", 'The end date "2026-02-30" is no date'],
    ["soon", 'The end date "soon" is no date'],
    ["31/31/2026", "one date with the day first, another with the month first"],
  ])("%s is refused", (cell, reason) => {
    expect(() => parse({ endDate: cell })).toThrow(RecordError);
    expect(() => parse({ endDate: cell })).toThrow(reason);
  });
});

describe("columns", () => {
  const placesOf = (header: readonly string[], mapping = {}) =>
    Object.fromEntries(columnsOf(hrTable, header, mapping).places);

  it("are found by their usual names, whatever the case and the spaces", () => {
    expect(
      placesOf([
        "Employee ID",
        "work_email",
        "Name",
        "Hire Date",
        "Termination Date",
        "STATUS",
        "Last Modified",
      ]),
    ).toEqual({
      employeeId: 0,
      email: 1,
      displayName: 2,
      startDate: 3,
      endDate: 4,
      status: 5,
      updatedAt: 6,
    });
  });

  it("are those that somebody named, and no column is two things", () => {
    expect(placesOf(["Email", "Work Email", "Last Day"], { email: "email", endDate: "Last Day" })).toEqual({
      email: 0,
      endDate: 2,
    });
    expect(placesOf(["Manager", "Email"], { displayName: "Manager" })).toEqual({ displayName: 0, email: 1 });
    expect(columnsOf(hrTable, ["Email"], { endDate: "Austritt" }).missing).toEqual(["Austritt"]);
  });

  it("are an HR file's when they tell people and dates, or employee ids and a status", () => {
    const looks = (...header: string[]) => hrTable.recognises(columnsOf(hrTable, header, {}));
    expect(looks("Email", "Last Day")).toBe(true);
    expect(looks("Employee Number", "Status")).toBe(true);
    // A log of sign-ins has these.
    expect(looks("Date", "User", "Username", "Status")).toBe(false);
    expect(looks("Name", "Start Date")).toBe(false);
    expect(hrTable.lack(columnsOf(hrTable, ["Name"], {}))).toContain("--map employeeId=COLUMN");
  });
});
