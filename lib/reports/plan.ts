/** What to automate next, as a plan: made of the coverage report alone, so that both say the same. */
import { stringify } from "csv-stringify/sync";
import type { Capability } from "../lifecycle/types.ts";
import type { CoverageReport, CoverageRow, PlanGap, PlanRow } from "./contract.ts";
import { neutralised } from "./csv-text.ts";

const CAPABILITIES = ["joiner", "mover", "roles", "leaver"] as const satisfies readonly Capability[];

/** What provisioning has to carry for each capability, as SCIM names it (RFC 7644 §3.3 to §3.6). */
const NEEDS: Record<Capability, string> = {
  joiner: "create accounts",
  mover: "carry changes of attributes",
  roles: "carry groups and roles",
  leaver: "deactivate or delete accounts",
};

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

const plural = (value: number, one: string, many = `${one}s`): string =>
  `${value} ${value === 1 ? one : many}`;

const manualChanges = ({ cells }: CoverageRow): number =>
  CAPABILITIES.reduce((sum, capability) => sum + cells[capability].manual, 0);

/** What is not carried: where all of an application is in use without any, every capability; else what is not automated. */
function gapsOf({ cells }: CoverageRow): PlanGap[] {
  return CAPABILITIES.filter((capability) => cells[capability].state !== "automated").map((capability) => {
    const { state, why, lastEventId } = cells[capability];
    return { capability, state, why, eventId: lastEventId };
  });
}

function whatOf({ uncovered }: CoverageRow, missing: readonly PlanGap[]): string {
  if (missing.length === 0) return "Let provisioning make the changes that are still made beside it.";
  const needs = listed(missing.map(({ capability }) => NEEDS[capability]));
  return uncovered
    ? `Connect the application, and let provisioning ${needs}.`
    : `Extend provisioning to ${needs}.`;
}

function whyOf(row: CoverageRow, days: number): string {
  const parts = [];
  const manual = manualChanges(row);
  if (manual > 0) parts.push(`${plural(manual, "change")} in ${days} days made without provisioning`);
  if (row.people > 0) parts.push(`${plural(row.people, "person", "people")} exposed`);
  if (row.notByScim.accounts > 0)
    parts.push(`${row.notByScim.accounts} of ${plural(row.accounts, "active account")} not made by it`);
  const text = listed(parts);
  return text === "" ? "Accounts or sign-ins were seen, never a provisioning event." : `${text}.`;
}

/** The applications that change by hand or are in use without provisioning, in the order of their rank. */
export function planRows(report: CoverageReport): PlanRow[] {
  return report.rows
    .filter((row) => row.uncovered || manualChanges(row) > 0)
    .toSorted((a, b) => a.rank - b.rank)
    .map((row) => {
      const missing = gapsOf(row);
      return {
        rank: row.rank,
        application: row.application,
        what: whatOf(row, missing),
        why: whyOf(row, report.window.days),
        manualChanges: manualChanges(row),
        people: row.people,
        accounts: row.accounts,
        accountsNotByScim: row.notByScim.accounts,
        entitlementsNotByScim: row.notByScim.entitlements,
        missing,
      };
    });
}

const COLUMNS = [
  "rank",
  "application",
  "what",
  "why",
  "manualChanges",
  "people",
  "accounts",
  "accountsNotByScim",
  "entitlementsNotByScim",
  "missing",
  "proofs",
] as const;

/**
 * The plan as CSV, by the rules of the reports' CSV; `proofs` has the address of each event that shows what is missing.
 * @param origin where this installation answers, without a slash at the end.
 */
export function planCsv(report: CoverageReport, origin: string): string {
  const rows = planRows(report).map(({ missing, ...row }) => ({
    ...row,
    missing: missing.map(({ capability, state, why }) => `${capability}: ${state}. ${why}`).join("; "),
    proofs: missing
      .flatMap(({ eventId }) => (eventId === null ? [] : `${origin}/events/${encodeURIComponent(eventId)}`))
      .join(" "),
  }));
  return stringify(rows, { header: true, columns: [...COLUMNS], cast: { string: neutralised } });
}
