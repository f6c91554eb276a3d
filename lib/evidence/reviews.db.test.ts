/** Access reviews in packs: all of them in that of a workspace, and one in its own. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Caller, commandLine } from "../auth/caller.ts";
import { unpacked } from "../files/testing.ts";
import type { ReviewItemRow, ReviewReport } from "../reviews/contract.ts";
import { decideItems } from "../reviews/decide-items.ts";
import { endReview } from "../reviews/end-review.ts";
import { openReview } from "../reviews/open-review.ts";
import { itemStory, readReview, reviewItems } from "../reviews/read.ts";
import { memberNamed, type Person, settle } from "../reviews/testing.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { exportEvidence } from "./export-evidence.ts";
import { verifyPack } from "./verify.mjs";

const WORKSPACE = "main";
const DAY = 86_400_000;
const by = commandLine();

const PEOPLE: Person[] = ["dan", "eve", "finn", "gail"].map((name) => ({
  name,
  department: "Sales",
  title: "Account manager",
  manager: "",
}));

describe("an access review", { timeout: 180_000 }, () => {
  const database = testDatabase();
  const settledAt = Date.now() - DAY;
  let folder = "";
  /** Of Chat, decided and ended; another is of Wiki. */
  let review = "";

  const rows = async (): Promise<ReviewItemRow[]> =>
    (await reviewItems(database.db, WORKSPACE, by, review))?.rows ?? [];
  const open = async (carol: Caller, application: string): Promise<string> =>
    (
      await openReview(database.db, WORKSPACE, by, {
        name: `Of ${application}`,
        dueAt: new Date(Date.now() + 14 * DAY).toISOString(),
        fallback: carol.member ?? "",
        scope: { applications: [application] },
      })
    ).review;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rollcall-reviews-"));
    await settle(database.db, WORKSPACE, PEOPLE, ["Chat", "Wiki"], settledAt);
    const carol = await memberNamed(database.db, WORKSPACE, "carol", "reviewer");
    review = await open(carol, "Chat");
    await open(carol, "Wiki");
    const decisions = (await rows()).map(({ item, version }, i) => ({
      item,
      version,
      ...(i === 0
        ? { decision: "revoke" as const, reason: "no longer needed" }
        : { decision: "keep" as const }),
    }));
    await decideItems(database.db, WORKSPACE, carol, review, decisions);
    await endReview(database.db, WORKSPACE, by, review);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("is evidence: in the pack with its guards, its decisions and their records", async () => {
    const out = join(folder, "pack.zip");
    await exportEvidence(database.db, WORKSPACE, by, {}, out);
    expect(await verifyPack(out)).toMatchObject({ valid: true, problems: [] });
    const files = await unpacked(await readFile(out));
    const told = JSON.parse(files.get(`reviews/${review}.json`)?.toString() ?? "{}") as ReviewReport & {
      rows: ReviewItemRow[];
    };
    const now = await readReview(database.db, WORKSPACE, by, review);
    expect(told).toMatchObject({
      counts: now?.counts,
      reviewers: now?.reviewers,
      population: now?.population,
    });
    expect(told.rows.map(({ item, decision, reason }) => [item, decision, reason])).toEqual(
      (await rows()).map(({ item, decision, reason }) => [item, decision, reason]),
    );
    const records = files.get("records/rollcall.ndjson")?.toString().trim().split("\n") ?? [];
    const { acts } = (await itemStory(database.db, WORKSPACE, by, review, told.rows[0]?.item ?? "")) ?? {
      acts: [],
    };
    const fingerprints = records.map((line) => (JSON.parse(line) as { fingerprint: string }).fingerprint);
    for (const { eventId } of acts) expect(fingerprints).toContain(eventId?.split(":")[0]);
    // A pack of a moment before tells nothing of it.
    const before = join(folder, "before.zip");
    await exportEvidence(database.db, WORKSPACE, by, { asOf: settledAt }, before);
    expect(
      [...(await unpacked(await readFile(before))).keys()].filter((path) => /^reviews|rollcall/u.test(path)),
    ).toEqual([]);
  });

  it("has a pack of its own: its people at its applications, what was done in it, and nobody else", async () => {
    const out = join(folder, "own.zip");
    await exportEvidence(database.db, WORKSPACE, by, { review }, out);
    expect(await verifyPack(out)).toMatchObject({ valid: true, problems: [] });
    const files = await unpacked(await readFile(out));
    const items = await rows();
    const rowsOf = (name: string) =>
      (
        JSON.parse(files.get(`reports/${name}.json`)?.toString() ?? "{}") as {
          rows: Record<string, string>[];
        }
      ).rows;
    const accounts = rowsOf("accounts");
    expect(accounts.length).toBeGreaterThan(0);
    const wanted = items
      .filter(({ kind }) => kind === "account")
      .map(({ application, account }) => `${application} ${account}`);
    expect(accounts.map(({ application, account }) => `${application} ${account}`)).toEqual(
      expect.arrayContaining(wanted),
    );
    const applications = new Set(items.map(({ application }) => application));
    for (const { application = "" } of [...accounts, ...rowsOf("offboarding")])
      expect(applications).toContain(application);
    const lines = [...files]
      .filter(([path]) => path.startsWith("records/"))
      .flatMap(([, content]) => content.toString().trim().split("\n"));
    const governance = lines.filter((line) => JSON.parse(line).source === "rollcall");
    expect(governance.length).toBeGreaterThan(items.length);
    for (const line of governance) expect(JSON.parse(JSON.parse(line).raw).review).toBe(review);
    expect([...files.keys()].filter((path) => path.startsWith("reviews/"))).toEqual([
      `reviews/${review}.json`,
      `reviews/${review}.csv`,
    ]);
    expect(files.has("audit.csv")).toBe(false);
    // Who used what else is no part of it.
    expect(lines.filter((line) => line.includes("Chat")).length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes("Wiki"))).toEqual([]);
    await expect(
      exportEvidence(database.db, WORKSPACE, by, { review: "none" }, join(folder, "none.zip")),
    ).rejects.toThrow("No access review with the id none");
  });
});
