/** What a review and its items are: folded from their records, one after another. Pure. */
import type { Decision, ItemAct, MemberName, ReviewItemRow, ReviewState } from "./contract.ts";
import {
  type Assigned,
  type FrozenItem,
  type GovernanceRecord,
  type ItemActRecord,
  isItemAct,
  type Numbered,
  type ReviewAct,
} from "./records.ts";

/** What somebody said of an item. */
export interface Said {
  decision: Decision;
  reason: string | null;
  remove: readonly string[];
  seconds: number | null;
  bulk: number;
  by: string;
  member: string | null;
  at: string;
}

export interface Item {
  item: string;
  version: number;
  /** Its number among the items of its review, from 0. */
  place: number;
  frozen: FrozenItem;
  assigned: Assigned;
  reviewer: MemberName;
  reviewerBy: ReviewItemRow["reviewerBy"];
  /** Somebody who may decide it has opened it. */
  opened: boolean;
  first: Said | null;
  second: Said | null;
  exemption: { reason: string; owner: string; until: string } | null;
  handedOff: { way: string; at: string; ok: boolean; answer: string }[];
  acts: ItemAct[];
}

export interface Review {
  review: string;
  state: ReviewState;
  openedAt: string;
  openedBy: string;
  openedByMember: string | null;
  endedAt: string | null;
  closedAt: string | null;
  opened: Extract<ReviewAct, { verb: "opened" }>;
  acts: { at: string; by: string; words: string }[];
  /** What was sent, so that nothing is sent twice. */
  reminders: { at: string; to: string; member: string; kind: string; ok: boolean }[];
}

type Of<A> = GovernanceRecord & A;

const WORDS = { opened: "opened it", ended: "ended it", closed: "closed it" } as const;

/**
 * @param review null before the first record.
 * @throws when the first record is no opening: the log has lost one.
 */
function applyToReview(review: Review | null, record: Of<ReviewAct>): Review {
  const { at, by } = record;
  if (record.verb === "opened") {
    const { verb, input, fallback, population } = record;
    return {
      review: record.review,
      state: "running",
      openedAt: at,
      openedBy: by.name,
      openedByMember: by.member,
      endedAt: null,
      closedAt: null,
      opened: { verb, input, fallback, population },
      acts: [{ at, by: by.name, words: WORDS.opened }],
      reminders: [],
    };
  }
  if (review === null) throw new Error(`The review ${record.review} has no opening.`);
  switch (record.verb) {
    case "reminded": {
      const { to, member, kind, ok } = record;
      const words = `${ok ? "reminded" : "could not reach"} ${to}${kind === "" ? "" : ` (${kind})`}`;
      return {
        ...review,
        acts: [...review.acts, { at, by: by.name, words }],
        reminders: [...review.reminders, { at, to, member, kind, ok }],
      };
    }
    case "ended":
      return {
        ...review,
        state: "ended",
        endedAt: at,
        acts: [...review.acts, { at, by: by.name, words: WORDS.ended }],
      };
    case "closed":
      return {
        ...review,
        state: "closed",
        closedAt: at,
        endedAt: review.endedAt ?? at,
        acts: [...review.acts, { at, by: by.name, words: WORDS.closed }],
      };
  }
}

type Told<A = ItemActRecord> = Of<A> & { eventId: string };

const told = (record: Told, more: Partial<ItemAct>): ItemAct => ({
  at: record.at,
  by: record.by.name,
  verb: record.verb,
  decision: null,
  reason: null,
  seconds: null,
  bulk: 0,
  eventId: record.eventId,
  ...more,
});

function decided(item: Item, record: Told<Extract<ItemActRecord, { verb: "decided" }>>): Item {
  const { role, decision, reason, remove, seconds, bulk, at, by } = record;
  const said: Said | null =
    decision === "withdraw"
      ? null
      : { decision, reason, remove, seconds, bulk, by: by.name, member: by.member, at };
  const act = told(record, {
    verb: role === "second" ? "second-decided" : "decided",
    decision: decision === "withdraw" ? null : decision,
    reason,
    seconds,
    bulk,
  });
  return {
    ...item,
    [role]: said,
    opened: item.opened || record.opened,
    // What was exempt is decided anew.
    exemption: role === "first" ? null : item.exemption,
    acts: [...item.acts, act],
  };
}

/**
 * @param item null before the first record.
 * @throws when the first record does not put it there: the log has lost one.
 */
function applyToItem(item: Item | null, record: Told): Item {
  if (record.verb === "put") {
    const { version, place, frozen, assigned } = record;
    const { reviewer, reviewerBy } = assigned;
    return {
      item: record.item,
      version,
      place,
      frozen,
      assigned,
      reviewer,
      reviewerBy,
      opened: false,
      first: null,
      second: null,
      exemption: null,
      handedOff: [],
      acts: [],
    };
  }
  if (item === null) throw new Error(`The item ${record.item} was never put into its review.`);
  const next = { ...item, version: record.version };
  switch (record.verb) {
    case "looked":
      return { ...next, opened: true, acts: [...item.acts, told(record, {})] };
    case "decided":
      return decided(next, record);
    case "given":
      return {
        ...next,
        reviewer: record.to,
        reviewerBy: record.rule,
        acts: [...item.acts, told(record, { reason: record.to.name })],
      };
    case "exempted": {
      const { reason, owner, until } = record;
      return {
        ...next,
        exemption: { reason, owner, until },
        acts: [...item.acts, told(record, { reason: `${reason} (${owner}, until ${until.slice(0, 10)})` })],
      };
    }
    case "handed-off": {
      const { way, ok, answer, at } = record;
      return {
        ...next,
        handedOff: [...item.handedOff, { way, at, ok, answer }],
        acts: [...item.acts, told(record, { reason: `${way}: ${answer}` })],
      };
    }
  }
}

/**
 * Folds records, in the order in which they were written.
 * @param before what there was before the first of them.
 * @returns what the records are about, as it is after the last.
 */
export function fold(
  records: Iterable<Numbered>,
  before: {
    review: (review: string) => Review | null;
    item: (review: string, item: string) => Item | null;
  } = { review: () => null, item: () => null },
): { reviews: Map<string, Review>; items: Map<string, Map<string, Item>> } {
  const reviews = new Map<string, Review>();
  const items = new Map<string, Map<string, Item>>();
  for (const { record, eventId } of records) {
    const { review } = record;
    if (isItemAct(record)) {
      const own = items.get(review) ?? new Map<string, Item>();
      items.set(review, own);
      const known = own.get(record.item) ?? before.item(review, record.item);
      own.set(record.item, applyToItem(known, { ...record, eventId } as Told));
    } else reviews.set(review, applyToReview(reviews.get(review) ?? before.review(review), record));
  }
  return { reviews, items };
}
