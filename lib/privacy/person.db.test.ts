/** Sealing, unsealing and erasing people of the sample company, against a real database. */
import { brotliDecompressSync, inflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { readHoldings } from "../../db/queries/links.ts";
import { findSealedPerson } from "../../db/queries/sealed-people.ts";
import { showDrills } from "../drills/list-drills.ts";
import { setDrills } from "../drills/set-drills.ts";
import { differences } from "../reports/check.ts";
import { unwrap } from "./cipher.ts";
import { erasePerson } from "./erase-person.ts";
import { findPersonKey, readPersonKey } from "./person-keys.ts";
import { originalsOf } from "./pseudonyms.ts";
import { sealPerson } from "./seal-person.ts";
import { allReports, bring, bringSample, privacyDatabase, WORKSPACE, wholeDatabase } from "./testing.ts";
import { unsealPerson } from "./unseal-person.ts";

const REASON = "Request of 3 July";
/** Tables that are worked out from the log, and the log. */
const LOG = [
  "segments",
  "records",
  "link_facts",
  "subject_refs",
  "rejected_records",
  "event_hours",
  "link_decisions",
];

/** Everything that stands in the database in words. */
async function everyWord(owner: Db): Promise<string> {
  const parts: string[] = [];
  for (const { raw, normal } of await owner.sql<
    { raw: Buffer; normal: Buffer }[]
  >`select raw, normal from segments`)
    parts.push(brotliDecompressSync(raw).toString("latin1"), brotliDecompressSync(normal).toString());
  for (const { rows } of await owner.sql<{ rows: Buffer }[]>`select rows from subjects`)
    parts.push(inflateRawSync(rows).toString());
  const tables = await owner.sql<{ name: string }[]>`
    select tablename "name" from pg_tables where schemaname = 'public' and tablename <> 'segments'`;
  const whole = await wholeDatabase(
    owner,
    tables.map(({ name }) => name),
  );
  for (const rows of Object.values(whole)) parts.push(...rows);
  return parts.join("\n").toLowerCase();
}

interface Known {
  subject: string;
  user_name: string;
  display_name: string | null;
  email: string | null;
}

describe("a person of the sample company", () => {
  const privacy = privacyDatabase();
  let files: Awaited<ReturnType<typeof bringSample>>["files"] = [];
  let people: Known[] = [];

  beforeAll(async () => {
    ({ files } = await bringSample(privacy.database.db, 7));
    people = await privacy.database.owner.sql<Known[]>`
      select subject, user_name, display_name, email from subjects where kind = 'identity' and subject like 'p:%'
      order by inactive_from is null, md5(subject)`;
    expect(people.length).toBeGreaterThan(10);
  }, 120_000);

  const dump = async () => {
    const tables = await wholeDatabase(privacy.database.owner, LOG);
    const subjects = await privacy.database.owner.sql<{ row: string }[]>`
      select (to_jsonb(s) - 'revision')::text "row" from subjects s order by subject collate "C"`;
    return { ...tables, subjects: subjects.map(({ row }) => row) };
  };
  const originalsOfSealed = async (person: string, subject: string) => {
    const { around } = privacy;
    const found = await findSealedPerson(around.db.sql, WORKSPACE, subject);
    return originalsOf(
      unwrap(await readPersonKey(around.home, person), found?.dictionary ?? Buffer.alloc(0)).bytes,
    );
  };
  const hashes = () =>
    privacy.database.owner.sql`
      select segment, source, format, records, first_at, last_at, encode(hashes, 'hex') hashes from segments order by segment`;

  it("sealed: every report says the same but for the names, every hash stays, and unsealed every byte is back", async () => {
    const { around, database } = privacy;
    for (const { subject, user_name, display_name, email } of [
      people[0],
      people[3],
      people.at(-1),
    ] as Known[]) {
      const [before, reports, proofs] = [await dump(), await allReports(database.db), await hashes()];
      const refs = (await readHoldings(database.db.sql, WORKSPACE, subject)).map(({ ref }) => ref);
      expect(await everyWord(database.owner)).toContain(user_name.toLowerCase());
      await setDrills(database.db, WORKSPACE, around.by, "Slack", { follow: user_name });

      const sealed = await sealPerson(around, { identity: user_name, reason: `${REASON} of ${user_name}` });
      expect(sealed.records).toBeGreaterThan(5);
      const words = await everyWord(database.owner);
      for (const name of [user_name, display_name, email, ...refs.map((ref) => ref.split(":").at(-1) ?? "")])
        if (name !== null && name.length > 5) expect(words, name).not.toContain(name.toLowerCase());
      expect(await hashes()).toEqual(proofs);
      expect(await differences(database.db, WORKSPACE)).toEqual([]);
      const originals = await originalsOfSealed(sealed.person, sealed.subject);
      expect(await allReports(database.db, originals)).toEqual(reports);

      const back = await unsealPerson(around, { identity: sealed.subject });
      expect(back).toEqual({ subject, records: sealed.records, kept: 0 });
      expect(await dump()).toEqual(before);
      expect(await differences(database.db, WORKSPACE)).toEqual([]);
      expect(await findPersonKey(around.home, sealed.person)).toBeNull();
      expect((await showDrills(database.db, WORKSPACE, "Slack")).follow).toBe(user_name);
    }
    await setDrills(database.db, WORKSPACE, around.by, "Slack", { follow: null });
  }, 240_000);

  it("erased: nobody reads it again, the same files bring nothing back, and figures stay", async () => {
    const { around, database } = privacy;
    const { user_name, display_name, email } = people[1] as Known;
    const [proofs, reports] = [await hashes(), await allReports(database.db)];
    await setDrills(database.db, WORKSPACE, around.by, "Slack", { follow: email });
    const sealed = await sealPerson(around, { identity: user_name, reason: REASON });
    const originals = await originalsOfSealed(sealed.person, sealed.subject);
    const erased = await erasePerson(around, { identity: sealed.subject, reason: `${REASON}, ${email}` });
    expect(erased).toEqual({ person: sealed.person, subject: sealed.subject });
    expect(await findPersonKey(around.home, sealed.person)).toBeNull();
    for (const { source, format, chunks } of files) {
      const again = await bring(database.db, source, format, chunks());
      expect(again).toMatchObject({ accepted: 0, rejected: 0 });
    }
    expect(await allReports(database.db, originals)).toEqual(reports);
    // Beside new records, too: what the known ones say of who is who is not learned again.
    const [okta] = files;
    const lines = [...(okta?.chunks() ?? [])].join("").trimEnd().split("\n");
    const fresh = lines.slice(-3).map((line, i) => line.replace(/"uuid":"[^"]*"/u, `"uuid":"fresh-${i}"`));
    const mixed = await bring(database.db, okta?.source ?? "", okta?.format ?? "", [
      [...lines.filter((line) => line.toLowerCase().includes(email ?? "-")).slice(0, 50), ...fresh].join(
        "\n",
      ),
    ]);
    expect(mixed.accepted).toBe(3);
    const words = await everyWord(database.owner);
    for (const name of [user_name, display_name, email]) expect(words).not.toContain(name?.toLowerCase());
    expect((await hashes()).slice(0, proofs.length)).toEqual(proofs);
    expect(await differences(database.db, WORKSPACE)).toEqual([]);
    await expect(unsealPerson(around, { identity: sealed.subject })).rejects.toMatchObject({
      code: "erased",
    });
    await expect(sealPerson(around, { identity: sealed.subject, reason: REASON })).rejects.toMatchObject({
      code: "sealed",
    });
  }, 240_000);

  it("is left alone by the application's role, and by whoever is no admin", async () => {
    const { around, database } = privacy;
    const { subject } = people[2] as Known;
    const before = await dump();
    await expect(
      sealPerson({ ...around, db: database.db }, { identity: subject, reason: REASON }),
    ).rejects.toMatchObject({ code: "42501" });
    const analyst = { ...around.by, role: "analyst" as const };
    await expect(
      sealPerson({ ...around, by: analyst }, { identity: subject, reason: REASON }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      sealPerson(around, { identity: "nobody@here.example", reason: REASON }),
    ).rejects.toMatchObject({
      code: "unknown",
    });
    await expect(sealPerson(around, { identity: subject, reason: " " })).rejects.toMatchObject({
      code: "no-reason",
    });
    expect(await dump()).toEqual(before);
  });
});
