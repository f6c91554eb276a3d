/** rollcall conformance check | list | show | schedule */
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import Table from "cli-table3";
import { type Command, Option } from "commander";
import { commandLine } from "../auth/caller.ts";
import { checkConformance } from "../conformance/check-conformance.ts";
import { type ConformanceReport, LEVELS, type Level } from "../conformance/finding.ts";
import { FORMS, type Form, formed, isForm } from "../conformance/forms.ts";
import {
  type ConformanceSchedule,
  listConformanceSchedules,
  showConformanceSchedule,
} from "../conformance/list-schedules.ts";
import { listConformance, readConformance } from "../conformance/read-reports.ts";
import { runChecks } from "../conformance/run-checks.ts";
import { setConformanceSchedule } from "../conformance/set-conformance-schedule.ts";
import { isWrong, requirementWords, sentenceOf, VERDICT_WORDS } from "../conformance/words.ts";
import { addressOf } from "../scim/set-scim-connection.ts";
import { installationSecretOfHome, UsageProblem, withDatabase } from "./context.ts";
import { minute, printJson, progress, say } from "./output.ts";
import { whole } from "./whole.ts";

interface CheckOptions {
  level: Level;
  url?: string;
  tokenEnv?: string;
  output?: string;
  json?: boolean;
}

/** The form that a file's name asks for. */
function formOf(path: string): Form {
  const end = path.split(".").at(-1)?.toLowerCase() ?? "";
  if (isForm(end)) return end;
  throw new UsageProblem(`-o takes a file that ends in ${FORMS.map((form) => `.${form}`).join(", ")}.`);
}

async function tell(report: ConformanceReport, { output, json }: Pick<CheckOptions, "output" | "json">) {
  if (output !== undefined) {
    await writeFile(output, (await formed(report, formOf(output))).bytes);
    say(`${output}: ${sentenceOf(report)}`);
  }
  if (json) return printJson(report);
  if (output !== undefined) return;
  const table = new Table({
    head: ["Verdict", "Severity", "Check", "Requirement", "Found"],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: [10, 10, 30, 28, 60],
  });
  for (const { verdict, severity, id, requirement, said } of report.findings.filter(isWrong))
    table.push([VERDICT_WORDS[verdict], severity, id, requirementWords(requirement), said ?? ""]);
  process.stdout.write(`${table.length > 0 ? `${table.toString()}\n` : ""}${sentenceOf(report)}\n`);
}

/** What people have to know, whatever form they asked for. */
function warn({ stopped, leftOver }: ConformanceReport): void {
  if (stopped !== null) say(`The check ended early: ${stopped}`);
  for (const { type, id, why } of leftOver)
    say(`Left at the application: ${type} ${id}. ${why} Delete it by hand.`);
}

function tokenOf(name: string | undefined): string {
  if (name === undefined)
    throw new UsageProblem("--url needs --token-env: the variable that holds the token.");
  const { [name]: token = "" } = process.env;
  if (token === "") throw new UsageProblem(`The variable ${name} is empty.`);
  return token;
}

async function check(application: string | undefined, options: CheckOptions): Promise<void> {
  const { level, url, tokenEnv, output } = options;
  if (output !== undefined) formOf(output);
  if (url === undefined && tokenEnv !== undefined) throw new UsageProblem("--token-env goes with --url.");
  if (url === undefined && application === undefined)
    throw new UsageProblem("Name an application that has a SCIM connection, or give --url and --token-env.");
  const bar = progress(application ?? url ?? "");
  const onProgress = (done: number, all: number) => bar.update(done / all, `${done} of ${all} checks`);
  try {
    const report =
      url === undefined
        ? await withDatabase(async (db, workspace) =>
            checkConformance(
              db,
              workspace,
              commandLine(),
              { application: application ?? "", level, onProgress },
              await installationSecretOfHome(),
            ),
          )
        : await runChecks({
            target: { url: addressOf(url), token: tokenOf(tokenEnv) },
            id: randomUUID(),
            application: application ?? null,
            level,
            onProgress,
          });
    bar.stop();
    await tell(report, options);
    warn(report);
    if (report.summary.failed > 0) process.exitCode = 1;
  } finally {
    bar.stop();
  }
}

