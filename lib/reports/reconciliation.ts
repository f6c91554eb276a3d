/** Report reconciliation: where what applications show differs from what should be. docs/semantics.md §15. */
import { createHash } from "node:crypto";
import type { FailureDecision } from "../../db/queries/failure-decisions.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { SETTLING_MS } from "../lifecycle/reconcile.ts";
import {
  type AccountRow,
  DIFFERENCE_KINDS,
  type DifferenceFacts,
  type DifferenceKind,
} from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { baseOf, byText, iso, isoOrNull, labelOf, seconds } from "./base.ts";
import type { ReconciledApplication, ReconciliationRow } from "./contract.ts";
import { decidedOf } from "./decided.ts";
import { type NewFold, Tally } from "./fold.ts";
import type { About, ModelPart } from "./model.ts";
import type { Reading } from "./readings.ts";

/** A finding before it is told in words; what showed an account missing is a reading. */
type Finding = Omit<DifferenceFacts, "foundEventId" | "shownIn"> & { foundEventId: string | null };

const TREND_POINTS = 60;

/** An id for links and decisions: of what differs alone, so that it stays while it is open and when it comes again. */
const findingId = ({ application, account, kind, what }: Finding): string =>
  createHash("sha256")
    .update(JSON.stringify([application, account, kind, what]))
    .digest("hex")
    .slice(0, 16);

/** The first complete reading that began after a moment. */
const completeAfter = (readings: readonly Reading[], at: number): Reading | undefined =>
  readings.find(({ complete, startedAt }) => complete && startedAt > at);

/** An account that a complete reading did not bring, though it should be there. */
function missing(account: AccountRow, readings: readonly Reading[]): Finding | null {
  const { awaitedSince, awaitedEventId, shownIn, provenanceEventId } = account;
  if (awaitedSince === undefined) return null;
  const reading = completeAfter(readings, Math.max(awaitedSince + SETTLING_MS, shownIn ?? -Infinity));
  if (reading === undefined) return null;
  return {
    subject: account.subject,
    application: account.application,
    account: account.account,
    accountUserName: account.userName,
    kind: "missing",
    what: null,
    expected: "there",
    found: "not there",
    expectedEventId: awaitedEventId ?? provenanceEventId,
    foundEventId: reading.eventId,
    openedAt: reading.endedAt,
    closedAt: null,
  };
}

/**
 * Whether an account that nothing says should be there is one too many: where provisioning makes accounts, each that it did not make;
 * else each whose owner nobody knows.
 */
const isExtra = (
  { across, people }: ModelPart,
  { subject, application, expected }: DifferenceFacts,
): boolean =>
  expected !== "none" || across.provisioned.has(application) || people.get(subject)?.kind !== "identity";

/** All findings of a part, those that are closed too. */
function findingsOf(part: ModelPart): Finding[] {
  const readingsOf = (application: string) => part.across.readings.get(application) ?? [];
  const shown = part.differences
    .filter((one) => one.kind !== "extra" || isExtra(part, one))
    .map(({ shownIn, ...one }): Finding => {
      const first = one.kind === "missing" ? completeAfter(readingsOf(one.application), shownIn) : undefined;
      if (first !== undefined) return { ...one, openedAt: first.endedAt, foundEventId: first.eventId };
      // Where a complete reading did not bring the account any more, there is nothing left that differs.
      const gone =
        one.closedAt === null ? completeAfter(readingsOf(one.application), shownIn)?.endedAt : undefined;
      return gone === undefined ? one : { ...one, closedAt: gone };
    });
  const away = part.accounts
    .map((account) => missing(account, readingsOf(account.application)))
    .filter((one) => one !== null);
  return [...shown, ...away];
}

function rowOf(
  about: About,
  finding: Finding,
  decisions: ReadonlyMap<string, readonly FailureDecision[]>,
): ReconciliationRow {
  const { openedAt, closedAt } = finding;
  const id = findingId(finding);
  const own = decisions.get(id) ?? [];
  const item = {
    firstSeen: openedAt,
    lastSeen: closedAt ?? openedAt,
    openSince: closedAt === null ? openedAt : null,
  };
  const { newSince: _, ...decided } = decidedOf(own, [item], about.asOf);
  return {
    id,
    application: labelOf(about, finding.application),
    account: finding.account,
    userName: finding.accountUserName,
    subject: finding.subject,
    kind: finding.kind,
    what: finding.what,
    expected: finding.expected,
    found: finding.found,
    expectedEventId: finding.expectedEventId,
    foundEventId: finding.foundEventId,
    openedAt: iso(openedAt),
    closedAt: isoOrNull(closedAt),
    age: closedAt === null ? seconds(about.asOf - openedAt) : null,
    ...decided,
  };
}

