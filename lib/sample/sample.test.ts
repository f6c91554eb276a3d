/** The sample as a reader meets it: files that are the same each time, well formed, big enough, and clear to the rules. */
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "./calendar.ts";
import { sampleCompany } from "./company.ts";
import type { SampleFile } from "./file.ts";

const END = Date.parse("2026-11-20T12:00:00Z");
const text = (file: SampleFile) => [...file.chunks()].join("");
const small = (seed: number, end = END) => sampleCompany({ seed, end, scale: 0.1 });

interface OktaTarget {
  id: string;
  type: string;
}
interface OktaRecord {
  uuid: string;
  published: string;
  eventType: string;
  target: OktaTarget[] | null;
}
interface EntraRecord {
  activityDateTime?: string;
  time?: string;
  properties?: { targetIdentity: { Id: string }; servicePrincipal: { Id: string } };
  targetIdentity?: { id: string };
}

function lines<T>(file: SampleFile): T[] {
  return text(file)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

function recordsOf(file: SampleFile): object[] {
  if (file.name.endsWith(".ndjson")) return lines(file);
  const page = JSON.parse(text(file)) as { value?: object[]; data?: object[] };
  return page.value ?? page.data ?? [];
}

function timeOf(record: object): string {
  const { published, activityDateTime, time, created_at } = record as Record<string, string | undefined>;
  return published ?? activityDateTime ?? time ?? created_at ?? "";
}

describe("the sample's files", () => {
  it("are the same for the same seed and end, and can be read twice", () => {
    const first = small(4);
    const second = small(4);
    expect(second.files.map(text)).toEqual(first.files.map(text));
    expect(first.files.map(text)).toEqual(second.files.map(text));
    expect(second.truth).toEqual(first.truth);
  });

  it("differ for another seed", () => {
    expect(small(5).files.map(text)).not.toEqual(small(4).files.map(text));
  });

  it("each parse, hold as many records as they say, and keep to the year before the end", () => {
    const { files, records } = small(1);
    expect(files.map(({ name }) => name)).toEqual([
      "okta-system-log.ndjson",
      "entra-provisioning.json",
      "entra-provisioning-stream.ndjson",
      "workos-events.json",
    ]);
    for (const file of files) {
      const parsed = recordsOf(file);
      expect(parsed).toHaveLength(file.records);
      for (const record of parsed) {
        const at = Date.parse(timeOf(record));
        expect(at).toBeGreaterThanOrEqual(END - 365 * DAY);
        expect(at).toBeLessThanOrEqual(END);
      }
    }
    expect(records).toBe(files.reduce((sum, file) => sum + file.records, 0));
  });

  it("hold a year of a company of 1,200 people at scale 1", () => {
    const { records, files } = sampleCompany({ seed: 1, end: END });
    expect(records).toBeGreaterThan(40_000);
    expect(records).toBeLessThan(60_000);
    for (const file of files) expect(recordsOf(file)).toHaveLength(file.records);
  });

  it("never give two records one id", () => {
    const ids = small(2).files.flatMap((file) =>
      recordsOf(file).map((record) => {
        const { uuid, id, identity } = record as Record<string, string | undefined>;
        return uuid ?? id ?? identity ?? "";
      }),
    );
    expect(ids).not.toContain("");
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("refuse a scale that is no size", () => {
    expect(() => sampleCompany({ seed: 1, end: END, scale: 0 })).toThrow(RangeError);
  });
});

describe("the sample's moments", () => {
  it.each([1, 2, 3])("never put two events on one account at the same millisecond (seed %i)", (seed) => {
    const seen = new Set<string>();
    for (const file of small(seed).files) {
      for (const record of recordsOf(file)) {
        const { target } = record as OktaRecord;
        const { targetIdentity, properties } = record as EntraRecord;
        const account =
          target?.find(({ type }) => type === "AppUser")?.id ??
          targetIdentity?.id ??
          properties?.targetIdentity.Id;
        if (account === undefined || account === "") continue;
        const key = `${account} ${Date.parse(timeOf(record))}`;
        expect(seen).not.toContain(key);
        seen.add(key);
      }
    }
    expect(seen.size).toBeGreaterThan(1000);
  });

  it.each([1, 2, 3])("keep departures and open failures clear of the rules' thresholds (seed %i)", (seed) => {
    const { truth } = small(seed);
    const moments = [
      ...truth.offboarding.rows.map(({ leftAt }) => leftAt),
      ...truth.failures.rows.filter(({ state }) => state === "open").map(({ firstSeen }) => firstSeen),
      ...truth.dormant.rows.flatMap(({ lastActivityAt }) => lastActivityAt ?? []),
    ];
    expect(moments.length).toBeGreaterThan(100);
    for (const moment of moments) {
      const age = END - Date.parse(moment);
      for (const threshold of [DAY, 3 * DAY, 7 * DAY, 90 * DAY]) {
        expect(Math.abs(age - threshold)).toBeGreaterThan(5 * MINUTE);
      }
    }
  });

  it("keep early ends within seven days and by hours clear of them", () => {
    const early = small(1).truth.offboarding.rows.filter(({ status }) => status === "early");
    expect(early.length).toBeGreaterThan(0);
    for (const { endedAt, leftAt } of early) {
      const before = Date.parse(leftAt) - Date.parse(endedAt ?? "");
      expect(before).toBeGreaterThan(HOUR);
      expect(before).toBeLessThan(7 * DAY - HOUR);
    }
  });
});

describe("the Okta file", () => {
  it("gives targets in varied order, and leaves the account out of some sign-ins", () => {
    const [okta] = small(1).files;
    if (okta === undefined) throw new Error("The sample has no Okta file.");
    const records = lines<OktaRecord>(okta);
    const pushes = records.filter(({ eventType }) => eventType === "application.provision.user.push");
    expect(new Set(pushes.map(({ target }) => target?.map(({ type }) => type).join())).size).toBe(6);
    const signIns = records.filter(({ eventType }) => eventType === "user.authentication.sso");
    const bare = signIns.filter(({ target }) => target?.length === 1);
    expect(bare.length / signIns.length).toBeGreaterThan(0.02);
    expect(bare.length / signIns.length).toBeLessThan(0.08);
  });
});
