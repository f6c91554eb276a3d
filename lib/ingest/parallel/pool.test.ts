/** Threads that are kept for what comes again. */
import type { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "./pool.ts";

const NAME = "project-thread";
const NOTHING = () => new Uint8Array(0);

describe("one thread for what soon comes again", () => {
  const started: Worker[] = [];
  const note = (worker: Worker) => started.push(worker);
  beforeAll(() => void process.on("worker", note));
  afterAll(async () => {
    process.off("worker", note);
    await Promise.all(started.map((worker) => worker.terminate()));
  });

  it("is started once, and answers whoever comes next", async () => {
    for (let time = 0; time < 3; time++) {
      const pool = await Pool.one<Uint8Array, unknown[]>(NAME);
      expect(await pool.ask(NOTHING())).toEqual([]);
      await pool.close();
    }
    expect(started).toHaveLength(1);
  });

  it("is another one for whoever comes meanwhile, and only one of them is kept", async () => {
    const pools = [await Pool.one<Uint8Array, unknown[]>(NAME), await Pool.one<Uint8Array, unknown[]>(NAME)];
    for (const pool of pools) expect(await pool.ask(NOTHING())).toEqual([]);
    expect(started).toHaveLength(2);
    const gone = Promise.race(started.map((worker) => new Promise((end) => worker.once("exit", end))));
    await Promise.all(pools.map((pool) => pool.close()));
    await gone;
    const next = await Pool.one<Uint8Array, unknown[]>(NAME);
    await next.close();
    expect(started).toHaveLength(2);
  });

  it("is not kept when it has failed", async () => {
    const pool = await Pool.one<Uint8Array | null, unknown[]>(NAME);
    await expect(pool.ask(null)).rejects.toThrow();
    await pool.close();
    const next = await Pool.one<Uint8Array, unknown[]>(NAME);
    expect(await next.ask(NOTHING())).toEqual([]);
    await next.close();
    expect(started).toHaveLength(3);
  });
});
