/** rollcall doctor */
import type { Command } from "commander";
import { examine } from "../runtime/doctor.ts";
import { homeFromEnv } from "../runtime/home.ts";
import { printJson, say } from "./output.ts";

async function run(options: { json?: boolean }): Promise<void> {
  const findings = await examine(homeFromEnv(), say);
  const ok = findings.every((finding) => finding.ok);
  if (options.json) printJson({ ok, findings });
  else
    for (const finding of findings)
      process.stdout.write(`${finding.ok ? "ok   " : "WRONG"}  ${finding.sentence}\n`);
  if (!ok) process.exitCode = 1;
}

export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("check this machine, the home and the database; exit 1 when something is wrong")
    .option("--json", "print the result as JSON")
    .action(run);
}
