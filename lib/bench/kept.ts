/** The reports of a large workspace, worked out and kept before anybody asks for them. */
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { readBuild } from "../../db/queries/editions.ts";
import { isLarge } from "../reports/editions/large.ts";
import type { Home } from "../runtime/home.ts";
import { runCommand } from "./command.ts";
import type { BenchDatabase, Say } from "./database.ts";
import { watching } from "./watching.ts";

export interface KeptReports {
  /** Reports, applications and what stands beside them. */
  count: number;
  /** Of the whole command: all of them worked out anew in one pass. */
  seconds: number;
  memoryPeakMb: number;
}

const LOOK_EVERY_MS = 1_000;
const SAY_EVERY_MS = 30_000;

/** Has them worked out by the command that people start. @returns null of a workspace whose pages work them out themselves. */
export async function keepReports(
  home: Home,
  { db, owner, url }: BenchDatabase,
  say: Say,
): Promise<KeptReports | null> {
  if (!(await isLarge(db, DEFAULT_WORKSPACE))) return null;
  say("All reports, worked out and kept …");
  let said = performance.now();
  const command = runCommand<{ kept: number }>(home, url, ["keep-reports"]);
  const { result, seconds, memoryPeakMb } = await watching(command, LOOK_EVERY_MS, async () => {
    if (performance.now() - said < SAY_EVERY_MS) return;
    said = performance.now();
    const build = await readBuild(owner.sql, DEFAULT_WORKSPACE);
    if (build === null) return;
    const [done, all] = [build.peopleDone, build.people].map((n) => n.toLocaleString("en-GB"));
    say(`${done} of ${all} people and accounts gone through …`);
  });
  return { count: result.kept, seconds, memoryPeakMb };
}
