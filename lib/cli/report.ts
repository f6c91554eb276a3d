/** rollcall report NAME */
import type { Command } from "commander";
import { reportCsv } from "../reports/csv.ts";
import { ParamProblem, parseParams, type RawParams } from "../reports/params.ts";
import { isReportName, REPORT_NAMES, runReport } from "../reports/run.ts";
import { UsageProblem, withDatabase } from "./context.ts";
import { printJson } from "./output.ts";
import { reportTable } from "./tables.ts";

interface Options extends RawParams {
  format: string;
  json?: boolean;
}

const FORMATS = ["table", "json", "csv"];
const OPTION_NAMES: Partial<Record<keyof RawParams, string>> = { asOf: "--as-of" };

async function run(name: string, options: Options): Promise<void> {
  if (!isReportName(name))
    throw new UsageProblem(`There is no report "${name}": ${REPORT_NAMES.join(", ")}.`);
  if (!FORMATS.includes(options.format)) {
    throw new UsageProblem(`--format takes ${FORMATS.join(", ")}, not "${options.format}".`);
  }
  const params = (() => {
    try {
      return parseParams(options, (key) => OPTION_NAMES[key] ?? `--${key}`);
    } catch (error) {
      if (error instanceof ParamProblem) throw new UsageProblem(error.message);
      throw error;
    }
  })();
  await withDatabase(async (db, workspace) => {
    const report = await runReport(db, workspace, name, params);
    if (options.json || options.format === "json") printJson(report);
    else if (options.format === "csv") process.stdout.write(reportCsv(name, report));
    else process.stdout.write(`${reportTable(name, report)}\n`);
  });
}

export function addReport(program: Command): void {
  program
    .command("report")
    .description(`work out a report: ${REPORT_NAMES.join(", ")}`)
    .argument("<name>")
    .option("--application <name>", "only this application")
    .option("--customer <name>", "only this customer's sources")
    .option("--by <what>", "coverage: by application, or by customer")
    .option("--from <time>", "start of the period: a day or a time")
    .option("--to <time>", "end of the period")
    .option("--as-of <time>", "the answer as the log stood then (event time)")
    .option("--days <n>", "coverage: window; dormant: days without use")
    .option("--format <format>", FORMATS.join(", "), "table")
    .option("--json", "the same as --format json")
    .action(run);
}
