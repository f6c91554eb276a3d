import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { unpacked } from "../files/testing.ts";
import { ingestText } from "../ingest/testing.ts";
import type { ReportParams } from "../reports/contract.ts";
import { REPORT_NAMES, runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import { exportEvidence } from "./export-evidence.ts";
import type { RecordLine } from "./manifest.ts";
import { manifestOf } from "./testing/packs.ts";
import { verifyPack } from "./verify.mjs";

const WORKSPACE = "main";
const ASOF = Date.parse("2026-04-01T00:00:00Z");

/** One event of an Okta org about one person at one application, each at another hour. */
function event(hour: number, eventType: string, person: string, application: string | null): string {
  const user = {
    id: `00u${person}`,
    type: "User",
    alternateId: `${person}@larkspur.example`,
    displayName: person,
  };
  const account = [
    { id: `0ua${person}${application}`, type: "AppUser", alternateId: user.alternateId, displayName: person },
    { id: `0oa${application}`, type: "AppInstance", alternateId: application, displayName: application },
  ];
  return JSON.stringify({
    uuid: `${eventType}-${person}-${application}-${hour}`,
    published: new Date(Date.parse("2026-03-01T00:00:00Z") + hour * 3_600_000).toISOString(),
    eventType,
    actor: { id: "system", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
    outcome: { result: "SUCCESS", reason: null },
    target: application === null ? [user] : [...account, user],
  });
}

const OKTA = ["alice", "bob"].flatMap((person, i) => [
  event(i, "user.lifecycle.create", person, null),
  event(i + 10, "application.provision.user.push", person, "Wiki"),
  event(i + 20, "application.provision.user.push", person, "Chat"),
]);
const LEAVING = [
  event(100, "user.lifecycle.deactivate", "bob", null),
  event(101, "application.provision.user.deactivate", "bob", "Wiki"),
];
/** After ASOF. */
const LATER = event(2000, "application.provision.user.deactivate", "bob", "Chat");
const OTHER = [event(5, "user.lifecycle.create", "alice", null)];

async function load(db: Db, lines: readonly string[], source: string, customer?: string): Promise<void> {
  await ingestText(db, WORKSPACE, lines.join("\n"), source, "auto", customer);
}

describe("evidence export", () => {
  const database = testDatabase();

  beforeAll(async () => {
    await load(database.db, [...OKTA, ...LEAVING, LATER], "okta");
    await load(database.db, OTHER, "okta-emea", "Larkspur Labs");
  });

  /** A pack of this scope: its files, its records' text, and what export and verify said. */
  const exported = (params: ReportParams) =>
    inFolder(async (folder) => {
      const file = join(folder, "pack.zip");
      const result = await exportEvidence(database.db, WORKSPACE, commandLine(), params, file);
      const verification = await verifyPack(file);
      const files = await unpacked(await readFile(file));
      const records = [...files]
        .filter(([path]) => path.startsWith("records/"))
        .flatMap(([, content]) => content.toString("utf8").trimEnd().split("\n"))
        .map((line) => (JSON.parse(line) as RecordLine).raw);
      return { result, verification, files, records };
    });

  test("holds every record up to asOf, byte for byte, and is valid", async () => {
    const { result, verification, files, records } = await exported({ asOf: ASOF });
    expect(verification).toMatchObject({ valid: true, problems: [] });
    expect(records.toSorted()).toEqual([...OKTA, ...LEAVING, ...OTHER].toSorted());
    expect(result).toMatchObject({ files: files.size, events: records.length });
    expect(manifestOf(files).sources.map(({ source, records: count }) => [source, count])).toEqual([
      ["okta", 8],
      ["okta-emea", 1],
    ]);
  });

  test("carries the reports that the command line and the pages show", async () => {
    const params = { asOf: ASOF, from: Date.parse("2026-03-02T00:00:00Z") };
    const { files } = await exported(params);
    for (const name of REPORT_NAMES) {
      const report = await runReport(database.db, WORKSPACE, name, params);
      expect(JSON.parse(files.get(`reports/${name}.json`)?.toString("utf8") ?? "")).toEqual(report);
    }
    const { rows } = await runReport(database.db, WORKSPACE, "offboarding", params);
    expect(rows.map((row) => [row.application, row.status])).toEqual([
      ["Chat", "open"],
      ["Wiki", "completed"],
    ]);
  });

  test("is the same for the same scope and asOf, but for the time of the export", async () => {
    const [one, other] = [await exported({ asOf: ASOF }), await exported({ asOf: ASOF })];
    expect({ ...manifestOf(one.files), createdAt: "" }).toEqual({
      ...manifestOf(other.files),
      createdAt: "",
    });
    for (const name of ["manifest.json", "manifest.sig"])
      expect([one.files.delete(name), other.files.delete(name)]).toEqual([true, true]);
    expect(one.files).toEqual(other.files);
  });

  test("tells who did what in Rollcall, where it is of the whole workspace", async () => {
    const { files, verification } = await exported({});
    expect(verification.valid).toBe(true);
    const rows = parse<Record<string, string>>(files.get("audit.csv") ?? "", { columns: true });
    expect(new Set(rows.map(({ verb }) => verb))).toEqual(new Set(["ingest", "export-evidence"]));
    expect(rows[0]).toMatchObject({ actorKind: "command-line" });
    expect(manifestOf(files).files.find(({ path }) => path === "audit.csv")?.rows).toBe(rows.length);
    expect((await exported({ customer: "Larkspur Labs" })).files.has("audit.csv")).toBe(false);
  });

  test("of one customer holds his sources' records only", async () => {
    const { records, files, verification } = await exported({ asOf: ASOF, customer: "Larkspur Labs" });
    expect(verification.valid).toBe(true);
    expect(records).toEqual(OTHER);
    expect(manifestOf(files).sources.map((source) => source.source)).toEqual(["okta-emea"]);
  });

  test("of one application holds the records that name it, and those of its people that name none", async () => {
    const { records, verification } = await exported({ asOf: ASOF, application: "wiki" });
    expect(verification.valid).toBe(true);
    const named = [...OKTA, ...LEAVING, ...OTHER].filter((record) => !record.includes("Chat"));
    expect(records.toSorted()).toEqual(named.toSorted());
  });

  test("refuses a log whose record was changed, and leaves the older pack as it was", async () => {
    const { sql } = database.db;
    await inFolder(async (folder) => {
      await writeFile(join(folder, "pack.zip"), "older");
      const [changed] = await sql<{ segment: string; hashes: Buffer }[]>`
        select segment, hashes from segments where source = 'okta' order by segment limit 1`;
      const whole = changed?.hashes ?? Buffer.alloc(0);
      const put = (hashes: Buffer) =>
        database.owner.sql`update segments set hashes = ${hashes} where segment = ${changed?.segment ?? ""}`;
      // Behind its fingerprint stands the hash of the first record's bytes.
      await put(Buffer.concat([whole.subarray(0, 20), Buffer.alloc(32), whole.subarray(52)]));
      try {
        await expect(
          exportEvidence(database.db, WORKSPACE, commandLine(), { asOf: ASOF }, join(folder, "pack.zip")),
        ).rejects.toMatchObject({ code: "damaged-log" });
      } finally {
        await put(whole);
      }
      expect(await readdir(folder)).toEqual(["pack.zip"]);
      expect(await readFile(join(folder, "pack.zip"), "utf8")).toBe("older");
    });
  });
});
