"use client";
/** The acts on failure groups by button, key and command menu: one list of them. */
import { useEffect, useState } from "react";
import { isElsewhere } from "../ui/use-list-keys.ts";
import type { Menu } from "./act-menus.tsx";
import type { Act } from "./acts.ts";
import type { Triage } from "./use-triage.ts";

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

/**
 * The acts' keys, and u that takes the last one back.
 * @param groups what they are about when a key is pressed.
 */
export function useActKeys(acts: Acts, triage: Triage, groups: () => readonly string[], may: boolean): void {
  useEffect(() => {
    if (!may) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isElsewhere(event.target, "[data-story]")) return;
      if (event.key === "u") {
        event.preventDefault();
        return triage.undo();
      }
      const found = acts.list(groups()).find(({ key }) => key === event.key);
      if (found === undefined || groups().length === 0) return;
      // A field that the key opens must not get the letter.
      event.preventDefault();
      found.run();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}
