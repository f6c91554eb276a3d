/** No key of a stranger's reaches what every object inherits (CWE-1321), wherever in a record it stands. */
import { describe, expect, it } from "vitest";
import { RecordError } from "../ingest/adapters/adapter.ts";
import { RECORDS } from "../ingest/adapters/fixtures.ts";
import { hrTable } from "../ingest/adapters/hr/columns.ts";
import { ADAPTERS } from "../ingest/adapters/registry.ts";
import { columnsOf } from "../ingest/adapters/table.ts";
import { FactFilter } from "../ingest/fact-filter.ts";
import { readFrame } from "../ingest/record.ts";
import { parseParams } from "../reports/params.ts";
import { faultOf } from "./normal-form.ts";
import { mustInheritNothing } from "./target.ts";

const POISON =
  '{"polluted":"yes","id":"poison","type":"User","active":false,"email":"poison@larkspur.example"}';
const KEYS = ["__proto__", "constructor", "prototype"];

/** The record's JSON with such a member put in at the front of each of its objects, one after another. */
function* poisoned(record: unknown): Generator<string> {
  const json = JSON.stringify(record);
  for (let at = json.indexOf("{"); at >= 0; at = json.indexOf("{", at + 1)) {
    for (const key of KEYS) {
      const rest = json.slice(at + 1);
      const member = key === "constructor" ? `"constructor":{"prototype":${POISON}}` : `"${key}":${POISON}`;
      const text = `${json.slice(0, at + 1)}${member}${rest.startsWith("}") ? "" : ","}${rest}`;
      try {
        JSON.parse(text);
      } catch {
        // This brace stands in a string.
        continue;
      }
      yield text;
    }
  }
}

describe("keys that name what objects inherit", () => {
  it.each([...new Set(RECORDS.map(([format]) => format))])("do nothing in a record of %s", (format) => {
    let tried = 0;
    for (const [, record] of RECORDS.filter(([own]) => own === format)) {
      for (const text of poisoned(record)) {
        const value: unknown = JSON.parse(text);
        for (const adapter of ADAPTERS) {
          try {
            expect(faultOf(adapter.parse(value)), text).toBeNull();
          } catch (error) {
            if (!(error instanceof RecordError)) throw error;
          }
        }
        const bytes = Buffer.from(text);
        const frame = { kind: "record" as const, bytes, value, position: { record: 1, offset: 0, line: 1 } };
        readFrame(frame, { source: null, adapter: null }, new FactFilter());
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(3);
    mustInheritNothing();
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it("name no column and no parameter", () => {
    const mapping = Object.fromEntries(KEYS.map((key) => [key, "Work Email"]));
    const { places, missing } = columnsOf(hrTable, [...KEYS, "Work Email"], mapping);
    expect([...places]).toEqual([["email", 3]]);
    expect(missing).toEqual([]);
    const params = parseParams(Object.fromEntries([...KEYS.map((key) => [key, "x"]), ["days", "3"]]));
    expect(Object.keys(params).filter((key) => KEYS.includes(key))).toEqual([]);
    expect(Object.getPrototypeOf(params)).toBe(Object.prototype);
    mustInheritNothing();
  });

  it("would be noticed", () => {
    const inherited = Object.prototype as { polluted?: string };
    inherited.polluted = "yes";
    try {
      expect(mustInheritNothing).toThrow("What every object inherits was changed.");
    } finally {
      delete inherited.polluted;
    }
  });
});
