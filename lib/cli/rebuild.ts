/** rollcall rebuild [--check] */
import type { Command } from "commander";
import { commandLine } from "../auth/caller.ts";
import { rebuild } from "../ingest/rebuild.ts";
import { differences } from "../reports/check.ts";
import { withDatabase } from "./context.ts";
import { progress, say } from "./output.ts";

async function run(options: { check?: boolean }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    if (options.check) {
      const differing = await differences(db, workspace);
      if (differing.length === 0) return say("The read models are what the log gives.");
      for (const { kind, is, row } of differing)
        process.stdout.write(`${is === "stored" ? "-" : "+"} ${kind} ${row}\n`);
      say(
        `${differing.length} rows differ (- stored, + what the log gives). Run rebuild without --check to mend them.`,
      );
      process.exitCode = 1;
      return;
    }
    const bar = progress("rebuild");
    const onProgress = (done: number, all: number) => bar.update(done / all, `${done} of ${all}`);
    const subjects = await rebuild(db, workspace, commandLine(), onProgress);
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
