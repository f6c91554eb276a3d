/** Work in a process of its own: what comes back, and what becomes of it when that process, or whoever waits for it, goes. */
import { execFileSync } from "node:child_process";
import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { writerHere } from "../evidence/export-evidence.ts";
import { manifestOf } from "../evidence/testing/packs.ts";
import { writerApart } from "../evidence/write-apart.ts";
import { unpacked, written } from "../files/testing.ts";
import { ingestText } from "../ingest/testing.ts";
import { oktaRecord } from "../reviews/testing.ts";
import { ApartProblem, runApart } from "./apart.ts";
import { testDatabase } from "./testing/database.ts";
import { accessToEnv } from "./web.ts";

const W = "main";
const ASOF = Date.parse("2026-03-01T00:00:00Z");
const scope = (customer: string | null) => ({ workspace: W, customer });

/** Processes that this one has begun and that still run, by their command lines. */
const children = (task: string): string[] =>
  execFileSync("ps", ["-eo", "ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.trim().startsWith(`${process.pid} `) && line.includes(`apart ${task}`));

describe("work beside the pages", () => {
  const database = testDatabase();
  const env = () => accessToEnv(database.access);

  beforeAll(async () => {
    for (const customer of ["Acme", "Globex"])
      await ingestText(
        database.db,
        W,
        Array.from(
          { length: 20 },
          (_, i) => `${oktaRecord("user.authentication.sso", `person ${i}`, "Slack", ASOF - 1000 * i)}\n`,
        ),
        `okta-${customer.toLowerCase()}`,
        "okta",
        customer,
      );
  });

  it("makes the pack that would be made here, of its customer's records alone", async () => {
    const params = { asOf: ASOF, customer: "Acme" };
    const apart = await written((target) => writerApart(scope("Acme"), env())(params, target));
    const here = await written((target) => writerHere(database.db, W)(params, target));
    const { sources, records, files } = manifestOf(await unpacked(apart));
    expect(sources.map(({ source }) => source)).toEqual(["okta-acme"]);
    expect(records).toBe(20);
    expect(files.map(({ path }) => path)).toEqual(
      manifestOf(await unpacked(here)).files.map(({ path }) => path),
    );
    // Asked for another's, the process sees nothing of it.
    const other = await written((target) =>
      writerApart(scope("Acme"), env())({ ...params, customer: "Globex" }, target),
    );
    expect(manifestOf(await unpacked(other)).records).toBe(0);
  });

  it("tells why it can't be done in the sentence that it would be told here, and cuts the bytes off", async () => {
    const target = new PassThrough();
    const cut = finished(target).catch((error: Error) => error.message);
    const done = writerApart(scope(null), env())({ asOf: ASOF, review: "none" }, target);
    await expect(done).rejects.toThrow(ApartProblem);
    const here = writerHere(database.db, W)({ asOf: ASOF, review: "none" }, new PassThrough());
    const sentence = await here.catch((error: Error) => error.message);
    await expect(done).rejects.toThrow(sentence as string);
    expect(await cut).toBe(sentence);
  });

  it("tells the end of what was said where nobody foresaw it, and never ends the bytes as if they were whole", async () => {
    const target = new PassThrough();
    const cut = finished(target).then(
      () => "whole",
      () => "cut off",
    );
    const nowhere = { ...env(), ROLLCALL_APP_DATABASE: "postgres://nobody@127.0.0.1:1/none" };
    await expect(writerApart(scope(null), nowhere)({ asOf: ASOF }, target)).rejects.toThrow(/ECONNREFUSED/u);
    expect(await cut).toBe("cut off");
    await expect(runApart("no such task" as "reports", scope(null), { env: env() })).rejects.toThrow(
      /Rollcall's own/u,
    );
  });

  it("ends when nobody takes its bytes any more, and when it is stopped", async () => {
    // A moment of the database in which nothing goes on.
    await database.owner.sql.begin(async (sql) => {
      await sql`lock table segments`;
      const target = new PassThrough();
      const made = writerApart(scope(null), env())({ asOf: ASOF }, target);
      const failed = expect(made).rejects.toThrow();
      await vi.waitFor(() => expect(children("evidence")).toHaveLength(1), 60_000);
      target.destroy();
      await failed;
      expect(children("evidence")).toEqual([]);

      const stop = new AbortController();
      const work = runApart(
        "rebuild",
        { ...scope(null), by: commandLine() },
        { env: env(), stop: stop.signal },
      );
      await vi.waitFor(() => expect(children("rebuild")).toHaveLength(1), 60_000);
      stop.abort();
      expect(await work).toBeUndefined();
      expect(children("rebuild")).toEqual([]);
    });
  });
});
