/** rollcall evidence schedule set|list|remove */
import Table from "cli-table3";
import { type Command, InvalidArgumentError } from "commander";
import type { Db } from "../../db/client.ts";
import { readPackSchedules } from "../../db/queries/packs.ts";
import { commandLine } from "../auth/caller.ts";
import { listPacks, type PackRow } from "../packs/list-packs.ts";
import { packsIn } from "../packs/pack-files.ts";
import { removePackSchedule } from "../packs/remove-pack-schedule.ts";
import { scopeWords } from "../packs/scope-words.ts";
import { setPackSchedule } from "../packs/set-pack-schedule.ts";
import { homeFromEnv } from "../runtime/home.ts";
import { UsageProblem, withDatabase } from "./context.ts";
import { printJson, say } from "./output.ts";

interface SetOptions {
  every: string;
  customer?: string;
  application?: string;
  keep?: number;
  json?: true;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/u.test(text)) throw new InvalidArgumentError("It takes a whole number.");
  return Number(text);
}

async function set({ json, ...input }: SetOptions): Promise<void> {
  await withDatabase(async (db, workspace) => {
    const schedule = await setPackSchedule(db, workspace, commandLine(), input);
    if (json) return printJson({ schedule });
    say(`A pack is made every ${input.every}, while Rollcall serves its pages.`);
    process.stdout.write(`${schedule}\n`);
  });
}

const table = (head: string[], rows: (string | number)[][]): string => {
  const drawn = new Table({ head, style: { head: [], border: [], compact: true } });
  drawn.push(...rows);
  return drawn.toString();
};

/** What became of a pack, and why nobody can fetch it. */
function toldOf({ state, error, nextTryAt, deletedAt }: PackRow): string {
  if (state === "failed")
    return `failed: ${error ?? ""}${nextTryAt === null ? "" : ` Tried again after ${nextTryAt}.`}`;
  if (state === "deleted") return `deleted for newer ones, ${deletedAt?.slice(0, 10) ?? ""}`;
  return state === "missing" ? "its file is not on this machine" : "made";
}

async function list({ json }: { json?: true }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    const found = await listPacks(db, workspace, commandLine(), packsIn(homeFromEnv().root));
    if (json) return printJson(found);
    if (found.schedules.length === 0) process.stdout.write("No schedules.\n");
    else {
      const rows = found.schedules.map((row) => [
        row.schedule,
        scopeWords(row),
        row.every,
        row.nextAt.slice(0, 10),
        row.keep,
      ]);
      process.stdout.write(`${table(["Schedule", "Of", "Every", "Next", "Kept"], rows)}\n`);
    }
    if (found.packs.length === 0) return;
    const rows = found.packs.map((row) => [row.name, row.sha256 ?? "", row.bytes ?? "", toldOf(row)]);
    process.stdout.write(`${table(["Pack", "SHA-256", "Bytes", "State"], rows)}\n`);
  });
}

/** By its id or the beginning of it. @throws {UsageProblem} */
async function scheduleOf(db: Db, workspace: string, named: string): Promise<string> {
  const wanted = named.trim().toLowerCase();
  const fitting = (await readPackSchedules(db.sql, workspace)).filter(
    ({ schedule }) => schedule === wanted || (wanted.length >= 4 && schedule.startsWith(wanted)),
  );
  const [found] = fitting;
  if (found === undefined)
    throw new UsageProblem(`There is no schedule "${named}": evidence schedule list shows all.`);
  if (fitting.length > 1)
    throw new UsageProblem(`"${named}" can be ${fitting.length} schedules: give the id.`);
  return found.schedule;
}

export function addSchedule(evidence: Command): void {
  const schedule = evidence.command("schedule").description("packs made by the calendar");
  schedule
    .command("set")
    .description("make a pack at the start of each period, of the one that ended; its id is printed")
    .requiredOption("--every <period>", "week, month or quarter, in UTC")
    .option("--customer <name>", "only this customer's sources")
    .option("--application <name>", "only this application")
    .option("--keep <number>", "so many packs are kept (12 when left out)", wholeNumber)
    .option("--json", "print the result as JSON")
    .action(set);
  schedule
    .command("list")
    .description("schedules, and what was made of them")
    .option("--json", "print the result as JSON")
    .action(list);
  schedule
    .command("remove")
    .description("make no more; what was made stays")
    .argument("<id>", "of the schedule, or the beginning of it")
    .action((named: string) =>
      withDatabase(async (db, workspace) => {
        await removePackSchedule(db, workspace, commandLine(), await scheduleOf(db, workspace, named));
        say("No more packs are made of it. Those that were made stay.");
      }),
    );
}
