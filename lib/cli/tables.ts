/** Reports as tables for people. */
import Table from "cli-table3";
import type { CoverageRow, ReportName, Reports, SourceCompleteness } from "../reports/contract.ts";

/** A terminal shows so many rows; --format csv and --json have all. */
const SHOWN = 40;
const GAPS_SHOWN = 3;

const NOBODYS = "No customer";

const day = (time: string | null): string => (time === null ? "–" : time.slice(0, 16).replace("T", " "));

function duration(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} days`;
}

type Printer<N extends ReportName> = {
  summary(report: Reports[N]): string;
  head: string[];
  row(row: Reports[N]["rows"][number]): (string | number)[];
};

const cell = (row: CoverageRow, capability: keyof CoverageRow["cells"]) => row.cells[capability].state;

const PRINTERS: { [N in ReportName]: Printer<N> } = {
  coverage: {
    summary: ({ summary }) =>
      `${summary.applications} applications, ${summary.uncovered} not covered at all; ${summary.accountsCovered} of ${summary.accounts} active accounts stand where joiners or leavers are automated.`,
    head: ["Application", "Joiner", "Mover", "Roles", "Leaver", "Accounts", "Rank"],
    row: (row) => [
      row.application,
      cell(row, "joiner"),
      cell(row, "mover"),
      cell(row, "roles"),
      cell(row, "leaver"),
      row.accounts,
      row.rank,
    ],
  },
  failures: {
    summary: ({ summary }) =>
      `${summary.open} of ${summary.groups} failure groups are open, ${summary.openItems} accounts in them.`,
    head: ["Application", "Operation", "Cause", "Code", "Open", "Affected", "Attempts", "Last seen", "State"],
    row: (row) => [
      row.application,
      row.operation,
      row.errorClass,
      row.errorCode ?? row.httpStatus ?? "–",
      row.open,
      row.affected,
      row.attempts,
      day(row.lastSeen),
      row.state,
    ],
  },
  offboarding: {
    summary: ({ summary }) =>
      `${summary.leavers} leavers, ${summary.steps} accounts: ${summary.completed + summary.early} ended, ${summary.open + summary.failing} not; median ${duration(summary.kaplanMeier.p50)}, 95th percentile ${duration(summary.kaplanMeier.p95)} with the open ones counted.`,
    head: ["Identity", "Application", "Left", "Ended", "Latency", "Status", "Access after"],
    row: (row) => [
      row.identity.userName,
      row.application,
      day(row.leftAt),
      day(row.endedAt),
      row.latency === null ? `open for ${duration(row.openFor)}` : duration(row.latency),
      row.status,
      row.accessAfterLeaving ? "yes" : "",
    ],
  },
  dormant: {
    summary: ({ summary, days }) =>
      `${summary.zombie} zombies, ${summary.orphan} orphans, ${summary["never-used"]} never used, ${summary.dormant} unused for over ${days} days; ${summary.unknown} accounts unknown.`,
    head: ["Status", "Application", "Account", "User name", "Last activity", "Idle days"],
    row: (row) => [
      row.status,
      row.application,
      row.account,
      row.userName ?? "–",
      day(row.lastActivityAt),
      row.idleDays ?? "–",
    ],
  },
  accounts: {
    summary: ({ summary }) => `${summary.accounts} accounts, ${summary.active} active.`,
    head: ["Application", "Account", "User name", "Identity", "Active", "Created", "Last event"],
    row: (row) => [
      row.application,
      row.account,
      row.userName ?? "–",
      row.identity ?? "nobody known",
      row.active ? "yes" : "no",
      day(row.createdAt),
      day(row.lastEventAt),
    ],
  },
  joiners: {
    summary: ({ summary }) =>
      `${summary.joiners} joiners, ${summary.steps} accounts: ${summary.completed} working, ${summary.open + summary.failing} not; a first account within ${duration(summary.firstAccount)} for half of them.`,
    head: ["Identity", "Application", "Joined", "Working", "Took", "Status", "Last error"],
    row: (row) => [
      row.identity.userName,
      row.application,
      day(row.joinedAt),
      day(row.workingAt),
      row.openFor === null ? duration(row.latency) : `open for ${duration(row.openFor)}`,
      row.status,
      row.lastError ?? "",
    ],
  },
  movers: {
    summary: ({ summary }) =>
      `${summary.movers} moves; ${summary.drift} entitlements left behind and still held, ${summary.outside} granted outside of provisioning; ${summary.affectedPeople} people concerned. ${summary.carried} of ${summary.steps} changes were carried to the applications.`,
    head: ["Identity", "Application", "Entitlement", "Kind", "Change", "Moved", "Granted", "Removed", "How"],
    row: (row) => [
      row.identity.userName,
      row.application,
      row.entitlement,
      row.kind,
      row.change ?? "–",
      day(row.movedAt),
      day(row.grantedAt),
      day(row.removedAt),
      row.provenance,
    ],
  },
  reconciliation: {
    summary: ({ summary }) =>
      `${summary.open} accounts, groups or attributes are otherwise at ${summary.applications} applications that were looked at than they should be; ${summary.closed} were and are right by now.`,
    head: ["Finding", "Application", "Account", "User name", "What", "Should be", "Is", "Since", "State"],
    row: (row) => [
      row.kind,
      row.application,
      row.account,
      row.userName ?? "–",
      row.what ?? "the account",
      row.expected,
      row.found,
      day(row.openedAt),
      row.closedAt === null ? row.state : `closed ${day(row.closedAt)}`,
    ],
  },
  completeness: {
    summary: ({ summary }) =>
      `${summary.records} records of ${summary.sources} sources, ${summary.rejected} more not readable; ${summary.gaps} gaps.`,
    head: ["Source", "Records", "Events", "Not readable", "First event", "Last event", "A day", "Gaps"],
    row: (row) => [
      row.source,
      row.records,
      row.events,
      row.rejected,
      day(row.firstEventAt),
      day(row.lastEventAt),
      row.perDay,
      row.gaps.length,
    ],
  },
  overview: {
    summary: ({ rows }) => {
      const inTime = rows.find(({ figure }) => figure === "leavers-in-time");
      return `${inTime?.value ?? 0} of ${inTime?.of ?? 0} leavers lost all access in time. --as-of tells the same figures of an earlier day.`;
    },
    head: ["Question", "Figure", "Value", "Of"],
    row: ({ question, figure, value, of, unit }) => [
      question,
      figure,
      unit === "seconds" ? duration(value) : (value ?? "–"),
      of ?? "–",
    ],
  },
};

/** The coverage of several customers: each row says whose it is. */
const BY_CUSTOMER: Printer<"coverage"> = {
  summary: (report) => {
    const lines = (report.customers ?? []).map(
      ({ customer, summary: { applications, uncovered, cells, people } }) =>
        `${customer ?? NOBODYS}: ${applications} applications, ${uncovered} not covered at all; capabilities: ${cells.automated} automated, ${cells.degraded} degraded, ${cells.manual} manual, ${cells.untested} untested, ${cells.none} none; ${people} people exposed.`,
    );
    return lines.join("\n");
  },
  head: ["Customer", ...PRINTERS.coverage.head],
  row: (row) => [row.customer ?? NOBODYS, ...PRINTERS.coverage.row(row)],
};

function printerOf<N extends ReportName>(name: N, report: Reports[N]): Printer<N> {
  const byCustomer = "customers" in report && report.customers !== null;
  return byCustomer ? (BY_CUSTOMER as Printer<ReportName> as Printer<N>) : PRINTERS[name];
}

/** Gaps in words, those after the first `shown` as a number. */
function gapLines(sources: readonly SourceCompleteness[], shown: number): string[] {
  const all = sources.flatMap(({ source, gaps }) => gaps.map(({ why }) => `${source}: ${why}`));
  const more = all.length - shown;
  return [...all.slice(0, shown), ...(more > 0 ? [`… and ${more} more gaps: report completeness.`] : [])];
}

/** @returns a sentence, the first rows as a table, and what was left out. */
export function reportTable<N extends ReportName>(name: N, report: Reports[N]): string {
  const printer = printerOf(name, report);
  const rows: readonly Reports[N]["rows"][number][] = report.rows;
  const table = new Table({ head: printer.head, style: { head: [], border: [], compact: true } });
  for (const row of rows.slice(0, SHOWN)) table.push(printer.row(row));
  const more = rows.length - SHOWN;
  const { sources, rejected, gaps } = report.completeness;
  const lines = [printer.summary(report), rows.length > 0 ? table.toString() : "No rows."];
  if (more > 0) lines.push(`… and ${more} more: --format csv or --json has all.`);
  lines.push(
    `As of ${day(report.asOf)} UTC; ${sources.length} sources, ${rejected} records not readable, ${gaps} gaps.`,
  );
  if (gaps > 0) lines.push(...gapLines(sources, name === "completeness" ? gaps : GAPS_SHOWN));
  return lines.join("\n");
}
