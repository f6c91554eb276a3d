/** rollcall retention set|list|run */
import type { Command } from "commander";
import { readRetention } from "../../db/queries/retention.ts";
import { commandLine } from "../auth/caller.ts";
import { runRetention } from "../privacy/run-retention.ts";
import { setRetention } from "../privacy/set-retention.ts";
import { UsageProblem, withDatabase, withPrivacy } from "./context.ts";
import { printJson, say } from "./output.ts";

interface Options {
  json?: boolean;
}

const count = (of: number): string => of.toLocaleString("en-GB");

async function runSet(
  source: string,
  { days, keep, json }: Options & { days?: string; keep?: boolean },
): Promise<void> {
  if ((days === undefined) === (keep !== true)) throw new UsageProblem("Give either --days or --keep.");
  const wanted = days === undefined ? null : Number(days);
  await withDatabase((db, workspace) => setRetention(db, workspace, commandLine(), source, wanted));
  if (json) printJson({ source, days: wanted });
  else if (wanted === null) say(`Records of ${source} are kept for good.`);
  else
    say(
      `Records of ${source} are kept for ${count(wanted)} days. "retention run --dry-run" tells what would go.`,
    );
}

const runList = ({ json }: Options): Promise<void> =>
  withDatabase(async (db, workspace) => {
    const rules = (await readRetention(db.sql, workspace)).map(({ removedBefore, setAt, ...rule }) => ({
      ...rule,
      removedBefore: removedBefore === null ? null : new Date(removedBefore).toISOString(),
      setAt: new Date(setAt).toISOString(),
    }));
    if (json) return printJson({ rules });
    if (rules.length === 0) return say("All records are kept for good.");
    for (const { source, days, removed, removedBefore } of rules) {
      const kept = days === null ? "for good" : `for ${count(days)} days`;
      const gone =
        removedBefore === null ? "" : `; ${count(removed)} from before ${removedBefore.slice(0, 10)} removed`;
      process.stdout.write(`${source}: kept ${kept}${gone}\n`);
    }
  });

async function runRun({ dryRun, json }: Options & { dryRun?: boolean }): Promise<void> {
  const { sources } = await withPrivacy((around) => runRetention(around, { dryRun: dryRun === true }));
  if (json) return printJson({ dryRun: dryRun === true, sources });
  if (sources.length === 0) return say("All records are kept for good: set a source's days first.");
  for (const { source, before, removed, kept, rejected } of sources) {
    const unread = rejected === 0 ? "" : `, ${count(rejected)} that could not be read`;
    process.stdout.write(
      `${source}, before ${before.slice(0, 10)}: ${count(removed)} ${dryRun ? "would be " : ""}removed${unread}; ${count(kept)} kept, since something rests on them\n`,
    );
  }
}

export function addRetention(program: Command): void {
  const retention = program.command("retention").description("how long the records of each source are kept");
  retention
    .command("set")
    .description("keep a source's records for some days, or for good")
    .argument("<source>")
    .option("--days <n>", "how many days after its last event a record is kept")
    .option("--keep", "for good")
    .option("--json", "print the result as JSON")
    .action(runSet);
  retention
    .command("list")
    .description("what is set, and what was removed")
    .option("--json", "print as JSON")
    .action(runList);
  retention
    .command("run")
    .description("remove what is kept no longer")
    .option("--dry-run", "only tell what would be removed")
    .option("--json", "print the result as JSON")
    .action(runRun);
}
