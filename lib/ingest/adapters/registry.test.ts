import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultOf } from "../../fuzz/normal-form.ts";
import type { NormalEvent } from "../event.ts";
import { RecordError } from "./adapter.ts";
import { RECORDS } from "./fixtures.ts";
import { ADAPTERS, adapterOf, detectAdapter } from "./registry.ts";

function expectWellFormed(events: readonly NormalEvent[]): void {
  expect(faultOf(events)).toBeNull();
}

/** Parses a value twice with every adapter: events, the same both times, or a RecordError; nothing else. */
function expectSafe(value: unknown): void {
  for (const adapter of ADAPTERS) {
    expect(typeof adapter.detect(value)).toBe("boolean");
    try {
      const events = adapter.parse(value);
      expectWellFormed(events);
      expect(adapter.parse(value)).toEqual(events);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      expect(error.message).toMatch(/^[A-Z].*\.$/s);
    }
  }
}

/** Every path to a value within a JSON value. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner).map((path) => [key, ...path])),
  ];
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

describe("the registry", () => {
  it.each(RECORDS)("knows the %s record by one adapter alone", (format, record) => {
    expect(ADAPTERS.filter((adapter) => adapter.detect(record)).map((adapter) => adapter.format)).toEqual([
      format,
    ]);
    expect(detectAdapter(record)?.format).toBe(format);
    expectWellFormed(detectAdapter(record)?.parse(record) ?? []);
  });

  it("finds an adapter by its format, and none by another name", () => {
    expect(adapterOf("entra")?.label).toBe("Microsoft Entra provisioning logs");
    expect(adapterOf("Okta")).toBeUndefined();
    expect(detectAdapter({ hello: "world" })).toBeNull();
  });
});

describe("every adapter, whatever it is given", () => {
  it("returns events or throws a RecordError for any JSON value", () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), expectSafe), { numRuns: 300 });
  });

  it("does so for its own records with any part of them replaced", () => {
    const hostile = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(
        ...['{"__proto__":{"id":"x"}}', '[{"type":"User"}]', "[null]", '"unknown"', '{"Id":5,"id":null}'].map(
          (text): unknown => JSON.parse(text),
        ),
      ),
    );
    const mutated = fc.constantFrom(...RECORDS).chain(([, record]) =>
      fc
        .array(fc.tuple(fc.constantFrom(...pathsOf(record)), hostile), { minLength: 1, maxLength: 3 })
        .map((changes) =>
          changes.reduce((value, [path, by]) => {
            try {
              return replaced(value, path, by);
            } catch {
              // The path went with an earlier change.
              return value;
            }
          }, record),
        ),
    );
    fc.assert(fc.property(mutated, expectSafe), { numRuns: 1_500 });
    expect(Object.hasOwn(Object.prototype, "id")).toBe(false);
  });

  it("does not change the record that it reads", () => {
    for (const [, record] of RECORDS) {
      const before = structuredClone(record);
      detectAdapter(record)?.parse(record);
      expect(record).toEqual(before);
    }
  });
});

const SAMPLES = new URL("../../../../shared/samples/", import.meta.url);
const here = existsSync(SAMPLES);

describe.skipIf(!here)(
  `records written by others (${here ? "there" : "skipped: no ../shared/samples here"})`,
  () => {
    const read = (name: string) => readFileSync(new URL(name, SAMPLES), "utf8");
    const summary = (record: unknown) =>
      detectAdapter(record)
        ?.parse(record)
        .map((event) => `${event.layer} ${event.operation} ${event.outcome} ${event.object}`);

    it("of Okta", () => {
      const hook = JSON.parse(read("okta/event-hook-delivery-0.json")) as { data: { events: unknown[] } };
      expect(hook.data.events.flatMap(summary)).toEqual(["access sign-in success user"]);
      expect(summary(JSON.parse(read("okta/logevent-user-lifecycle-deactivate-0.json")))).toEqual([
        "directory deactivate success user",
      ]);
    });

    it("of Entra", () => {
      const page = JSON.parse(read("entra/graph-page.json")) as { value: unknown[] };
      expect(page.value.flatMap(summary)).toEqual(["provisioning create failure group"]);
      const lines = read("entra/azure-monitor.ndjson").trim().split("\n");
      expect(lines.map((line) => summary(JSON.parse(line)))).toEqual([
        ["provisioning create skipped user", "directory update success user"],
        ["provisioning create success user", "directory update success user"],
        ["provisioning create failure group"],
      ]);
    });

    it.each([
      ["dsync_activated", "create success application"],
      ["dsync_deactivated", "deactivate success application"],
      ["dsync_deleted", "delete success application"],
      ["dsync_group_created", "create success group"],
      ["dsync_group_updated", "update success group"],
      ["dsync_group_deleted", "delete success group"],
      ["dsync_group_user_added", "member-add success user"],
      ["dsync_group_user_removed", "member-remove success user"],
      ["dsync_user_created", "create success user"],
      ["dsync_user_updated", "update success user"],
      ["dsync_user_deleted", "delete success user"],
      ["dsync_token_created", "credential-create success credential"],
      ["dsync_token_revoked", "credential-revoke success credential"],
      ["node_webhook", "create success user"],
    ])("of WorkOS: %s", (name, expected) => {
      expect(summary(JSON.parse(read(`workos/${name}.json`)))).toEqual([`directory ${expected}`]);
    });
  },
);
