import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Db } from "../client.ts";
import { onceATurn } from "./once-a-turn.ts";

const pool = () => ({}) as Db["sql"];

describe("what several ask at once", () => {
  it("is asked once in a turn, by pool and workspace", async () => {
    const asked: string[] = [];
    const ask = onceATurn(async (_, workspace) => {
      asked.push(workspace);
      return asked.length;
    });
    const [one, other] = [pool(), pool()];
    const later = Promise.resolve().then(() => ask(one, "a"));
    expect(await Promise.all([ask(one, "a"), ask(one, "a"), ask(one, "b"), ask(other, "a"), later])).toEqual([
      1, 1, 2, 3, 1,
    ]);
    await setImmediate();
    expect(await ask(one, "a")).toBe(4);
  });

  it("fails for all who asked, and is asked anew by whoever comes next", async () => {
    let fails = true;
    const ask = onceATurn(async () => {
      if (fails) throw new Error("gone");
      return "there";
    });
    const sql = pool();
    const both = await Promise.allSettled([ask(sql, "a"), ask(sql, "a")]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    fails = false;
    await setImmediate();
    expect(await ask(sql, "a")).toBe("there");
  });
});
