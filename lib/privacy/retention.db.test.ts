/** Retention on the sample company: old records go, what is known of those who are here stays, and proofs hold. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readRecords } from "../../db/log/read-records.ts";
import { exportEvidence } from "../evidence/export-evidence.ts";
import type { RecordLine } from "../evidence/manifest.ts";
import { manifestOf } from "../evidence/testing/packs.ts";
import { verifyPack } from "../evidence/verify.mjs";
import { unpacked } from "../files/testing.ts";
import { differences } from "../reports/check.ts";
import type { ReportName, Reports } from "../reports/contract.ts";
import { runReport } from "../reports/run.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import { runRetention } from "./run-retention.ts";
import { sealPerson } from "./seal-person.ts";
import { setRetention } from "./set-retention.ts";
import { bring, bringSample, privacyDatabase, WORKSPACE } from "./testing.ts";
import { unsealPerson } from "./unseal-person.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-07-01T00:00:00Z");
const DAYS = 120;
const LIMIT = NOW - DAYS * DAY;

describe("retention", () => {
  const privacy = privacyDatabase();
  let files: Awaited<ReturnType<typeof bringSample>>["files"] = [];
  let sources: string[] = [];

  beforeAll(async () => {
    const { database } = privacy;
    ({ files } = await bringSample(database.db, 7));
    sources = [...new Set(files.map(({ source }) => source))];
  }, 120_000);

  const facts = async () => {
    const [row] = await privacy.database.owner.sql`
      select (select jsonb_agg(jsonb_build_array(segment, records, encode(hashes, 'hex')) order by segment) from segments) hashes,
        (select jsonb_agg(encode(fingerprint, 'hex') order by fingerprint) from records) records`;
    return row;
  };
  const report = <N extends ReportName>(name: N, from?: number): Promise<Reports[N]> =>
    runReport(privacy.database.db, WORKSPACE, name, { asOf: NOW, from });

  it("is set by source, and only for sources that there are", async () => {
    const { database, around } = privacy;
    for (const [source, days, code] of [
      ["nowhere", 30, "unknown-source"],
      ["okta", 0, "bad-days"],
      ["okta", 1.5, "bad-days"],
    ] as const)
      await expect(setRetention(database.db, WORKSPACE, around.by, source, days)).rejects.toMatchObject({
        code,
      });
    expect(await runRetention(around, { now: NOW })).toEqual({ sources: [] });
    const analyst = { ...around.by, role: "analyst" as const };
    await expect(setRetention(database.db, WORKSPACE, analyst, "okta", 30)).rejects.toMatchObject({
      code: "forbidden",
    });
    for (const source of sources) await setRetention(database.db, WORKSPACE, around.by, source, DAYS);
    await expect(runRetention({ ...around, db: database.db }, { now: NOW })).rejects.toMatchObject({
      code: "42501",
    });
  });

  it("removes old records, keeps what is rested on, and every proof and figure of the time that is kept", async () => {
    const { database, around } = privacy;
    const [proofs, offboarding, accounts, dormant] = [
      await facts(),
      await report("offboarding", LIMIT),
      await report("accounts"),
      await report("dormant"),
    ];
    const sealed = await sealPerson(around, {
      identity: "p:okta:".concat(await anOktaId()),
      reason: "A request",
    });
    const told = await runRetention(around, { now: NOW, dryRun: true });
    expect(await differences(database.db, WORKSPACE)).toEqual([]);
    const run = await runRetention(around, { now: NOW });
    expect(run).toEqual(told);
    const removed = run.sources.reduce((sum, source) => sum + source.removed, 0);
    expect(removed).toBeGreaterThan(200);
    expect(run.sources.some(({ kept }) => kept > 0)).toBe(true);
    expect(await unsealPerson(around, { identity: sealed.subject })).toMatchObject({ kept: 0 });

    expect(await facts()).toEqual(proofs);
    expect(await differences(database.db, WORKSPACE)).toEqual([]);
    const after = await report("offboarding", LIMIT);
    expect([after.rows, after.summary]).toEqual([offboarding.rows, offboarding.summary]);
    const active = <R extends { active: boolean }>({ rows }: { rows: R[] }) =>
      rows.filter((row) => row.active);
    expect(active(await report("accounts"))).toEqual(active(accounts));
    expect((await report("dormant")).rows).toEqual(dormant.rows);

    let tombstones = 0;
    for await (const batch of readRecords(database.db, WORKSPACE, { to: LIMIT - 1 })) {
      for (const { withheld, bytes, events } of batch) {
        if (withheld === null) continue;
        expect([withheld.why, bytes, events]).toEqual(["retention", null, 0]);
        tombstones += 1;
      }
    }
    expect(tombstones).toBe(removed);
    // Again, there is nothing left to remove.
    expect((await runRetention(around, { now: NOW })).sources.map((source) => source.removed)).toEqual(
      sources.map(() => 0),
    );
  }, 240_000);

  it("says so: completeness tells since when, a pack has a line for each, and the same records are known", async () => {
    const { database, around } = privacy;
    const { rows } = await runReport(database.db, WORKSPACE, "completeness", { asOf: NOW });
    const telling = rows.filter(({ beginning }) => beginning?.includes("were removed by retention"));
    expect(telling.length).toBeGreaterThan(0);
    for (const { gaps } of telling)
      for (const gap of gaps) expect(Date.parse(gap.to)).toBeGreaterThanOrEqual(LIMIT);
    for (const { source, format, chunks } of files)
      expect(await bring(database.db, source, format, chunks())).toMatchObject({ accepted: 0 });
    expect(await differences(database.db, WORKSPACE)).toEqual([]);
    await inFolder(async (folder) => {
      const file = join(folder, "pack.zip");
      await exportEvidence(database.db, WORKSPACE, around.by, { asOf: NOW }, file);
      expect(await verifyPack(file)).toMatchObject({ valid: true, problems: [] });
      const pack = await unpacked(await readFile(file));
      const lines = [...pack]
        .filter(([path]) => path.startsWith("records/"))
        .flatMap(([, content]) => content.toString().trimEnd().split("\n"))
        .map((line) => JSON.parse(line) as RecordLine);
      expect(lines.length).toBe(manifestOf(pack).records);
      const gone = lines.filter((line) => line.removed !== undefined);
      expect(gone.length).toBeGreaterThan(200);
      for (const line of gone) expect([line.raw, line.removed?.why]).toEqual([undefined, "retention"]);
    });
  }, 120_000);

  const anOktaId = async (): Promise<string> => {
    const [row] = await privacy.database.owner.sql<{ subject: string }[]>`
      select subject from subjects where subject like 'p:okta:%' and kind = 'identity' and inactive_from is null
      order by md5(subject) limit 1`;
    return row?.subject.slice("p:okta:".length) ?? "";
  };
});
