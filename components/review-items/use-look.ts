"use client";
/** Tells which items are opened, and for how long: a panel, or the focus on a row for longer than a glance. */
import { useEffect, useMemo, useRef } from "react";
import type { ReviewItemRow } from "../../lib/reviews/contract.ts";
import { sendJson } from "../data/api.ts";
import { reviewPath } from "../reviews/review-query.ts";
import { mayDecide, type Reviewer } from "./acts.ts";
import { decided, GLANCE_MS, type Look, lookAt, lookAway, NO_LOOK, secondsOf } from "./look.ts";

/** Openings that follow each other closely are told together. */
const TOGETHER_MS = 500;
/** As many as the API takes at once. */
const MOST_TOLD = 500;

export interface Looking {
  /** What is looked at from now on; undefined: nothing. */
  look: (row: ReviewItemRow | undefined, panel: boolean) => void;
  /** Seconds that an item was looked at; null when it was never opened. A decision takes them along. */
  take: (item: string) => number | null;
  /** Tells what is not told yet: what was opened stands before what was decided. */
  flush: () => Promise<void>;
}

function makeLooking(review: string, reviewer: () => Reviewer) {
  let now: Look = NO_LOOK;
  let waiting: { item: string; panel: boolean } | null = null;
  const told = new Set<string>();
  const toTell = new Set<string>();
  let glance: ReturnType<typeof setTimeout> | undefined;
  let together: ReturnType<typeof setTimeout> | undefined;
  const flush = async () => {
    clearTimeout(together);
    together = undefined;
    const items = [...toTell].slice(0, MOST_TOLD);
    if (items.length === 0) return;
    for (const item of items) toTell.delete(item);
    try {
      await sendJson(`${reviewPath(review)}/opened`, "POST", { items });
    } catch {
      // Told with the next one: nobody is to be stopped in reading by it.
      for (const item of items) toTell.add(item);
    }
  };
  const tell = (item: string) => {
    if (told.has(item)) return;
    told.add(item);
    toTell.add(item);
    together ??= setTimeout(() => void flush(), TOGETHER_MS);
  };
  const begin = (item: string, panel: boolean) => {
    now = lookAt(now, item, panel, performance.now());
    clearTimeout(glance);
    if (panel) tell(item);
    else glance = setTimeout(() => tell(item), GLANCE_MS + 1);
  };
  const end = () => {
    clearTimeout(glance);
    now = lookAway(now, performance.now());
  };
  const looking: Looking = {
    look: (row, panel) => {
      if (row === undefined || !mayDecide(row, reviewer())) {
        waiting = null;
        return end();
      }
      if (waiting?.item === row.item && waiting.panel === panel) return;
      waiting = { item: row.item, panel };
      begin(row.item, panel);
    },
    take: (item) => {
      const at = performance.now();
      const seconds = secondsOf(now, item, at);
      now = decided(now, item, at);
      return seconds;
    },
    flush,
  };
  /** A window that nobody sees is not looked at. */
  const onVisible = () => {
    if (document.visibilityState === "hidden") end();
    else if (waiting !== null) begin(waiting.item, waiting.panel);
  };
  const stop = () => {
    end();
    void flush();
  };
  return { looking, onVisible, stop };
}

export function useLook(review: string, reviewer: Reviewer): Looking {
  const current = useRef(reviewer);
  useEffect(() => {
    current.current = reviewer;
  });
  const made = useMemo(() => makeLooking(review, () => current.current), [review]);
  useEffect(() => {
    const { onVisible, stop } = made;
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      document.removeEventListener("visibilitychange", onVisible);
      stop();
    };
  }, [made]);
  return made.looking;
}
