/** What can be done with failure groups, what it is called, and what the rows are like at once, before the server has answered. */
import type { FailureRow } from "../../lib/reports/contract.ts";
import { plural } from "../format/number.ts";
import { localDayAndTime } from "../format/time.ts";

interface Owner {
  member: string;
  name: string;
}

/** Who looks at the queue, and what they may do with it. */
export interface Desk {
  /** Whether they may decide. */
  decides: boolean;
  /** Whether they may say where tickets go. */
  sets: boolean;
  /** The member who looks; null for nobody of that kind. */
  me: string | null;
  /** Their name, as the log of decisions has it. */
  name: string;
  owners: readonly Owner[];
  /** Whether a ticket system is set. */
  tickets: boolean;
}

export type Act =
  | { verb: "acknowledge" | "reopen" }
  | { verb: "assign"; owner: Owner | null }
  | { verb: "snooze"; until: string }
  | { verb: "note"; note: string };

/** What is sent to the API beside the groups. */
export function bodyOf(act: Act): Record<string, unknown> {
  return act.verb === "assign" ? { verb: act.verb, owner: act.owner?.member ?? null } : { ...act };
}

/** What was done, in a sentence. @param noun what one of the groups is called. */
export function saidOf(act: Act, groups: number, noun = "cause"): string {
  const causes = plural(groups, noun);
  switch (act.verb) {
    case "acknowledge":
      return `${causes} acknowledged.`;
    case "reopen":
      return `${causes} opened again.`;
    case "assign":
      return act.owner === null ? `${causes}: nobody's now.` : `${causes} assigned to ${act.owner.name}.`;
    case "snooze":
      return `${causes} snoozed until ${localDayAndTime(act.until)}.`;
    case "note":
      return `Noted at ${causes}.`;
  }
}

function changed(row: FailureRow, act: Act, by: string, at: string): FailureRow {
  const open = row.state !== "resolved";
  switch (act.verb) {
    case "acknowledge":
      return open ? { ...row, state: "acknowledged", until: null, newSince: 0 } : row;
    case "reopen":
      return open ? { ...row, state: "open", until: null, newSince: 0 } : row;
    case "snooze":
      return open ? { ...row, state: "snoozed", until: act.until, newSince: 0 } : row;
    case "assign":
      return { ...row, owner: act.owner?.name ?? null, ownerId: act.owner?.member ?? null };
    case "note":
      return { ...row, notes: [...row.notes, { at, by, text: act.note.trim() }] };
  }
}

/** The rows as the act will leave them. @param at now, ISO 8601. */
export function withAct<R extends FailureRow>(
  rows: readonly R[],
  groups: readonly string[],
  act: Act,
  { by, at }: { by: string; at: string },
): R[] {
  return rows.map((row) => (groups.includes(row.id) ? { ...row, ...changed(row, act, by, at) } : row));
}

const DAY_MS = 86_400_000;

/** The choices of the menu that snoozes. @param now milliseconds since 1970. */
export const snoozeChoices = (now: number): { label: string; until: string }[] => [
  { label: "1 day", until: new Date(now + DAY_MS).toISOString() },
  { label: "1 week", until: new Date(now + 7 * DAY_MS).toISOString() },
];
