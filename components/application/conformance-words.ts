/** A check's level in words, and as a choice in forms. */
import type { Level } from "../../lib/conformance/finding.ts";
import type { Choice } from "../ui/field.tsx";

export const levelWords = (level: Level): string => (level === "read" ? "only asked" : "asked and changed");

const READ: Choice = {
  value: "read",
  word: "Only ask",
  means:
    "Some 60 questions; nothing is changed. Safe where people work. It says nothing of joiners, movers and leavers.",
};

const WRITE: Choice = {
  value: "write",
  word: "Ask and change",
  means:
    "Some 180 requests. Makes test users and a group that begin with rollcall-check-, changes, deactivates and deletes them; changes nobody else. Shows whether joiners, movers, roles and leavers work.",
};

/** @param writes whether the connection allows writing. */
export const levelChoices = (writes: boolean): readonly Choice[] => (writes ? [READ, WRITE] : [READ]);

/** What stands beneath the choices where there is one alone. */
export const NO_WRITING =
  "The connection allows no writing: changing is not tried. An admin can allow it beside “Ended from here”.";
