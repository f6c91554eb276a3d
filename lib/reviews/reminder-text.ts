/** What a reminder says: how much waits, until when, and where; nothing of anybody's access. Pure. */
import { utc } from "@date-fns/utc";
import { differenceInCalendarDays } from "date-fns/differenceInCalendarDays";
import type { Reminder } from "./reminders-due.ts";

export interface ReminderOf {
  name: string;
  dueAt: string;
  /** Items that nobody has decided, in all. */
  open: number;
  link: string;
}

const plural = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

function dueWords(dueAt: string, now: number): string {
  const days = differenceInCalendarDays(utc(dueAt), utc(now));
  const day = dueAt.slice(0, 10);
  if (Date.parse(dueAt) < now)
    return `was due on ${day}, ${days === 0 ? "today" : `${plural(-days, "day")} ago`}`;
  return `is due on ${day}, ${days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`}`;
}

/** Subject and text of the mail. @param now milliseconds. */
export function reminderText(
  { items, escalated, name: who }: Pick<Reminder, "items" | "escalated" | "name">,
  { name, dueAt, open, link }: ReminderOf,
  now: number,
): { subject: string; text: string } {
  const due = dueWords(dueAt, now);
  const waits = `${plural(items, "item")} ${items === 1 ? "waits" : "wait"} for you`;
  const undecided = `${plural(open, "item")} ${open === 1 ? "is" : "are"} not decided`;
  const says = [...(escalated ? [undecided] : []), ...(items > 0 ? [waits] : [])];
  return {
    subject: `Review “${name}”: ${says[0] ?? waits}`,
    text: `Hello ${who},\n\nin the access review “${name}” ${says.join(", ")}. It ${due}.\n\n${link}\n\nRollcall\n`,
  };
}
