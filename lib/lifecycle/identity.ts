/** One identity's state: who it is now, and the times it left and came back. See docs/semantics.md §4. */
import type { Instant, LoggedEvent, PersonRef } from "../ingest/event.ts";
import type { IdentityRow, LeaverTrigger, SubjectId } from "./types.ts";

/** A time away: from `leftAt` until `rehiredAt`, or without end. */
export interface Absence {
  leftAt: Instant;
  trigger: LeaverTrigger;
  rehiredAt: Instant | null;
}

interface OpenAbsence extends Absence {
  source: string;
  /** The source that began it has since said more than suspend: it can't be dissolved any more. */
  confirmed: boolean;
}

/** The directory's word on a person's state; assignments and memberships are none. */
function isStateEvent(event: LoggedEvent): boolean {
  return (
    event.layer === "directory" &&
    event.outcome === "success" &&
    event.object === "user" &&
    event.detail !== "assignment" &&
    event.person !== null &&
    event.application === null
  );
}

function triggerOf(event: LoggedEvent): LeaverTrigger | null {
  if (event.operation === "delete") return "delete";
  // A source that only sends the state after a change says no more than this.
  if (event.operation === "update" && event.active === false) return "deactivate";
  if (event.operation !== "deactivate") return null;
  return event.detail === "suspend" ? "suspend" : "deactivate";
}

/**
 * The times that a person was gone.
 * @param events one subject's events in order (`byEventOrder`).
 */
export function absencesOf(events: readonly LoggedEvent[]): Absence[] {
  const closed: Absence[] = [];
  let open: OpenAbsence | null = null;
  const inactiveAt = new Set<string>();
  for (const event of events) {
    if (!isStateEvent(event)) continue;
    const trigger = triggerOf(event);
    if (trigger !== null) {
      inactiveAt.add(event.sourceId);
      if (open === null) {
        open = {
          leftAt: event.at,
          trigger,
          rehiredAt: null,
          source: event.sourceId,
          confirmed: trigger !== "suspend",
        };
      } else if (event.sourceId === open.source && trigger !== "suspend") open.confirmed = true;
      continue;
    }
    const explicit =
      (event.operation === "create" || event.operation === "reactivate") && event.active !== false;
    const cameBack = event.active === true && inactiveAt.has(event.sourceId);
    if (!explicit && !cameBack) continue;
    inactiveAt.delete(event.sourceId);
    if (open === null) continue;
    const leaveOfAbsence = !open.confirmed && event.sourceId === open.source;
    if (!leaveOfAbsence) closed.push(strip({ ...open, rehiredAt: event.at }));
    open = null;
  }
  if (open !== null) closed.push(strip(open));
  return closed;
}

function strip({ leftAt, trigger, rehiredAt }: Absence): Absence {
  return { leftAt, trigger, rehiredAt };
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
    active: absences.at(-1) === undefined || absences.at(-1)?.rehiredAt !== null,
    department: newestAttribute(events, "department"),
    title: newestAttribute(events, "title"),
    manager: newestAttribute(events, "manager"),
    firstSeen: first.at,
    lastSeen: last.at,
  };
}
