/** Records, reviews and decisions that concern several people, of whom some are sealed and some erased. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readRecords } from "../../db/log/read-records.ts";
import { exportEvidence } from "../evidence/export-evidence.ts";
import type { RecordLine } from "../evidence/manifest.ts";
import { verifyPack } from "../evidence/verify.mjs";
import { unpacked } from "../files/testing.ts";
import { decide } from "../identities/decide.ts";
import { ingestText } from "../ingest/testing.ts";
import { differences } from "../reports/check.ts";
import { eventDetail } from "../reports/timeline.ts";
import { decideItems } from "../reviews/decide-items.ts";
import { openReview } from "../reviews/open-review.ts";
import { reviewItems } from "../reviews/read.ts";
import { emailOf, memberNamed, oktaRecord, settle } from "../reviews/testing.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import { erasePerson } from "./erase-person.ts";
import { exportPerson } from "./export-person.ts";
import { sealPerson } from "./seal-person.ts";
import { privacyDatabase, WORKSPACE } from "./testing.ts";
import { unsealPerson } from "./unseal-person.ts";

const DAY = 86_400_000;
const REASON = "A request";
const people = ["annika", "bob", "carol", "dan"].map((name) => ({
  name,
  department: "Sales",
  title: `Seller ${name}`,
  manager: name === "annika" ? "" : "annika",
}));

describe("several people", () => {
  const privacy = privacyDatabase();
  const at = Date.now() - DAY;
  let review = "";

  beforeAll(async () => {
    const { db } = privacy.database;
    const { by } = privacy.around;
    await settle(db, WORKSPACE, people, ["Chat", "Wiki"], at);
    // One record that names two: Annika did it, to Bob; and one that can't be read.
    const actor = `"actor":{"id":"00u-annika","type":"User","alternateId":"${emailOf("annika")}","displayName":"annika"}`;
    const both = oktaRecord("application.user_membership.add", "bob", "Wiki", at).replace(
      /"actor":\{[^}]*\}/u,
      actor,
    );
    await ingestText(db, WORKSPACE, both, "okta", "okta");
    await ingestText(db, WORKSPACE, `${both.slice(0, -20)}\n`, "okta", "okta").catch(() => {});
    const { member } = await memberNamed(db, WORKSPACE, "rita", "reviewer");
    ({ review } = await openReview(db, WORKSPACE, by, {
      name: "Quarterly",
      dueAt: new Date(Date.now() + 30 * DAY).toISOString(),
      fallback: member ?? "",
    }));
    const rows = (await reviewItems(db, WORKSPACE, by, review))?.rows ?? [];
    const bobs = rows.filter(({ userName }) => userName === emailOf("bob"));
    expect(bobs).toHaveLength(2);
    await decideItems(
      db,
      WORKSPACE,
      by,
      review,
      bobs.map(({ item, version }) => ({
        item,
        version,
        decision: "revoke",
        reason: `${emailOf("bob")} asked Annika`,
      })),
    );
    await decide(db, WORKSPACE, by, {
      a: "p:okta:00u-bob",
      b: "p:hr:2",
      verdict: "same",
      reason: "bob is bob",
    });
  });

  const check = async () => expect(await differences(privacy.database.db, WORKSPACE)).toEqual([]);
  const state = async () => {
    const { sql } = privacy.database.owner;
    const tables = [
      "segments",
      "link_facts",
      "subject_refs",
      "link_decisions",
      "rejected_records",
      "withheld_records",
    ];
    const all = await Promise.all(
      tables.map(
        (table) => sql<{ row: string }[]>`select to_jsonb(t)::text "row" from ${sql(table)} t order by 1`,
      ),
    );
    const reviews = await sql<{ row: string }[]>`
      select (state::jsonb)::text "row" from review_items union all select state::text from reviews order by 1`;
    return [...all, reviews].map((rows) => rows.map(({ row }) => row));
  };

  it("are sealed and unsealed in any order, and all is as it was", async () => {
    const { around } = privacy;
    const before = await state();
    for (const back of [
      [0, 1, 2],
      [2, 0, 1],
    ]) {
      const sealed: string[] = [];
      for (const name of ["annika", "bob", "carol"]) {
        sealed.push((await sealPerson(around, { identity: emailOf(name), reason: REASON })).subject);
        await check();
      }
      const items = (await reviewItems(privacy.database.db, WORKSPACE, around.by, review))?.rows ?? [];
      expect(JSON.stringify(items)).not.toMatch(/annika|bob@|carol@|00u-bob|Seller (?:annika|bob|carol)/u);
      expect(items.filter(({ decision }) => decision === "revoke")).toHaveLength(2);
      expect(items.filter(({ userName }) => userName === emailOf("dan"))).toHaveLength(2);
      for (const i of back) {
        expect(await unsealPerson(around, { identity: sealed[i] ?? "" })).toMatchObject({ kept: 0 });
        await check();
      }
      expect(await state()).toEqual(before);
    }
  }, 120_000);

  it("get a copy of what is known of them, sealed or not, and nobody else's pseudonym is opened by it", async () => {
    const { around } = privacy;
    const open = await exportPerson(around, { identity: emailOf("bob") });
    expect(open.records.length).toBeGreaterThan(5);
    expect(open.reviews).toHaveLength(4);
    expect(open.audit.length).toBeGreaterThan(0);
    expect(open.records.every(({ raw }) => raw !== null)).toBe(true);
    expect(JSON.stringify(open)).not.toMatch(/carol@|dan@/u);
    const annika = await sealPerson(around, { identity: emailOf("annika"), reason: REASON });
    const bob = await sealPerson(around, { identity: emailOf("bob"), reason: REASON });
    const sealed = await exportPerson(around, { identity: bob.subject });
    const texts = ({ records }: typeof open) => records.map(({ raw, sha256 }) => `${sha256} ${raw}`).sort();
    expect(texts(sealed)).toEqual(texts(open));
    expect(sealed.subject).toBe(open.subject);
    // The manager is sealed as well, and nobody has asked for what is known of her.
    expect(sealed.identity).toMatchObject({
      userName: emailOf("bob"),
      manager: expect.stringMatching(/^anon-/u),
    });
    await unsealPerson(around, { identity: bob.subject });
    await unsealPerson(around, { identity: annika.subject });
  }, 120_000);

  it("one of them erased: what concerned both stays sealed for good, the rest comes back", async () => {
    const { around, database } = privacy;
    const annika = await sealPerson(around, { identity: emailOf("annika"), reason: REASON });
    const bob = await sealPerson(around, { identity: emailOf("bob"), reason: REASON });
    await erasePerson(around, { identity: bob.subject, reason: REASON });
    await check();
    await expect(exportPerson(around, { identity: bob.subject })).rejects.toMatchObject({ code: "erased" });
    const back = await unsealPerson(around, { identity: annika.subject });
    expect(back.kept).toBeGreaterThan(0);
    expect(back.records).toBeGreaterThan(0);
    await check();
    const withheld: string[] = [];
    for await (const batch of readRecords(database.db, WORKSPACE, {}))
      for (const record of batch) {
        expect(record.bytes === null).toBe(record.withheld !== null);
        if (record.withheld !== null) withheld.push(record.fingerprint);
        expect(record.bytes?.toString() ?? "").not.toContain(emailOf("bob"));
      }
    expect(withheld.length).toBeGreaterThan(back.kept);
    const detail = await eventDetail(database.db, WORKSPACE, `${withheld[0]}:0`);
    expect(detail?.raw).toMatchObject({ text: null, base64: null, withheld: "erased" });

    await inFolder(async (folder) => {
      const file = join(folder, "pack.zip");
      await exportEvidence(database.db, WORKSPACE, around.by, {}, file);
      expect(await verifyPack(file)).toMatchObject({ valid: true, problems: [] });
      const lines = [...(await unpacked(await readFile(file)))]
        .filter(([path]) => path.startsWith("records/"))
        .flatMap(([, content]) => content.toString().trimEnd().split("\n"))
        .map((line) => JSON.parse(line) as RecordLine);
      const sealed = lines.filter(({ withheld: why }) => why === "erased");
      expect(sealed.map(({ fingerprint }) => fingerprint).sort()).toEqual(withheld.sort());
    });
  }, 120_000);
});
