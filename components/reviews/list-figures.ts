/** What the list of reviews answers in one sentence, worked out. */
import type { ReviewSummary } from "../../lib/reviews/contract.ts";

export interface ListFigures {
  /** Reviews that run. */
  running: number;
  /** Items of those, and how many nobody has decided. */
  items: number;
  open: number;
  /** The next day that one is due; null when none runs. */
  nextDue: string | null;
  /** Revokes of all reviews that nothing shows done yet. */
  toDo: number;
  /** Seconds that the oldest of them has waited; null when there is none. */
  oldest: number | null;
  /** Open items of whoever asks, in how many running reviews, and when the first of these is due. */
  mine: { open: number; reviews: number; nextDue: string | null };
}

const first = (times: readonly string[]): string | null => [...times].sort()[0] ?? null;
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

export function listFigures(reviews: readonly ReviewSummary[]): ListFigures {
  const running = reviews.filter(({ state }) => state === "running");
  const own = running.filter(({ mine }) => mine.open > 0);
  return {
    running: running.length,
    items: sum(running.map(({ counts }) => counts.items)),
    open: sum(running.map(({ counts }) => counts.open)),
    nextDue: first(running.map(({ dueAt }) => dueAt)),
    toDo: sum(reviews.map(({ counts }) => counts["to-do"])),
    oldest: reviews.reduce<number | null>(
      (oldest, { oldestToDo }) => (oldestToDo === null ? oldest : Math.max(oldest ?? 0, oldestToDo)),
      null,
    ),
    mine: {
      open: sum(own.map(({ mine }) => mine.open)),
      reviews: own.length,
      nextDue: first(own.map(({ dueAt }) => dueAt)),
    },
  };
}

/** What waits for whoever asks stands first, then what runs by its day, then what is over, the newest first. */
export function inOrder(reviews: readonly ReviewSummary[]): ReviewSummary[] {
  const rank = ({ state, mine }: ReviewSummary): number => {
    if (state !== "running") return 2;
    return mine.open > 0 ? 0 : 1;
  };
  return [...reviews].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.state === "running" ? a.dueAt.localeCompare(b.dueAt) : b.openedAt.localeCompare(a.openedAt)),
  );
}
