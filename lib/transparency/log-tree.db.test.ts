/** The log's tree in the database: every record is a leaf once, in order; and what was changed behind it is noticed. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "../../db/client.ts";
import { leafEntry } from "../../db/log/leaf.ts";
import { readRecords, type StoredRecord } from "../../db/log/read-records.ts";
import { sequence, TreeOfLog, TreeProblem } from "../../db/log/tree.ts";
import { inclusionRanges } from "../../db/merkle/ranges.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { isConsistent, readCheckpoint } from "../evidence/verify.mjs";
import { ingestText } from "../ingest/testing.ts";
import { homeAt } from "../runtime/home.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { consistencyProof } from "./proofs.ts";
import { proveRecord } from "./prove-record.ts";
import { publishHead, recentCheckpoint } from "./publish-head.ts";
import { acceptInclusion, mth } from "./testing.ts";

const WORKSPACE = "main";

async function load(db: Db, records: number, seed: number, source: string): Promise<number> {
  return (await ingestText(db, WORKSPACE, oktaLog(records, seed), source, "okta")).accepted;
}

async function recordsOf(db: Db): Promise<StoredRecord[]> {
  const all: StoredRecord[] = [];
  for await (const batch of readRecords(db, WORKSPACE, {})) all.push(...batch);
  return all;
}

describe("the log's tree", { timeout: 180_000 }, () => {
  const database = testDatabase();
  let home = homeAt("/nowhere");

  beforeAll(async () => {
    home = homeAt(await mkdtemp(join(tmpdir(), "rollcall-tree-")));
  });
  afterAll(() => rm(home.root, { recursive: true }));

  test("of a log without records has a root, and a head can be signed", async () => {
    const { tree, checkpoint } = await publishHead(database.db, WORKSPACE, 0, home);
    expect(tree.root).toEqual(mth([]));
    expect(readCheckpoint(checkpoint)).toMatchObject({ origin: tree.origin, size: 0 });
  });

  test("has every record of several ingests at once as one leaf each, and goes on where it stood", async () => {
    const { db } = database;
    let expected = 0;
    for (const round of [1, 2, 3]) {
      const sources = ["okta-a", "okta-b", "okta-c"];
      const loaded = await Promise.all(sources.map((source, i) => load(db, 900, 10 * round + i, source)));
      expected += loaded.reduce((sum, count) => sum + count);
      const tree = await sequence(db, WORKSPACE);
      const records = await recordsOf(db);
      expect(tree.size).toBe(expected);
      expect(records.map(({ leaf }) => leaf)).toEqual(records.map((_, i) => i));
      expect(tree.root).toEqual(mth(records.map((record) => Buffer.from(leafEntry(record)))));
      const read = new TreeOfLog(db.sql, WORKSPACE, tree.size);
      expect(Buffer.from(await read.hash({ from: 0, to: tree.size }))).toEqual(tree.root);
    }
  });

  test("is worked out without a temporary file many times as large as the records", async () => {
    const { db } = database;
    await load(db, 12_000, 77, "okta-d");
    const { size } = await sequence(db, WORKSPACE);
    const written = async (): Promise<number> => {
      const [row] = await db.sql<{ bytes: string }[]>`
        select temp_bytes as bytes from pg_stat_database where datname = current_database()`;
      return Number(row?.bytes);
    };
    const before = await written();
    await db.sql.begin(async (sql) => {
      await sql`select pg_stat_force_next_flush()`;
      await sql`select log_leaves(0, ${size})`;
    });
    // What a record's hashes take in a segment is 52 bytes.
    expect((await written()) - before).toBeLessThan(2 * 52 * size);
  });

  test("of a record that comes again stays as it was", async () => {
    const before = await sequence(database.db, WORKSPACE);
    expect(await load(database.db, 900, 10, "okta-a")).toBe(0);
    expect(await sequence(database.db, WORKSPACE)).toEqual(before);
  });

  test("proves a record to another's verifier, and each earlier head to the next", async () => {
    const { db } = database;
    const first = await publishHead(db, WORKSPACE, 1, home);
    await load(db, 500, 99, "okta-a");
    const second = await publishHead(db, WORKSPACE, 2, home);
    expect(second.tree.size).toBeGreaterThan(first.tree.size);
    const read = new TreeOfLog(db.sql, WORKSPACE, second.tree.size);
    const records = await recordsOf(db);
    for (const leaf of [0, 255, 256, 1000, second.tree.size - 1]) {
      const hashes = await Promise.all(
        inclusionRanges(leaf, second.tree.size).map(async (range) => Buffer.from(await read.hash(range))),
      );
      const entry = Buffer.from(leafEntry(records[leaf] as StoredRecord));
      acceptInclusion({ entry, leaf, size: second.tree.size, root: second.tree.root, hashes });
    }
    const [before, after] = [first, second].map(({ checkpoint }) => readCheckpoint(checkpoint));
    if (!before || !after) throw new Error("no checkpoint");
    const proof = await consistencyProof(before.size, after.size, (range) => read.hash(range));
    expect(
      isConsistent(
        before,
        after,
        proof.map((hash) => Buffer.from(hash, "base64")),
      ),
    ).toBe(true);
  });

  test("is signed once an hour for whoever asks again and again, and anew for a record that came since", async () => {
    const { db } = database;
    const now = Date.now();
    await load(db, 100, 122, "okta-b");
    const first = await recentCheckpoint(db, WORKSPACE, now, home);
    await load(db, 300, 123, "okta-b");
    expect(await recentCheckpoint(db, WORKSPACE, now + 60_000, home)).toMatchObject({
      checkpoint: first.checkpoint,
    });
    const newest = (await recordsOf(db)).at(-1);
    const proof = await proveRecord(db, WORKSPACE, `${newest?.fingerprint}:0`, now + 60_000);
    expect(proof?.size).toBeGreaterThan(first.size);
    const root = Buffer.from(readCheckpoint(proof?.checkpoint ?? "")?.root ?? "", "base64");
    acceptInclusion({
      entry: Buffer.from(proof?.entry ?? ""),
      leaf: proof?.leaf ?? -1,
      size: proof?.size ?? 0,
      root,
      hashes: (proof?.path ?? []).map((hash) => Buffer.from(hash, "base64")),
    });
    expect(await proveRecord(db, WORKSPACE, "0".repeat(40), now)).toBeNull();
    const later = await recentCheckpoint(db, WORKSPACE, now + 2 * 3_600_000, home);
    expect(later.size).toBe(proof?.size);
  });

  test("can't be shortened or changed by the application, nor by its owner in passing", async () => {
    const { db, owner } = database;
    for (const statement of [
      "delete from log_tiles",
      "delete from tree_heads",
      "update tree_heads set size = 1",
      "update segment_leaves set first_leaf = 0",
      "insert into unsequenced_segments values ('main', 1)",
    ])
      await expect(db.sql.unsafe(statement)).rejects.toMatchObject({ code: "42501" });
    for (const statement of [
      "update log_trees set size = size - 1",
      "update log_trees set origin = 'another'",
      "update log_tiles set hashes = substring(hashes for 32)",
    ])
      for (const { sql } of [db, owner])
        await expect(sql.unsafe(statement)).rejects.toThrow("the tree of the log only grows");
  });

  test("tells when a record was changed in the database itself, and which are concerned", async () => {
    const { db, owner } = database;
    const { size } = await sequence(db, WORKSPACE);
    const [victim] = await owner.sql<{ segment: number; leaf: string }[]>`
      select segment, first_leaf as leaf from segment_leaves where first_leaf > 256 order by first_leaf limit 1`;
    const { segment = 0, leaf = "0" } = victim ?? {};
    await owner.sql`update segments set hashes = set_byte(hashes, 30, 255 - get_byte(hashes, 30)) where segment = ${segment}`;
    const damaged = new TreeOfLog(db.sql, WORKSPACE, size);
    const tile = Math.floor(Number(leaf) / 256) * 256;
    await expect(damaged.check(() => true)).rejects.toThrow(TreeProblem);
    await expect(damaged.hash({ from: Number(leaf), to: Number(leaf) + 1 })).rejects.toThrow(
      `The records ${tile} to ${tile + 255} of the log no longer have the hashes`,
    );
    await owner.sql`update segments set hashes = set_byte(hashes, 30, 255 - get_byte(hashes, 30)) where segment = ${segment}`;
    await new TreeOfLog(db.sql, WORKSPACE, size).check(() => true);
  });
});
