/** The rows of a report as CSV: one line a row, a column for each field of the contract. */
import { stringify } from "csv-stringify/sync";
import type {
  CoverageCell,
  FailureItem,
  FailureNote,
  Grant,
  ReportName,
  Reports,
  SourceGap,
} from "./contract.ts";
import { neutralised } from "./csv-text.ts";

type Row<N extends ReportName> = Reports[N]["rows"][number];
type Leaf = string | number | boolean | null | readonly unknown[];
/** Names of a row's fields, those of nested objects with a point: `identity.userName`. */
type Field<T> = {
  [K in keyof T & string]: T[K] extends Leaf ? K : `${K}.${Field<T[K]>}`;
}[keyof T & string];

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
] as const satisfies readonly (keyof CoverageCell)[];

const CELLS = (["joiner", "mover", "roles", "leaver"] as const).flatMap((capability) =>
  CELL.map((field) => `cells.${capability}.${field}` as const),
);

const COLUMNS: { [N in ReportName]: readonly Field<Row<N>>[] } = {
  coverage: [
    "rank",
    "application",
    "uncovered",
    "accounts",
    "people",
    "notByScim.accounts",
    "notByScim.entitlements",
    ...CELLS,
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
};

/** Rows turned into text at once: few enough that their text stays small beside the report itself. */
const BATCH = 1000;

/** A list in one cell: names as they stand, those affected by a failure by the name people know them by, gaps in words. */
function listed(values: readonly (string | FailureItem | FailureNote | Grant | SourceGap)[]): string {
  return values
    .map((value) => {
      if (typeof value === "string") return value;
      if ("text" in value) return `${value.text} (${value.by}, ${value.at})`;
      if ("provenance" in value) return `${value.name} (${value.provenance})`;
      return "why" in value ? value.why : (value.userName ?? value.account ?? "the connection itself");
    })
    .join("; ");
}

const cast = {
  boolean: String,
  string: neutralised,
  object: (value: object) => neutralised(Array.isArray(value) ? listed(value) : JSON.stringify(value)),
};

/**
 * The CSV of a report in pieces: a header line, then its rows. UTF-8, commas, lines end in LF, text quoted where needed;
 * empty cell for null. A text that a spreadsheet would run as a formula gets a leading apostrophe.
 */
export function* csvPieces<N extends ReportName>(name: N, report: Reports[N]): Generator<string> {
  const columns = [...COLUMNS[name]];
  yield stringify([columns]);
  for (let start = 0; start < report.rows.length; start += BATCH) {
    yield stringify(report.rows.slice(start, start + BATCH), { columns, cast });
  }
}

/** The whole CSV of a report; see {@link csvPieces}. */
export function reportCsv<N extends ReportName>(name: N, report: Reports[N]): string {
  return [...csvPieces(name, report)].join("");
}
