/** One identity's state: who it is now, and the times it left and came back. See docs/semantics.md §4. */
import type { Instant, LoggedEvent, PersonRef } from "../ingest/event.ts";
import { employmentOf, tellsEnds } from "./employment.ts";
import { groupBy } from "./group-by.ts";
import type { IdentityRow, LeaverTrigger, SubjectId } from "./types.ts";

/** A time away: from `leftAt` until `rehiredAt`, or without end. */
export interface Absence {
  leftAt: Instant;
  trigger: LeaverTrigger;
  /** The source whose word began it. */
  source: string;
  rehiredAt: Instant | null;
}

/** A source's word that the person left, or is there. */
interface Change {
  at: Instant;
  source: string;
  /** What it says happened when the person left; null when the person is there. */
  trigger: LeaverTrigger | null;
  /** That the person came, rather than that the person is there. */
  explicit: boolean;
  /** That it only takes a suspension back. */
  lifts: boolean;
}

interface OpenAbsence extends Absence {
  /** The source that began it has since said more than suspend: it can't be dissolved any more. */
  confirmed: boolean;
  /** The first word of another source, beyond a suspension, that the person left. */
  other: { at: Instant; source: string; trigger: LeaverTrigger } | null;
}

/** The directory's word on a person, whatever came of it; assignments and memberships are none on the state. */
function isAboutState(event: LoggedEvent): boolean {
  return (
    event.layer === "directory" &&
    event.object === "user" &&
    event.detail !== "assignment" &&
    event.person !== null &&
    event.application === null
  );
}

/** The directory's word on a person's state. */
export const isStateEvent = (event: LoggedEvent): boolean =>
  event.outcome === "success" && isAboutState(event);

function triggerOf(event: LoggedEvent): LeaverTrigger | null {
  if (event.operation === "delete") return "delete";
  // A source that only sends the state after a change says no more than this.
  if (event.operation === "update" && event.active === false) return "deactivate";
  if (event.operation !== "deactivate") return null;
  return event.detail === "suspend" ? "suspend" : "deactivate";
}

function changeOf(event: LoggedEvent): Change | null {
  const trigger = triggerOf(event);
  const comes = event.operation === "create" || event.operation === "reactivate";
  const explicit = trigger === null && comes && event.active !== false;
  if (trigger === null && !explicit && event.active !== true) return null;
  const lifts = event.operation === "reactivate" && event.detail === "suspend";
  return { at: event.at, source: event.sourceId, trigger, explicit, lifts };
}

/** What a source that tells the ends of employments says, turn by turn. */
function employmentChanges(source: string, events: readonly LoggedEvent[], last: Instant): Change[] {
  const turns = employmentOf(events);
  return turns.flatMap((turn, i): Change[] => {
    const change = { at: turn.at, source, explicit: !turn.away, lifts: false };
    // Who is to come back is away until anything of that time is known.
    if (!turn.away) return turn.at > last ? [] : [{ ...change, trigger: null }];
    const left: Change = { ...change, trigger: "hr-termination" };
    const next = turns[i + 1];
    // Said afterwards, it holds then too, whatever another source had said in between.
    const again = turn.said > turn.at && (next === undefined || next.at > turn.said);
    return again ? [left, { ...left, at: turn.said }] : [left];
  });
}

/** What all sources say, in order of the times at which it takes effect; at the same time the employer's word first. */
function changesOf(events: readonly LoggedEvent[]): Change[] {
  const last = events.at(-1)?.at ?? 0;
  const bySource = groupBy(events.filter(isAboutState), (event) => event.sourceId);
  const employers = new Set([...bySource].filter(([, own]) => tellsEnds(own)).map(([source]) => source));
  const turns = [...employers].flatMap((source) =>
    employmentChanges(source, bySource.get(source) ?? [], last),
  );
  const words = events
    .filter(isStateEvent)
    .filter((event) => !employers.has(event.sourceId) || event.operation === "create")
    .map(changeOf)
    .filter((change) => change !== null);
  return [...turns, ...words].sort((a, b) => a.at - b.at);
}

