"use client";
/** The acts on items by button, key and command menu: one list of them. */
import { useState } from "react";
import type { Decision, ReviewItemRow } from "../../lib/reviews/contract.ts";
import { DECISION_WORDS } from "../reviews/words.ts";
import { type ItemDecision, needsReason, type Reviewer, refusal } from "./acts.ts";
import type { Deciding } from "./use-decide.ts";

/** In what a panel that shows an item has it: the keys are its own then. */
export const PANEL = "[data-review-item]";

const KEYS: readonly (readonly [key: string, decision: Decision])[] = [
  ["y", "keep"],
  ["r", "revoke"],
  ["c", "change"],
  ["s", "cant-say"],
];

interface ItemAct {
  id: string;
  label: string;
  key: string;
  run: () => void;
}

export interface ItemActs {
  list: (rows: readonly ReviewItemRow[]) => ItemAct[];
  /** What is asked for before a decision, or to whom items go; null: nothing. */
  menu: { menu: Decision | "give"; rows: readonly ReviewItemRow[] } | null;
  give: (rows: readonly ReviewItemRow[]) => void;
  closeMenu: () => void;
  /** Decides what a menu has asked the rest for. */
  finish: (decision: ItemDecision) => void;
}

/** @param after what follows a decision: the selection ends. */
export function useItemActs(
  deciding: Deciding,
  reviewer: Reviewer,
  state: Parameters<typeof refusal>[3],
  after: () => void,
): ItemActs {
  const [menu, setMenu] = useState<ItemActs["menu"]>(null);
  const decide = (rows: readonly ReviewItemRow[], decision: ItemDecision) => {
    deciding.decide(rows, decision);
    after();
  };
  const start = (decision: Decision, given: readonly ReviewItemRow[]) => {
    const rows = given.map(deciding.latest);
    const refused = refusal(decision, rows, reviewer, state);
    if (refused !== null) deciding.say(refused);
    else if (needsReason(decision, rows)) setMenu({ menu: decision, rows });
    else decide(rows, { decision, reason: null, remove: [] });
  };
  return {
    list: (rows) =>
      KEYS.map(([key, decision]) => ({
        id: decision,
        label: DECISION_WORDS[decision].word,
        key,
        run: () => start(decision, rows),
      })),
    menu,
    give: (rows) => setMenu({ menu: "give", rows: rows.map(deciding.latest) }),
    closeMenu: () => setMenu(null),
    finish: (decision) => {
      if (menu !== null) decide(menu.rows, decision);
    },
  };
}
