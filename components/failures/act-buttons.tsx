"use client";
/** The acts as buttons, each with its key. */
import type { Desk } from "./acts.ts";
import type { Acts } from "./use-acts.ts";

export function ActButtons({ acts, groups, desk }: { acts: Acts; groups: readonly string[]; desk: Desk }) {
  return (
    <>
      {acts
        .list(groups)
        .filter(({ id }) => id !== "tickets" || desk.tickets)
        .map(({ id, label, key, run }) => (
          <button key={id} type="button" className="button" onClick={run}>
            {label} {key === null ? null : <kbd className="key">{key}</kbd>}
          </button>
        ))}
    </>
  );
}
