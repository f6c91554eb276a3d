/** PostgreSQL is killed with -9, all of its processes, and started again. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./fault.ts";

export const postgresKilled: Fault = {
  name: "PostgreSQL killed",
  what: "PostgreSQL is killed with -9, and started again after a while",
  isFelt: true,
  async befall({ at, seconds }) {
    await at.postgres.kill();
    await sleep(seconds * 1000);
    await at.postgres.start();
    return [];
  },
};
