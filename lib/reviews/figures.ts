/** What reviewers did, in figures that show whether anybody looked. Pure. */
import type { ItemState, ReviewerFigures } from "./contract.ts";
import type { Item, Said } from "./fold.ts";

const STATES: readonly ItemState[] = ["open", "kept", "to-do", "verified", "exempt", "cant-say", "disputed"];

export function countsOf(
  items: readonly Item[],
  state: (item: Item) => ItemState,
): Record<ItemState, number> & { items: number; flagged: number } {
  const counts = Object.fromEntries(STATES.map((name) => [name, 0])) as Record<ItemState, number>;
  for (const item of items) counts[state(item)] += 1;
  return {
    ...counts,
    items: items.length,
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

/** One for each who decided or is to decide, by name. */
export function reviewerFigures(items: readonly Item[]): ReviewerFigures[] {
  const found = new Map<
    string,
    ReviewerFigures & { times: number[]; bulk: number; delegates: Set<string> }
  >();
  const of = (member: string, name: string) => {
    const known = found.get(member);
    if (known !== undefined) return known;
    const fresh = {
      member,
      name,
      items: 0,
      decided: 0,
      medianSeconds: null,
      bulkShare: 0,
      neverOpened: 0,
      keptFlagged: 0,
      ownRouted: 0,
      disputed: 0,
      second: 0,
      delegatedTo: [],
      times: [] as number[],
      bulk: 0,
      delegates: new Set<string>(),
    };
    found.set(member, fresh);
    return fresh;
  };
  const said = (figures: ReturnType<typeof of>, { seconds, bulk }: Said) => {
    if (seconds === null) figures.neverOpened += 1;
    else figures.times.push(seconds);
    if (bulk > 1) figures.bulk += 1;
  };
  for (const { reviewer, assigned, frozen, first, second } of items) {
    const own = of(reviewer.member, reviewer.name);
    own.items += 1;
    if (assigned.ownOf !== null) of(assigned.ownOf.member, assigned.ownOf.name).ownRouted += 1;
    if (assigned.reviewer.member !== reviewer.member)
      of(assigned.reviewer.member, assigned.reviewer.name).delegates.add(reviewer.name);
    if (first !== null) {
      own.decided += 1;
      said(own, first);
      if (first.decision === "keep" && frozen.flags.length > 0) own.keptFlagged += 1;
      if (second !== null && (second.decision === "keep") !== (first.decision === "keep")) own.disputed += 1;
    }
    if (assigned.second !== null) {
      const other = of(assigned.second.member, assigned.second.name);
      other.second += 1;
    }
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
