/** Reviews as tables for people. */
import Table from "cli-table3";
import type {
  ItemState,
  ReviewItemRow,
  ReviewReport,
  ReviewSummary,
  ReviewTask,
} from "../reviews/contract.ts";

/** A terminal shows so many rows; --json has all. */
const SHOWN = 40;
const SECONDS_OF_DAY = 86_400;

const day = (time: string): string => time.slice(0, 10);
const moment = (time: string): string => time.slice(0, 16).replace("T", " ");
const age = (seconds: number): string =>
  seconds < SECONDS_OF_DAY ? "today" : `${Math.floor(seconds / SECONDS_OF_DAY)} days`;

function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  none: string,
): string {
  if (rows.length === 0) return none;
  const made = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  for (const row of rows.slice(0, SHOWN)) made.push([...row]);
  const more = rows.length - SHOWN;
  return more > 0 ? `${made.toString()}\n… and ${more} more: --json has all.` : made.toString();
}

const WORDS: Record<ItemState, string> = {
  open: "undecided",
  kept: "kept",
  "to-do": "to do",
  verified: "done",
  exempt: "exempt",
  "cant-say": "can't say",
  disputed: "disputed",
};

const stateWords = ({ state, overdue }: ReviewSummary): string => (overdue ? `${state}, overdue` : state);

export const reviewsTable = (reviews: readonly ReviewSummary[]): string =>
  table(
    ["Review", "Name", "State", "Due", "Items", "Undecided", "To do", "Done", "Again"],
    reviews.map((review) => [
      review.review,
      review.name,
      stateWords(review),
      day(review.dueAt),
      review.counts.items,
      review.counts.open,
      review.counts["to-do"],
      review.counts.verified,
      review.nextAt === null ? "" : day(review.nextAt),
    ]),
    "No reviews yet: review create opens one.",
  );

/** How it stands, who reviews and how, and what was done with it. */
export function reviewText(report: ReviewReport): string {
  const { name, counts, population, acts } = report;
  const parts = (Object.entries(WORDS) as [ItemState, string][])
    .filter(([state]) => counts[state] > 0)
    .map(([state, words]) => `${counts[state]} ${words}`);
  const oldest =
    report.oldestToDo === null ? "" : ` The oldest revoke that is not done: ${age(report.oldestToDo)}.`;
  const reviewers = table(
    [
      "Reviewer",
      "Items",
      "Decided",
      "Seconds an item",
      "In bulk",
      "Never opened",
      "Flagged kept",
      "Disputed",
    ],
    report.reviewers.map((one) => [
      one.name,
      one.items,
      one.decided,
      one.medianSeconds ?? "–",
      `${Math.round(one.bulkShare * 100)} %`,
      one.neverOpened,
      one.keptFlagged,
      one.disputed,
    ]),
    "Nobody reviews it.",
  );
  return [
    `${name}: ${stateWords(report)}, due ${day(report.dueAt)}. ${counts.items} items: ${parts.join(", ")}.${oldest}`,
    reviewers,
    `Population as of ${moment(population.asOf)} UTC: ${population.rows} rows, SHA-256 ${population.sha256}.`,
    ...acts.map(({ at, by, words }) => `${moment(at)}  ${by} ${words}`),
  ].join("\n");
}

export const itemsTable = (rows: readonly ReviewItemRow[]): string =>
  table(
    ["Item", "Application", "Account", "Person", "Reviewer", "Flags", "State", "Reason"],
    rows.map((row) => [
      row.item,
      row.application,
      row.userName ?? row.account,
      row.identity.displayName ?? row.identity.userName ?? "–",
      row.reviewer.name,
      row.flags.join(", "),
      WORDS[row.state],
      row.reason ?? "",
    ]),
    "No items.",
  );

export const tasksTable = (tasks: readonly ReviewTask[]): string =>
  table(
    ["Item", "To do", "Application", "Account", "Person", "State", "Age", "Sent by", "SCIM"],
    tasks.map((task) => [
      task.item,
      task.todo === "revoke" ? "revoke" : `remove ${task.entitlements.join(", ")}`,
      task.application,
      task.userName ?? task.account,
      task.person ?? "–",
      WORDS[task.state],
      task.state === "to-do" ? age(task.age) : "",
      task.handedOff.join(", "),
      task.scim ? "yes" : "",
    ]),
    "Nothing is to be done.",
  );
