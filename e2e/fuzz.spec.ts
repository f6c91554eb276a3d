/** Some hundred strange requests to the real server; `rollcall fuzz --target http` sends as many as one wants. */
import { expect, test } from "playwright/test";
import { fuzz } from "../lib/fuzz/run.ts";
import { httpTarget } from "../lib/fuzz/targets/http.ts";
import { startServer } from "./server.ts";

const CASES = 250;

test("no request breaks it, and nothing is lost", async () => {
  test.setTimeout(300_000);
  const limit = "1000000";
  const server = await startServer("demo", {
    env: { ROLLCALL_RATE_SIGN_IN: limit, ROLLCALL_RATE_WRITES: limit, ROLLCALL_RATE_READS: limit },
  });
  try {
    const { origin, pathname } = new URL(server.address);
    const seed = Date.now() % 1_000_000_000;
    console.log(`Seed ${seed}`);
    const target = await httpTarget(new URL(origin), pathname.split("/").at(-1));
    const [result] = await fuzz([target], { seed, cases: CASES });
    expect(result?.cases).toBe(CASES);
    expect(result?.findings).toEqual([]);
  } finally {
    await server.stop();
  }
});
