/** rollcall review create | list | show | decide | delegate | exempt | end | close | repeat | remind | tasks | check */
import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { Argument, type Command, Option } from "commander";
import type { Db } from "../../db/client.ts";
import { readReviewStates } from "../../db/queries/reviews.ts";
import { commandLine } from "../auth/caller.ts";
import { checkPopulation } from "../reviews/check-population.ts";
import { closeReview } from "../reviews/close-review.ts";
import {
  type DecisionInput,
  type DecisionsAnswer,
  EVERY,
  type Every,
  REVIEWER_RULES,
  type ReviewItemRow,
} from "../reviews/contract.ts";
import { decideItems, MOST_DECISIONS } from "../reviews/decide-items.ts";
import { delegateItems } from "../reviews/delegate-items.ts";
import { endReview } from "../reviews/end-review.ts";
import { exemptItem } from "../reviews/exempt-item.ts";
import { handOffTasks, MOST_TASKS, WAYS, type Way } from "../reviews/hand-off-tasks.ts";
import { keepReviewsGoing } from "../reviews/keep-reviews-going.ts";
import { openReview } from "../reviews/open-review.ts";
import { previewReview } from "../reviews/preview-review.ts";
import { listReviews, readReview, reviewItems, reviewTasks } from "../reviews/read.ts";
import { remindReviewers } from "../reviews/remind-reviewers.ts";
import { reviewLink } from "../reviews/review-link.ts";
import { setRecurrence } from "../reviews/set-recurrence.ts";
import { tasksCsv } from "../reviews/tasks-csv.ts";
import { writableApplications } from "../scim/connection.ts";
import { installationSecretOfHome, UsageProblem, withDatabase } from "./context.ts";
import { memberOf } from "./member.ts";
import { printJson, say } from "./output.ts";
import { decisionOf, decisionsOfTable, itemFinder } from "./review-decisions.ts";
import { itemsTable, reviewsTable, reviewText, tasksTable } from "./review-tables.ts";

const by = commandLine();
const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** A review by its id, the beginning of its id, or its name. @throws {UsageProblem} */
async function reviewOf(db: Db, workspace: string, named: string): Promise<string> {
  const all = await readReviewStates(db.sql, workspace);
  const wanted = named.trim().toLowerCase();
  const exact = all.filter(
    ({ review, opened }) => review === wanted || opened.input.name.toLowerCase() === wanted,
  );
  const fitting =
    exact.length > 0 ? exact : all.filter(({ review }) => wanted.length >= 4 && review.startsWith(wanted));
  const [found] = fitting;
  if (found === undefined) throw new UsageProblem(`There is no review "${named}": review list shows all.`);
  if (fitting.length > 1) throw new UsageProblem(`"${named}" can be ${fitting.length} reviews: give the id.`);
  return found.review;
}

/** Runs `work` with the id of the review that was named. */
const withReview = (
  named: string,
  work: (db: Db, workspace: string, review: string) => Promise<void>,
): Promise<void> =>
  withDatabase(async (db, workspace) => work(db, workspace, await reviewOf(db, workspace, named)));

const idOf = async (db: Db, workspace: string, email: string): Promise<string> =>
  (await memberOf(db, workspace, email)).member;

/** All items. @throws {UsageProblem} */
async function itemsOf(db: Db, workspace: string, review: string): Promise<readonly ReviewItemRow[]> {
  return (await reviewItems(db, workspace, by, review))?.rows ?? [];
}

interface CreateOptions {
  name: string;
  due: string;
  asOf?: string;
  kind?: string[];
  application?: string[];
  customer?: string[];
  department?: string[];
  flagged?: true;
  nonHuman?: true;
  item?: string[];
  rule?: string[];
  named?: string[];
  fallback: string;
  second?: string;
  secondShare?: string;
  every?: string;
  preview?: true;
  json?: true;
}

