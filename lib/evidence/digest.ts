/**
 * What a pack's documents are made from: the figures of its reports and reviews, and of their rows no more than a document
 * prints. Taken while they go by, so that memory holds one report at a time.
 */
import type {
  CompletenessReport,
  CompletenessRow,
  CoverageReport,
  CoverageRow,
  CoverageState,
  CredentialStatus,
  CurveStep,
  DormantReport,
  DormantRow,
  FailureRow,
  FailuresReport,
  JoinersReport,
  MoversReport,
  OffboardingGroup,
  OffboardingReport,
  OffboardingRow,
  OverviewFigure,
  OverviewRow,
  ReconciliationReport,
  Reports,
  SourceGap,
} from "../reports/contract.ts";
import { type FoldedReport, Tally } from "../reports/fold.ts";
import { thinned } from "../reports/thinned.ts";
import type { ReviewAsOf } from "../reviews/as-of.ts";
import type { ReviewerFigures, ReviewItemRow } from "../reviews/contract.ts";

/** A table in a document has so many rows; the files of the reports have all. */
export const PRINTED_ROWS = 40;

/** Points of a curve: more than a page can show apart. */
const CURVE_POINTS = 200;

/** The first rows of a list, and how many there are. */
interface Printed<T> {
  rows: T[];
  all: number;
}

const printed = <T>(rows: readonly T[], most = PRINTED_ROWS): Printed<T> => ({
  rows: rows.slice(0, most),
  all: rows.length,
});

const nothing = <T>(): Printed<T> => ({ rows: [], all: 0 });

function print<T>(onto: Printed<T>, row: T): void {
  onto.all += 1;
  if (onto.rows.length < PRINTED_ROWS) onto.rows.push(row);
}

/** One application's cells, without what proves them. */
interface CoverageLine extends Pick<CoverageRow, "application" | "accounts" | "people" | "uncovered"> {
  states: Record<keyof CoverageRow["cells"], CoverageState>;
}

type Cause = Omit<FailureRow, "items" | "notes">;
type GroupLine = Omit<OffboardingGroup, "curve">;

export interface ReviewDigest
  extends Pick<
    ReviewAsOf,
    | "review"
    | "name"
    | "state"
    | "openedAt"
    | "openedBy"
    | "asOf"
    | "dueAt"
    | "endedAt"
    | "closedAt"
    | "overdue"
    | "counts"
  > {
  population: { rows: number; sha256: string };
  reviewers: Printed<ReviewerFigures>;
  exemptions: Printed<
    Pick<ReviewItemRow, "application" | "account" | "userName"> & NonNullable<ReviewItemRow["exemption"]>
  >;
}

export interface PackDigest {
  completeness: {
    summary: CompletenessReport["summary"];
    sources: Printed<CompletenessRow>;
    gaps: Printed<SourceGap & { source: string }>;
  };
  overview: Map<OverviewFigure, Pick<OverviewRow, "value" | "of">>;
  coverage: Pick<CoverageReport, "window" | "summary"> & { rows: Printed<CoverageLine> };
  failures: { summary: FailuresReport["summary"]; open: Printed<Cause> };
  offboarding: Pick<OffboardingReport, "from" | "to" | "summary"> & {
    slaSeconds: number;
    curve: CurveStep[];
    /** Seconds for which the longest step has been watched: the curve says nothing beyond. */
    watched: number;
    /** Steps without an end, the oldest first, and how many of them are past their SLA. */
    unfinished: Printed<OffboardingRow> & { pastSla: number };
    /** Steps with a use after the person left. */
    access: Printed<OffboardingRow>;
    applications: Printed<GroupLine>;
  };
  dormant: Pick<DormantReport, "days" | "summary"> & {
    /** Accounts of people who have left, and of nobody. */
    unowned: Printed<DormantRow>;
    unknown: Printed<DormantReport["unknown"][number]>;
    credentials: Record<CredentialStatus, number>;
  };
  joiners: JoinersReport["summary"];
  movers: MoversReport["summary"];
  reconciliation: ReconciliationReport["summary"];
  /** Null in a pack that is not of the whole workspace. */
  reviews: Printed<ReviewDigest> | null;
}

type Takers = { [N in keyof Reports]: (report: FoldedReport<N>) => Partial<PackDigest> };

