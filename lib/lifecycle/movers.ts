/** Mover cases: changes of a person's department, title, manager and groups. docs/semantics.md, "Movers and role drift". */
import type { Instant, LoggedEvent } from "../ingest/event.ts";
import { type Absence, isStateEvent } from "./identity.ts";
import { JOINING_MS } from "./joiners.ts";
import type { JoinerCase, MoveChange, SubjectId } from "./types.ts";

/** Changes so near to the first are one case; and so long may what went with the old place stay. */
export const SAME_MOVE_MS = 24 * 3_600_000;

type Change = Omit<MoveChange, "subject" | "movedAt">;

const ATTRIBUTES = ["department", "title", "manager"] as const;

/**
 * Changes of attributes: a source says another value than it said before, or its record tells the value before. What
 * another source has told as a change already is none.
 */
function attributeChanges(events: readonly LoggedEvent[]): Change[] {
  const said = new Map<string, string>();
  const newest = new Map<string, string>();
  const changes: Change[] = [];
  for (const event of events) {
    if (event.layer !== "directory" || event.outcome !== "success" || event.person === null) continue;
    for (const what of ATTRIBUTES) {
      const to = event.attributes?.[what]?.trim();
      if (!to) continue;
      const key = `${what} ${event.sourceId}`;
      const from = said.get(key) ?? event.attributesBefore?.[what]?.trim() ?? to;
      said.set(key, to);
      if (from === to || newest.get(what) === to) continue;
      newest.set(what, to);
      changes.push({ at: event.at, what, from, to, eventId: event.id });
    }
  }
  return changes;
}

/** Changes of groups in the directories; what comes with joining, or with a source's first word on the person, is none. */
function groupChanges(events: readonly LoggedEvent[], joiners: readonly JoinerCase[]): Change[] {
  const member = new Map<string, boolean>();
  const createdAt = new Map<string, Instant>();
  const changes: Change[] = [];
  const soonAfter = (at: Instant, start: Instant | undefined) =>
    start !== undefined && at >= start && at <= start + JOINING_MS;
  for (const event of events) {
    if (isStateEvent(event) && event.operation === "create") createdAt.set(event.sourceId, event.at);
    const added = event.operation === "member-add";
    if (event.layer !== "directory" || event.outcome !== "success" || event.person === null) continue;
    if (event.entitlement === null || !(added || event.operation === "member-remove")) continue;
    const { name } = event.entitlement;
    const known = member.get(name.toLowerCase());
    member.set(name.toLowerCase(), added);
    if (known === added) continue;
    const joining =
      soonAfter(event.at, createdAt.get(event.sourceId)) ||
      joiners.some(({ joinedAt }) => soonAfter(event.at, joinedAt));
    if (added && joining) continue;
    const ends = added ? { from: null, to: name } : { from: name, to: null };
    changes.push({ at: event.at, what: "group", ...ends, eventId: event.id });
  }
  return changes;
}

/**
 * The changes of a subject's mover cases, in order. What happens while the person is gone, or within a day before
 * leaving, belongs to the leaving.
 * @param events the subject's events in order.
 */
export function moveChanges(
  subject: SubjectId,
  events: readonly LoggedEvent[],
  absences: readonly Absence[],
  joiners: readonly JoinerCase[],
): MoveChange[] {
  const leaving = (at: Instant) =>
    absences.some(
      ({ leftAt, rehiredAt }) => at >= leftAt - SAME_MOVE_MS && (rehiredAt === null || at < rehiredAt),
    );
  const changes = [...attributeChanges(events), ...groupChanges(events, joiners)]
    .filter(({ at }) => !leaving(at))
    .sort((a, b) => a.at - b.at);
  const moves: MoveChange[] = [];
  let movedAt = -Infinity;
  for (const change of changes) {
    if (change.at - movedAt > SAME_MOVE_MS) movedAt = change.at;
    moves.push({ subject, movedAt, ...change });
  }
  return moves;
}
