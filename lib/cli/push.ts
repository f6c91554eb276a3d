/** rollcall push add | list | show | set | remove */
import { text } from "node:stream/consumers";
import Table from "cli-table3";
import type { Command } from "commander";
import { commandLine } from "../auth/caller.ts";
import { addPushSource, type PushSecret } from "../push/add-push-source.ts";
import { listPushSources, type PushSourceTold } from "../push/list-push-sources.ts";
import { pushSourceNamed } from "../push/named.ts";
import { removePushSource } from "../push/remove-push-source.ts";
import { setPushSource } from "../push/set-push-source.ts";
import { installationSecretOfHome, UsageProblem, withDatabase } from "./context.ts";
import { minute, printJson, say } from "./output.ts";
import { setting } from "./setting.ts";

const secretIn = async (wanted: true | undefined): Promise<string | null> =>
  wanted ? (await text(process.stdin)).trim() : null;

/** Tells a secret that Rollcall made, the only time that it is known, and what is still to be done. */
function tell({ secret }: PushSecret, { path, secret: from, hasSecret }: PushSourceTold): void {
  say(`The vendor sends to ${path} behind the address of Rollcall.`);
  if (secret !== null) {
    say("With this secret; it is not told again:");
    process.stdout.write(`${secret}\n`);
  }
  if (from === "given" && !hasSecret)
    say("All is refused until the secret that the vendor makes is set: push set NAME --secret-stdin.");
}

interface AddOptions {
  kind: string;
  setting: Record<string, string>;
  customer?: string;
  secretStdin?: true;
  json?: true;
}

async function add(
  source: string,
  { kind, setting: settings, customer, ...options }: AddOptions,
): Promise<void> {
  const secret = await secretIn(options.secretStdin);
  const installation = await installationSecretOfHome();
  const input = { source, kind, settings, secret, customer: customer ?? null };
  await withDatabase(async (db, workspace) => {
    const made = await addPushSource(db, workspace, commandLine(), input, installation);
    const [row] = (await listPushSources(db, workspace, commandLine(), made.source)).sources;
    if (row === undefined) return;
    if (options.json) printJson({ ...made, path: row.path });
    else tell(made, row);
  });
}

interface SetOptions {
  setting: Record<string, string>;
  secretStdin?: true;
  newSecret?: true;
}

async function set(source: string, { setting: changed, secretStdin, newSecret }: SetOptions): Promise<void> {
  if (secretStdin && newSecret) throw new UsageProblem("Either a secret is given, or Rollcall makes one.");
  const secret = newSecret ? ({ new: true } as const) : await secretIn(secretStdin);
  const installation = await installationSecretOfHome();
  await withDatabase(async (db, workspace) => {
    const { settings } = await pushSourceNamed(db.sql, workspace, source);
    const change = {
      settings: Object.keys(changed).length === 0 ? null : { ...settings, ...changed },
      secret,
    };
    const made = await setPushSource(db, workspace, commandLine(), source, change, installation);
    say(`The push source ${source} is changed.`);
    if (made.secret !== null) process.stdout.write(`${made.secret}\n`);
  });
}

const list = ({ json }: { json?: true }) =>
  withDatabase(async (db, workspace) => {
    const { sources } = await listPushSources(db, workspace, commandLine());
    if (json) return printJson({ sources });
    const table = new Table({
      head: ["Source", "Kind", "Customer", "Records", "Last received", "Last refused", "Address"],
      style: { head: [], border: [], compact: true },
    });
    for (const { source, kind, customer, records, lastReceivedAt, lastRefusedAt, path } of sources)
      table.push([
        source,
        kind,
        customer ?? "",
        records,
        minute(lastReceivedAt),
        minute(lastRefusedAt),
        path,
      ]);
    process.stdout.write(`${sources.length > 0 ? table.toString() : "Nothing is pushed yet."}\n`);
  });

const show = (source: string, { json }: { json?: true }) =>
  withDatabase(async (db, workspace) => {
    await pushSourceNamed(db.sql, workspace, source);
    const [row] = (await listPushSources(db, workspace, commandLine(), source)).sources;
    if (json) return printJson({ source: row });
    const { settings, ...rest } = row ?? { settings: {} };
    for (const [key, value] of Object.entries({ ...rest, ...settings }))
      process.stdout.write(`${key}=${value ?? ""}\n`);
  });

export function addPushCommand(program: Command): void {
  const push = program
    .command("push")
    .description("sources that vendors push into: webhooks, event hooks, tokens");
  push
    .command("add")
    .description("make an address for a vendor; a secret that Rollcall makes is told this once")
    .argument("<name>", "the source's name: lower-case letters, digits, dots, dashes")
    .requiredOption("--kind <kind>", "okta-hook, workos-webhook, set-push")
    .option("--setting <key=value>", "as docs/push.md names them; again for each", setting, {})
    .option("--customer <name>", "whose records they are")
    .option("--secret-stdin", "read the secret that the vendor has made from standard input")
    .option("--json", "print one JSON document")
    .action(add);
  push
    .command("list")
    .description("all of them, and what came last, without their secrets")
    .option("--json", "print one JSON document")
    .action(list);
  push
    .command("show")
    .description("one of them, with its settings, and why it last refused something")
    .argument("<name>")
    .option("--json", "print one JSON document")
    .action(show);
  push
    .command("set")
    .description("change settings or the secret; the address stays")
    .argument("<name>")
    .option("--setting <key=value>", "again for each; the others stay", setting, {})
    .option("--secret-stdin", "read the vendor's new secret from standard input")
    .option("--new-secret", "have Rollcall make a new one; the one before is over at once")
    .action(set);
  push
    .command("remove")
    .description("forget its address and its secret; what has come in stays")
    .argument("<name>")
    .action((source: string) =>
      withDatabase(async (db, workspace) => {
        await removePushSource(db, workspace, commandLine(), source);
        say(`Nothing is pushed into ${source} any more.`);
      }),
    );
}
