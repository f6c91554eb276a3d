/** What is being entered of a review, what is wrong with it, and what of it is sent. Pure. */
import type { Every, ReviewerRule, ReviewInput, ReviewKind } from "../../lib/reviews/contract.ts";

export interface ReviewDraft {
  name: string;
  kinds: readonly ReviewKind[];
  applications: readonly string[];
  customers: readonly string[];
  departments: readonly string[];
  flaggedOnly: boolean;
  nonHumanOnly: boolean;
  /** Keys of single items that were selected on another page; empty: all that the rest leaves. */
  items: readonly string[];
  /** A day in UTC, `2030-01-31`; empty: now. */
  asOf: string;
  /** The last day in UTC; empty while none is chosen. */
  due: string;
  /** In the order in which they are asked. */
  rules: readonly ReviewerRule[];
  named: readonly string[];
  fallback: string;
  /** As typed: percent. */
  secondShare: string;
  second: string;
  /** Empty: once. */
  every: Every | "";
}

const DAY_MS = 86_400_000;

/** Two weeks are enough to ask back, and short enough that what was frozen is still so. */
const DAYS_TO_DECIDE = 14;

/** A new draft. @param now milliseconds since 1970. @param me who falls back on; empty for nobody of that kind. */
export const emptyDraft = (now: number, me: string): ReviewDraft => ({
  name: "",
  kinds: ["account", "credential"],
  applications: [],
  customers: [],
  departments: [],
  flaggedOnly: false,
  nonHumanOnly: false,
  items: [],
  asOf: "",
  due: new Date(now + DAYS_TO_DECIDE * DAY_MS).toISOString().slice(0, 10),
  rules: ["manager", "owner"],
  named: [],
  fallback: me,
  secondShare: "0",
  second: "",
  every: "",
});

export interface Refused {
  field: keyof ReviewDraft | "form";
  message: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/** A day counts as a whole. */
const endOf = (day: string): string => `${day}T23:59:59.999Z`;
const share = (text: string): number => (text.trim() === "" ? 0 : Number(text));

/**
 * What is wrong with the draft, a sentence for each field; empty when it can be sent.
 * @param now milliseconds since 1970.
 */
export function problems(draft: ReviewDraft, now: number): Refused[] {
  const found: Refused[] = [];
  const refuse = (field: Refused["field"], message: string) => found.push({ field, message });
  if (draft.name.trim() === "") refuse("name", "Give the review a name: people are asked by it.");
  if (draft.kinds.length === 0) refuse("kinds", "Choose accounts, credentials or both.");
  if (draft.asOf !== "" && !DAY.test(draft.asOf))
    refuse("asOf", "This is no whole date: finish it, or empty it for now.");
  else if (draft.asOf !== "" && Date.parse(draft.asOf) > now)
    refuse("asOf", "Nobody knows yet who will have what: choose a day that has come.");
  if (!DAY.test(draft.due)) refuse("due", "Choose the last day for deciding.");
  else if (Date.parse(endOf(draft.due)) <= now) refuse("due", "The last day for deciding must lie ahead.");
  if (draft.rules.length === 0) refuse("rules", "Choose at least one way to find a reviewer.");
  if (draft.rules.includes("named") && draft.named.length === 0)
    refuse("named", "Choose at least one member, or leave the rule out.");
  if (draft.fallback === "") refuse("fallback", "Choose who decides what nobody else may.");
  const percent = share(draft.secondShare);
  if (!Number.isInteger(percent) || percent < 0 || percent > 100)
    refuse("secondShare", "This takes a whole number from 0 to 100.");
  else if (percent > 0 && draft.second === "")
    refuse("second", "Choose the second reviewer, or set the share to 0.");
  return found;
}

/** What is sent. The day that is not over yet is as of now. @param now milliseconds since 1970. */
export const inputOf = (draft: ReviewDraft, now: number): ReviewInput => ({
  name: draft.name.trim(),
  scope: {
    kinds: draft.kinds,
    applications: draft.applications,
    customers: draft.customers,
    departments: draft.departments,
    flaggedOnly: draft.flaggedOnly,
    nonHumanOnly: draft.nonHumanOnly,
    items: draft.items,
  },
  asOf: draft.asOf === "" || Date.parse(endOf(draft.asOf)) >= now ? null : endOf(draft.asOf),
  dueAt: endOf(draft.due),
  rules: draft.rules,
  named: draft.rules.includes("named") ? draft.named : [],
  fallback: draft.fallback,
  secondShare: share(draft.secondShare),
  second: share(draft.secondShare) > 0 ? draft.second : null,
  every: draft.every === "" ? null : draft.every,
});

/** The list with the entry one place up or down. */
export function moved<T>(list: readonly T[], entry: T, by: 1 | -1): T[] {
  const next = list.filter((one) => one !== entry);
  const at = list.indexOf(entry);
  next.splice(Math.max(0, Math.min(at + by, next.length)), 0, entry);
  return next;
}

/** The list with the entry, or without it where it was in. */
export const toggled = <T>(list: readonly T[], entry: T): T[] =>
  list.includes(entry) ? list.filter((one) => one !== entry) : [...list, entry];

/** A draft that was kept; what is missing or of another kind is as in `empty`. */
export function draftIn(text: string | null, empty: ReviewDraft): ReviewDraft {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? "null");
  } catch {
    return empty;
  }
  if (typeof kept !== "object" || kept === null) return empty;
  const draft: Record<string, unknown> = { ...empty };
  for (const [field, value] of Object.entries(kept)) {
    const usual = draft[field];
    const fits = Array.isArray(usual) ? Array.isArray(value) : typeof value === typeof usual;
    if (Object.hasOwn(empty, field) && fits) draft[field] = value;
  }
  return draft as unknown as ReviewDraft;
}
