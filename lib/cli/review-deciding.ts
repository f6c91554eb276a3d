/** rollcall review decide | delegate | exempt */
import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import type { Command } from "commander";
import type { DecisionInput, DecisionsAnswer, ReviewItemRow } from "../reviews/contract.ts";
import { decideItems, MOST_DECISIONS } from "../reviews/decide-items.ts";
import { delegateItems } from "../reviews/delegate-items.ts";
import { exemptItem } from "../reviews/exempt-item.ts";
import { itemName } from "../reviews/item-name.ts";
import { UsageProblem } from "./context.ts";
import { printJson, say } from "./output.ts";
import { decisionOf, decisionsOfTable, itemFinder } from "./review-decisions.ts";
import { by, idOf, itemsOf, JSON_OPTION, print, REVIEW, withReview } from "./review-named.ts";
import { itemsTable } from "./review-tables.ts";

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
    say(`${itemName(row)} may stay until ${wish.until}.`);
  });
}

export function addDeciding(review: Command): void {
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
