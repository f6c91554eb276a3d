"use client";
/** The acts on failure groups by button, key and command menu: one list of them. */
import { useState } from "react";
import type { Menu } from "./act-menus.tsx";
import type { Act } from "./acts.ts";
import type { Triage } from "./use-triage.ts";

/** In what a panel that shows a story has it: the keys are its own then. */
export const STORY_PANEL = "[data-story]";

interface ActChoice {
  id: string;
  label: string;
  key: string | null;
  run: () => void;
}

export interface Acts {
  list: (groups: readonly string[]) => ActChoice[];
  /** The menu that is open, and for which groups. */
  menu: { menu: Menu; groups: readonly string[] } | null;
  closeMenu: () => void;
  /** Does an act that a menu has asked the rest for. */
  finish: (act: Act) => void;
}

/** @param after what follows an act: the selection ends. */
export function useActs(triage: Triage, after: () => void): Acts {
  const [menu, setMenu] = useState<Acts["menu"]>(null);
  const act = (groups: readonly string[], one: Act) => {
    triage.act(groups, one);
    after();
  };
  return {
    list: (groups) => [
      {
        id: "acknowledge",
        label: "Acknowledge",
        key: "e",
        run: () => act(groups, { verb: "acknowledge" }),
      },
      { id: "assign", label: "Assign", key: "a", run: () => setMenu({ menu: "assign", groups }) },
      { id: "snooze", label: "Snooze", key: "s", run: () => setMenu({ menu: "snooze", groups }) },
      { id: "note", label: "Note", key: "n", run: () => setMenu({ menu: "note", groups }) },
      { id: "reopen", label: "Reopen", key: null, run: () => act(groups, { verb: "reopen" }) },
      {
        id: "tickets",
        label: "Send to ticket system",
        key: null,
        run: () => {
          triage.send(groups);
          after();
        },
      },
    ],
    menu,
    closeMenu: () => setMenu(null),
    finish: (one) => {
      if (menu !== null) act(menu.groups, one);
    },
  };
}
