/** rollcall review create | list | show | end | close | repeat | remind | check; the others stand in review-deciding.ts and review-tasks.ts */
import { Argument, type Command, Option } from "commander";
import { checkPopulation } from "../reviews/check-population.ts";
import { closeReview } from "../reviews/close-review.ts";
import { EVERY, type Every, REVIEWER_RULES } from "../reviews/contract.ts";
import { endReview } from "../reviews/end-review.ts";
import { keepReviewsGoing } from "../reviews/keep-reviews-going.ts";
import { openReview } from "../reviews/open-review.ts";
import { previewReview } from "../reviews/preview-review.ts";
import { listReviews, readReview } from "../reviews/read.ts";
import { remindReviewers } from "../reviews/remind-reviewers.ts";
import { setRecurrence } from "../reviews/set-recurrence.ts";
import { UsageProblem, withDatabase } from "./context.ts";
import { printJson, say } from "./output.ts";
import { addDeciding } from "./review-deciding.ts";
import { by, idOf, itemsOf, JSON_OPTION, print, REVIEW, surroundings, withReview } from "./review-named.ts";
import { itemsTable, reviewsTable, reviewText } from "./review-tables.ts";
import { addTasks } from "./review-tasks.ts";

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
  addTasks(review);
  review
    .command("check")
    .description("make the population again from the log and compare it; exit 1 when it differs")
    .argument("<review>", REVIEW)
    .option(...JSON_OPTION)
    .action(check);
}