async function create(options: CreateOptions): Promise<void> {
  await withDatabase(async (db, workspace) => {
    const member = (email: string) => idOf(db, workspace, email);
    const { kind, application = [], customer = [], department = [], flagged, nonHuman, item = [] } = options;
    const input = {
      name: options.name,
      dueAt: options.due,
      asOf: options.asOf ?? null,
      scope: {
        ...(kind === undefined ? {} : { kinds: kind }),
        applications: application,
        customers: customer,
        departments: department,
        flaggedOnly: flagged === true,
        nonHumanOnly: nonHuman === true,
        items: item,
      },
      ...(options.rule === undefined ? {} : { rules: options.rule }),
      named: await Promise.all((options.named ?? []).map(member)),
      fallback: await member(options.fallback),
      second: options.second === undefined ? null : await member(options.second),
      secondShare: Number(options.secondShare ?? 0),
      every: options.every ?? null,
    };
    if (options.preview) {
      const preview = await previewReview(db, workspace, by, input);
      if (options.json) return printJson(preview);
      const { rows, reviewers, fallback, own } = preview;
      print(
        `${rows} items, ${preview.flagged} flagged; ${fallback} go to the fallback, ${own} elsewhere for being the reviewer's own access.`,
      );
      for (const { name, items } of reviewers) print(`  ${name}: ${items}`);
      return;
    }
    const { review } = await openReview(db, workspace, by, input);
    if (options.json) return printJson({ review });
    say(`The review “${options.name}” is open.`);
    print(review);
  });
}

async function list(options: { json?: true }): Promise<void> {
  await withDatabase(async (db, workspace) => {
    const report = await listReviews(db, workspace, by);
    if (options.json) return printJson(report);
    print(reviewsTable(report.reviews));
  });
}

interface ShowOptions {
  items?: true;
  state?: string;
  reviewer?: string;
  json?: true;
}

async function show(named: string, { items, state, reviewer, json }: ShowOptions): Promise<void> {
  await withReview(named, async (db, workspace, review) => {
    const report = await readReview(db, workspace, by, review);
    if (report === null) throw new UsageProblem(`There is no review "${named}".`);
    if (!items) return json ? printJson(report) : print(reviewText(report));
    const whose = reviewer === undefined ? null : await idOf(db, workspace, reviewer);
    const rows = (await itemsOf(db, workspace, review)).filter(
      (row) =>
        (state === undefined || row.state === state) && (whose === null || row.reviewer.member === whose),
    );
    return json ? printJson({ items: rows }) : print(itemsTable(rows));
  });
}

interface DecideOptions {
  item?: string[];
  allOpen?: true;
  csv?: string;
  decision?: string;
  reason?: string;
  remove?: string[];
  json?: true;
}

const sourceText = (path: string): Promise<string> =>
  path === "-" ? textOf(process.stdin) : readFile(path, "utf8");

/** What the options say, of the items as they stand. @throws {UsageProblem} */
async function decisionsOf(options: DecideOptions, rows: readonly ReviewItemRow[]): Promise<DecisionInput[]> {
  const { item, allOpen, csv, decision, reason, remove = [] } = options;
  if ([item, allOpen, csv].filter((given) => given !== undefined).length !== 1)
    throw new UsageProblem("Say which items: one of --item, --all-open or --csv.");
  if (csv !== undefined) return decisionsOfTable(await sourceText(csv), rows);
  if (decision === undefined) throw new UsageProblem("Say --decision.");
  const said = decisionOf(decision);
  const find = itemFinder(rows);
  const chosen = item === undefined ? rows.filter(({ state }) => state === "open") : item.map(find);
  return chosen.map((row) => ({ item: row.item, version: row.version, decision: said, reason, remove }));
}

async function decide(named: string, options: DecideOptions): Promise<void> {
  await withReview(named, async (db, workspace, review) => {
    const decisions = await decisionsOf(options, await itemsOf(db, workspace, review));
    const answer: DecisionsAnswer = { decided: [], conflicts: [] };
    for (let i = 0; i < decisions.length; i += MOST_DECISIONS) {
      const part = await decideItems(db, workspace, by, review, decisions.slice(i, i + MOST_DECISIONS));
      answer.decided.push(...part.decided);
      answer.conflicts.push(...part.conflicts);
    }
    if (answer.conflicts.length > 0) process.exitCode = 1;
    if (options.json) return printJson(answer);
    say(`${answer.decided.length} decided.`);
    if (answer.conflicts.length === 0) return;
    say(`${answer.conflicts.length} were changed by somebody else meanwhile, and are left as they are:`);
    print(itemsTable(answer.conflicts));
  });
}

