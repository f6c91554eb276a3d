/** Rows for tests. */
import type { ReviewItemRow } from "../../lib/reviews/contract.ts";

export const ANA = { member: "m1", name: "Ana Lima" };
export const BEN = { member: "m2", name: "Ben Okoro" };

export const itemRow = (given: Partial<ReviewItemRow> = {}): ReviewItemRow => ({
  item: "i1",
  key: "account:slack:U1",
  kind: "account",
  version: 3,
  application: "Slack",
  account: "U1",
  userName: "cora.diaz",
  identity: { userName: "cora.diaz", displayName: "Cora Diaz", department: "Sales", title: "Engineer" },
  subject: "s1",
  reviewer: ANA,
  reviewerBy: "manager",
  second: null,
  flags: [],
  lastActivityAt: null,
  activityKnown: true,
  createdAt: null,
  provenance: "scim",
  provenanceEventId: null,
  entitlements: [],
  drift: [],
  peers: null,
  previous: null,
  since: "new",
  state: "open",
  decision: null,
  reason: null,
  remove: [],
  decidedBy: null,
  decidedAt: null,
  secondDecision: null,
  seconds: null,
  bulk: 1,
  opened: false,
  verifiedBy: null,
  verifiedAt: null,
  age: null,
  exemption: null,
  handedOff: [],
  ...given,
});

/** A group or role that an account has. */
export const held = (name: string): ReviewItemRow["entitlements"][number] => ({
  name,
  provenance: "scim",
  since: "2026-01-01T00:00:00.000Z",
  eventId: "e1",
});
