import { describe, expect, it } from "vitest";
import { RECORDS } from "../ingest/adapters/fixtures.ts";
import { adapterOf, detectAdapter } from "../ingest/adapters/registry.ts";
import type { LoggedEvent, NormalEvent } from "../ingest/event.ts";
import { ocsfEvent } from "./ocsf-event.ts";

const EVENTS: LoggedEvent[] = RECORDS.flatMap(([format, record], i) =>
  (adapterOf(format)?.parse(record) ?? []).map((event, ordinal) => ({
    ...event,
    id: `${String(i).padStart(64, "0")}:${ordinal}`,
    sourceId: format,
  })),
);

/** What schema.ocsf.io 1.4.0 demands of each class, beside what it demands of all. */
const DEMANDS: Record<number, string[]> = {
  3001: ["user"],
  3002: ["user"],
  3004: ["entity"],
  3005: ["privileges", "user"],
  3006: ["group"],
};
const OF_ALL = ["activity_id", "category_uid", "class_uid", "metadata", "severity_id", "time", "type_uid"];
/** At least one of these has to be known of each. */
const NAMES: Record<string, string[]> = {
  user: ["account", "cis", "email_addr", "full_name", "name", "uid", "uid_alt"],
  entity: ["name", "uid", "device", "group", "user", "policy"],
  group: ["name", "uid"],
};

const withoutPlace = ({ id: _id, sourceId: _source, ...event }: LoggedEvent): NormalEvent => event;

describe("an event as OCSF", () => {
  it("comes back whole, whatever it was", () => {
    expect(EVENTS.length).toBeGreaterThan(50);
    for (const event of EVENTS) {
      const record = JSON.parse(JSON.stringify(ocsfEvent(event)));
      const adapter = detectAdapter(record);
      expect(adapter?.format).toBe("ocsf");
      expect(adapter?.parse(record)).toEqual([withoutPlace(event)]);
    }
  });

  it("has what its class demands", () => {
    const seen = new Set<unknown>();
    for (const event of EVENTS) {
      const record = ocsfEvent(event);
      const { class_uid: uid, type_uid: type, activity_id: activity } = record;
      seen.add(uid);
      const demanded = [...OF_ALL, ...(DEMANDS[uid as number] ?? ["a class that is known"])];
      expect(demanded.filter((name) => record[name] === undefined || record[name] === null)).toEqual([]);
      expect(type).toBe((uid as number) * 100 + (activity as number));
      expect(record.metadata).toMatchObject({ version: "1.4.0", product: { vendor_name: "Rollcall" } });
      for (const [part, names] of Object.entries(NAMES)) {
        const value = record[part];
        if (value === undefined) continue;
        expect(names.some((name) => Object.hasOwn(value as object, name))).toBe(true);
      }
    }
    expect([...seen].sort()).toEqual([3001, 3002, 3004, 3005, 3006]);
  });

  it("says little beside OCSF where OCSF has a field for it", () => {
    const signIn = EVENTS.find(
      ({ operation, application, person }) =>
        operation === "sign-in" && application !== null && person !== null,
    );
    if (signIn === undefined) throw new Error("No record is a sign-in.");
    const record = ocsfEvent({
      ...signIn,
      nativeId: signIn.id,
      application: { id: null, name: "Wiki" },
      account: null,
    });
    expect(record).toMatchObject({ class_uid: 3002, activity_id: 1, user: { domain: "Wiki" } });
    const { rollcall = {} } = (record.unmapped ?? {}) as { rollcall?: object };
    expect(
      Object.keys(rollcall).filter((name) => ["operation", "outcome", "at", "application"].includes(name)),
    ).toEqual([]);
  });
});
