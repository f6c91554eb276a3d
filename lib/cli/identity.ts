/** rollcall identity conflicts|link|separate|undo */
import type { Command } from "commander";
import { commandLine } from "../auth/caller.ts";
import { decide, type Verdict } from "../identities/decide.ts";
import type { LinksReport, Party } from "../reports/contract.ts";
import { linksReport } from "../reports/links.ts";
import { withDatabase } from "./context.ts";
import { printJson, say } from "./output.ts";

interface DecideOptions {
  reason: string;
  json?: boolean;
}

const nameOf = ({ ref, userName, active }: Party) => `${userName} (${ref}${active ? "" : ", left"})`;

function print(report: LinksReport): void {
  if (report.conflicts.length === 0) process.stdout.write("Nothing waits to be decided.\n");
  for (const { kind, a, b, why } of report.conflicts) {
    process.stdout.write(`${kind}: ${nameOf(a)} and ${nameOf(b)}\n  ${why}\n`);
  }
  for (const { a, b, verdict, reason, by, at, holds } of report.decisions) {
    if (holds)
      process.stdout.write(`${at.slice(0, 10)} ${by}: ${nameOf(a)} and ${nameOf(b)} ${verdict}: ${reason}\n`);
  }
}

function runDecide(verdict: Verdict) {
  return (a: string, b: string, options: DecideOptions) =>
    withDatabase(async (db, workspace) => {
      const decided = await decide(db, workspace, commandLine(), { a, b, verdict, reason: options.reason });
      if (options.json) printJson({ ...decided, verdict });
      else say(`${decided.a} and ${decided.b}: ${verdict}. "identity undo" takes it back.`);
    });
}

export function addIdentity(program: Command): void {
  const identity = program.command("identity").description("decide who is who");
  identity
    .command("conflicts")
    .description("what waits to be decided, and what was")
    .option("--json", "print as JSON")
    .action((options: { json?: boolean }) =>
      withDatabase(async (db, workspace) => {
        const report = await linksReport(db, workspace);
        if (options.json) printJson(report);
        else print(report);
      }),
    );
  const verdicts: [string, Verdict, string][] = [
    ["link", "same", "the two are one person, or the account is this person's"],
    ["separate", "different", "the two are not one person, whatever the rules say"],
    ["undo", "withdrawn", "take the decision on the two back: the rules say again who is who"],
  ];
  for (const [name, verdict, description] of verdicts) {
    identity
      .command(name)
      .description(description)
      .argument("<a>", "a ref, like p:okta:00u1, or a user name")
      .argument("<b>")
      .requiredOption("--reason <text>", "why; kept with the decision")
      .option("--json", "print as JSON")
      .action(runDecide(verdict));
  }
}