const RANK = new Map<DifferenceKind, number>(DIFFERENCE_KINDS.map((kind, rank) => [kind, rank]));

/** What is open first, by what it may cost, the oldest on top. */
function byUrgency(a: ReconciliationRow, b: ReconciliationRow): number {
  const closed = (row: ReconciliationRow) => Number(row.closedAt !== null);
  return (
    closed(a) - closed(b) ||
    (RANK.get(a.kind) ?? 0) - (RANK.get(b.kind) ?? 0) ||
    byText(a.openedAt, b.openedAt) ||
    byText(a.application, b.application) ||
    byText(a.account, b.account) ||
    byText(a.what ?? "", b.what ?? "")
  );
}

/** Follows how many findings an application had open. */
class Trend {
  open = 0;
  private readonly changes: { at: number; by: 1 | -1 }[] = [];

  add({ openedAt, closedAt }: Pick<Finding, "openedAt" | "closedAt">): void {
    this.changes.push({ at: openedAt, by: 1 });
    if (closedAt === null) this.open += 1;
    else this.changes.push({ at: closedAt, by: -1 });
  }

  /** @param times in order. */
  at(times: readonly number[]): ReconciledApplication["trend"] {
    const changes = this.changes.toSorted((a, b) => a.at - b.at);
    let open = 0;
    let next = 0;
    return times.map((at) => {
      for (; (changes[next]?.at ?? Infinity) <= at; next++) open += changes[next]?.by ?? 0;
      return { at: iso(at), open };
    });
  }
}

function applicationOf(
  about: About,
  application: string,
  readings: readonly Reading[],
  trend: Trend,
): ReconciledApplication | null {
  const last = readings.at(-1);
  if (last === undefined) return null;
  const complete = readings.filter((reading) => reading.complete);
  const { how, accounts, why } = last;
  return {
    application: labelOf(about, application),
    how,
    readAt: iso(last.endedAt),
    complete: last.complete,
    why,
    completeAt: isoOrNull(complete.at(-1)?.endedAt ?? null),
    accounts,
    open: trend.open,
    trend: trend.at(complete.slice(-TREND_POINTS).map(({ endedAt }) => endedAt)),
  };
}

export const reconciliationFold: NewFold<"reconciliation"> = (about, params, list) => {
  const { asOf, across } = about;
  const to = Math.min(params.to ?? asOf, asOf);
  const from = params.from ?? null;
  const isWanted = ofApplication(params);
  const decisions = groupBy(about.failureDecisions, ({ group }) => group);
  const rows = list<ReconciliationRow>(byUrgency);
  const kinds = new Tally<DifferenceKind | "findings" | "closed">();
  const trends = new Map<string, Trend>();
  return {
    take(part) {
      for (const finding of findingsOf(part)) {
        if (!isWanted(finding) || finding.openedAt > to) continue;
        const trend = trends.get(finding.application) ?? new Trend();
        trends.set(finding.application, trend);
        trend.add(finding);
        if (from !== null && finding.closedAt !== null && finding.closedAt < from) continue;
        kinds.add("findings");
        kinds.add(finding.closedAt === null ? finding.kind : "closed");
        rows.add(rowOf(about, finding, decisions));
      }
    },
    result() {
      const applications = [...across.readings]
        .filter(([application]) => isWanted({ application }))
        .map(([application, readings]) =>
          applicationOf(about, application, readings, trends.get(application) ?? new Trend()),
        )
        .filter((row) => row !== null)
        .sort((a, b) => b.open - a.open || byText(a.application, b.application));
      const byKind = Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, kinds.of(kind)])) as Record<
        DifferenceKind,
        number
      >;
      return {
        ...baseOf(about, { settlingSeconds: seconds(SETTLING_MS) }),
        from: isoOrNull(from),
        to: iso(to),
        summary: {
          findings: kinds.of("findings"),
          open: kinds.of("findings") - kinds.of("closed"),
          closed: kinds.of("closed"),
          applications: applications.length,
          ...byKind,
        },
        rows: rows.sorted(),
        applications,
      };
    },
  };
};