async function delegate(
  named: string,
  options: { to: string; item?: string[]; from?: string; json?: true },
): Promise<void> {
  if ((options.item === undefined) === (options.from === undefined))
    throw new UsageProblem("Say which items: either --item, or --from whom.");
  await withReview(named, async (db, workspace, review) => {
    const rows = await itemsOf(db, workspace, review);
    const from = options.from === undefined ? null : await idOf(db, workspace, options.from);
    const chosen =
      options.item?.map(itemFinder(rows)) ??
      rows.filter(({ state, reviewer }) => state === "open" && reviewer.member === from);
    const answer = await delegateItems(db, workspace, by, review, {
      to: await idOf(db, workspace, options.to),
      items: chosen.map(({ item }) => item),
    });
    if (options.json) return printJson(answer);
    say(`${answer.items} items given to ${options.to}.`);
    if (answer.own > 0) say(`${answer.own} stayed: they are their own access.`);
  });
}

async function exempt(
  named: string,
  { item, ...wish }: { item: string; reason: string; owner: string; until: string },
): Promise<void> {
  await withReview(named, async (db, workspace, review) => {
    const row = itemFinder(await itemsOf(db, workspace, review))(item);
    await exemptItem(db, workspace, by, review, { item: row.item, ...wish });
    say(`${row.userName ?? row.account} in ${row.application} may stay until ${wish.until}.`);
  });
}

async function surroundings() {
  return { linkOf: reviewLink, installation: await installationSecretOfHome() };
}

async function remind(named: string | undefined, options: { json?: true }): Promise<void> {
  if (named !== undefined) {
    return withReview(named, async (db, workspace, review) => {
      const sent = await remindReviewers(db, workspace, by, review, "now", await surroundings());
      if (options.json) return printJson({ sent });
      say(`${sent} reminded.`);
    });
  }
  await withDatabase(async (db, workspace) => {
    const going = await keepReviewsGoing(db, workspace, await surroundings(), by);
    if (going === null) throw new UsageProblem("Another process is at it just now.");
    const errors = going.errors.map((error) => (error instanceof Error ? error.message : String(error)));
    if (errors.length > 0) process.exitCode = 1;
    if (options.json) return printJson({ opened: going.opened, sent: going.reminded, errors });
    say(`${going.opened} reviews opened again, ${going.reminded} reminded.`);
    for (const error of errors) say(error);
  });
}

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

async function check(named: string, options: { json?: true }): Promise<void> {
  await withReview(named, async (db, workspace, review) => {
    const found = await checkPopulation(db, workspace, by, review);
    if (found === null) throw new UsageProblem(`There is no review "${named}".`);
    if (!found.same) process.exitCode = 1;
    if (options.json) return printJson(found);
    print(`SHA-256 ${found.frozen} when it was opened, of ${found.rows} rows; made again ${found.sha256}.`);
    if (found.same) return say("The population is the same.");
    for (const [what, keys] of Object.entries({
      missing: found.missing,
      added: found.added,
      changed: found.changed,
    }))
      if (keys.length > 0)
        say(`${keys.length} ${what}: ${keys.slice(0, 10).join(", ")}${keys.length > 10 ? " …" : ""}`);
  });
}

const REVIEW = "its id, the beginning of it, or its name";
const JSON_OPTION = ["--json", "print one JSON document"] as const;

