/** rollcall audit */
import type { Command } from "commander";
import { auditRows } from "../auth/audit.ts";
import { auditCsv } from "../auth/audit-csv.ts";
import { ParamProblem, parseParams } from "../reports/params.ts";
import { UsageProblem, withDatabase } from "./context.ts";

interface Options {
  from?: string;
  to?: string;
  format: string;
}

async function run(options: Options): Promise<void> {
  const { format } = options;
  if (format !== "csv" && format !== "ndjson")
    throw new UsageProblem(`--format takes csv or ndjson, not "${format}".`);
  let period: { from?: number | undefined; to?: number | undefined };
  try {
    period = parseParams({ from: options.from, to: options.to }, (key) => `--${key}`);
  } catch (error) {
    if (error instanceof ParamProblem) throw new UsageProblem(error.message);
    throw error;
  }
  const filter = { from: period.from, to: period.to };
  await withDatabase(async (db, workspace) => {
    if (format === "csv")
      for await (const piece of auditCsv(db, workspace, filter)) process.stdout.write(piece);
    else
      for await (const rows of auditRows(db, workspace, filter))
        for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
  });
}

export function addAudit(program: Command): void {
  program
    .command("audit")
    .description("who did what, from where, and what changed; the newest first")
    .option("--from <time>", "a day or a time")
    .option("--to <time>", "a day or a time")
    .option("--format <format>", "csv or ndjson", "csv")
    .action(run);
}
