/** rollcall keep-reports */
import type { Command } from "commander";
import { type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { storeWish } from "../../db/queries/editions.ts";
import { buildReports } from "../reports/editions/build.ts";
import { closeWebDbs, webDb } from "../runtime/web.ts";
import { withDatabase } from "./context.ts";
import { printJson, say } from "./output.ts";

interface Options {
  wished?: boolean;
  json?: boolean;
}

async function keep(db: Db, workspace: string, { wished, json }: Options): Promise<void> {
  if (!wished) await storeWish(db.sql, workspace, { report: "overview", question: "", waits: false });
  const kept = await buildReports(db, workspace);
  if (json) printJson({ kept });
  else if (!wished) say(`${kept} reports were worked out and kept.`);
}

/** As a worker's process: with what the worker says of the database, and no longer than the worker lives. */
async function asChild(options: Options): Promise<void> {
  const orphaned = () => process.exit(1);
  process.once("disconnect", orphaned);
  const workspace = process.env.ROLLCALL_WORKSPACE || DEFAULT_WORKSPACE;
  try {
    await keep(webDb({ workspace }), workspace, options);
  } finally {
    await closeWebDbs();
    process.off("disconnect", orphaned);
    process.disconnect?.();
  }
}

export function addKeepReports(program: Command): void {
  program
    .command("keep-reports")
    .description("work out the reports of a large workspace, for its pages; workers do so by themselves")
    .option("--wished", "only what somebody has asked for")
    .option("--json", "print the result as JSON")
    .action((options: Options) =>
      process.channel === undefined
        ? withDatabase((db, workspace) => keep(db, workspace, options))
        : asChild(options),
    );
}
