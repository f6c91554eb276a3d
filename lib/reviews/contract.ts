/** JSON of access reviews: what pages, HTTP API, command line and evidence tell of them. */
import type { Provenance } from "../lifecycle/types.ts";
import type { IsoTime } from "../reports/contract/base.ts";

/** What a reviewer says of one item. */
export const DECISIONS = ["keep", "revoke", "change", "cant-say"] as const;
export type Decision = (typeof DECISIONS)[number];

/** Why an item deserves a second look; keeping one that has any needs a reason. */
export type Flag =
  | "zombie"
  | "orphan"
  | "never-used"
  | "dormant"
  | "drift"
  | "owner-left"
  | "no-owner"
  | "unrotated";

/** What is reviewed. Lists that are empty leave nothing out. */
export interface ReviewScope {
  kinds: readonly ReviewKind[];
  /** Labels of applications. */
  applications: readonly string[];
  /** Customers whose sources' records are meant. */
  customers: readonly string[];
  departments: readonly string[];
  flaggedOnly: boolean;
  /** Accounts and credentials of identities that are no people. */
  nonHumanOnly: boolean;
  /** Keys of single items ({@link ReviewItemRow.key}), as somebody has selected them; empty: all. */
  items: readonly string[];
}
export type ReviewKind = "account" | "credential";

/** Who reviews: the rules are asked in this order, the first that names a member who may review decides. */
export const REVIEWER_RULES = ["manager", "owner", "named"] as const;
export type ReviewerRule = (typeof REVIEWER_RULES)[number];

export const EVERY = ["month", "quarter", "half-year", "year"] as const;
export type Every = (typeof EVERY)[number];

export interface ReviewInput {
  name: string;
  scope: ReviewScope;
  /** Whose population: event time; null: now. */
  asOf: IsoTime | null;
  dueAt: IsoTime;
  rules: readonly ReviewerRule[];
  /** Members of the rule `named`, in turn. */
  named: readonly string[];
  /** The member who gets what no rule gives to anybody, and what its reviewer may not decide. */
  fallback: string;
  /** Percent of the items that a second reviewer decides too, without seeing what the first said. */
  secondShare: number;
  /** The member who is that; needed when `secondShare` is above 0. */
  second: string | null;
  /** Opened again by itself, with the same scope; null: once. */
  every: Every | null;
}

export interface MemberName {
  member: string;
  name: string;
}

interface PriorDecision {
  review: string;
  reviewName: string;
  decision: Decision | null;
  at: IsoTime | null;
}

/** The state of one item: what its reviewer said, and whether it came true. */
export type ItemState =
  /** Nobody has decided. */
  | "open"
  | "kept"
  /** Revoke or change, and nothing shows yet that it was done. */
  | "to-do"
  /** Revoke or change, and a later event shows it. */
  | "verified"
  /** Revoke or change, not done for a reason, until a day. */
  | "exempt"
  | "cant-say"
  /** The second reviewer sees it otherwise. */
  | "disputed";

export interface ReviewItemRow {
  /** Of the review; the same for the same thing in every review. */
  item: string;
  /** `account:<application key>:<account>` or `credential:<id>`. */
  key: string;
  kind: ReviewKind;
  /** Goes up with each act on it: what an act was based on. */
  version: number;
  application: string;
  /** The account's id at the application, or the credential's. */
  account: string;
  userName: string | null;
  identity: {
    userName: string | null;
    displayName: string | null;
    department: string | null;
    title: string | null;
  };
  subject: string | null;
  reviewer: MemberName;
  /** By which rule; `fallback`, `delegated` beside those of the review. */
  reviewerBy: ReviewerRule | "fallback" | "delegated";
  second: MemberName | null;
  flags: Flag[];
  lastActivityAt: IsoTime | null;
  /** Whether the application tells of sign-ins at all: else nobody knows. */
  activityKnown: boolean;
  createdAt: IsoTime | null;
  provenance: Provenance | null;
  provenanceEventId: string | null;
  entitlements: { name: string; provenance: Provenance; since: IsoTime; eventId: string }[];
  drift: { entitlement: string; change: string | null; movedAt: IsoTime | null }[];
  /** People of the same department and title, and how many of them have an account there; null: nothing to compare with. */
  peers: { people: number; have: number } | null;
  previous: PriorDecision | null;
  /** Against the review before of the same thing. */
  since: "new" | "changed" | "same";
  state: ItemState;
  decision: Decision | null;
  reason: string | null;
  /** Of a change: entitlements that are to go. */
  remove: string[];
  decidedBy: string | null;
  decidedAt: IsoTime | null;
  /** Of the second reviewer; null while they have not decided, or while the one who asks is not to see it. */
  secondDecision: Decision | null;
  /** Seconds it was looked at before it was decided, as the page counted them; null: never opened. */
  seconds: number | null;
  /** Items decided in the same act. */
  bulk: number;
  opened: boolean;
  /** The event that shows that it was done. */
  verifiedBy: string | null;
  verifiedAt: IsoTime | null;
  /** Seconds since the decision, of what is still to do. */
  age: number | null;
  exemption: { reason: string; owner: string; until: IsoTime } | null;
  /** Where the task was sent: `webhook`, `scim`, `export`. */
  handedOff: string[];
}

