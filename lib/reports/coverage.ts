/** Report coverage: which capability of which application SCIM carries, with its proof. docs/semantics.md §8. */

import { utc } from "@date-fns/utc";
import { format } from "date-fns/format";
import { capabilityOfOperation } from "../lifecycle/capability.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type {
  AccountFacts,
  Capability,
  CoverageFact,
  EntitlementFacts,
  FailureItemRow,
  Sighting,
  SubjectId,
  TrialFact,
} from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { baseOf, byText, iso, isoOrNull, labelOf } from "./base.ts";
import type { CellTrial, CoverageCell, CoverageRow, CoverageState } from "./contract.ts";
import { failureItems } from "./failures.ts";
import type { NewFold } from "./fold.ts";
import type { ModelPart } from "./model.ts";
import { isPastSla } from "./offboarding.ts";
import { DAY, SETTINGS, usedSlas } from "./settings.ts";

const CAPABILITIES = ["joiner", "mover", "roles", "leaver"] as const satisfies readonly Capability[];

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const isNewer = (fact: CoverageFact, than: CoverageFact): boolean =>
  fact.at > than.at || (fact.at === than.at && fact.eventId > than.eventId);

const newer = <F extends CoverageFact>(known: F | null, fact: F): F =>
  known === null || isNewer(fact, known) ? fact : known;

/** What one account or group of the facts has come to. */
function lastAttempts(attempts: readonly CoverageFact[]): CoverageFact[] {
  const last = new Map<string, CoverageFact>();
  for (const fact of attempts) {
    const key = `${fact.subject}\u0000${fact.account}`;
    last.set(key, newer(last.get(key) ?? null, fact));
  }
  return [...last.values()];
}

const isOfTrial = (fact: CoverageFact): fact is TrialFact =>
  fact.kind === "proved" || fact.kind === "disproved";

const TRIAL_WORDS: Readonly<Record<TrialFact["trial"], string>> = {
  drill: "A drill",
  followed: "A followed test person",
  conformance: "A conformance check",
};

/** When a trial showed what: `A drill failed on 20 Nov 2026.` */
const trialSaid = ({ trial, kind, at }: TrialFact): string =>
  `${TRIAL_WORDS[trial]} ${kind === "proved" ? "proved it" : "failed"} on ${format(at, "d MMM yyyy", { in: utc })}.`;

const cellTrial = ({ trial, kind, at, eventId }: TrialFact): CellTrial => ({
  kind: trial,
  verdict: kind === "proved" ? "passed" : "failed",
  at: iso(at),
  eventId,
});

/** What a cell is worked out from, counted. */
class CellFacts {
  /** Attempts in the window. */
  private attempts = 0;
  private successes = 0;
  private manual = 0;
  /** Accounts and groups with an attempt in the window, and those of them that it has left in failure. */
  private attempted = 0;
  private leftInFailure = 0;
  private newestAttempt: CoverageFact | null = null;
  private newestFact: CoverageFact | null = null;
  private newestSuccess: CoverageFact | null = null;
  private newestTrial: TrialFact | null = null;
  /** A failure of this application and capability, or of its connection, has been open past its SLA. */
  isStale = false;
  /** Leaver steps without an end past their SLA. */
  late = 0;

  constructor(
    private readonly from: number,
    private readonly asOf: number,
  ) {}

  /** @param facts of this cell; all that there are of a subject come together. */
  take(facts: readonly CoverageFact[]): void {
    const inWindow: CoverageFact[] = [];
    for (const fact of facts) {
      const { kind, at } = fact;
      if (isOfTrial(fact)) {
        if (at <= this.asOf) this.newestTrial = newer(this.newestTrial, fact);
        continue;
      }
      this.newestFact = newer(this.newestFact, fact);
      if (kind === "manual") {
        if (at >= this.from) this.manual += 1;
        continue;
      }
      this.newestAttempt = newer(this.newestAttempt, fact);
      if (kind === "success" && at <= this.asOf) this.newestSuccess = newer(this.newestSuccess, fact);
      if (at < this.from) continue;
      inWindow.push(fact);
      if (kind === "success") this.successes += 1;
    }
    this.attempts += inWindow.length;
    const last = lastAttempts(inWindow);
    this.attempted += last.length;
    this.leftInFailure += last.filter(({ kind }) => kind === "failure").length;
  }

