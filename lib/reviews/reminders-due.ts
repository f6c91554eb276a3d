/** When reviewers are reminded. Pure. */
import { utc } from "@date-fns/utc";
import { addDays } from "date-fns/addDays";
import { startOfDay } from "date-fns/startOfDay";
import type { MemberName } from "./contract.ts";
import type { Review } from "./fold.ts";

/** Days before the day it is due, in UTC. */
const BEFORE = [7, 2, 0] as const;
/** Days past it: then, and again after as many. */
const OVERDUE_EVERY = 3;
/** What could not be sent is tried again after so long. */
const AGAIN_MS = 24 * 3_600_000;

/** A member and how many items wait for them. */
export interface Waiting extends MemberName {
  items: number;
}

export interface Reminder extends MemberName {
  /** `opened`, `due-7`, `due-2`, `due-0`, `overdue-3`, `overdue-6`, … */
  kind: string;
  /** Items that wait for them; 0 of one who is told since others have not decided. */
  items: number;
  /** Told of all that is open, beside what is their own. */
  escalated: boolean;
}

export interface Stage {
  kind: string;
  /** Milliseconds: since when it holds. */
  since: number;
  overdue: boolean;
}

/** The last stage that a review has come to. */
export function stageOf({ openedAt, dueAt }: { openedAt: string; dueAt: string }, now: number): Stage {
  const dueDay = startOfDay(utc(dueAt));
  const day = (days: number) => addDays(dueDay, days).getTime();
  const past = Math.floor((now - dueDay.getTime()) / 86_400_000);
  if (past >= OVERDUE_EVERY && now > Date.parse(dueAt)) {
    const days = past - (past % OVERDUE_EVERY);
    return { kind: `overdue-${days}`, since: day(days), overdue: true };
  }
  const opened = Date.parse(openedAt);
  const left = BEFORE.findLast((days) => day(-days) <= now && day(-days) > opened);
  return left === undefined
    ? { kind: "opened", since: opened, overdue: false }
    : { kind: `due-${left}`, since: day(-left), overdue: false };
}

/**
 * Who is to be reminded now: each who has items to decide, once in each stage; from three days overdue also whoever opened
 * the review, and who gets what nobody else does. Whoever gets items later is told of them first.
 * @param waiting members for whom items wait.
 */
export function remindersDue(
  review: Pick<Review, "state" | "openedAt" | "openedBy" | "openedByMember" | "opened" | "reminders">,
  waiting: readonly Waiting[],
  now: number,
): Reminder[] {
  if (review.state !== "running" || waiting.length === 0) return [];
  const { dueAt } = review.opened.input;
  const stage = stageOf({ openedAt: review.openedAt, dueAt }, now);
  const { fallback } = review.opened;
  const opener =
    review.openedByMember === null ? [] : [{ member: review.openedByMember, name: review.openedBy }];
  const above = stage.overdue ? [...opener, fallback] : [];
  const told = new Map<string, Omit<Reminder, "kind">>();
  for (const { member, name, items } of waiting) told.set(member, { member, name, items, escalated: false });
  for (const { member, name } of above) {
    told.set(member, { member, name, items: told.get(member)?.items ?? 0, escalated: true });
  }
  return [...told.values()].flatMap((one) => {
    const own = review.reminders.filter(({ member }) => member === one.member);
    const last = own.filter(({ ok }) => ok).at(-1);
    const tried = own.at(-1);
    if (last !== undefined && Date.parse(last.at) >= stage.since) return [];
    if (tried !== undefined && !tried.ok && now - Date.parse(tried.at) < AGAIN_MS) return [];
    const first = last === undefined && !stage.overdue;
    return [{ ...one, kind: first ? "opened" : stage.kind }];
  });
}
