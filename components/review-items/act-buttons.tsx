"use client";
/** The acts on items as buttons, each with its key. */
import type { ReviewItemRow } from "../../lib/reviews/contract.ts";
import type { ItemActs } from "./use-item-acts.ts";

export function ActButtons({ acts, rows }: { acts: ItemActs; rows: readonly ReviewItemRow[] }) {
  return (
    <>
      {acts.list(rows).map(({ id, label, key, run }) => (
        <button key={id} type="button" className="button" onClick={run}>
          {label} <kbd className="key">{key}</kbd>
        </button>
      ))}
      <button type="button" className="button" onClick={() => acts.give(rows)}>
        Give to …
      </button>
    </>
  );
}
