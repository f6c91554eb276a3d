/** rollcall keep-reports */
import type { Command } from "commander";
import type { Db } from "../../db/client.ts";
import { storeWish } from "../../db/queries/editions.ts";
import { buildReports } from "../reports/editions/build.ts";
import { withDatabase } from "./context.ts";
import { printJson, say } from "./output.ts";

interface Options {
  json?: boolean;
}

async function keep(db: Db, workspace: string, { json }: Options): Promise<void> {
  await storeWish(db.sql, workspace, { report: "overview", question: "", waits: false });
  const kept = await buildReports(db, workspace);
  if (json) printJson({ kept });
  else say(`${kept} reports were worked out and kept.`);
}

export function addKeepReports(program: Command): void {
  program
    .command("keep-reports")
    .description("work out the reports of a large workspace, for its pages; workers do so by themselves")
    .option("--json", "print the result as JSON")
    .action((options: Options) => withDatabase((db, workspace) => keep(db, workspace, options)));
}
