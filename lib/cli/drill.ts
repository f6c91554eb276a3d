/** rollcall drill list | show | set | off | run | follow */
import { setTimeout as delay } from "node:timers/promises";
import Table from "cli-table3";
import type { Command } from "commander";
import { commandLine } from "../auth/caller.ts";
import { askForDrill } from "../drills/ask-for-drill.ts";
import { type DrillsOfApplication, listDrills, showDrills } from "../drills/list-drills.ts";
import { applicationNamed } from "../drills/named.ts";
import { runDue } from "../drills/run-due.ts";
import { setDrills } from "../drills/set-drills.ts";
import type { GroupWish } from "../drills/state.ts";
import type { KeptTrial } from "../trials/read-trials.ts";
import { installationSecretOfHome, UsageProblem, withDatabase } from "./context.ts";
import { minute, printJson, say } from "./output.ts";
import { whole } from "./whole.ts";

/** Where a worker has taken it, this long is waited between looks. */
const LOOK_MS = 500;

function printTable(head: string[], rows: readonly (string | number)[][], none: string): void {
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  process.stdout.write(`${rows.length > 0 ? table.toString() : none}\n`);
}

const rhythm = ({ active, everyHours }: Pick<DrillsOfApplication, "active" | "everyHours">): string =>
  active ? (everyHours === null ? "by hand" : `every ${everyHours} h`) : "off";

async function list({ json }: { json?: true }): Promise<void> {
  const rows = await withDatabase(listDrills);
  if (json) return printJson({ rows });
  printTable(
    ["Application", "Drills", "Next", "Follows", "To clean up"],
    rows.map((row) => [
      row.application,
      rhythm(row),
      row.nextRunAt === null ? "–" : minute(row.nextRunAt),
      row.follow ?? "–",
      row.left.length,
    ]),
    "Drills are off everywhere.",
  );
}

function printSteps({ steps }: Pick<KeptTrial, "steps">): void {
  printTable(
    ["Step", "Verdict", "After", "What was seen"],
    steps.map(({ name, verdict, latencyMs, said }) => [
      name,
      verdict,
      latencyMs === null ? "–" : `${latencyMs} ms`,
      said,
    ]),
    "No step was tried.",
  );
}

function print(found: DrillsOfApplication): void {
  const { application, left, problem, trials, follow, followHours } = found;
  process.stdout.write(`${application}: drills ${rhythm(found)}\n`);
  if (follow !== null) process.stdout.write(`Follows ${follow}; overdue after ${followHours} h\n`);
  if (problem !== null) process.stdout.write(`${problem}\n`);
  for (const { identity, problem: why } of left)
    process.stdout.write(`Could not be cleaned up: ${identity}. ${why}\n`);
  printTable(
    ["When", "Kind", "Verdict", "Failed steps"],
    trials.map(({ endedAt, kind, verdict, steps }) => [
      minute(endedAt),
      kind,
      verdict,
      steps
        .filter((step) => step.verdict === "failed")
        .map(({ name }) => name)
        .join(", "),
    ]),
    "Nothing was tried yet.",
  );
  const [newest] = trials;
  if (newest !== undefined) printSteps(newest);
}

interface SetOptions {
  every?: number;
  byHand?: true;
  domain?: string;
  group?: string | false;
  ownGroup?: true;
}

function groupOf({ group, ownGroup }: SetOptions): GroupWish | undefined {
  if (group !== undefined && ownGroup) throw new UsageProblem("Say --group, --own-group or --no-group.");
  if (ownGroup) return { kind: "own" };
  if (group === false) return { kind: "none" };
  return group === undefined ? undefined : { kind: "named", name: group };
}

async function set(application: string, options: SetOptions): Promise<void> {
  const { every, byHand, domain } = options;
  if (every !== undefined && byHand) throw new UsageProblem("Say --every or --by-hand.");
  const change = {
    active: true,
    everyHours: byHand ? null : every,
    domain,
    group: groupOf(options),
  };
  await withDatabase((db, workspace) => setDrills(db, workspace, commandLine(), application, change));
  say(
    `Drills are on at ${application}: each makes a test account there, tries it out, and takes it away again.`,
  );
}

async function run(application: string, { json }: { json?: true }): Promise<void> {
  const installation = await installationSecretOfHome();
  const found = await withDatabase(async (db, workspace) => {
    const key = applicationNamed(application);
    const [before] = (await showDrills(db, workspace, application)).trials;
    await askForDrill(db, workspace, commandLine(), application);
    for (;;) {
      // A worker may have taken it.
      await runDue({ db, workspace, installation }, key);
      const now = await showDrills(db, workspace, application);
      const isOver = now.trials[0]?.id !== before?.id || (now.problem !== null && now.running === null);
      if (isOver) return now;
      await delay(LOOK_MS);
    }
  });
  const [trial] = found.problem === null ? found.trials : [];
  if (json) printJson({ trial: trial ?? null, problem: found.problem, left: found.left });
  else if (trial === undefined) say(found.problem ?? "");
  else printSteps(trial);
  for (const { identity, problem } of json ? [] : found.left)
    say(`Could not be cleaned up yet: ${identity}. ${problem}`);
  if (trial?.verdict !== "passed") process.exitCode = 1;
}

async function follow(
  application: string,
  person: string | undefined,
  { off, within }: { off?: true; within?: number },
): Promise<void> {
  if ((person === undefined) === (off === undefined))
    throw new UsageProblem("Name the test person, or say --off.");
  const change = { follow: person ?? null, followHours: within };
  await withDatabase((db, workspace) => setDrills(db, workspace, commandLine(), application, change));
  say(
    person === undefined
      ? `Nobody is followed at ${application}.`
      : `${person} is followed at ${application}.`,
  );
}

export function addDrillCommand(program: Command): void {
  const drill = program
    .command("drill")
    .description(
      "try out whether provisioning works at an application, with a test account or a test person",
    );
  drill
    .command("list")
    .description("where drills are on, and what is left to clean up")
    .option("--json", "print one JSON document")
    .action(list);
  drill
    .command("show")
    .description("what drills have shown of an application")
    .argument("<application>")
    .option("--json", "print one JSON document")
    .action(async (application: string, { json }: { json?: true }) => {
      const found = await withDatabase((db, workspace) => showDrills(db, workspace, application));
      if (json) printJson(found);
      else print(found);
    });
  drill
    .command("set")
    .description("switch drills on: each makes a test account at the application, and takes it away again")
    .argument("<application>")
    .option("--every <hours>", "run one every so many hours", whole)
    .option("--by-hand", "run one when somebody asks")
    .option("--domain <domain>", "of the test accounts' user names (example.invalid)")
    .option("--group <name>", "put them into this group, and out of it")
    .option("--own-group", "make a group for each drill, and delete it")
    .option("--no-group", "leave groups out")
    .action(set);
  drill
    .command("off")
    .description("run none any more")
    .argument("<application>")
    .action(async (application: string) => {
      await withDatabase((db, workspace) =>
        setDrills(db, workspace, commandLine(), application, { active: false }),
      );
      say(`Drills are off at ${application}.`);
    });
  drill
    .command("run")
    .description("run one now; exits with 1 where it fails")
    .argument("<application>")
    .option("--json", "print one JSON document")
    .action(run);
  drill
    .command("follow")
    .description("follow a test person whom the identity provider provisions")
    .argument("<application>")
    .argument("[person]", "their user name or e-mail address")
    .option("--within <hours>", "after so long a change is overdue", whole)
    .option("--off", "follow nobody")
    .action(follow);
}
