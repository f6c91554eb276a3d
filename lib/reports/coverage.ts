/** Report coverage: which capability of which application SCIM carries, with its proof. docs/semantics.md §8. */

import { capabilityOfOperation } from "../lifecycle/capability.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type {
  AccountFacts,
  Capability,
  CoverageFact,
  FailureItemRow,
  Sighting,
  SubjectId,
} from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { baseOf, byText, iso, isoOrNull, labelOf } from "./base.ts";
import type { CoverageCell, CoverageReport, CoverageRow, CoverageState, ReportParams } from "./contract.ts";
import { failureItems } from "./failures.ts";
import type { Model } from "./model.ts";
import { isPastSla } from "./offboarding.ts";
import { DAY, SETTINGS, usedSlas } from "./settings.ts";

const CAPABILITIES = ["joiner", "mover", "roles", "leaver"] as const satisfies readonly Capability[];

/** What a cell is worked out from. */
interface CellInput {
  facts: CoverageFact[];
  from: number;
  asOf: number;
  /** A failure of this application and capability, or of its connection, has been open past its SLA. */
  stale: boolean;
  /** Leaver steps without an end past their SLA. */
  late: number;
}

/** What one account or group has come to in the window. */
function lastAttempts(attempts: readonly CoverageFact[]): CoverageFact[] {
  const last = new Map<string, CoverageFact>();
  for (const fact of attempts) {
    const key = `${fact.subject}\u0000${fact.account}`;
    const known = last.get(key);
    const later =
      known === undefined || fact.at > known.at || (fact.at === known.at && fact.eventId > known.eventId);
    if (later) last.set(key, fact);
  }
  return [...last.values()];
}

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

function cellOf({ facts, from, asOf, stale, late }: CellInput): CoverageCell {
  const attempts = facts.filter((fact) => fact.kind !== "manual");
  const inWindow = attempts.filter((fact) => fact.at >= from);
  const successes = inWindow.filter((fact) => fact.kind === "success").length;
  const manual = facts.filter((fact) => fact.kind === "manual" && fact.at >= from).length;
  const last = lastAttempts(inWindow);
  const leftInFailure = last.filter((fact) => fact.kind === "failure").length;
  const proof = (attempts.length > 0 ? attempts : facts).reduce<CoverageFact | null>(
    (a, b) => (a === null || b.at > a.at || (b.at === a.at && b.eventId > a.eventId) ? b : a),
    null,
  );
  const { state, why } = judge();
  return {
    state,
    successes,
    failures: inWindow.length - successes,
    manual,
    lastEventAt: isoOrNull(proof?.at ?? null),
    lastEventId: proof?.eventId ?? null,
    attempted: last.length,
    leftInFailure,
    why,
  };

  function judge(): { state: CoverageState; why: string } {
    if (inWindow.length > 0) {
      if (successes === 0)
        return { state: "degraded", why: `${plural(inWindow.length, "attempt")}, none succeeded.` };
      if (leftInFailure > SETTINGS.degradedShare * last.length) {
        const whose = `${leftInFailure} of ${plural(last.length, "account")}`;
        return {
          state: "degraded",
          why: `${whose} left in failure: more than ${SETTINGS.degradedShare * 100} %.`,
        };
      }
      if (stale) return { state: "degraded", why: "A failure has been open for more than 72 hours." };
      if (late > 0)
        return { state: "degraded", why: `${plural(late, "leaver step")} past the SLA without an end.` };
      return { state: "automated", why: `${plural(successes, "change")} carried over in the window.` };
    }
    if (manual > 0) {
      return {
        state: "manual",
        why: `${plural(manual, "change")} in the window that no provisioning explains.`,
      };
    }
    const before = attempts.filter((fact) => fact.kind === "success" && fact.at <= asOf);
    if (before.length > 0)
      return { state: "untested", why: "It worked before the window; nothing was seen in it." };
    return { state: "none", why: "No provisioning event and no change was ever seen." };
  }
}

/** People with an active account or a sign-in since `from`. */
function exposed(accounts: readonly AccountFacts[], sightings: readonly Sighting[], from: number) {
  const signedIn = sightings.filter(({ lastSignInAt }) => lastSignInAt !== null && lastSignInAt >= from);
  return new Set([...accounts.filter(({ active }) => active), ...signedIn].map(({ subject }) => subject));
}

