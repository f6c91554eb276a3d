"use client";
/** The draft of a review: what was typed stays until it is opened, also over a reload. */
import { useEffect, useRef, useState } from "react";
import { keepText, keptText } from "../data/kept-text.ts";
import { takeItems } from "./carried-items.ts";
import { draftIn, type ReviewDraft } from "./draft.ts";

const KEY = "rollcall.review.new";

export interface Drafting {
  draft: ReviewDraft;
  set: (part: Partial<ReviewDraft>) => void;
  /** Forgets what was typed. */
  drop: () => void;
}

/** @param empty the draft before anything was typed. */
export function useDraft(empty: ReviewDraft): Drafting {
  const [draft, setDraft] = useState(empty);
  const first = useRef(empty);
  // The server does not know what this browser keeps.
  useEffect(() => {
    const kept = draftIn(keptText("tab", KEY), first.current);
    const sent = takeItems(new URLSearchParams(window.location.search));
    const next = sent.length === 0 ? kept : { ...kept, items: sent };
    keepText("tab", KEY, JSON.stringify(next));
    setDraft(next);
  }, []);
  const put = (next: ReviewDraft) => {
    keepText("tab", KEY, JSON.stringify(next));
    setDraft(next);
  };
  return {
    draft,
    set: (part) => put({ ...draft, ...part }),
    drop: () => keepText("tab", KEY, null),
  };
}
