/** JSON of one page of a report. */
import type { ReportName, Reports } from "../contract.ts";
import type { Facets } from "../table.ts";

/**
 * The report with some of its rows. Lists beside them are cut to what a page shows: a curve to 400 steps, moves to as many as
 * there are rows, a failure group's items to one, the curves of offboarding's groups to those of twelve of each kind.
 */
export type ReportPage<N extends ReportName> = Paged<Reports[N]>;

/** The rows of such a page alone. */
export type ReportRows<N extends ReportName> = Paged<Pick<Reports[N], "asOf" | "rows"> & { renewing?: true }>;

/** Some rows of a table, and how many there are. */
export type Paged<T> = T & {
  page: {
    /** Rows that the filters leave. */
    total: number;
    /** Rows of the whole report. */
    all: number;
    /** What asks for the next page; null on the last one. */
    next: string | null;
    /** Where `facets` asked for them: how often each value of a column stands among the rows that all other filters leave. */
    facets?: Facets;
  };
};