const isStale = (item: FailureItemRow, asOf: number): boolean =>
  item.openSince !== null && asOf - item.openSince > SETTINGS.failureSla;

/** Automate first what causes the most manual changes, then what exposes the most people. */
function ranked(rows: Omit<CoverageRow, "rank">[]): CoverageRow[] {
  const manual = (row: Omit<CoverageRow, "rank">) =>
    CAPABILITIES.reduce((sum, capability) => sum + row.cells[capability].manual, 0);
  return rows
    .toSorted((a, b) => manual(b) - manual(a) || b.people - a.people || byText(a.application, b.application))
    .map((row, i) => ({ ...row, rank: i + 1 }));
}

export function coverageReport(model: Model, params: ReportParams): CoverageReport {
  const from = params.from ?? model.asOf - (params.days ?? SETTINGS.coverageWindowDays) * DAY;
  const days = Math.round((model.asOf - from) / DAY);
  const facts = groupBy(model.coverage, (fact) => `${fact.application}\u0000${fact.capability}`);
  const stale = failureItems(model).filter((item) => isStale(item, model.asOf));
  const late = groupBy(
    model.steps.filter((step) => isPastSla(step, model.asOf, model.slaOf(step.application))),
    (step) => step.application,
  );
  const holdings = groupBy(
    model.entitlements.filter(({ heldUntil, provenance }) => heldUntil === null && provenance !== "scim"),
    (entitlement) => entitlement.application,
  );
  const sightings = groupBy(model.sightings, (sighting) => sighting.application);
  const accounts = groupBy(model.accounts, (account) => account.application);
  const peopleAt = new Map<string, Set<SubjectId>>();
  const rows = [...sightings].map(([application, seen]): Omit<CoverageRow, "rank"> => {
    const cell = (capability: Capability) =>
      cellOf({
        facts: facts.get(`${application}\u0000${capability}`) ?? [],
        from,
        asOf: model.asOf,
        stale: stale.some(
          (item) =>
            item.application === application &&
            (item.connection || capabilityOfOperation(item.operation, item.account === null) === capability),
        ),
        late: capability === "leaver" ? (late.get(application)?.length ?? 0) : 0,
      });
    const own = accounts.get(application) ?? [];
    const active = own.filter((account) => account.active);
    const people = exposed(own, seen, from);
    peopleAt.set(labelOf(model, application), people);
    return {
      application: labelOf(model, application),
      cells: { joiner: cell("joiner"), mover: cell("mover"), roles: cell("roles"), leaver: cell("leaver") },
      accounts: active.length,
      people: people.size,
      notByScim: {
        accounts: active.filter((account) => account.provenance !== "scim").length,
        entitlements: (holdings.get(application) ?? []).filter((holding) =>
          active.some(({ subject, account }) => subject === holding.subject && account === holding.account),
        ).length,
      },
      uncovered:
        !seen.some((sighting) => sighting.provisioned) &&
        (own.length > 0 || seen.some((sighting) => sighting.lastSignInAt !== null)),
      customer: model.customer,
    };
  });
  const all = ranked(rows).filter(ofApplication(params));
  const covered = (row: CoverageRow) =>
    row.cells.joiner.state === "automated" || row.cells.leaver.state === "automated";
  const cells: Record<CoverageState, number> = { automated: 0, degraded: 0, untested: 0, manual: 0, none: 0 };
  for (const row of all) for (const capability of CAPABILITIES) cells[row.cells[capability].state]++;
  const sum = (of: readonly CoverageRow[]) => of.reduce((total, row) => total + row.accounts, 0);
  return {
    ...baseOf(model, {
      windowDays: days,
      degradedShare: SETTINGS.degradedShare,
      failureSlaHours: 72,
      slaHours: 24,
    }),
    window: { from: iso(from), to: iso(model.asOf), days },
    summary: {
      applications: all.length,
      uncovered: all.filter((row) => row.uncovered).length,
      cells,
      accounts: sum(all),
      accountsCovered: sum(all.filter(covered)),
      people: new Set(all.flatMap(({ application }) => [...(peopleAt.get(application) ?? [])])).size,
    },
    customers: null,
    slas: usedSlas(
      model.applicationSettings,
      model.labels,
      all.map((row) => row.application),
    ),
    rows: all.toSorted((a, b) => byText(applicationKey(a.application), applicationKey(b.application))),
  };
}
