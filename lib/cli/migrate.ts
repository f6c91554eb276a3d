/** rollcall migrate */
import type { Command } from "commander";
import { migrate } from "../../db/migrate.ts";
import { withOwner } from "./context.ts";
import { printJson, say } from "./output.ts";

async function run(options: { json?: boolean }): Promise<void> {
  const applied = await withOwner((url) => migrate(url));
  if (options.json) return printJson({ applied });
  if (applied.length === 0) return say("The database has all tables of this version.");
  for (const tag of applied) say(`Applied ${tag}.`);
}

export function addMigrate(program: Command): void {
  program
    .command("migrate")
    .description("bring the database to this version's tables, also while the version before runs")
    .option("--json", "print the result as JSON")
    .action(run);
}
