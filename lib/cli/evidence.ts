/** rollcall evidence export|verify|checkpoint|prove|key; schedule stands in evidence-schedule.ts */
import type { Command } from "commander";
import { commandLine } from "../auth/caller.ts";
import { exportEvidence } from "../evidence/export-evidence.ts";
import { TEMPLATES } from "../evidence/manifest.ts";
import { evidenceParams, type RawEvidence } from "../evidence/params.ts";
import { describe, verifyPack } from "../evidence/verify.mjs";
import { withPseudonyms } from "../evidence/with-pseudonyms.ts";
import { ParamProblem, parseParams, type RawParams } from "../reports/params.ts";
import { homeFromEnv } from "../runtime/home.ts";
import { addSigningKey } from "../transparency/add-signing-key.ts";
import { proveRecord } from "../transparency/prove-record.ts";
import { publishHead } from "../transparency/publish-head.ts";
import { retireSigningKeys } from "../transparency/retire-signing-keys.ts";
import { installationSecretOfHome, UsageProblem, withDatabase } from "./context.ts";
import { addSchedule } from "./evidence-schedule.ts";
import { printJson, progress, say } from "./output.ts";

interface ExportOptions extends RawParams, RawEvidence {
  output: string;
  pseudonymise?: boolean;
  json?: boolean;
}

async function runExport(options: ExportOptions): Promise<void> {
  const params = (() => {
    const nameOf = (key: string) => (key === "asOf" ? "--as-of" : `--${key}`);
    try {
      return evidenceParams(options, parseParams(options, nameOf), Date.now(), nameOf);
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
      const result = await exportEvidence(db, workspace, commandLine(), wanted, options.output, {
        onProgress: ({ records }) => bar.update(null, `${records.toLocaleString("en-GB")} records`),
      });
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

interface VerifyOptions {
  key: string[];
  against?: string;
  checkpoint?: string;
  json?: boolean;
}

async function runVerify(file: string, { key: keys, json, ...others }: VerifyOptions): Promise<void> {
  const result = await verifyPack(file, { ...others, keys });
  if (json) printJson(result);
  else say(describe(file, result, keys.length > 0));
  if (!result.valid) process.exitCode = 1;
}

/** How often keys change is up to whoever runs this: both are valid in between. */
async function runKey({
  add,
  retire,
  json,
}: {
  add?: boolean;
  retire?: boolean;
  json?: boolean;
}): Promise<void> {
  const home = homeFromEnv();
  await withDatabase(async (db, workspace) => {
    if (add) await addSigningKey(db, workspace, commandLine(), home);
    if (retire) await retireSigningKeys(db, workspace, commandLine(), home);
    const { keys } = await publishHead(db, workspace, Date.now());
    if (json) return printJson({ keys });
    for (const { key, createdAt, retiredAt } of keys)
      say(`${key}\n  signs from ${createdAt}${retiredAt === null ? "" : ` to ${retiredAt}`}`);
  });
}

async function runCheckpoint({ json }: { json?: boolean }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    const { checkpoint, tree } = await publishHead(db, workspace, Date.now());
    if (json)
      printJson({ origin: tree.origin, size: tree.size, root: tree.root.toString("hex"), checkpoint });
    else process.stdout.write(checkpoint);
  });
}

async function runProve(event: string, { json }: { json?: boolean }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    const proof = await proveRecord(db, workspace, event, Date.now());
    if (proof === null) throw new UsageProblem(`The log has no record of the event "${event}".`);
    if (json) return printJson(proof);
    say(
      `Record ${proof.record.fingerprint} of ${proof.record.source} is leaf ${proof.leaf} of ${proof.size}.`,
    );
    say(`Entry  ${proof.entry}`);
    for (const hash of proof.path) say(`  with ${hash}`);
    process.stdout.write(proof.checkpoint);
  });
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
    .option("--review <id>", "only this access review: its people, at its applications")
    .option("--template <name>", `a kind of pack with a document of its own: ${TEMPLATES.join(", ")}`)
    .option("--sample <number>", "how many leavers are drawn for offboarding-sample")
    .option("--seed <text>", "by which they are drawn; the auditor's to choose")
    .option("--pseudonymise", "people by pseudonyms, which are the same in all packs of this customer")
    .option("--json", "print the result as JSON")
    .action(runExport);
  evidence
    .command("verify")
    .description("check a pack; needs no database")
    .argument("<file>")
    .option(
      "--key <key>",
      "a key that must have signed it, as its holder told you; may be repeated",
      (key: string, keys: string[]) => [...keys, key],
      [],
    )
    .option("--against <file>", "an earlier pack that this one must continue")
    .option("--checkpoint <file>", "a checkpoint that was kept elsewhere")
    .option("--json", "print the result as JSON")
    .action(runVerify);
  evidence
    .command("checkpoint")
    .description("sign the log's head and print it: keep it where nobody who runs Rollcall can change it")
    .option("--json", "print it as JSON")
    .action(runCheckpoint);
  evidence
    .command("prove")
    .description("prove that one record is in the log: its audit path, and the head it leads to")
    .argument("<event>", "id of an event, or a record's fingerprint")
    .option("--json", "print it as JSON")
    .action(runProve);
  evidence
    .command("key")
    .description("print the keys that packs and checkpoints are signed with")
    .option("--add", "make a further key; from now on all that are not retired sign")
    .option("--retire", "retire all keys but the newest")
    .option("--json", "print them as JSON")
    .action(runKey);
  addSchedule(evidence);
}
