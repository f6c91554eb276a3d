/** The copies of each subject's records say what the log says, whatever comes in which order, and nothing of who is withheld. */
import { inflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { shareLog } from "../../db/log/append.ts";
import { findSegments, readRefs } from "../../db/log/read.ts";
import { refHash } from "../../db/log/segment.ts";
import { readHoldingsOf } from "../../db/queries/links.ts";
import { findSegmentsWithSince, readCoverages } from "../../db/queries/subject-records.ts";
import { commandLine } from "../auth/caller.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { byEventOrder } from "../lifecycle/order.ts";
import { sealPerson } from "../privacy/seal-person.ts";
import { privacyDatabase, WORKSPACE } from "../privacy/testing.ts";
import { unsealPerson } from "../privacy/unseal-person.ts";
import { differences } from "../reports/check.ts";
import type { LoggedEvent } from "./event.ts";
import { ingest } from "./ingest.ts";
import { rebuild } from "./rebuild.ts";
import { isWithin } from "./spans.ts";
import { eventsOfSubjects } from "./subject-records.ts";

const EVENTS = 4_000;

describe("records of subjects, kept together", { timeout: 120_000 }, () => {
  const privacy = privacyDatabase();
  const db = () => privacy.database.db;
  const lines = [...oktaLog(EVENTS, 5)].map(String).join("").trimEnd().split("\n");
  const send = (some: readonly string[], source = "okta") =>
    ingest(db(), WORKSPACE, commandLine(), {
      chunks: (async function* () {
        yield new TextEncoder().encode(some.join("\n"));
      })(),
      file: null,
      bytesTotal: null,
      source,
    });
  const subjects = async () => {
    const rows = await privacy.database.owner.sql<{ subject: string }[]>`
      select distinct subject from subject_refs order by subject`;
    return rows.map(({ subject }) => subject);
  };
  const kept = () => privacy.database.owner.sql<{ subject: string; records: Buffer }[]>`
    select subject, records from subject_records`;
  /** Segments that a pass over the log has not read and whose people have not all been worked out since. */
  const notCovered = async () => {
    const { sql } = privacy.database.owner;
    const coverages = await readCoverages(sql, WORKSPACE);
    const all = await sql<{ segment: number }[]>`select segment from segments order by segment`;
    return all.flatMap(({ segment }) =>
      [...coverages.values()].every((spans) => isWithin(spans, segment)) ? [] : [segment],
    );
  };
  const inOrder = (events: readonly LoggedEvent[]) => events.map(({ ...event }) => event).sort(byEventOrder);

  /** What the segments say of each subject, with no copy looked at. */
  async function byTheLog(subject: string): Promise<LoggedEvent[]> {
    const holdings = await readHoldingsOf(db().sql, WORKSPACE, [subject]);
    const refs = holdings.map(({ ref }) => ref);
    const found = await readRefs(db().sql, WORKSPACE, holdings, await findSegments(db().sql, refs));
    return inOrder(found.map(({ ref: _, ...event }) => event));
  }

  async function areRight(): Promise<void> {
    expect(await differences(db(), WORKSPACE)).toEqual([]);
    const all = await subjects();
    const told = await eventsOfSubjects(db().sql, WORKSPACE, all, 100_000);
    for (const subject of all)
      expect(inOrder(told?.get(subject) ?? []), subject).toEqual(await byTheLog(subject));
  }

  beforeAll(() => send(lines.slice(0, 3_000)), 120_000);

  it("are all there after the first pass, and are what the log says", async () => {
    expect((await kept()).length).toBe((await subjects()).length);
    // Nothing has to be opened for them.
    expect(await eventsOfSubjects(db().sql, WORKSPACE, await subjects(), 0)).not.toBeNull();
    await areRight();
  });

  it("take in what comes later, a little at a time, also from several at once and out of order", async () => {
    for (let from = 3_000; from < 3_300; from += 50) await send(lines.slice(from, from + 50));
    await Promise.all(
      [3_900, 3_300, 3_600].map(async (from) => {
        for (let at = from; at < from + 100; at += 20) await send(lines.slice(at, at + 20), `okta-${from}`);
      }),
    );
    await send(lines.slice(3_400, 3_600));
    // Nobody's records have to be looked for again in what has been worked out.
    expect(await notCovered()).toEqual([]);
    await areRight();
    expect(await eventsOfSubjects(db().sql, WORKSPACE, await subjects(), 0)).not.toBeNull();
  });

  it("are not read where another ref stands for the subject, and are right again after a rebuild", async () => {
    const { sql } = privacy.database.owner;
    await sql`update subject_records set holdings = 'others'`;
    expect(await eventsOfSubjects(db().sql, WORKSPACE, await subjects(), 0)).toBeNull();
    await areRight();
    await rebuild(db(), WORKSPACE, commandLine(), () => {});
    expect(await eventsOfSubjects(db().sql, WORKSPACE, await subjects(), 0)).not.toBeNull();
    await areRight();
    // Of passes of which nothing is kept, nothing is noted either.
    const [{ count } = { count: 0 }] = await sql<{ count: number }[]>`
      select count(*)::int4 count from record_coverages c
      where not exists (select from subject_records r where r.coverage = c.coverage)`;
    expect(count).toBeLessThanOrEqual(1);
  });

  it("of somebody new are looked for in all of the log once, and then in what comes", async () => {
    const before = await subjects();
    const strangers = [...oktaLog(100, 6)].map(String).join("").trimEnd().split("\n");
    for (const from of [0, 50])
      await send([...lines.slice(3_800 + from / 2, 3_825 + from / 2), ...strangers.slice(from, from + 50)]);
    const rows = await privacy.database.owner.sql`
      select coverage is null as alone from subject_records where subject <> all(${before}::text[])`;
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ alone }) => alone)).toEqual([]);
    await areRight();
  });

  it("are right for a few where very much came since, of them and of others", async () => {
    const { sql } = privacy.database.owner;
    const last = async () => Number((await sql`select max(segment) as last from segments`)[0]?.last);
    const [before, busy] = [await last(), lines.slice(2_000, 2_055)];
    // Somebody adds to the log all the time: nothing is settled.
    let end = (): void => {};
    const adding = new Promise<void>((resolve) => {
      end = resolve;
    });
    const held = db().sql.begin(async (tx) => {
      await shareLog(tx, WORKSPACE);
      await adding;
    });
    // Each a segment of its own; some of an earlier month.
    for (const [i, line] of busy.entries()) {
      const later = JSON.parse(line) as Record<string, unknown>;
      for (const day of ["03", "04"])
        await send(
          [
            JSON.stringify({
              ...later,
              uuid: `later-${i}-${day}`,
              published: `2026-${day}-02T00:00:00.000Z`,
            }),
          ],
          `okta-later-${i % 3}`,
        );
    }
    const since = await sql<{ segment: number; month: string }[]>`
      select segment, month::text from segments where segment > ${before} order by segment`;
    const few = (await subjects()).slice(0, 5);
    expect(since.length).toBeGreaterThan(20 * few.length);
    expect(new Set(since.map(({ month }) => month)).size).toBeGreaterThan(1);

    const refs = await sql<{ ref: string }[]>`select distinct ref from subject_refs order by ref`;
    const hashes = refs.map(({ ref }) => refHash(ref));
    expect(await findSegmentsWithSince(db().sql, hashes, before)).toEqual(
      since.map(({ segment }) => segment),
    );
    expect(await findSegmentsWithSince(db().sql, hashes, since.at(-2)?.segment ?? 0)).toEqual([
      since.at(-1)?.segment,
    ]);
    expect(await findSegmentsWithSince(db().sql, [refHash("nobody's")], before)).toEqual([]);
    await areRight();
    const touched = await sql<{ subject: string }[]>`
      select subject from subject_records where segments && ${since.map(({ segment }) => segment)}::int[] order by subject limit 5`;
    for (const five of [few, touched.map(({ subject }) => subject)]) {
      const told = await eventsOfSubjects(db().sql, WORKSPACE, five, 0);
      for (const subject of five) expect(inOrder(told?.get(subject) ?? [])).toEqual(await byTheLog(subject));
    }
    expect((await notCovered()).length).toBeGreaterThanOrEqual(since.length);
    end();
    await held;
    await send(lines.slice(3_650, 3_660));
    expect(await notCovered()).toEqual([]);
    await areRight();
  });

  it("say nothing of somebody who is sealed, and are right again when they are not", async () => {
    const [person] = await privacy.database.owner.sql<{ userName: string }[]>`
      select user_name as "userName" from subjects where kind = 'identity' order by user_name limit 1`;
    if (person === undefined) throw new Error("There is nobody.");
    const texts = async () =>
      (await kept()).map(({ records }) => inflateRawSync(records).toString().toLowerCase()).join("\n");
    expect(await texts()).toContain(person.userName.toLowerCase());
    const sealed = await sealPerson(privacy.around, { identity: person.userName, reason: "asked for it" });
    expect(await texts()).not.toContain(person.userName.toLowerCase());
    await send(lines.slice(3_700, 3_800).filter((line) => !line.includes(person.userName)));
    expect(await texts()).not.toContain(person.userName.toLowerCase());
    await areRight();
    await unsealPerson(privacy.around, { identity: sealed.subject });
    await areRight();
  });
});
