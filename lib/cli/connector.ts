/** rollcall connector add | list | show | set | pause | resume | remove | run | backfill */
import { text } from "node:stream/consumers";
import Table from "cli-table3";
import { type Command, InvalidArgumentError } from "commander";
import type { Db } from "../../db/client.ts";
import { readWork } from "../../db/queries/connector-work.ts";
import { commandLine } from "../auth/caller.ts";
import { addConnector } from "../connectors/add-connector.ts";
import { backfillConnector } from "../connectors/backfill-connector.ts";
import { listConnectors } from "../connectors/list-connectors.ts";
import { connectorNamed } from "../connectors/named.ts";
import { pauseConnector } from "../connectors/pause-connector.ts";
import { removeConnector } from "../connectors/remove-connector.ts";
import { resumeConnector } from "../connectors/resume-connector.ts";
import { runConnector } from "../connectors/run-connector.ts";
import { runWork } from "../connectors/run-work.ts";
import { setConnector } from "../connectors/set-connector.ts";
import { tryVendor } from "../connectors/try-vendor.ts";
import type { ConnectorTold } from "../reports/contract.ts";
import { installationSecretOfHome, UsageProblem, withDatabase } from "./context.ts";
import { printJson, say } from "./output.ts";
import { setting } from "./setting.ts";

const short = (time: string | null): string => (time === null ? "–" : time.slice(0, 16).replace("T", " "));

function lag(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

function seconds(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number)) return number;
  throw new InvalidArgumentError("A number of seconds.");
}

function time(value: string): number {
  const at = Date.parse(value);
  if (!Number.isNaN(at)) return at;
  throw new InvalidArgumentError("A day (2026-03-01) or a time (2026-03-01T12:00:00Z).");
}

interface AddOptions {
  kind: string;
  setting: Record<string, string>;
  source?: string;
  customer?: string;
  every?: number;
  try?: true;
}

async function add(
  name: string,
  { kind, setting: settings, source, customer, every, ...options }: AddOptions,
): Promise<void> {
  const secret = (await text(process.stdin)).trim();
  if (options.try) return say(await tryVendor(kind, settings, secret));
  const installation = await installationSecretOfHome();
  const input = {
    name,
    kind,
    settings,
    secret,
    source: source ?? null,
    customer: customer ?? null,
    everySeconds: every ?? null,
  };
  await withDatabase((db, workspace) => addConnector(db, workspace, commandLine(), input, installation));
  say(`The connector ${name} is set up. It is read while Rollcall or a worker runs.`);
}

interface SetOptions {
  setting: Record<string, string>;
  every?: number;
  secretStdin?: true;
}

async function set(name: string, { setting: changed, every, secretStdin }: SetOptions): Promise<void> {
  const secret = secretStdin ? (await text(process.stdin)).trim() : null;
  const installation = await installationSecretOfHome();
  await withDatabase(async (db, workspace) => {
    const { settings } = await connectorNamed(db.sql, workspace, name);
    const change = {
      settings: Object.keys(changed).length === 0 ? null : { ...settings, ...changed },
      secret,
      everySeconds: every ?? null,
    };
    await setConnector(db, workspace, commandLine(), name, change, installation);
  });
  say(`The connector ${name} is changed.`);
}

function printConnectors(connectors: readonly ConnectorTold[]): void {
  const table = new Table({
    head: ["Connector", "Kind", "Source", "State", "Behind", "Records", "Last success", "Next run"],
    style: { head: [], border: [], compact: true },
  });
  for (const one of connectors) {
    const { name, kind, source, state, lagSeconds, records, lastSuccessAt, nextRunAt } = one;
    table.push([name, kind, source, state, lag(lagSeconds), records, short(lastSuccessAt), short(nextRunAt)]);
  }
  process.stdout.write(`${connectors.length > 0 ? table.toString() : "No connectors."}\n`);
  for (const { name, lastError } of connectors)
    if (lastError !== null) process.stdout.write(`${name}: ${lastError}\n`);
}

async function show(name: string, options: { json?: true }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    await connectorNamed(db.sql, workspace, name);
    const connectors = await listConnectors(db, workspace, name);
    if (options.json) return printJson({ connector: connectors[0] });
    printConnectors(connectors);
    for (const { backfills, settings } of connectors) {
      for (const [key, value] of Object.entries(settings)) process.stdout.write(`${key}=${value}\n`);
      for (const { id, from, to, state, share, records, lastError } of backfills)
        process.stdout.write(
          `backfill ${id}: ${short(from)} to ${short(to)}, ${state}, ${Math.round(share * 100)} %, ${records} records${lastError === null ? "" : `. ${lastError}`}\n`,
        );
    }
  });
}