function begin(at: Instant, source: string, trigger: LeaverTrigger): OpenAbsence {
  return { leftAt: at, source, trigger, rehiredAt: null, confirmed: trigger !== "suspend", other: null };
}

/**
 * The times that a person was gone; the last may begin after every event, when its start was said ahead.
 * @param events one subject's events in order (`byEventOrder`).
 */
export function absencesOf(events: readonly LoggedEvent[]): Absence[] {
  const closed: Absence[] = [];
  let open: OpenAbsence | null = null;
  const inactive = new Set<string>();
  for (const { at, source, trigger, explicit, lifts } of changesOf(events)) {
    if (trigger !== null) {
      inactive.add(source);
      if (open === null) open = begin(at, source, trigger);
      else if (trigger !== "suspend" && source === open.source) open.confirmed = true;
      else if (trigger !== "suspend") open.other ??= { at, source, trigger };
      continue;
    }
    if (!explicit && !inactive.has(source)) continue;
    inactive.delete(source);
    // Whom another source has let go does not come back because this one takes its own suspension back.
    if (open === null || (lifts && source !== open.source)) continue;
    const leaveOfAbsence: boolean = !open.confirmed && source === open.source;
    const { other }: OpenAbsence = open;
    if (!leaveOfAbsence && at > open.leftAt) closed.push(strip({ ...open, rehiredAt: at }));
    open = leaveOfAbsence && other !== null ? begin(other.at, other.source, other.trigger) : null;
  }
  if (open !== null) closed.push(strip(open));
  return closed;
}

function strip({ leftAt, trigger, source, rehiredAt }: Absence): Absence {
  return { leftAt, trigger, source, rehiredAt };
}

/** The newest word on a person, the subject's own source before others. */
function newest<K extends keyof PersonRef>(
  events: readonly LoggedEvent[],
  source: string,
  key: K,
): string | null {
  const has = (event: LoggedEvent) => Boolean(event.person?.[key]);
  const event =
    events.findLast((e) => has(e) && e.sourceId === source && e.person?.id != null) ??
    events.findLast((e) => has(e) && e.person?.id != null) ??
    events.findLast(has);
  return event?.person?.[key] ?? null;
}

function newestAttribute(events: readonly LoggedEvent[], name: string): string | null {
  return events.findLast((e) => e.layer === "directory" && e.attributes?.[name])?.attributes?.[name] ?? null;
}

/**
 * Who the subject is; null when its events name neither a person nor an account (an application's connection).
 * @param events the subject's events in order.
 */
export function identityOf(
  subject: SubjectId,
  events: readonly LoggedEvent[],
  absences: readonly Absence[],
): IdentityRow | null {
  const first = events[0];
  const last = events.at(-1);
  if (first === undefined || last === undefined || subject.startsWith("a:")) return null;
  const known = events.some((event) => event.person?.id != null);
  const away = absences.at(-1);
  const source = subject.startsWith("p:")
    ? decodeURIComponent(subject.slice(2, subject.indexOf(":", 2)))
    : "";
  const account = events.findLast((event) => event.account?.userName || event.account?.displayName)?.account;
  const userName =
    newest(events, source, "userName") ??
    newest(events, source, "email") ??
    account?.userName ??
    newest(events, source, "displayName") ??
    account?.displayName ??
    subject;
  return {
    subject,
    kind: known ? "identity" : "account",
    userName,
    displayName: newest(events, source, "displayName") ?? account?.displayName ?? null,
    email: newest(events, source, "email"),
    inactiveFrom: away === undefined || away.rehiredAt !== null ? null : away.leftAt,
    department: newestAttribute(events, "department"),
    title: newestAttribute(events, "title"),
    manager: newestAttribute(events, "manager"),
    firstSeen: first.at,
    lastSeen: last.at,
  };
}
