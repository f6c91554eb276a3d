/** rollcall rebuild [--check] */
import type { Command } from "commander";
import type { Db } from "../../db/client.ts";
import { readEvents } from "../../db/log/read.ts";
import { markAllDirty } from "../../db/queries/links.ts";
import { readProjection } from "../../db/queries/projection.ts";
import type { LoggedEvent } from "../ingest/event.ts";
import { refresh } from "../ingest/refresh.ts";
import { projectAll } from "../reports/model.ts";
import { withDatabase } from "./context.ts";
import { progress, say } from "./output.ts";

/** Works the read models out from the log and names the kinds of rows that differ from those stored. */
export async function differences(db: Db, workspace: string): Promise<string[]> {
  await refresh(db, workspace);
  const events: (LoggedEvent & { ref: string | null })[] = [];
  for await (const batch of readEvents(db, workspace, {})) events.push(...batch);
  const fresh = projectAll(events);
  const stored = await readProjection(db, workspace);
  return (Object.keys(fresh) as (keyof typeof fresh)[]).filter(
    (kind) => canonical(fresh[kind]) !== canonical(stored[kind]),
  );
}

/** Rows as text, their members in one order. */
function canonical(rows: readonly object[]): string {
  return JSON.stringify(rows.map((row) => Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))));
}

async function run(options: { check?: boolean }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    if (options.check) {
      const differing = await differences(db, workspace);
      if (differing.length === 0) return say("The read models are what the log gives.");
      say(
        `These read models differ from what the log gives: ${differing.join(", ")}. Run rebuild without --check.`,
      );
      process.exitCode = 1;
      return;
    }
    const bar = progress("rebuild");
    await markAllDirty(db.sql, workspace);
    const subjects = await refresh(db, workspace, (done, all) => bar.update(done / all, `${done} of ${all}`));
    bar.stop();
    say(`Worked out ${subjects.toLocaleString("en-GB")} identities, accounts and applications from the log.`);
  });
}

export function addRebuild(program: Command): void {
  program
    .command("rebuild")
    .description("work out all read models anew from the log")
    .option("--check", "change nothing; exit 1 when what is stored differs")
    .action(run);
}