async function list(application: string, { json }: { json?: boolean }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    const reports = await listConformance(db, workspace, application);
    if (json) return printJson({ reports });
    const table = new Table({
      head: ["Report", "When", "Level", "Failed", "Warning", "Passed", "Mended", "New", "By"],
      style: { head: [], border: [], compact: true },
    });
    for (const { id, startedAt, level, summary, differences, by } of reports) {
      table.push([
        id,
        minute(startedAt),
        level,
        summary.failed,
        summary.warning,
        summary.passed,
        differences?.mended.length ?? "",
        differences?.fresh.length ?? "",
        by ?? "the schedule",
      ]);
    }
    process.stdout.write(
      `${reports.length > 0 ? table.toString() : `${application} has not been checked yet.`}\n`,
    );
  });
}

async function show(
  application: string,
  id: string | undefined,
  options: Pick<CheckOptions, "output" | "json">,
): Promise<void> {
  if (options.output !== undefined) formOf(options.output);
  await withDatabase(async (db, workspace) => {
    const report = await readConformance(db, workspace, application, id ?? null);
    if (report === null)
      throw new UsageProblem(
        id === undefined ? `${application} has not been checked yet.` : "There is no report of this id.",
      );
    await tell(report, options);
    warn(report);
  });
}

interface ScheduleOptions {
  every?: number;
  level?: Level;
  off?: true;
  json?: true;
}

function printSchedules(rows: readonly ConformanceSchedule[]): void {
  const table = new Table({
    head: ["Application", "Every", "Level", "Next", "The last try"],
    style: { head: [], border: [], compact: true },
  });
  for (const { application, everyDays, level, nextRunAt, problem } of rows)
    table.push([
      application,
      everyDays === null ? "by hand" : `${everyDays} d`,
      everyDays === null ? "–" : level,
      nextRunAt === null ? "–" : minute(nextRunAt),
      problem ?? "–",
    ]);
  process.stdout.write(
    `${rows.length > 0 ? table.toString() : "No application is checked by a schedule."}\n`,
  );
}

/** Sets it where something is said of it, and tells what is set; of all applications where none is named. */
async function schedule(
  application: string | undefined,
  { every, level, off, json }: ScheduleOptions,
): Promise<void> {
  const changes = every !== undefined || level !== undefined || off === true;
  if (changes && application === undefined) throw new UsageProblem("Name the application.");
  if (off && (every !== undefined || level !== undefined))
    throw new UsageProblem("Say --off, or how often with --every.");
  const rows = await withDatabase(async (db, workspace) => {
    if (application === undefined) return listConformanceSchedules(db, workspace);
    if (changes) {
      const now = await showConformanceSchedule(db, workspace, application);
      const everyDays = off ? null : (every ?? now.everyDays);
      if (everyDays === null && !off)
        throw new UsageProblem(`${application} has no schedule yet: say how often with --every.`);
      const wish = { everyDays, level: level ?? now.level };
      await setConformanceSchedule(db, workspace, commandLine(), application, wish);
    }
    return [await showConformanceSchedule(db, workspace, application)];
  });
  if (json) printJson({ rows });
  else printSchedules(rows);
}

export function addConformance(program: Command): void {
  const conformance = program
    .command("conformance")
    .description("whether applications' SCIM 2.0 services keep to the standard");
  const outputs = (command: Command) =>
    command
      .option("-o, --output <file>", "write the report: .html, .pdf or .json")
      .option("--json", "print one JSON document");
  outputs(
    conformance
      .command("check")
      .description("check a service; what is found of an application with a connection is kept")
      .argument("[application]", "the application, by the label people know, in any case")
      .addOption(
        new Option(
          "--level <level>",
          "read: questions alone; write: also makes, changes and takes away test users and groups",
        )
          .choices([...LEVELS])
          .default("read"),
      )
      .option("--url <address>", "of a service without a connection; nothing is kept then")
      .option("--token-env <name>", "the environment's variable that holds its bearer token"),
  ).action(check);
  conformance
    .command("list")
    .description("the reports of an application, with what was mended and what is new")
    .argument("<application>")
    .option("--json", "print one JSON document")
    .action(list);
  outputs(
    conformance
      .command("show")
      .description("a report; without an id the newest")
      .argument("<application>")
      .argument("[id]"),
  ).action(show);
  conformance
    .command("schedule")
    .description("how often applications are checked by themselves; sets it where an option says so")
    .argument("[application]", "without one, all that have a schedule")
    .option("--every <days>", "check it every so many days", whole)
    .addOption(
      new Option("--level <level>", "read: questions alone; write: also with test users and groups").choices([
        ...LEVELS,
      ]),
    )
    .option("--off", "check it by hand alone")
    .option("--json", "print one JSON document")
    .action(schedule);
}