  cell(): CoverageCell {
    const proof = this.newestAttempt ?? this.newestFact;
    const { state, why } = this.judge();
    return {
      state,
      successes: this.successes,
      failures: this.attempts - this.successes,
      manual: this.manual,
      lastEventAt: isoOrNull(proof?.at ?? null),
      lastEventId: proof?.eventId ?? null,
      attempted: this.attempted,
      leftInFailure: this.leftInFailure,
      why,
      trial: this.newestTrial && cellTrial(this.newestTrial),
    };
  }

  /** What a trial has shown does not stand in for provisioning: it takes `automated` away, and gives it never. */
  private judge(): { state: CoverageState; why: string } {
    const judged = this.judgeAttempts();
    const trial = this.newestTrial;
    if (trial === null) return judged;
    const said = trialSaid(trial);
    const isNews = this.newestSuccess === null || trial.at > this.newestSuccess.at;
    if (trial.kind === "disproved" && isNews)
      return judged.state === "automated"
        ? { state: "degraded", why: `${said} Nothing was carried over since.` }
        : { ...judged, why: `${judged.why} ${said}` };
    if (trial.kind === "proved" && judged.state === "none")
      return { state: "untested", why: `${said} Provisioning was never seen to use it.` };
    if (trial.kind === "proved" && judged.state === "untested")
      return { ...judged, why: `${judged.why} ${said}` };
    return judged;
  }

  private judgeAttempts(): { state: CoverageState; why: string } {
    const { attempts, successes, manual, attempted, leftInFailure, late } = this;
    if (attempts > 0) {
      if (successes === 0)
        return { state: "degraded", why: `${plural(attempts, "attempt")}, none succeeded.` };
      if (leftInFailure > SETTINGS.degradedShare * attempted) {
        const whose = `${leftInFailure} of ${plural(attempted, "account")}`;
        return {
          state: "degraded",
          why: `${whose} left in failure: more than ${SETTINGS.degradedShare * 100} %.`,
        };
      }
      if (this.isStale) return { state: "degraded", why: "A failure has been open for more than 72 hours." };
      if (late > 0)
        return { state: "degraded", why: `${plural(late, "leaver step")} past the SLA without an end.` };
      return { state: "automated", why: `${plural(successes, "change")} carried over in the window.` };
    }
    if (manual > 0)
      return {
        state: "manual",
        why: `${plural(manual, "change")} in the window that no provisioning explains.`,
      };
    if (this.newestSuccess !== null)
      return { state: "untested", why: "It worked before the window; nothing was seen in it." };
    return { state: "none", why: "No provisioning event and no change was ever seen." };
  }
}

/** What an application's row is worked out from, counted. */
class ApplicationFacts {
  readonly cells: Record<Capability, CellFacts>;
  /** Its active accounts, and those of them that no provisioning made. */
  private active = 0;
  private notByScim = 0;
  /** Entitlements of active accounts that no provisioning gave. */
  private entitlements = 0;
  private people = 0;
  /** Somebody's records name it. */
  isSeen = false;
  private hasAccount = false;
  private hasSignIn = false;
  private isProvisioned = false;

  constructor(
    private readonly from: number,
    asOf: number,
  ) {
    const cell = () => new CellFacts(from, asOf);
    this.cells = { joiner: cell(), mover: cell(), roles: cell(), leaver: cell() };
  }

  /**
   * @param holdings its entitlements that are held and that no provisioning gave.
   * @returns the people with an active account or a sign-in in the window.
   */
  take(
    sightings: readonly Sighting[],
    accounts: readonly AccountFacts[],
    holdings: readonly EntitlementFacts[],
  ): Set<SubjectId> {
    const people = new Set<SubjectId>();
    this.isSeen = true;
    for (const { subject, provisioned, lastSignInAt } of sightings) {
      if (provisioned) this.isProvisioned = true;
      if (lastSignInAt !== null) this.hasSignIn = true;
      if (lastSignInAt !== null && lastSignInAt >= this.from) people.add(subject);
    }
    if (accounts.length > 0) this.hasAccount = true;
    const active = new Set<string>();
    for (const account of accounts) {
      if (!account.active) continue;
      this.active += 1;
      if (account.provenance !== "scim") this.notByScim += 1;
      people.add(account.subject);
      active.add(accountOf(account));
    }
    this.entitlements += holdings.filter((holding) => active.has(accountOf(holding))).length;
    this.people += people.size;
    return people;
  }

