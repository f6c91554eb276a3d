/** rollcall review tasks */
import { type Command, Option } from "commander";
import type { Db } from "../../db/client.ts";
import { handOffTasks, MOST_TASKS, WAYS, type Way } from "../reviews/hand-off-tasks.ts";
import { reviewTasks } from "../reviews/read.ts";
import { tasksCsv } from "../reviews/tasks-csv.ts";
import { writableApplications } from "../scim/connection.ts";
import { UsageProblem } from "./context.ts";
import { printJson } from "./output.ts";
import { itemFinder } from "./review-decisions.ts";
import { by, itemsOf, JSON_OPTION, print, REVIEW, surroundings, withReview } from "./review-named.ts";
import { tasksTable } from "./review-tables.ts";

interface TasksOptions {
  format?: "table" | "json" | "csv";
  json?: true;
  handOff?: Way;
  item?: string[];
  all?: true;
  confirm?: boolean;
}

async function handOff(
  { db, workspace, review }: { db: Db; workspace: string; review: string },
  way: Way,
  { item, all, confirm = false, json }: TasksOptions,
): Promise<void> {
  if ((item === undefined) === (all === undefined))
    throw new UsageProblem("Say which tasks: --item, or --all that are to do.");
  const tasks = (await reviewTasks(db, workspace, by, review)) ?? [];
  const find = itemFinder(await itemsOf(db, workspace, review));
  const items =
    item?.map((name) => find(name).item) ??
    tasks.filter(({ state }) => state === "to-do").map((task) => task.item);
  const sent = [];
  for (let i = 0; i < items.length; i += MOST_TASKS) {
    const part = { items: items.slice(i, i + MOST_TASKS), way, confirm };
    sent.push(...(await handOffTasks(db, workspace, by, review, part, await surroundings())));
  }
  if (sent.some(({ ok }) => !ok)) process.exitCode = 1;
  if (json) return printJson({ sent });
  for (const { item: id, ok, answer } of sent) print(`${id}  ${ok ? "sent" : "failed"}  ${answer}`);
}

async function tasks(named: string, options: TasksOptions): Promise<void> {
  await withReview(named, async (db, workspace, review) => {
    if (options.handOff !== undefined) return handOff({ db, workspace, review }, options.handOff, options);
    const all =
      (await reviewTasks(db, workspace, by, review, await writableApplications(db, workspace))) ?? [];
    const format = options.json ? "json" : options.format;
    if (format === "json") return printJson({ tasks: all });
    if (format === "csv") process.stdout.write(tasksCsv(all));
    else print(tasksTable(all));
  });
}

export function addTasks(review: Command): void {
  review
    .command("tasks")
    .description("what is to be done after a review; --hand-off sends it")
    .argument("<review>", REVIEW)
    .addOption(new Option("--format <format>").choices(["table", "json", "csv"]).default("table"))
    .addOption(
      new Option(
        "--hand-off <way>",
        "to the ticket system, to the application by SCIM, or noted as exported",
      ).choices([...WAYS]),
    )
    .option("--item <item...>", "of the hand-off: ids or keys")
    .option("--all", "of the hand-off: all that is to do")
    .option("--confirm", "of the hand-off by scim: access ends at once")
    .option(...JSON_OPTION)
    .action(tasks);
}
