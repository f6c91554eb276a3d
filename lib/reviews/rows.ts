/** Items as reviewers, pages and evidence see them. Pure. */
import { iso, seconds } from "../reports/base.ts";
import type { Decision, ItemState, ReviewItemRow } from "./contract.ts";
import type { Item, Said } from "./fold.ts";

/** An outcome with the event that shows it. */
export interface Verified {
  at: number;
  eventId: string | null;
}

export interface View {
  now: number;
  verifiedOf: (item: Item) => Verified | null;
  /** The member who looks; null: whoever sees all. What the first reviewer said is hidden from a second one who has yet to decide. */
  member: string | null;
}

const isTask = (decision: Decision | undefined): boolean => decision === "revoke" || decision === "change";

/** Whether two decisions say the same: that access stays as it is, or that it does not. */
export const agree = (a: Decision, b: Decision): boolean => a === b || (isTask(a) && isTask(b));

/** What the state of an item is told by. */
export interface Judged {
  first: Pick<Said, "decision"> | null;
  second: Pick<Said, "decision"> | null;
  exemption: Pick<NonNullable<Item["exemption"]>, "until"> | null;
}

/** @param view when it is, and what shows that an item's revoke was done; null while nothing does. */
export function stateOf<I extends Judged>(
  item: I,
  { now, verifiedOf }: { now: number; verifiedOf: (item: I) => unknown },
): ItemState {
  const { first, second, exemption } = item;
  if (first === null) return "open";
  if (second !== null && !agree(first.decision, second.decision)) return "disputed";
  if (first.decision === "keep") return "kept";
  if (first.decision === "cant-say") return "cant-say";
  if (verifiedOf(item) !== null) return "verified";
  return exemption !== null && Date.parse(exemption.until) > now ? "exempt" : "to-do";
}

/** Whether the member must not yet see what the other reviewer said. */
export const isBlind = ({ assigned, second }: Item, member: string | null): boolean =>
  member !== null && assigned.second?.member === member && second === null;

export function rowOf(item: Item, view: View): ReviewItemRow {
  const { frozen, assigned, exemption, handedOff } = item;
  const blind = isBlind(item, view.member);
  const first = blind ? null : item.first;
  const state = blind ? "open" : stateOf(item, view);
  const verified = blind ? null : view.verifiedOf(item);
  return {
    item: item.item,
    key: frozen.key,
    kind: frozen.kind,
    version: item.version,
    application: frozen.application,
    account: frozen.account,
    userName: frozen.userName,
    identity: frozen.identity,
    subject: frozen.subject,
    reviewer: item.reviewer,
    reviewerBy: item.reviewerBy,
    second: assigned.second,
    flags: frozen.flags,
    lastActivityAt: frozen.lastActivityAt,
    activityKnown: frozen.activityKnown,
    createdAt: frozen.createdAt,
    provenance: frozen.provenance,
    provenanceEventId: frozen.provenanceEventId,
    entitlements: frozen.entitlements,
    drift: frozen.drift,
    peers: frozen.peers,
    previous: assigned.previous,
    since: assigned.since,
    state,
    decision: first?.decision ?? null,
    reason: first?.reason ?? null,
    remove: [...(first?.remove ?? [])],
    decidedBy: first?.by ?? null,
    decidedAt: first?.at ?? null,
    secondDecision: item.second?.decision ?? null,
    seconds: first?.seconds ?? null,
    bulk: first?.bulk ?? 0,
    opened: item.opened,
    verifiedBy: verified?.eventId ?? null,
    verifiedAt: verified === null ? null : iso(verified.at),
    age: state === "to-do" && first !== null ? seconds(view.now - Date.parse(first.at)) : null,
    exemption,
    handedOff: [...new Set(handedOff.map(({ way }) => way))],
  };
}