/** What a reviewer did, so that nobody has to take their word. */
export interface ReviewerFigures extends MemberName {
  /** Items that are theirs to decide, as first and as second reviewer. */
  items: number;
  /** Those of them that wait for a decision. */
  open: number;
  /** Decisions that they made and that stand, also on items of others. All figures below are about these. */
  decided: number;
  /** Seconds an item: the middle one of those that were opened; null: none was. */
  medianSeconds: number | null;
  /** Of the items decided, the share that was decided together with others: 0 to 1. */
  bulkShare: number;
  /** Decided without having been opened. */
  neverOpened: number;
  keptFlagged: number;
  /** Items routed to somebody else since they were the reviewer's own access. */
  ownRouted: number;
  /** Of what they decided first: how much a second reviewer has decided too, and how much of that otherwise. */
  second: number;
  disputed: number;
  delegatedTo: string[];
}

export type ReviewState = "running" | "ended" | "closed";

export interface ReviewSummary {
  review: string;
  name: string;
  state: ReviewState;
  openedAt: IsoTime;
  openedBy: string;
  asOf: IsoTime;
  dueAt: IsoTime;
  endedAt: IsoTime | null;
  closedAt: IsoTime | null;
  overdue: boolean;
  every: Every | null;
  /** When the next one opens. */
  nextAt: IsoTime | null;
  counts: Record<ItemState, number> & { items: number; flagged: number };
  /** Seconds since the oldest decision that is still to do; null when nothing is. */
  oldestToDo: number | null;
  /** Of who asks. */
  mine: { items: number; open: number };
}

export interface ReviewsReport {
  asOf: IsoTime;
  reviews: ReviewSummary[];
  /** Whom items can be given to. */
  reviewers: MemberName[];
}

/** How the population was made, so that it can be made again. */
export interface Population {
  asOf: IsoTime;
  rows: number;
  /** SHA-256 over the items' keys and frozen facts, one JSON line each, in the order of their keys (RFC 8785). */
  sha256: string;
  scope: ReviewScope;
  /** What holds for reports of that moment: sources up to when, gaps, rejected. */
  sources: { source: string; lastEventAt: IsoTime | null; rejected: number }[];
}

export interface ReviewReport extends ReviewSummary {
  population: Population;
  rules: readonly ReviewerRule[];
  fallback: MemberName;
  secondShare: number;
  reviewers: ReviewerFigures[];
  /** The acts on the whole review, the oldest first: opened, reminders, delegations, ended, closed. */
  acts: { at: IsoTime; by: string; words: string }[];
}

/** What a preview tells before a review is opened. */
export interface ReviewPreview {
  rows: number;
  flagged: number;
  reviewers: { name: string; items: number }[];
  /** Items that go to the fallback since no rule names anybody. */
  fallback: number;
  /** Items that go elsewhere since they are the reviewer's own access. */
  own: number;
}

/** The rows of one page, as `GET /api/v1/reviews/ID/items` gives them. */
export interface ReviewItems {
  asOf: IsoTime;
  rows: ReviewItemRow[];
}

/** An act on one item, for its story. */
export interface ItemAct {
  at: IsoTime;
  by: string;
  verb: string;
  decision: Decision | null;
  reason: string | null;
  seconds: number | null;
  bulk: number;
  /** The event in the log. */
  eventId: string | null;
}

export interface ReviewItemStory {
  row: ReviewItemRow;
  acts: ItemAct[];
}

/** What is asked of a decision; `version` is the one that the reviewer saw. */
export interface DecisionInput {
  item: string;
  version: number;
  /** `withdraw` takes back what was decided. */
  decision: Decision | "withdraw";
  reason?: string | undefined;
  remove?: readonly string[] | undefined;
  seconds?: number | undefined;
}

export interface DecisionsAnswer {
  decided: string[];
  /** What somebody else decided meanwhile: as it stands now. Nothing was changed. */
  conflicts: ReviewItemRow[];
}

export interface ReviewTask {
  item: string;
  application: string;
  account: string;
  userName: string | null;
  person: string | null;
  /** What is to be done: `revoke`, or `remove` of the entitlements named. */
  todo: "revoke" | "remove";
  entitlements: string[];
  decidedBy: string;
  decidedAt: IsoTime;
  reason: string | null;
  age: number;
  state: ItemState;
  handedOff: string[];
  /** Whether a SCIM connection of the application allows writing. */
  scim: boolean;
}