/** Runs all that is left of a piece of work, here and now. @throws what a run throws. */
/** @returns what it brought; null when there was nothing to do. */
async function runHere(db: Db, workspace: string, work: string) {
  const installation = await installationSecretOfHome();
  const sum = { accepted: 0, duplicates: 0, rejected: 0 };
  for (;;) {
    const result = await runWork({ db, workspace, installation }, work);
    if (result === null) return null;
    sum.accepted += result.accepted;
    sum.duplicates += result.duplicates;
    sum.rejected += result.rejected;
    if (result.problem !== null) throw new UsageProblem(result.problem);
    if (!result.more) return sum;
  }
}

async function run(name: string, { backfill, json }: { backfill?: string; json?: true }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    await runConnector(db, workspace, commandLine(), name, backfill ?? null);
    const { connector } = await connectorNamed(db.sql, workspace, name);
    const works = await readWork(db.sql, workspace, { connector });
    const work = works.find((one) =>
      backfill === undefined ? one.windowFrom === null : one.work === backfill,
    );
    const sum = work === undefined ? null : await runHere(db, workspace, work.work);
    if (json) return printJson(sum ?? { accepted: 0, duplicates: 0, rejected: 0 });
    if (sum === null) return say("Another process is at it, or it is done.");
    say(`${sum.accepted} records are new, ${sum.duplicates} were known, ${sum.rejected} could not be read.`);
  });
}

export function addConnectorCommand(program: Command): void {
  const connector = program
    .command("connector")
    .description("live sources: what is pulled from vendors, and how each does");
  connector
    .command("add")
    .description("set one up; its secret (token, key, certificate with its key) comes on standard input")
    .argument("<name>")
    .requiredOption(
      "--kind <kind>",
      "okta-logs, okta-snapshot, entra-provisioning, entra-sign-ins, entra-sync-jobs, workos-events, set-poll, scim-application",
    )
    .option("--setting <key=value>", "as docs/connectors.md names them; again for each", setting, {})
    .option("--source <name>", "the source that its records are of; the kind's own without it")
    .option("--customer <name>", "the customer whose records they are")
    .option("--every <seconds>", "how often it runs; the kind's own without it", seconds)
    .option("--try", "ask the vendor for one page, and set up nothing")
    .action(add);
  connector
    .command("list")
    .description("all connectors and how each does, without their secrets")
    .option("--json", "print one JSON document")
    .action((options: { json?: true }) =>
      withDatabase(async (db, workspace) => {
        const connectors = await listConnectors(db, workspace);
        if (options.json) printJson({ connectors });
        else printConnectors(connectors);
      }),
    );
  connector
    .command("show")
    .description("one of them, with its settings and backfills")
    .argument("<name>")
    .option("--json", "print one JSON document")
    .action(show);
  connector
    .command("set")
    .description("change settings, how often it runs, or its secret")
    .argument("<name>")
    .option("--setting <key=value>", "again for each; the others stay", setting, {})
    .option("--every <seconds>", "how often it runs", seconds)
    .option("--secret-stdin", "read a new secret from standard input")
    .action(set);
  const verb = (
    name: string,
    description: string,
    work: (db: Db, workspace: string, connector: string) => Promise<void>,
    done: string,
  ) =>
    connector
      .command(name)
      .description(description)
      .argument("<name>")
      .action(async (named: string) => {
        await withDatabase((db, workspace) => work(db, workspace, named));
        say(`${named} ${done}`);
      });
  verb(
    "pause",
    "read nothing until it is resumed",
    (db, w, name) => pauseConnector(db, w, commandLine(), name),
    "is paused.",
  );
  verb(
    "resume",
    "go on where it was paused",
    (db, w, name) => resumeConnector(db, w, commandLine(), name),
    "goes on.",
  );
  verb(
    "remove",
    "forget it and its secret; its records stay",
    (db, w, name) => removeConnector(db, w, commandLine(), name),
    "is removed.",
  );
  connector
    .command("run")
    .description("read all that is new now, in this process; also what was set aside")
    .argument("<name>")
    .option("--backfill <id>", "a backfill of it instead")
    .option("--json", "print one JSON document")
    .action(run);
  connector
    .command("backfill")
    .description("have workers fetch a past time, beside what is new")
    .argument("<name>")
    .requiredOption("--from <time>", "its beginning", time)
    .requiredOption("--to <time>", "its end", time)
    .action((name: string, { from, to }: { from: number; to: number }) =>
      withDatabase(async (db, workspace) => {
        const id = await backfillConnector(db, workspace, commandLine(), name, { from, to });
        say("The backfill is asked for. connector show tells how far it is.");
        process.stdout.write(`${id}\n`);
      }),
    );
}
