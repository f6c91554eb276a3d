/** Role drift: entitlements that a move left behind, and those that provisioning never gave. docs/semantics.md. */
import type { Instant, LoggedEvent } from "../ingest/event.ts";
import type { Account } from "./accounts.ts";
import type { Holding } from "./entitlements.ts";
import { JOINING_MS } from "./joiners.ts";
import { SAME_MOVE_MS } from "./movers.ts";
import type { DriftFacts, DriftKind, JoinerCase, MoveChange, SubjectId } from "./types.ts";

interface Held extends Holding {
  application: string;
  account: string;
  /** When it could be used no more: taken away, or its account ended. */
  endedAt: Instant | null;
}

function heldBy(account: Account): Held[] {
  const { application, account: id, active, holdings } = account;
  return holdings.map((holding) => {
    const until = holding.heldUntil ?? Infinity;
    const last = active.findLast(({ from }) => from < until)?.to ?? Infinity;
    const endedAt = Math.min(until, last);
    return { ...holding, application, account: id, endedAt: endedAt === Infinity ? null : endedAt };
  });
}

/** When the person came to the place that `change` left; null when nothing tells. */
function enteredAt(
  change: MoveChange,
  moves: readonly MoveChange[],
  joiners: readonly JoinerCase[],
  firstAt: Instant,
): Instant | null {
  const before = moves.findLast((move) => move.what === change.what && move.at < change.at)?.at;
  // What came with joining came with the department: no title of that time is to blame.
  if (change.what === "title") return before ?? null;
  const joined = joiners.findLast(({ joinedAt }) => joinedAt < change.at)?.joinedAt;
  return Math.max(before ?? firstAt, joined ?? firstAt);
}

/** What went with the place that `change` left; null when the change leaves none. */
function belongs(
  change: MoveChange,
  entered: Instant | null,
): { kind: DriftKind; has: (held: Held) => boolean; words: string } | null {
  const { what, from, to } = change;
  if (from === null || what === "manager") return null;
  if (what === "group") {
    return {
      kind: "group",
      has: ({ name }) => name.toLowerCase() === from.toLowerCase(),
      words: `left group ${from}`,
    };
  }
  if (entered === null) return null;
  const has = ({ grantedAt }: Held) => grantedAt >= entered && grantedAt <= entered + JOINING_MS;
  return { kind: what, has, words: `${what} ${from} → ${to}` };
}

const ORDER = ["group", "department", "title", "manager"];

/**
 * @param moves the subject's changes in order.
 * @param events the subject's events in order.
 * @returns a row for each entitlement that outlived a move by more than a day, and for each granted outside of provisioning.
 */
export function driftOf(
  subject: SubjectId,
  moves: readonly MoveChange[],
  joiners: readonly JoinerCase[],
  accounts: readonly Account[],
  events: readonly LoggedEvent[],
): DriftFacts[] {
  const held = accounts.flatMap(heldBy);
  const row = (
    { application, account, name, grantedAt, endedAt, provenance, eventId }: Held,
    about: Pick<DriftFacts, "kind" | "movedAt" | "change">,
    back: Instant = Infinity,
  ): DriftFacts => {
    const removedAt = Math.min(endedAt ?? Infinity, back);
    return {
      subject,
      application,
      account,
      entitlement: name,
      ...about,
      grantedAt,
      removedAt: removedAt === Infinity ? null : removedAt,
      provenance,
      eventId,
    };
  };
  const rows: DriftFacts[] = [];
  const told = new Set<string>();
  const firstAt = events[0]?.at ?? 0;
  for (const change of moves.toSorted((a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what))) {
    const went = belongs(change, enteredAt(change, moves, joiners, firstAt));
    if (went === null) continue;
    const { movedAt } = change;
    const sameAs = (to: string | null) => to?.toLowerCase() === change.from?.toLowerCase();
    const back = moves.find(({ what, to, at }) => what === change.what && at > change.at && sameAs(to))?.at;
    for (const one of held.filter((each) => each.grantedAt < movedAt && went.has(each))) {
      const found = row(one, { kind: went.kind, movedAt, change: went.words }, back);
      const key = `${movedAt} ${one.eventId} ${one.name}`;
      const inTime = found.removedAt !== null && found.removedAt - movedAt <= SAME_MOVE_MS;
      if (inTime || told.has(key)) continue;
      told.add(key);
      rows.push(found);
    }
  }
  const outside = held.filter(({ provenance }) => ["by-hand", "bespoke", "unknown"].includes(provenance));
  return [
    ...rows.sort((a, b) => (a.movedAt ?? 0) - (b.movedAt ?? 0)),
    ...outside.map((one) => row(one, { kind: "outside", movedAt: null, change: null })),
  ];
}
