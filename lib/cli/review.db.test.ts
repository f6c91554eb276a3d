/** A whole review from the command line: opened, decided, delegated, exempted, ended, and closed by proof. */
import { beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "../auth/caller.ts";
import type { ReviewItemRow, ReviewTask } from "../reviews/contract.ts";
import { reviewItems } from "../reviews/read.ts";
import { emailOf, memberNamed, offboard, settle } from "../reviews/testing.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { runRollcall } from "./testing.ts";

const W = "main";
const DAY = 86_400_000;
const day = (ahead: number) => new Date(Date.now() + ahead * DAY).toISOString().slice(0, 10);

// Each test starts the command several times, on small machines beside other tests.
describe("rollcall review", { timeout: 240_000 }, () => {
  const database = testDatabase();
  let review = "";

  const rollcall = (args: readonly string[], input = "") =>
    runRollcall(["review", ...args], { env: { DATABASE_URL: database.url }, input });
  const json = async <T>(
    args: readonly string[],
    input?: string,
  ): Promise<{ code: number | null; result: T }> => {
    const { code, out, err } = await rollcall([...args, "--json"], input);
    if (out === "") throw new Error(err);
    return { code, result: JSON.parse(out) as T };
  };
  // Beside the commands, which each take a process of their own.
  const items = async () => (await reviewItems(database.db, W, commandLine(), review))?.rows ?? [];
  const itemOf = async (name: string) =>
    (await items()).find(({ userName }) => userName === emailOf(name)) as ReviewItemRow;
  const statesOf = async (...names: string[]) =>
    Promise.all(names.map(async (name) => (await itemOf(name)).state));

  beforeAll(async () => {
    const people = ["ann", "dan", "eve", "finn", "gail", "hal"].map((name) => ({
      name,
      department: "Sales",
      title: "Seller",
      manager: name === "ann" ? "" : "ann",
    }));
    await settle(database.db, W, people, ["Chat"], Date.now() - DAY);
    await memberNamed(database.db, W, "ann", "reviewer");
    await memberNamed(database.db, W, "bob", "reviewer");
    await memberNamed(database.db, W, "carol", "analyst");
  });

  const wish = () => [
    ...["create", "--name", "Sales Q1", "--due", day(14), "--application", "Chat"],
    ...["--rule", "manager", "--fallback", emailOf("carol"), "--every", "quarter"],
  ];

  it("previews and opens", async () => {
    const preview = await json<{ rows: number; fallback: number }>([...wish(), "--preview"]);
    expect(preview).toMatchObject({ code: 0, result: { rows: 6, fallback: 1 } });
    const made = await json<{ review: string }>(wish());
    review = made.result.review;
    expect(review).toMatch(/^[\da-f-]{36}$/u);
    const rows = await items();
    expect(rows.map(({ userName, reviewer }) => [userName, reviewer.name])).toEqual(
      expect.arrayContaining([
        [emailOf("ann"), "carol"],
        [emailOf("dan"), "ann"],
      ]),
    );
  });

  it("takes no wrong wish: 2 for what can't be understood, 1 for what can't be done", async () => {
    for (const [code, ...args] of [
      [2, "create", "--name", "x", "--due", day(1), "--fallback", "nobody@larkspur.example"],
      [1, "create", "--name", "x", "--due", "2020-01-01", "--fallback", emailOf("carol")],
      [2, "show", "nothing"],
      [2, "decide", review, "--all-open", "--decision", "perhaps"],
      [2, "decide", review, "--decision", "keep"],
      [2, "delegate", review, "--to", emailOf("bob")],
    ] as const) {
      const ended = await rollcall(args);
      expect([ended.code, args], ended.err).toEqual([code, args]);
      expect(ended.err).not.toMatch(/^\s+at /mu);
      expect(ended.out).toBe("");
    }
  });

  it("lists and shows for people, by the name and the beginning of the id too", async () => {
    const list = await rollcall(["list"]);
    expect(list.out).toContain(review);
    expect(list.out).toMatch(/Sales Q1.*running/u);
    const shown = await rollcall(["show", "sales q1"]);
    expect(shown.out, shown.err).toMatch(/^Sales Q1: running, due .*6 items: 6 undecided\.$/mu);
    expect(shown.out).toMatch(/SHA-256 [\da-f]{64}/u);
    const carols = ["--items", "--state", "open", "--reviewer", emailOf("carol")];
    const { result } = await json<{ items: ReviewItemRow[] }>(["show", review.slice(0, 8), ...carols]);
    expect(result.items.map(({ userName }) => userName)).toEqual([emailOf("ann")]);
  });

  it("gives items to another reviewer, and never what is their own access", async () => {
    const dan = await itemOf("dan");
    const given = await json(["delegate", review, "--to", emailOf("bob"), "--item", dan.key]);
    expect(given.result).toMatchObject({ items: 1 });
    const own = await rollcall([
      "delegate",
      review,
      "--to",
      emailOf("ann"),
      "--item",
      (await itemOf("ann")).item,
    ]);
    expect([own.code, own.err]).toEqual([1, expect.stringMatching(/own access/u)]);
    expect((await itemOf("dan")).reviewer.name).toBe("bob");
    const rest = await json(["delegate", review, "--to", emailOf("bob"), "--from", emailOf("ann")]);
    expect(rest.result).toMatchObject({ items: 4 });
  });

  it("decides by a table on standard input, and leaves alone what changed meanwhile", async () => {
    const [dan, eve, finn, gail] = [
      await itemOf("dan"),
      await itemOf("eve"),
      await itemOf("finn"),
      await itemOf("gail"),
    ];
    const table = [
      "item,decision,reason,remove,version",
      `${dan.item},revoke,"left the team, long ago",,`,
      `${eve.key},Revoke,not needed,,`,
      `${finn.item},keep,,,${finn.version}`,
      `${gail.item},revoke,not needed,,${gail.version + 5}`,
    ].join("\r\n");
    const { code, result } = await json<{ decided: string[]; conflicts: ReviewItemRow[] }>(
      ["decide", review, "--csv", "-"],
      `\uFEFF${table}`,
    );
    expect(code).toBe(1);
    expect(result.decided.toSorted()).toEqual([dan.item, eve.item, finn.item].toSorted());
    expect(result.conflicts.map(({ item, state }) => [item, state])).toEqual([[gail.item, "open"]]);
    expect(await itemOf("dan")).toMatchObject({ state: "to-do", reason: "left the team, long ago" });
  });

  it("decides single items, asks for the reason, and decides the rest at once", async () => {
    const { item } = await itemOf("gail");
    const without = await rollcall(["decide", review, "--item", item, "--decision", "revoke"]);
    expect([without.code, without.err]).toEqual([1, expect.stringMatching(/why/u)]);
    await rollcall(["decide", review, "--item", item, "--decision", "revoke", "--reason", "not needed"]);
    expect(await statesOf("gail", "hal")).toEqual(["to-do", "open"]);
    const rest = await json<{ decided: string[] }>(["decide", review, "--all-open", "--decision", "keep"]);
    expect(rest.result.decided).toHaveLength(2);
    expect(await statesOf("ann", "hal")).toEqual(["kept", "kept"]);
  });

  it("tells what is to be done, as a table, JSON and CSV, and notes what was exported", async () => {
    const { result } = await json<{ tasks: ReviewTask[] }>(["tasks", review]);
    expect(result.tasks.map(({ userName, state }) => [userName, state]).toSorted()).toEqual(
      ["dan", "eve", "gail"].map((name) => [emailOf(name), "to-do"]),
    );
    expect((await rollcall(["tasks", review])).out).toContain(emailOf("eve"));
    const csv = await rollcall(["tasks", review, "--format", "csv"]);
    expect(csv.out.split("\n")[0]).toMatch(/^item,todo,application/u);
    expect(csv.out.trim().split("\n")).toHaveLength(4);
    const noted = await json(["tasks", review, "--hand-off", "export", "--all"]);
    expect(noted).toMatchObject({ code: 0, result: { sent: [{ ok: true }, { ok: true }, { ok: true }] } });
    const scim = await rollcall(["tasks", review, "--hand-off", "scim", "--all"]);
    expect([scim.code, scim.err]).toEqual([1, expect.stringMatching(/confirm/u)]);
  });

  it("reminds by the calendar, and nobody while there is no way to", async () => {
    const none = await rollcall(["remind"]);
    expect([none.code, none.err]).toEqual([0, expect.stringMatching(/0 reviews opened again, 0 reminded/u)]);
  });

  it("ends, and is not closed while something is to do", async () => {
    expect((await rollcall(["end", review])).code).toBe(0);
    const late = await rollcall([
      "decide",
      review,
      "--item",
      (await itemOf("hal")).item,
      "--decision",
      "keep",
    ]);
    // Whoever is at the machine runs reviews: what is left is for them to settle.
    expect([late.code, late.err]).toEqual([0, expect.any(String)]);
    const early = await rollcall(["close", review]);
    expect([early.code, early.err]).toEqual([1, expect.stringMatching(/3 that no event shows to be done/u)]);
  });

  it("is closed after events show what was done, and the rest is exempt", async () => {
    const { item } = await itemOf("gail");
    const exempt = ["exempt", review, "--item", item, "--reason", "handover", "--owner", "Carol", "--until"];
    expect((await rollcall([...exempt, day(30)])).code).toBe(0);
    const records = offboard(
      [
        ["dan", "Chat"],
        ["eve", "Chat"],
      ],
      Date.now(),
    );
    const taken = await runRollcall(["ingest", "-", "--source", "okta"], {
      env: { DATABASE_URL: database.url },
      input: records,
    });
    expect(taken.code, taken.err).toBe(0);
    expect(await statesOf("dan", "eve", "gail")).toEqual(["verified", "verified", "exempt"]);
    const closed = await rollcall(["close", review]);
    expect([closed.code, closed.err]).toEqual([0, "The review is closed.\n"]);
    expect((await rollcall(["list"])).out).toMatch(/Sales Q1.*closed/u);
  });

  it("makes the population again, and finds it the same", async () => {
    const found = await json<{ same: boolean; sha256: string; frozen: string }>(["check", review]);
    expect(found).toMatchObject({ code: 0, result: { same: true } });
    expect(found.result.sha256).toBe(found.result.frozen);
  });
});
