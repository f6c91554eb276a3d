/** rollcall application set | list | scim */
import Table from "cli-table3";
import type { Command } from "commander";
import type { Db } from "../../db/client.ts";
import { setSla } from "../applications/set-sla.ts";
import { commandLine } from "../auth/caller.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { type ApplicationRow, applicationRows } from "../reports/applications.ts";
import { loadModel } from "../reports/model.ts";
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

async function set(name: string, options: { sla: string }): Promise<void> {
  const hours = parseSla(options.sla);
  const key = applicationKey(name);
  if (key === "") throw new UsageProblem("The application's name is empty.");
  await withDatabase(async (db, workspace) => {
    const seen = (await known(db, workspace)).find((row) => applicationKey(row.application) === key);
    const label = seen?.application ?? name.trim();
    await setSla(db, workspace, commandLine(), label, hours);
    if (hours === null) return say(`${label} has the default SLA again.`);
    const unseen = seen?.seen
      ? ""
      : " No record names this application yet: check its spelling if there should be some.";
    say(`Leavers' accounts at ${label} are to end within ${hours} h.${unseen}`);
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
    .description("set how soon leavers' accounts at an application are to end")
    .argument("<name>", "the application, by the label people know, in any case")
    .requiredOption("--sla <hours>", 'hours, like 4 or 0.5; "default" takes it away')
    .action(set);
  application
    .command("list")
    .description("all applications with their SLA, who set it, and when")
    .option("--json", "print one JSON document")
    .action(list);
  addScim(application);
}
