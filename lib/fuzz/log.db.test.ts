import { randomInt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { differences } from "../reports/check.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { fuzz } from "./run.ts";
import { logTarget } from "./targets/log.ts";

const seed = randomInt(1_000_000_000);

describe(`damaged records (seed ${seed})`, { timeout: 120_000 }, () => {
  const database = testDatabase();

  it("are stored or refused, all of them, and the reports can still be worked out", async () => {
    const [result] = await fuzz([logTarget(database.db)], { seed, cases: 600 });
    expect(result?.findings).toEqual([]);
    expect(await differences(database.db, DEFAULT_WORKSPACE)).toEqual([]);
  });
});
