/** The columns of each report's rows: their names, what stands in them, and how they are read and told. */

import type { ReviewItemRow, ReviewItems } from "../reviews/contract.ts";
import type {
  CoverageCell,
  FailureItem,
  FailureNote,
  Grant,
  ReportName,
  Reports,
  SourceGap,
} from "./contract.ts";

/** What is shown as a table: the reports, and the items of a review. */
interface Tables extends Reports {
  review: ReviewItems;
}
export type TableName = ReportName | "review";

type Row<N extends TableName> = Tables[N]["rows"][number];
type Leaf = string | number | boolean | null | readonly unknown[];
/** Names of a row's fields, those of nested objects with a point: `identity.userName`. */
type Field<T> = {
  [K in keyof T & string]: T[K] extends Leaf ? K : `${K}.${Field<NonNullable<T[K]>>}`;
}[keyof T & string];
export type Column<N extends TableName> = Field<Row<N>>;

const CELL = [
  "state",
  "successes",
  "failures",
  "manual",
  "lastEventAt",
  "lastEventId",
  "attempted",
  "leftInFailure",
  "why",
  "trial.kind",
  "trial.verdict",
  "trial.at",
  "trial.eventId",
] as const satisfies readonly Field<CoverageCell>[];

const CELLS = (["joiner", "mover", "roles", "leaver"] as const).flatMap((capability) =>
  CELL.map((field) => `cells.${capability}.${field}` as const),
);

export const COLUMNS: { [N in TableName]: readonly Column<N>[] } = {
  coverage: [
    "rank",
    "application",
    "uncovered",
    "accounts",
    "people",
    "notByScim.accounts",
    "notByScim.entitlements",
    ...CELLS,
    "customer",
  ],
  failures: [
    "application",
    "operation",
    "errorClass",
    "errorCode",
    "httpStatus",
    "state",
    "until",
    "owner",
    "ownerId",
    "newSince",
    "open",
    "affected",
    "attempts",
    "firstSeen",
    "lastSeen",
    "age",
    "message",
    "advice",
    "remedy",
    "notes",
    "items",
    "id",
  ],
  offboarding: [
    "identity.userName",
    "identity.displayName",
    "application",
    "account",
    "accountUserName",
    "leftAt",
    "trigger",
    "endedAt",
    "latency",
    "status",
    "breached",
    "openFor",
    "accessAfterLeaving",
    "lastAccessAfterLeavingAt",
    "lastError",
    "leaverStatus",
    "slaSeconds",
    "department",
    "source",
    "customer",
    "subject",
  ],
  dormant: ["application", "account", "userName", "status", "lastActivityAt", "idleDays", "subject"],
  accounts: [
    "application",
    "account",
    "userName",
    "identity",
    "active",
    "createdAt",
    "lastEventAt",
    "lastActivityAt",
    "provenance",
    "provenanceEventId",
    "entitlements",
    "grants",
    "subject",
  ],
  joiners: [
    "identity.userName",
    "identity.displayName",
    "application",
    "account",
    "accountUserName",
    "joinedAt",
    "start",
    "workingAt",
    "latency",
    "status",
    "openFor",
    "lastError",
    "subject",
  ],
  movers: [
    "identity.userName",
    "identity.displayName",
    "application",
    "account",
    "entitlement",
    "kind",
    "movedAt",
    "change",
    "grantedAt",
    "removedAt",
    "status",
    "provenance",
    "eventId",
    "subject",
  ],
  completeness: [
    "source",
    "format",
    "customer",
    "records",
    "events",
    "rejected",
    "firstEventAt",
    "lastEventAt",
    "perDay",
    "nothingSince",
    "beginning",
    "gaps",
  ],
  overview: ["question", "figure", "value", "of", "unit", "better"],
  review: [
    "identity.displayName",
    "identity.userName",
    "identity.department",
    "identity.title",
    "kind",
    "application",
    "account",
    "userName",
    "flags",
    "lastActivityAt",
    "activityKnown",
    "createdAt",
    "provenance",
    "provenanceEventId",
    "entitlements",
    "drift",
    "peers.people",
    "peers.have",
    "previous.decision",
    "previous.at",
    "previous.reviewName",
    "since",
    "state",
    "decision",
    "reason",
    "remove",
    "decidedBy",
    "decidedAt",
    "reviewer.name",
    "reviewerBy",
    "second.name",
    "secondDecision",
    "opened",
    "seconds",
    "bulk",
    "verifiedAt",
    "verifiedBy",
    "age",
    "exemption.reason",
    "exemption.owner",
    "exemption.until",
    "handedOff",
    "subject",
    "key",
    "item",
  ],
};

/** What a column holds. A flag is true or false; a list has several texts. */
export type Kind = "text" | "number" | "time" | "flag" | "list";

/** By the last part of the name, which means the same in every report. What is not named here is text. */
const KINDS: Record<string, Kind> = {
  ...Object.fromEntries(
    [
      "rank",
      "accounts",
      "people",
      "entitlements",
      "successes",
      "failures",
      "manual",
      "attempted",
      "leftInFailure",
      "httpStatus",
      "open",
      "affected",
      "attempts",
      "age",
      "latency",
      "openFor",
      "slaSeconds",
      "idleDays",
      "records",
      "events",
      "rejected",
      "perDay",
      "newSince",
      "value",
      "of",
      "have",
      "seconds",
      "bulk",
    ].map((name) => [name, "number" as const]),
  ),
  ...Object.fromEntries(
    ["firstSeen", "lastSeen", "nothingSince", "until", "at"].map((name) => [name, "time" as const]),
  ),
  ...Object.fromEntries(
    ["uncovered", "breached", "accessAfterLeaving", "active", "activityKnown", "opened"].map((name) => [
      name,
      "flag" as const,
    ]),
  ),
  ...Object.fromEntries(
    ["items", "notes", "grants", "gaps", "flags", "drift", "remove", "handedOff"].map((name) => [
      name,
      "list" as const,
    ]),
  ),
};

/** Names ending so are times. */
const TIME = /At$/u;

export function kindOf(report: TableName, column: string): Kind {
  // Of an account they are the groups and roles themselves; elsewhere how many there are.
  if ((report === "accounts" || report === "review") && column === "entitlements") return "list";
  const last = column.slice(column.lastIndexOf(".") + 1);
  return KINDS[last] ?? (TIME.test(last) ? "time" : "text");
}

type Listed = string | FailureItem | FailureNote | Grant | SourceGap | ReviewItemRow["drift"][number];

/** One of a list by the name people know it by: a failure's item by its user name, a gap by its sentence. */
function nameOf(value: Listed): string {
  if (typeof value === "string") return value;
  if ("entitlement" in value && "movedAt" in value)
    return value.change === null ? value.entitlement : `${value.entitlement} (${value.change})`;
  if ("text" in value) return `${value.text} (${value.by}, ${value.at})`;
  if ("provenance" in value) return `${value.name} (${value.provenance})`;
  return "why" in value ? value.why : (value.userName ?? value.account ?? "the connection itself");
}

/** The names in a list. */
export const namesIn = (values: readonly Listed[]): string[] => values.map(nameOf);

/** What stands in a column of a row, as the contract has it. */
export function fieldOf(column: string): (row: object) => unknown {
  const path = column.split(".");
  if (path.length === 1) return (row) => (row as Record<string, unknown>)[column];
  // What a row may lack as a whole has no parts.
  return (row) =>
    path.reduce<unknown>(
      (value, part) => (value === null ? null : (value as Record<string, unknown>)[part]),
      row,
    );
}
