/** rollcall export ocsf */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { commandLine } from "../auth/caller.ts";
import { writeWhole } from "../files/whole.ts";
import { exportEvents } from "../ocsf/export-events.ts";
import { ParamProblem, parseParams } from "../reports/params.ts";
import { UsageProblem, withDatabase } from "./context.ts";

interface Options {
  from?: string;
  to?: string;
  source?: string;
  output: string;
}

const asOption = (name: string) => `--${name}`;

async function run({ from, to, source, output }: Options): Promise<void> {
  try {
    const period = parseParams({ from, to }, asOption);
    await withDatabase(async (db, workspace) => {
      const wanted = { from: period.from, to: period.to, source };
      const lines = await exportEvents(db, workspace, commandLine(), wanted, asOption);
      if (output === "-") await pipeline(Readable.from(lines), process.stdout, { end: false });
      else await writeWhole(output, { what: "export" }, (target) => pipeline(Readable.from(lines), target));
    });
  } catch (error) {
    if (error instanceof ParamProblem) throw new UsageProblem(error.message);
    throw error;
  }
}

export function addExport(program: Command): void {
  program
    .command("export")
    .description("the log's events in a form that other systems read")
    .command("ocsf")
    .description("OCSF 1.4.0, one JSON object a line (docs/formats/ocsf.md)")
    .option("--from <time>", "a day or a time")
    .option("--to <time>", "a day or a time")
    .option("--source <name>", "of one source alone")
    .option("-o, --output <file>", "where it is written; - is standard output", "-")
    .action(run);
}