function addDeciding(review: Command): void {
  review
    .command("decide")
    .description("decide items, as they stand now; what others changed meanwhile is left alone")
    .argument("<review>", REVIEW)
    .option("--item <item...>", "ids or keys")
    .option("--all-open", "all that nobody has decided")
    .option(
      "--csv <file>",
      "a table with the columns item, decision, reason, remove (parted by ;), version; - reads standard input",
    )
    .option("--decision <decision>", "keep, revoke, change, cant-say, or withdraw")
    .option("--reason <text>", "needed to revoke, to change, and to keep what is flagged")
    .option("--remove <entitlement...>", "of a change: what is to go")
    .option(...JSON_OPTION)
    .action(decide);
  review
    .command("delegate")
    .description("give items to another reviewer")
    .argument("<review>", REVIEW)
    .requiredOption("--to <email>", "a member who may review")
    .option("--item <item...>", "ids or keys")
    .option("--from <email>", "all that this reviewer has not decided")
    .option(...JSON_OPTION)
    .action(delegate);
  review
    .command("exempt")
    .description("let what is to be revoked stay for a while")
    .argument("<review>", REVIEW)
    .requiredOption("--item <item>", "id or key")
    .requiredOption("--reason <text>")
    .requiredOption("--owner <name>", "who answers for it")
    .requiredOption("--until <day>")
    .action(exempt);
}

export function addReview(program: Command): void {
  const review = program
    .command("review")
    .description("access reviews: who has what, and whether it may stay");
  review
    .command("create")
    .description("open a review; its id is printed")
    .requiredOption("--name <name>")
    .requiredOption("--due <day>", "until when it is to be decided")
    .requiredOption("--fallback <email>", "who gets what no rule gives to anybody")
    .option("--as-of <time>", "the population of a past day or time")
    .addOption(
      new Option("--kind <kind...>", "what is reviewed (accounts when left out)").choices([
        "account",
        "credential",
      ]),
    )
    .option("--application <name...>", "these alone")
    .option("--customer <name...>", "these alone")
    .option("--department <name...>", "these alone")
    .option("--flagged", "only what is flagged")
    .option("--non-human", "only what is of no person")
    .option("--item <key...>", "single items, like account:chat:7")
    .addOption(
      new Option("--rule <rule...>", "who reviews; the first that names somebody holds").choices([
        ...REVIEWER_RULES,
      ]),
    )
    .option("--named <email...>", "of the rule named: in turn")
    .option("--second <email>", "who decides a share of the items again, without seeing what was said")
    .option("--second-share <percent>", "how large that share is")
    .addOption(new Option("--every <period>", "open it again by itself").choices([...EVERY]))
    .option("--preview", "only tell what it would hold, and who would get it")
    .option(...JSON_OPTION)
    .action(create);
  review
    .command("list")
    .description("all reviews, the newest first")
    .option(...JSON_OPTION)
    .action(list);
  review
    .command("show")
    .description("how a review stands; with --items its items")
    .argument("<review>", REVIEW)
    .option("--items", "its items")
    .option("--state <state>", "of the items: open, kept, to-do, verified, exempt, cant-say, disputed")
    .option("--reviewer <email>", "of the items: those of one reviewer")
    .option(...JSON_OPTION)
    .action(show);
  addDeciding(review);
  for (const [verb, does, run, said] of [
    ["end", "let the reviewers decide no more", endReview, "has ended"],
    ["close", "close it for good, when nothing in it is to do", closeReview, "is closed"],
  ] as const) {
    review
      .command(verb)
      .description(does)
      .argument("<review>", REVIEW)
      .action((named: string) =>
        withReview(named, async (db, workspace, id) => {
          await run(db, workspace, by, id);
          say(`The review ${said}.`);
        }),
      );
  }
  review
    .command("repeat")
    .description("how often a review is opened again, counted from its opening")
    .argument("<review>", REVIEW)
    .addArgument(new Argument("<every>").choices([...EVERY, "never"]))
    .action((named: string, every: Every | "never") =>
      withReview(named, async (db, workspace, id) => {
        await setRecurrence(db, workspace, by, id, every === "never" ? null : every);
        say(
          every === "never"
            ? "The review is not opened again."
            : `The review is opened again every ${every}.`,
        );
      }),
    );
  review
    .command("remind")
    .description(
      "remind whoever has items to decide; without a review: of all, by the calendar, and open what recurs",
    )
    .argument("[review]", REVIEW)
    .option(...JSON_OPTION)
    .action(remind);
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
  review
    .command("check")
    .description("make the population again from the log and compare it; exit 1 when it differs")
    .argument("<review>", REVIEW)
    .option(...JSON_OPTION)
    .action(check);
}
