/** Packs of a customer with pseudonyms in place of people, made of the sample company. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { exportEvidence } from "../evidence/export-evidence.ts";
import type { RecordLine } from "../evidence/manifest.ts";
import { manifestOf } from "../evidence/testing/packs.ts";
import { verifyPack } from "../evidence/verify.mjs";
import { withPseudonyms } from "../evidence/with-pseudonyms.ts";
import { unpacked } from "../files/testing.ts";
import type { ReportName, ReportParams, Reports } from "../reports/contract.ts";
import { exampleReports } from "../reports/fixtures.ts";
import { type FoldedReport, isRows } from "../reports/fold.ts";
import { REPORT_NAMES, runReport } from "../reports/run.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import type { Classes } from "./classes.ts";
import { namedIn } from "./marks.ts";
import { pseudonymiseReport, pseudonymKey } from "./pseudonymise.ts";
import { bringSample, privacyDatabase, WORKSPACE } from "./testing.ts";

const INSTALLATION = "secret of this installation";
const KEY = pseudonymKey(INSTALLATION, WORKSPACE, "Acme");

/** Texts of a value with the path to each, lists without their numbers. */
function texts(value: unknown, path = ""): [path: string, text: string][] {
  if (typeof value === "string") return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((member) => texts(member, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => texts(member, `${path}.${name}`));
}

/** A report with pseudonyms, all its rows read. */
const pseudonymised = <N extends ReportName>(name: N, report: Reports[N], key: Uint8Array): Reports[N] =>
  Object.fromEntries(
    Object.entries(pseudonymiseReport(name, report as FoldedReport as FoldedReport<N>, key)).map(
      ([field, value]) => [field, isRows(value) ? [...value] : value],
    ),
  ) as unknown as Reports[N];

describe("a pack with pseudonyms", () => {
  const privacy = privacyDatabase();
  /** All that anybody is called in the log. */
  const names = new Set<string>();

  beforeAll(async () => {
    const { database } = privacy;
    await bringSample(database.db, 7, 0.02, "Acme");
    const people = await database.owner.sql<{ names: (string | null)[] }[]>`
      select array[user_name, display_name, email] names from subjects where kind is not null`;
    for (const { names: own } of people)
      for (const name of own) if (name !== null) names.add(name.toLowerCase());
    for (const { ref } of await database.owner.sql<{ ref: string }[]>`select ref from link_facts`) {
      const named = namedIn(ref);
      if (named !== null) names.add(named.toLowerCase());
    }
    expect(names.size).toBeGreaterThan(100);
  }, 120_000);

  const asOf = Date.parse("2026-07-01T00:00:00Z");
  const pack = (params: ReportParams) =>
    inFolder(async (folder) => {
      const { database, around } = privacy;
      const file = join(folder, "pack.zip");
      const wanted = withPseudonyms(INSTALLATION, WORKSPACE, params);
      await exportEvidence(database.db, WORKSPACE, around.by, wanted, file);
      expect(await verifyPack(file)).toMatchObject({ valid: true, problems: [] });
      return unpacked(await readFile(file));
    });

  it("names nobody in any file, keeps every figure and every hash, and verifies", async () => {
    const { db } = privacy.database;
    const files = await pack({ customer: "Acme", asOf });
    const whole = [...files]
      .map(([path, content]) => `${path}\n${content}`)
      .join("\n")
      .toLowerCase();
    // Of an account that a record calls so nothing but JSON's own word is found.
    const found = [...names].filter((name) => name.length > 3 && name !== "null" && whole.includes(name));
    expect(found).toEqual([]);
    expect(manifestOf(files)).toMatchObject({ pseudonymised: true, scope: { customer: "Acme" } });
    for (const name of REPORT_NAMES) {
      const plain = await runReport(db, WORKSPACE, name, { customer: "Acme", asOf });
      const given = JSON.parse(files.get(`reports/${name}.json`)?.toString() ?? "") as Reports[typeof name];
      const shape = (value: unknown) =>
        JSON.stringify(value, (_key, member) => (typeof member === "string" ? "" : member));
      expect(shape(given)).toBe(shape(plain));
      expect(texts(given).map(([path]) => path)).toEqual(texts(plain).map(([path]) => path));
    }
    const lines = [...files]
      .filter(([path]) => path.startsWith("records/"))
      .flatMap(([, content]) => content.toString().trimEnd().split("\n"))
      .map((line) => JSON.parse(line) as RecordLine);
    expect(lines.length).toBe(manifestOf(files).records);
    for (const { raw, rawBase64, withheld, normal } of lines) {
      expect([raw, rawBase64, withheld]).toEqual([undefined, undefined, "pseudonymised"]);
      expect(normal?.length).toBeGreaterThan(0);
    }
  }, 120_000);

  it("has the same pseudonym for one person in every file and in later packs, and others for another customer", async () => {
    const { db } = privacy.database;
    const [one, later] = [await pack({ customer: "Acme", asOf }), await pack({ customer: "Acme", asOf })];
    const reports = (files: Map<string, Buffer>) => files.get("reports/offboarding.csv")?.toString();
    expect(reports(one)).toBe(reports(later));
    const report = await runReport(db, WORKSPACE, "offboarding", { customer: "Acme", asOf });
    const own = pseudonymised("offboarding", report, KEY);
    const other = pseudonymised("offboarding", report, pseudonymKey(INSTALLATION, WORKSPACE, "Globex"));
    const userNames = (of: Reports["offboarding"]) => of.rows.map(({ identity }) => identity.userName);
    expect(new Set(userNames(own)).size).toBe(new Set(userNames(report)).size);
    expect(userNames(own).some((name) => userNames(other).includes(name))).toBe(false);
    const records = [...one]
      .filter(([path]) => path.startsWith("records/"))
      .map(([, content]) => content.toString());
    for (const name of userNames(own)) expect(records.join("")).toContain(name);
  }, 120_000);

  it("is of one customer, or not made", () => {
    expect(() => withPseudonyms(INSTALLATION, WORKSPACE, {})).toThrow(/one customer/u);
  });
});

describe("what tells of a person", () => {
  it.each(REPORT_NAMES)("is said of every text of the report %s", (name: ReportName) => {
    const plain = exampleReports[name];
    const given = pseudonymised(name, plain, KEY);
    expect(texts(given).length).toBe(texts(plain).length);
    const surprise = { ...plain, rows: [...plain.rows, { nickname: "anna" }] } as unknown as typeof plain;
    expect(() => pseudonymised(name, surprise, KEY)).toThrow(`${name}.rows.nickname`);
  });

  it("has to be said of a new field before it compiles", () => {
    // @ts-expect-error: nobody has said what `nickname` is.
    const missing: Classes<{ nickname: string | null; age: number }> = {};
    const said: Classes<{ nickname: string | null; age: number; more: { words: string[] }[] }> = {
      nickname: "person",
      more: { words: "words" },
    };
    expect([Object.keys(missing), Object.keys(said)]).toEqual([[], ["nickname", "more"]]);
  });
});
