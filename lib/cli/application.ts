/** rollcall application set | list | scim */
import Table from "cli-table3";
import type { Command } from "commander";
import type { Db } from "../../db/client.ts";
import { setApplicationOwner } from "../applications/set-application-owner.ts";
import { setSla } from "../applications/set-sla.ts";
import { commandLine } from "../auth/caller.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { type ApplicationRow, applicationRows } from "../reports/applications.ts";
import { loadModel } from "../reports/model.ts";
import { readReviewers } from "../reviews/plan-review.ts";
import { UsageProblem, withDatabase } from "./context.ts";
import { printJson, say } from "./output.ts";
import { addScim } from "./scim.ts";

/** A year: what takes longer is no promise that anybody waits for. */
const MOST_HOURS = 8760;

/** @returns hours; null for the default. */
function parseSla(text: string): number | null {
  if (text === "default") return null;
  const hours = text.trim() === "" ? Number.NaN : Number(text);
  if (hours > 0 && hours <= MOST_HOURS) return hours;
  throw new UsageProblem(
    `--sla takes hours from above 0 to ${MOST_HOURS}, like 24 or 0.5, or "default", not "${text}".`,
  );
}

const known = async (db: Db, workspace: string): Promise<ApplicationRow[]> =>
  applicationRows(await loadModel(db, workspace, {}));

/** The member of an e-mail who may review; null: nobody. */
async function ownerOf(db: Db, workspace: string, email: string): Promise<string | null> {
  if (email === "nobody") return null;
  const reviewers = await readReviewers(db, workspace);
  const found = reviewers.find((one) => one.email?.toLowerCase() === email.trim().toLowerCase());
  if (found !== undefined) return found.member;
  throw new UsageProblem(
    `--owner takes the e-mail of a member who may review, or "nobody"; "${email}" is none of theirs.`,
  );
}

async function set(name: string, options: { sla?: string; owner?: string }): Promise<void> {
  const { sla, owner } = options;
  if (sla === undefined && owner === undefined)
    throw new UsageProblem("Say what to set: --sla, --owner, or both.");
  const hours = sla === undefined ? undefined : parseSla(sla);
  const key = applicationKey(name);
  if (key === "") throw new UsageProblem("The application's name is empty.");
  await withDatabase(async (db, workspace) => {
    const seen = (await known(db, workspace)).find((row) => applicationKey(row.application) === key);
    const label = seen?.application ?? name.trim();
    const member = owner === undefined ? undefined : await ownerOf(db, workspace, owner);
    const told: string[] = [];
    if (hours !== undefined) {
      await setSla(db, workspace, commandLine(), label, hours);
      told.push(
        hours === null
          ? `${label} has the default SLA again.`
          : `Leavers' accounts at ${label} are to end within ${hours} h.`,
      );
    }
    if (member !== undefined) {
      await setApplicationOwner(db, workspace, commandLine(), label, member);
      told.push(member === null ? `Nobody owns ${label}.` : `${owner} owns ${label}.`);
    }
    if (!seen?.seen)
      told.push("No record names this application yet: check its spelling if there should be some.");
    say(told.join(" "));
  });
}

async function list(options: { json?: boolean }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    const applications = await known(db, workspace);
    if (options.json) return printJson({ applications });
    const table = new Table({
      head: ["Application", "SLA", "Set", "By"],
      style: { head: [], border: [], compact: true },
    });
    for (const { application, slaHours, setAt, setBy } of applications) {
      const when = setAt?.slice(0, 16).replace("T", " ") ?? "default";
      table.push([application, `${slaHours} h`, when, setBy ?? ""]);
    }
    process.stdout.write(`${applications.length > 0 ? table.toString() : "No applications yet."}\n`);
  });
}

export function addApplication(program: Command): void {
  const application = program
    .command("application")
    .description("what holds for single applications, in place of the defaults");
  application
    .command("set")
    .description("set how soon leavers' accounts at an application are to end, and who owns it")
    .argument("<name>", "the application, by the label people know, in any case")
    .option("--sla <hours>", 'hours, like 4 or 0.5; "default" takes it away')
    .option("--owner <email>", 'who reviews the access to it; "nobody" takes it away')
    .action(set);
  application
    .command("list")
    .description("all applications with their SLA, who set it, and when")
    .option("--json", "print one JSON document")
    .action(list);
  addScim(application);
}
