/** Entra's provisioning actions, statuses and quarantine reasons: docs/semantics.md §2, docs/formats/entra.md. */
import type { Operation, Outcome } from "../../event.ts";

export interface Action {
  /** As Microsoft Graph writes it. */
  name: string;
  operation: Operation;
}

/** By their name in lower case: the two forms of a record differ in the case of its letters. */
const ACTIONS = new Map<string, Action>(
  (
    [
      ["create", "create"],
      ["update", "update"],
      ["disable", "deactivate"],
      ["stagedDelete", "deactivate"],
      ["delete", "delete"],
      ["other", "other"],
    ] satisfies [string, Operation][]
  ).map(([name, operation]) => [name.toLowerCase(), { name, operation }]),
);

/** @param name the record's word for what was to be done; null when it has none. */
export function actionOf(name: string | null): Action {
  if (name === null) return { name: "other", operation: "other" };
  return ACTIONS.get(name.toLowerCase()) ?? { name, operation: "other" };
}

/** By Graph's words and Azure Monitor's numbers. */
const STATUSES = new Map<unknown, Outcome>([
  ["success", "success"],
  ["warning", "success"],
  ["failure", "failure"],
  ["skipped", "skipped"],
  [0, "success"],
  [1, "failure"],
  [2, "skipped"],
  [3, "success"],
]);

/** @returns null for a status that is not known here, `unknownFutureValue` among them. */
export function outcomeOfStatus(status: unknown): Outcome | null {
  return STATUSES.get(typeof status === "string" ? status.toLowerCase() : status) ?? null;
}

/** The import step: the source of truth's word on the person, by Graph's word or Azure Monitor's number. */
export function isImportStep(type: unknown): boolean {
  return type === 0 || (typeof type === "string" && type.toLowerCase() === "import");
}

/** Reasons of a quarantine (Microsoft Graph, synchronizationQuarantine), lower-case, without `Unknown`. */
const QUARANTINE_REASONS = [
  "encounteredbaseescrowthreshold",
  "encounteredtotalescrowthreshold",
  "encounteredescrowproportionthreshold",
  "encounteredquarantineexception",
  "quarantinedondemand",
  "toomanydeletes",
  "ingestioninterrupted",
];

/**
 * Whether an error code says that the whole job is held back. `Unknown` is a reason too, but also what any failure
 * without a better code carries: it counts only where the words speak of a quarantine.
 */
export function isQuarantine(code: string | null, words: string | null): boolean {
  const lower = code?.toLowerCase() ?? "";
  if (lower === "unknown") return /quarantine/i.test(words ?? "");
  return QUARANTINE_REASONS.some((reason) => lower.endsWith(reason));
}
