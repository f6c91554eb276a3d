import { describe, expect, it } from "vitest";
import { rollcallItself } from "../auth/caller.ts";
import { attempt } from "../failures/testing.ts";
import { step, trial } from "../ingest/adapters/scim-trial/fixtures.ts";
import { ingestText } from "../ingest/testing.ts";
import { applicationReport } from "../reports/application.ts";
import { runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { keepTrial } from "./keep-trial.ts";
import { readTrials } from "./read-trials.ts";
import type { Trial, TrialStep } from "./record.ts";

const W = "main";
const by = rollcallItself();
/** A day of January 2026, as the attempts have it. */
const on = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString();
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** A trial of creating users on a day. */
const tried = (day: number, differs: Partial<Trial> = {}, ofStep: Partial<TrialStep> = {}) =>
  trial({
    id: idOf(day),
    application: "Chat",
    startedAt: on(day),
    endedAt: on(day),
    steps: [step("create", { capability: "joiner", at: on(day), ...ofStep })],
    ...differs,
  });

const failed = { verdict: "failed", said: "Nothing changed." } as const;

describe("trials in the log", () => {
  const test = testDatabase();
  const joiner = async (application: string, day?: number) => {
    const params = day === undefined ? {} : { asOf: Date.parse(on(day)) };
    const { rows } = await runReport(test.db, W, "coverage", { ...params, days: 36_500 });
    return rows.find((row) => row.application === application)?.cells.joiner;
  };

  it("are read back whole, the newest first, each once", async () => {
    const kept = [tried(1, { application: "Read" }), tried(3, { application: "READ " }, failed)];
    for (const one of [...kept, tried(2, { application: "Other" }), ...kept])
      await keepTrial(test.db, W, by, one);
    const read = await readTrials(test.db, W, "read");
    expect(read.map(({ id, verdict }) => [id, verdict])).toEqual([
      [idOf(3), "failed"],
      [idOf(1), "passed"],
    ]);
    const { $trial: _, ...whole } = kept[0] as Trial;
    expect(read[1]).toMatchObject(whole);
    expect((await readTrials(test.db, W, "read", { limit: 1 })).map(({ id }) => id)).toEqual([idOf(3)]);
    expect(await readTrials(test.db, W, "read", { kinds: ["conformance"] })).toEqual([]);
    expect(await readTrials(test.db, W, "nobody's")).toEqual([]);
  });

  it("prove what was never seen as untested, and no more", async () => {
    await keepTrial(test.db, W, by, tried(5, { id: idOf(100), application: "Wiki" }));
    expect(await joiner("Wiki")).toMatchObject({
      state: "untested",
      why: "A drill proved it on 5 Jan 2026. Provisioning was never seen to use it.",
      successes: 0,
      lastEventId: null,
      trial: { kind: "drill", verdict: "passed", at: on(5) },
    });
    expect(await joiner("Wiki", 4)).toBeUndefined();
  });

  it("degrade what is automated until provisioning succeeds after them, and are no failure, change or account", async () => {
    await ingestText(test.db, W, attempt(10, "ann", { failed: false }), "okta", "okta");
    expect(await joiner("Chat")).toMatchObject({ state: "automated", trial: null });
    const asOf = Date.parse(on(15));
    const before = await applicationReport(test.db, W, "Chat", { asOf });
    await keepTrial(test.db, W, by, tried(11, { id: idOf(200) }, failed));
    expect(await joiner("Chat")).toMatchObject({
      state: "degraded",
      why: "A drill failed on 11 Jan 2026. Nothing was carried over since.",
      failures: 0,
      manual: 0,
      trial: { verdict: "failed" },
    });
    const after = await applicationReport(test.db, W, "Chat", { asOf });
    expect({ ...after, coverage: null, completeness: null }).toEqual({
      ...before,
      coverage: null,
      completeness: null,
    });
    // As it was before the trial, and once provisioning succeeds again.
    expect(await joiner("Chat", 10)).toMatchObject({ state: "automated", trial: null });
    await ingestText(test.db, W, attempt(12, "bob", { failed: false }), "okta", "okta");
    expect(await joiner("Chat")).toMatchObject({ state: "automated", trial: { verdict: "failed" } });
  });

  it("tell of the newest one, whichever comes first", async () => {
    const chat = { application: "Pages" };
    for (const [n, day, way] of [
      [301, 21, failed],
      [302, 22, {}],
      [303, 20, failed],
    ] as const)
      await keepTrial(test.db, W, by, tried(day, { ...chat, id: idOf(n) }, way));
    expect(await joiner("Pages")).toMatchObject({
      state: "untested",
      trial: { verdict: "passed", at: on(22) },
    });
    expect(await joiner("Pages", 21)).toMatchObject({
      state: "none",
      trial: { verdict: "failed", at: on(21) },
    });
  });
});
