/** What reviewers did, in figures that show whether anybody looked. Pure. */
import type { ItemState, MemberName, ReviewerFigures } from "./contract.ts";
import type { Item, Said } from "./fold.ts";
import { agree } from "./rows.ts";

const STATES: readonly ItemState[] = ["open", "kept", "to-do", "verified", "exempt", "cant-say", "disputed"];

/** How many items are in each state, and in all. */
export function countStates(states: readonly ItemState[]): Record<ItemState, number> & { items: number } {
  const counts = Object.fromEntries(STATES.map((name) => [name, 0])) as Record<ItemState, number>;
  for (const state of states) counts[state] += 1;
  return { ...counts, items: states.length };
}

export function countsOf(
  items: readonly Item[],
  state: (item: Item) => ItemState,
): ReturnType<typeof countStates> & { flagged: number } {
  return {
    ...countStates(items.map(state)),
    flagged: items.filter(({ frozen }) => frozen.flags.length > 0).length,
  };
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

interface Tally extends ReviewerFigures {
  times: number[];
  bulk: number;
  delegates: Set<string>;
}

const nothing = (member: string, name: string): Tally => ({
  member,
  name,
  items: 0,
  open: 0,
  decided: 0,
  medianSeconds: null,
  bulkShare: 0,
  neverOpened: 0,
  keptFlagged: 0,
  ownRouted: 0,
  second: 0,
  disputed: 0,
  delegatedTo: [],
  times: [],
  bulk: 0,
  delegates: new Set(),
});

/** Adds one decision to whoever made it. */
function addDecision(tally: Tally, { seconds, bulk, decision }: Said, flagged: boolean): void {
  tally.decided += 1;
  if (seconds === null) tally.neverOpened += 1;
  else tally.times.push(seconds);
  if (bulk > 1) tally.bulk += 1;
  if (decision === "keep" && flagged) tally.keptFlagged += 1;
}

/** One for each who decided or is to decide, by name. Who decided is told by the decision, whoever's the item is. */
export function reviewerFigures(items: readonly Item[]): ReviewerFigures[] {
  const found = new Map<string, Tally>();
  const of = (member: string | null, name: string): Tally => {
    // Whoever sits at the machine itself is no member.
    const key = member ?? `name:${name}`;
    const known = found.get(key) ?? nothing(key, name);
    found.set(key, known);
    return known;
  };
  const asked = ({ member, name }: MemberName, said: Said | null): void => {
    const tally = of(member, name);
    tally.items += 1;
    if (said === null) tally.open += 1;
  };
  for (const { reviewer, assigned, frozen, first, second } of items) {
    const flagged = frozen.flags.length > 0;
    asked(reviewer, first);
    if (assigned.second !== null) asked(assigned.second, second);
    if (assigned.ownOf !== null) of(assigned.ownOf.member, assigned.ownOf.name).ownRouted += 1;
    if (assigned.reviewer.member !== reviewer.member)
      of(assigned.reviewer.member, assigned.reviewer.name).delegates.add(reviewer.name);
    if (second !== null) addDecision(of(second.member, second.by), second, flagged);
    if (first === null) continue;
    const decider = of(first.member, first.by);
    addDecision(decider, first, flagged);
    if (second === null) continue;
    decider.second += 1;
    if (!agree(first.decision, second.decision)) decider.disputed += 1;
  }
  return [...found.values()]
    .map(({ times, bulk, delegates, ...figures }) => ({
      ...figures,
      medianSeconds: medianOf(times),
      bulkShare: figures.decided === 0 ? 0 : bulk / figures.decided,
      delegatedTo: [...delegates].sort(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
