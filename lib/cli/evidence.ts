/** rollcall evidence export|verify */
import type { Command } from "commander";
import { commandLine } from "../auth/caller.ts";
import { exportEvidence } from "../evidence/export-evidence.ts";
import { verifyEvidence } from "../evidence/verify.ts";
import { withPseudonyms } from "../evidence/with-pseudonyms.ts";
import { ParamProblem, parseParams, type RawParams } from "../reports/params.ts";
import { installationSecretOfHome, UsageProblem, withDatabase } from "./context.ts";
import { printJson, progress, say } from "./output.ts";

interface ExportOptions extends RawParams {
  output: string;
  pseudonymise?: boolean;
  json?: boolean;
}

async function runExport(options: ExportOptions): Promise<void> {
  const params = (() => {
    try {
      return parseParams(options, (key) => (key === "asOf" ? "--as-of" : `--${key}`));
    } catch (error) {
      if (error instanceof ParamProblem) throw new UsageProblem(error.message);
      throw error;
    }
  })();
  if (options.pseudonymise && params.customer === undefined)
    throw new UsageProblem("--pseudonymise is for a pack of one customer: add --customer.");
  await withDatabase(async (db, workspace) => {
    const wanted = options.pseudonymise
      ? withPseudonyms(await installationSecretOfHome(), workspace, params)
      : params;
    const bar = progress(options.output);
    try {
      const result = await exportEvidence(
        db,
        workspace,
        commandLine(),
        wanted,
        options.output,
        ({ records }) => bar.update(null, `${records.toLocaleString("en-GB")} records`),
      );
      bar.stop();
      if (options.json) printJson(result);
      else
        say(
          `${result.file}: ${result.files} files, ${result.rows} rows of reports, ${result.events} events behind them.`,
        );
    } finally {
      bar.stop();
    }
  });
}

async function runVerify(file: string, options: { json?: boolean }): Promise<void> {
  const result = await verifyEvidence(file);
  if (options.json) printJson(result);
  else if (result.valid)
    say(`${file} is unaltered: every file is as the manifest says, every record matches its hash.`);
  else {
    say(`${file} is not valid:`);
    for (const { file: where, problem } of result.problems) say(`  ${where}: ${problem}`);
  }
  if (!result.valid) process.exitCode = 1;
}

export function addEvidence(program: Command): void {
  const evidence = program.command("evidence").description("export and verify evidence");
  evidence
    .command("export")
    .description("write the reports and the raw records behind them as one zip")
    .requiredOption("-o, --output <file>", "the zip to write")
    .option("--from <time>", "start of the period: a day or a time")
    .option("--to <time>", "end of the period")
    .option("--as-of <time>", "as the log stood then (event time)")
    .option("--application <name>", "only this application")
    .option("--customer <name>", "only this customer's sources")
    .option("--pseudonymise", "people by pseudonyms, which are the same in all packs of this customer")
    .option("--json", "print the result as JSON")
    .action(runExport);
  evidence
    .command("verify")
    .description("check a pack; needs no database")
    .argument("<file>")
    .option("--json", "print the result as JSON")
    .action(runVerify);
}