  row(application: string, customer: string | null): Omit<CoverageRow, "rank"> {
    const { joiner, mover, roles, leaver } = this.cells;
    return {
      application,
      cells: { joiner: joiner.cell(), mover: mover.cell(), roles: roles.cell(), leaver: leaver.cell() },
      accounts: this.active,
      people: this.people,
      notByScim: { accounts: this.notByScim, entitlements: this.entitlements },
      uncovered: !this.isProvisioned && (this.hasAccount || this.hasSignIn),
      customer,
    };
  }
}

const accountOf = ({ subject, account }: Pick<AccountFacts, "subject" | "account">): string =>
  `${subject}\u0000${account}`;

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

const EMPTY: readonly never[] = [];

/** What the failures and leavers of a part say of its applications' cells. */
function takeTroubles(part: ModelPart, factsOf: (application: string) => ApplicationFacts | undefined): void {
  for (const item of failureItems(part)) {
    if (!isStale(item, part.asOf)) continue;
    const cells = factsOf(item.application)?.cells;
    if (cells === undefined) continue;
    const concerned = item.connection
      ? CAPABILITIES
      : [capabilityOfOperation(item.operation, item.account === null)];
    for (const capability of concerned) if (capability !== null) cells[capability].isStale = true;
  }
  for (const step of part.steps) {
    if (!isPastSla(step, part.asOf, part.slaOf(step.application))) continue;
    const facts = factsOf(step.application);
    if (facts !== undefined) facts.cells.leaver.late += 1;
  }
}

export const coverageFold: NewFold<"coverage"> = (about, params) => {
  const { asOf } = about;
  const from = params.from ?? asOf - (params.days ?? SETTINGS.coverageWindowDays) * DAY;
  const days = Math.round((asOf - from) / DAY);
  const isWanted = ofApplication(params);
  const applications = new Map<string, ApplicationFacts>();
  // Its troubles may be known before anybody was seen there.
  const factsOf = (application: string): ApplicationFacts => {
    const facts = applications.get(application) ?? new ApplicationFacts(from, asOf);
    applications.set(application, facts);
    return facts;
  };
  let people = 0;
  return {
    take(part) {
      for (const own of groupBy(
        part.coverage,
        (fact) => `${fact.application}\u0000${fact.capability}`,
      ).values()) {
        const [{ application, capability }] = own as [CoverageFact];
        factsOf(application).cells[capability].take(own);
      }
      takeTroubles(part, factsOf);
      const holdings = groupBy(
        part.entitlements.filter(({ heldUntil, provenance }) => heldUntil === null && provenance !== "scim"),
        ({ application }) => application,
      );
      const accounts = groupBy(part.accounts, ({ application }) => application);
      const exposed = new Set<SubjectId>();
      for (const [application, seen] of groupBy(part.sightings, (sighting) => sighting.application)) {
        const facts = factsOf(application);
        const own = facts.take(seen, accounts.get(application) ?? EMPTY, holdings.get(application) ?? EMPTY);
        if (isWanted({ application })) for (const subject of own) exposed.add(subject);
      }
      people += exposed.size;
    },
    result() {
      // Where nothing but a failure names an application, nobody has been seen there.
      const seen = [...applications].filter(([, facts]) => facts.isSeen);
      const all = ranked(
        seen.map(([application, facts]) => facts.row(labelOf(about, application), about.customer)),
      ).filter(isWanted);
      const covered = (row: CoverageRow) =>
        row.cells.joiner.state === "automated" || row.cells.leaver.state === "automated";
      const cells = { automated: 0, degraded: 0, untested: 0, manual: 0, none: 0 };
      for (const row of all) for (const capability of CAPABILITIES) cells[row.cells[capability].state]++;
      const sum = (of: readonly CoverageRow[]) => of.reduce((total, row) => total + row.accounts, 0);
      return {
        ...baseOf(about, {
          windowDays: days,
          degradedShare: SETTINGS.degradedShare,
          failureSlaHours: 72,
          slaHours: 24,
        }),
        window: { from: iso(from), to: iso(asOf), days },
        summary: {
          applications: all.length,
          uncovered: all.filter((row) => row.uncovered).length,
          cells,
          accounts: sum(all),
          accountsCovered: sum(all.filter(covered)),
          people,
        },
        customers: null,
        slas: usedSlas(
          about.applicationSettings,
          about.across.labels,
          all.map((row) => row.application),
        ),
        rows: all.toSorted((a, b) => byText(applicationKey(a.application), applicationKey(b.application))),
      };
    },
  };
};