const TAKERS: Takers = {
  coverage: ({ window, summary, rows }) => ({
    coverage: {
      window,
      summary,
      rows: printed(
        [...rows].map(({ application, accounts, people, uncovered, cells }) => ({
          application,
          accounts,
          people,
          uncovered,
          states: {
            joiner: cells.joiner.state,
            mover: cells.mover.state,
            roles: cells.roles.state,
            leaver: cells.leaver.state,
          },
        })),
      ),
    },
  }),
  failures({ summary, rows }) {
    const open = [...rows].filter(({ state }) => state !== "resolved");
    return {
      failures: {
        summary,
        open: {
          rows: open.slice(0, PRINTED_ROWS).map(({ items: _items, notes: _notes, ...cause }) => cause),
          all: open.length,
        },
      },
    };
  },
  offboarding({ from, to, summary, settings, curve, groups, rows }) {
    const unfinished = { ...nothing<OffboardingRow>(), pastSla: 0 };
    const access = nothing<OffboardingRow>();
    let watched = 0;
    for (const row of rows) {
      watched = Math.max(watched, row.latency ?? 0, row.openFor ?? 0);
      if (row.accessAfterLeaving) print(access, row);
      if (row.openFor === null) continue;
      // The report has the oldest of them on top.
      print(unfinished, row);
      if (row.breached) unfinished.pastSla += 1;
    }
    return {
      offboarding: {
        from,
        to,
        summary,
        slaSeconds: settings.slaSeconds ?? 0,
        curve: thinned([...curve], CURVE_POINTS).map(({ seconds, open, lower, upper }) => ({
          seconds,
          open,
          lower,
          upper,
        })),
        watched,
        unfinished,
        access,
        applications: {
          rows: groups.application.slice(0, PRINTED_ROWS).map(({ curve: _curve, ...group }) => group),
          all: groups.application.length,
        },
      },
    };
  },
  dormant({ days, summary, rows, unknown, credentials }) {
    const unowned = nothing<DormantRow>();
    for (const row of rows) if (row.status === "zombie" || row.status === "orphan") print(unowned, row);
    const statuses = new Tally<CredentialStatus>();
    for (const { status } of credentials) statuses.add(status);
    return {
      dormant: {
        days,
        summary,
        unowned,
        unknown: printed([...unknown]),
        credentials: {
          active: statuses.of("active"),
          unused: statuses.of("unused"),
          "never-used": statuses.of("never-used"),
          unrotated: statuses.of("unrotated"),
          "owner-left": statuses.of("owner-left"),
          "no-owner": statuses.of("no-owner"),
        },
      },
    };
  },
  accounts: () => ({}),
  joiners: ({ summary }) => ({ joiners: summary }),
  movers: ({ summary }) => ({ movers: summary }),
  reconciliation: ({ summary }) => ({ reconciliation: summary }),
  completeness: ({ summary, rows }) => ({
    completeness: {
      summary,
      sources: printed([...rows]),
      gaps: printed([...rows].flatMap(({ source, gaps }) => gaps.map((gap) => ({ source, ...gap })))),
    },
  }),
  overview: ({ rows }) => ({
    overview: new Map([...rows].map(({ figure, value, of }) => [figure, { value, of }])),
  }),
};

function reviewDigest(review: ReviewAsOf): ReviewDigest {
  const exempt = review.rows.flatMap(({ application, account, userName, exemption }) =>
    exemption === null ? [] : [{ application, account, userName, ...exemption }],
  );
  const { name, state, openedAt, openedBy, asOf, dueAt, endedAt, closedAt, overdue, counts } = review;
  return {
    review: review.review,
    name,
    state,
    openedAt,
    openedBy,
    asOf,
    dueAt,
    endedAt,
    closedAt,
    overdue,
    counts,
    population: { rows: review.population.rows, sha256: review.population.sha256 },
    reviewers: printed(review.reviewers),
    exemptions: printed(exempt),
  };
}

/** Takes reports and reviews one after another; `result` when all have gone by. */
export class DigestTaker {
  private digest: Partial<PackDigest> = {};
  private readonly reviews: ReviewDigest[] = [];
  private reviewsSeen = 0;

  take<N extends keyof Reports>({ name, report }: { name: N; report: FoldedReport<N> }): void {
    const taker: (report: FoldedReport<N>) => Partial<PackDigest> = TAKERS[name];
    Object.assign(this.digest, taker(report));
  }

  /** In the order in which they were opened: of more than are printed, the newest are kept. */
  takeReview(review: ReviewAsOf): void {
    this.reviewsSeen += 1;
    this.reviews.push(reviewDigest(review));
    if (this.reviews.length > PRINTED_ROWS) this.reviews.shift();
  }

  /**
   * @param withReviews whether the pack is one that has reviews, if there were any.
   * @throws when a report has not gone by.
   */
  result(withReviews: boolean): PackDigest {
    const part = <K extends keyof PackDigest>(name: K): PackDigest[K] => {
      const taken = this.digest[name];
      if (taken === undefined) throw new Error(`The pack's documents need the report ${name}.`);
      return taken as PackDigest[K];
    };
    return {
      completeness: part("completeness"),
      overview: part("overview"),
      coverage: part("coverage"),
      failures: part("failures"),
      offboarding: part("offboarding"),
      dormant: part("dormant"),
      joiners: part("joiners"),
      movers: part("movers"),
      reconciliation: part("reconciliation"),
      reviews: withReviews ? { rows: this.reviews, all: this.reviewsSeen } : null,
    };
  }
}
