/** rollcall alert list | set rule, zone, channel | remove | test | digest */
import { text } from "node:stream/consumers";
import Table from "cli-table3";
import { type Command, Option } from "commander";
import type { AlertsReport, ChannelKind, Digest, DigestPart } from "../alerts/contract.ts";
import { digestOf, weekBefore } from "../alerts/digest.ts";
import { listAlerts } from "../alerts/list-alerts.ts";
import { removeAlertChannel } from "../alerts/remove-alert-channel.ts";
import { RULE_NAMES } from "../alerts/rules.ts";
import { setAlertChannel } from "../alerts/set-alert-channel.ts";
import { setAlertRules } from "../alerts/set-alert-rules.ts";
import { testAlertChannel } from "../alerts/test-alert-channel.ts";
import { commandLine } from "../auth/caller.ts";
import { installationSecretOfHome, UsageProblem, withDatabase } from "./context.ts";
import { printJson, say } from "./output.ts";
import { whole } from "./whole.ts";

const short = (time: string | null): string => (time === null ? "–" : time.slice(0, 16).replace("T", " "));

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

function printTable(head: string[], rows: readonly (string | number)[][], none: string): void {
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  print(rows.length > 0 ? table.toString() : none);
}

function printAlerts({
  rules,
  open,
  channels,
  zone,
  nextDigestAt,
  lastLookAt,
  lastError,
}: AlertsReport): void {
  printTable(
    ["Rule", "So since", "First told", "What"],
    open.map(({ rule, since, notifiedAt, what }) => [rule, short(since), short(notifiedAt), what]),
    "No alert is open.",
  );
  printTable(
    ["Rule", "State", "Threshold", "Open"],
    rules.map(({ rule, on, raisedFrom, open: n }) => [rule, on ? "on" : "off", raisedFrom ?? "–", n]),
    "",
  );
  printTable(
    ["Channel", "Kind", "To", "State", "Digest", "Last answer"],
    channels.map(({ name, kind, to, on, digest, last, failures }) => [
      name,
      kind,
      to,
      on ? (failures > 0 ? "failing" : "on") : "off",
      digest ? "yes" : "no",
      last === null ? "–" : `${short(last.at)} ${last.answer}`,
    ]),
    "No channels.",
  );
  print(`Looked at last: ${short(lastLookAt)}${lastError === null ? "" : `. ${lastError}`}`);
  print(`Next digest: ${short(nextDigestAt)} UTC (${zone})`);
}

function printDigest({ since, asOf, answers, raised, resolved, stillOpen }: Digest): void {
  print(`${short(since)} to ${short(asOf)} UTC`);
  for (const { title, figures } of answers) {
    print(`\n${title}`);
    for (const { label, value, change } of figures)
      print(`  ${label}: ${value}${change === null ? "" : ` (${change})`}`);
  }
  const parts = (title: string, all: readonly DigestPart[]) => {
    print(`\n${title}${all.length === 0 ? ": nothing" : ""}`);
    for (const { title: rule, count, items } of all) {
      print(`  ${rule} (${count})`);
      for (const item of items) print(`    ${item}`);
    }
  };
  parts("New", raised);
  parts("Resolved", resolved);
  print(`\nOpen since before: ${stillOpen}`);
}

interface OnOff {
  on?: true;
  off?: true;
}

/** @throws {UsageProblem} for both at once. */
function onOf({ on, off }: OnOff): boolean | undefined {
  if (on && off) throw new UsageProblem("Say --on or --off.");
  return on ?? (off ? false : undefined);
}

async function setRule(rule: string, { threshold, ...state }: OnOff & { threshold?: number }): Promise<void> {
  const change = { rules: { [rule]: { on: onOf(state), threshold } } };
  await withDatabase((db, workspace) => setAlertRules(db, workspace, commandLine(), change));
  say(`The rule ${rule} is set.`);
}

interface ChannelOptions extends OnOff {
  kind?: ChannelKind;
  to?: string;
  toStdin?: true;
  digest?: boolean;
}

async function setChannel(
  name: string,
  { kind, to, toStdin, digest, ...state }: ChannelOptions,
): Promise<void> {
  if (kind === "slack" && to !== undefined)
    throw new UsageProblem(
      "Give the address on standard input (--to-stdin): it is a secret, and others see arguments.",
    );
  const change = { kind, to: toStdin ? (await text(process.stdin)).trim() : to, digest, on: onOf(state) };
  const installation = await installationSecretOfHome();
  const secret = await withDatabase((db, workspace) =>
    setAlertChannel(db, workspace, commandLine(), name, change, installation),
  );
  say(`The channel ${name} is set.`);
  if (secret === null) return;
  say("Calls are signed with this secret. It is not told again:");
  print(secret);
}

async function test(name: string): Promise<void> {
  const installation = await installationSecretOfHome();
  const { ok, answer } = await withDatabase((db, workspace) =>
    testAlertChannel(db, workspace, commandLine(), name, installation),
  );
  say(answer);
  if (!ok) process.exitCode = 1;
}

export function addAlertCommand(program: Command): void {
  const alert = program
    .command("alert")
    .description("what calls for somebody: rules, channels, and the weekly digest");
  alert
    .command("list")
    .description("what is open, the rules, and the channels without their secrets")
    .option("--json", "print one JSON document, with what was resolved")
    .action(({ json }: { json?: true }) =>
      withDatabase(async (db, workspace) => {
        const report = await listAlerts(db, workspace);
        if (json) printJson(report);
        else printAlerts(report);
      }),
    );
  const set = alert.command("set").description("change a rule, the digest's time zone, or a channel");
  set
    .command("rule")
    .description("whether a rule raises alerts, and from which number on")
    .argument("<rule>", RULE_NAMES.join(", "))
    .option("--on", "it raises alerts")
    .option("--off", "it raises none, and those that are open are forgotten")
    .option("--threshold <number>", "what it counts: alert list says", whole)
    .action(setRule);
  set
    .command("zone")
    .description("by whose clock the digest comes on Mondays at 08:00")
    .argument("<zone>", "like Europe/Berlin")
    .action(async (zone: string) => {
      await withDatabase((db, workspace) => setAlertRules(db, workspace, commandLine(), { zone }));
      say(`The digest comes by the clock of ${zone}.`);
    });
  set
    .command("channel")
    .description("set a channel up, or change one")
    .argument("<name>")
    .addOption(new Option("--kind <kind>", "what it is").choices(["email", "slack", "webhook"]))
    .option("--to <address>", "an e-mail address, or the address of a webhook")
    .option("--to-stdin", "read the address from standard input: Slack's is a secret")
    .option("--on", "send there")
    .option("--off", "send nothing there for now")
    .option("--digest", "send the weekly digest too")
    .option("--no-digest", "send no digest")
    .action(setChannel);
  alert
    .command("remove")
    .description("take a channel away")
    .argument("<channel>")
    .action(async (name: string) => {
      await withDatabase((db, workspace) => removeAlertChannel(db, workspace, commandLine(), name));
      say(`The channel ${name} is removed.`);
    });
  alert
    .command("test")
    .description("send a test by a channel, and say what it answered")
    .argument("<channel>")
    .action(test);
  alert
    .command("digest")
    .description("the digest as it would be sent now")
    .option("--json", "print one JSON document")
    .action(({ json }: { json?: true }) =>
      withDatabase(async (db, workspace) => {
        const now = Date.now();
        const digest = await digestOf(db, workspace, { now, since: weekBefore(now) });
        if (json) printJson(digest);
        else printDigest(digest);
      }),
    );
}
