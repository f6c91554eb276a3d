/** How far a review is: a bar, and the same in words beside it. */
import { count } from "../format/number.ts";

export function ReviewProgress({ open, items }: { open: number; items: number }) {
  const done = items - open;
  return (
    <span className="flex min-w-40 items-center gap-3">
      <progress
        className="progress max-w-32 min-w-16"
        aria-label="Items decided"
        value={done}
        max={items || 1}
      />
      <span className="whitespace-nowrap">
        {count(done)} of {count(items)} decided
      </span>
    </span>
  );
}
