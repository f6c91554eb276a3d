/** What a reviewer says of items, what is sent of it, and what the rows are like at once, before the server has answered. Pure. */
import type {
  Decision,
  DecisionInput,
  ItemState,
  ReviewItemRow,
  ReviewState,
} from "../../lib/reviews/contract.ts";
import { count, plural } from "../format/number.ts";
import { DECISION_WORDS, itemName } from "../reviews/words.ts";

/** Who looks at the items, and whether anything can be said of them. */
export interface Reviewer {
  /** The member; null for nobody of that kind. */
  me: string | null;
  /** Their name, as the records have it. */
  name: string;
  /** Whether their role reviews at all. */
  reviews: boolean;
  /** Whether they run reviews: they decide in the place of any first reviewer. */
  runs: boolean;
}

/** What is said of some items together. */
export interface ItemDecision {
  decision: Decision | "withdraw";
  reason: string | null;
  /** Of a change: entitlements that are to go, as far as an item has them. */
  remove: readonly string[];
}

/** What of an item is needed to take a decision back. */
export interface Before {
  item: string;
  version: number;
  decision: Decision | null;
  reason: string | null;
  remove: readonly string[];
}

/** Whether they are the second reviewer of the item, and not its first. */
const isSecond = (
  { reviewer, second }: Pick<ReviewItemRow, "reviewer" | "second">,
  me: string | null,
): boolean => me !== null && second?.member === me && reviewer.member !== me;

/** Whether they may decide of the item. */
export const mayDecide = (
  row: Pick<ReviewItemRow, "reviewer" | "second">,
  { me, reviews, runs }: Pick<Reviewer, "me" | "reviews" | "runs">,
): boolean => runs || (reviews && me !== null && [row.reviewer.member, row.second?.member].includes(me));

/** What they themselves have said of it. */
export const ownDecision = (row: ReviewItemRow, me: string | null): Decision | null =>
  isSecond(row, me) ? row.secondDecision : row.decision;

/** Whether a decision of these items needs a reason: taking away always does, keeping does when one of them has a flag. */
export function needsReason(decision: Decision, rows: readonly Pick<ReviewItemRow, "flags">[]): boolean {
  if (decision === "revoke" || decision === "change") return true;
  return decision === "keep" && rows.some(({ flags }) => flags.length > 0);
}

/** As many as one act takes: lib/reviews/decide-items.ts. */
const MOST_AT_ONCE = 2_000;

/** Whether the reviewer can still decide in a review: what is left when it has ended is for whoever runs it. */
export const takesDecisions = (state: ReviewState, { runs }: Pick<Reviewer, "runs">): boolean =>
  state === "running" || (state === "ended" && runs);

/** Why nothing can be said of these items so; null when it can. */
export function refusal(
  decision: Decision | "withdraw",
  rows: readonly ReviewItemRow[],
  reviewer: Reviewer,
  state: ReviewState,
): string | null {
  if (!takesDecisions(state, reviewer))
    return state === "ended"
      ? "The review has ended: only who runs reviews decides in it now."
      : "The review is closed: nothing more is decided.";
  if (rows.length > MOST_AT_ONCE)
    return `At most ${count(MOST_AT_ONCE)} items are decided at once, not ${count(rows.length)}.`;
  const others = rows.filter((row) => !mayDecide(row, reviewer));
  const [other] = others;
  if (other !== undefined)
    return rows.length === 1
      ? `${itemName(other)} is ${other.reviewer.name}'s to decide.`
      : `${plural(others.length, "item")} of these ${others.length === 1 ? "is" : "are"} others' to decide.`;
  if (decision === "change" && removable(rows).length === 0)
    return "There are no groups or roles that could go: keep or revoke.";
  return null;
}

/** Groups and roles of the items, each once, by name. */
export const removable = (rows: readonly Pick<ReviewItemRow, "entitlements">[]): string[] =>
  [...new Set(rows.flatMap(({ entitlements }) => entitlements.map(({ name }) => name)))].sort();

/** What is sent of one item. @param seconds how long it was looked at; null when it was not opened. */
export function inputOf(
  row: Pick<ReviewItemRow, "item" | "version" | "entitlements">,
  { decision, reason, remove }: ItemDecision,
  seconds: number | null,
): DecisionInput {
  const held = new Set(row.entitlements.map(({ name }) => name));
  return {
    item: row.item,
    version: row.version,
    decision,
    ...(reason === null ? {} : { reason }),
    ...(decision === "change" ? { remove: remove.filter((name) => held.has(name)) } : {}),
    ...(seconds === null ? {} : { seconds }),
  };
}

const STATES: Record<Decision | "withdraw", ItemState> = {
  keep: "kept",
  revoke: "to-do",
  change: "to-do",
  "cant-say": "cant-say",
  withdraw: "open",
};

/** A row as the decision will leave it. @param at now, ISO 8601. */
export function withDecision(
  row: ReviewItemRow,
  { decision, reason, remove }: ItemDecision,
  { me, name }: Pick<Reviewer, "me" | "name">,
  at: string,
  bulk: number,
): ReviewItemRow {
  const said = decision === "withdraw" ? null : decision;
  const version = row.version + 1;
  if (isSecond(row, me)) return { ...row, version, secondDecision: said };
  return {
    ...row,
    version,
    state: STATES[decision],
    decision: said,
    reason: said === null ? null : reason,
    remove: decision === "change" ? [...remove] : [],
    decidedBy: said === null ? null : name,
    decidedAt: said === null ? null : at,
    age: STATES[decision] === "to-do" ? 0 : null,
    bulk,
  };
}

/** What of a row taking back needs. */
export const beforeOf = (row: ReviewItemRow, me: string | null): Before => ({
  item: row.item,
  version: row.version,
  decision: ownDecision(row, me),
  reason: isSecond(row, me) ? null : row.reason,
  remove: row.remove,
});

/** What brings an item back to what it was: what was said before, or nothing. */
export const backTo = ({ decision, reason, remove }: Before): ItemDecision =>
  decision === null ? { decision: "withdraw", reason: null, remove: [] } : { decision, reason, remove };

/** Items that were the same before an act go back together. */
export function backAll(before: readonly Before[]): { decision: ItemDecision; items: string[] }[] {
  const groups = new Map<string, { decision: ItemDecision; items: string[] }>();
  for (const one of before) {
    const decision = backTo(one);
    const key = JSON.stringify(decision);
    const group = groups.get(key) ?? { decision, items: [] };
    group.items.push(one.item);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Whether a row's state is still one that the query's filters ask for by name. */
export function fitsState({ state }: Pick<ReviewItemRow, "state">, query: string): boolean {
  const asked = new URLSearchParams(query).getAll("f.state").filter((given) => /^[a-z-]+$/u.test(given));
  return asked.length === 0 || asked.includes(state);
}

/** What was done, in a sentence. */
export function saidOf(decision: Decision | "withdraw", rows: readonly ReviewItemRow[]): string {
  const [only] = rows;
  const what = rows.length === 1 && only !== undefined ? itemName(only) : plural(rows.length, "item");
  return decision === "withdraw" ? `${what}: taken back.` : `${what}: ${DECISION_WORDS[decision].word}.`;
}
