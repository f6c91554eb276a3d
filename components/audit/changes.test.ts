import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changes } from "./changes.ts";

describe("changes", () => {
  it("names the fields that differ, and no other", () => {
    const before = { name: "Anna", role: "analyst", customer: null, endsAt: null, active: true };
    const after = { ...before, role: "auditor", endsAt: "2030-01-31T23:59:59.999Z" };
    expect(changes(before, after)).toEqual([
      { field: "Role", before: "analyst", after: "auditor" },
      { field: "Ends", before: null, after: { at: "2030-01-31T23:59:59.999Z" } },
    ]);
  });

  it("tells all that came with something new, but for what is empty", () => {
    expect(changes(null, { name: "nightly", scopes: ["read", "ingest"], customer: null })).toEqual([
      { field: "Name", before: null, after: "nightly" },
      { field: "May do", before: null, after: "read, ingest" },
    ]);
  });

  it("tells what went", () => {
    expect(changes({ active: true }, null)).toEqual([{ field: "May come in", before: "yes", after: null }]);
  });

  it("shows what is nested, and names fields that nobody foresaw", () => {
    expect(changes({ columnMap: { name: "Nom" } }, { columnMap: { name: "Name" } })).toEqual([
      { field: "Column map", before: '{"name":"Nom"}', after: '{"name":"Name"}' },
    ]);
    expect(changes(1, 2)).toEqual([{ field: "Value", before: "1", after: "2" }]);
  });

  it("takes what only looks like a time as the text that it is", () => {
    const [odd] = changes(null, { name: "2026-99-99T00:00:00Z" });
    expect(odd?.after).toBe("2026-99-99T00:00:00Z");
  });

  it("of the same there is nothing to tell, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(changes(value, value)).toEqual([]);
      }),
    );
  });

  it("whatever differs in one field is told as that field, its sides where they were", () => {
    const value = fc.jsonValue().map((one) => JSON.parse(JSON.stringify(one)) as unknown);
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/u), value), value, value, (rest, a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        const found = changes({ ...rest, changedHere: a }, { ...rest, changedHere: b });
        const [swapped] = changes({ changedHere: b }, { changedHere: a });
        expect(found).toHaveLength(1);
        expect(found[0]?.field).toBe("Changed here");
        expect(swapped).toEqual({ ...found[0], before: found[0]?.after, after: found[0]?.before });
      }),
    );
  });
});
