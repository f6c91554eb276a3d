/** Items and their records for tests. */
import type { Item } from "./fold.ts";
import { fold } from "./fold.ts";
import { itemId } from "./item-id.ts";
import { accountItemKey } from "./keys.ts";
import type { Assigned, FrozenItem, GovernanceRecord, ItemActRecord } from "./records.ts";

export const REVIEW = "00000000-0000-4000-8000-000000000001";

export function frozen(account: string, more: Partial<FrozenItem> = {}): FrozenItem {
  const application = more.application ?? "Chat";
  return {
    key: accountItemKey(application.toLowerCase(), account),
    kind: "account",
    application,
    account,
    userName: `${account}@larkspur.example`,
    identity: {
      userName: `${account}@larkspur.example`,
      displayName: account,
      department: "Sales",
      title: "Account manager",
    },
    subject: `p:hr:${account}`,
    flags: [],
    lastActivityAt: null,
    activityKnown: true,
    createdAt: null,
    provenance: "scim",
    provenanceEventId: null,
    entitlements: [],
    drift: [],
    peers: null,
    ...more,
  };
}

const member = (name: string) => ({ member: `member-${name}`, name });

export const assigned = (reviewer: string, more: Partial<Assigned> = {}): Assigned => ({
  reviewer: member(reviewer),
  reviewerBy: "manager",
  ownOf: null,
  second: null,
  previous: null,
  since: "new",
  ...more,
});

type Without<T> = T extends ItemActRecord ? Omit<T, "item" | "version"> : never;

/** Records of one item, a minute apart, each after the other. */
export function recordsOfItem(
  one: FrozenItem,
  given: Assigned,
  acts: readonly (Without<ItemActRecord> & { by?: string })[] = [],
): GovernanceRecord[] {
  const item = itemId(one.key);
  const put: Without<ItemActRecord> = { verb: "put", place: 0, frozen: one, assigned: given };
  return [put, ...acts].map((act, i) => {
    const { by = given.reviewer.name, ...rest } = act as Without<ItemActRecord> & { by?: string };
    return {
      id: `${item}-${i}`,
      at: new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString(),
      by: { name: by, member: `member-${by}` },
      review: REVIEW,
      item,
      version: i + 1,
      ...rest,
    } as GovernanceRecord;
  });
}

/** One item after its records. */
export function itemAfter(records: readonly GovernanceRecord[]): Item {
  const numbered = records.map((record) => ({ record, eventId: `${record.id}:0` }));
  const [item] = fold(numbered).items.get(REVIEW)?.values() ?? [];
  if (item === undefined) throw new Error("No record puts an item into the review.");
  return item;
}

/** What somebody says of an item. */
export const says = (
  decision: "keep" | "revoke" | "change" | "cant-say" | "withdraw",
  more: Partial<Extract<Without<ItemActRecord>, { verb: "decided" }>> & { by?: string } = {},
): Without<ItemActRecord> & { by?: string } => ({
  verb: "decided",
  role: "first",
  decision,
  reason: "because",
  remove: [],
  seconds: null,
  bulk: 1,
  opened: false,
  ...more,
});
