/** A report page by page: its figures whole, its rows a part at a time. */
import { createHash } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { arrangedRows, codedReport } from "./arranged.ts";
import type { Paged, ReportPage } from "./contract/page.ts";
import type { ReportName, ReportParams, Reports } from "./contract.ts";
import { ParamProblem } from "./params.ts";
import { recentReport } from "./recent.ts";
import { arrangementKey, facetsOf, type TableQuery } from "./table.ts";
import { thinned } from "./thinned.ts";

/** Steps of a curve that fit side by side on a screen. */
const CURVE_STEPS = 400;
/** Of a failure group's items so many are told with its row: who they are is told whole without `limit`; `affected` counts them all. */
const ITEMS = 3;
const MAX_LIMIT = 1_000;
const SKIP = /^\d{1,9}$/u;

export interface PageWish {
  /** Rows, 1 to 1,000. */
  limit: number;
  /** `page.next` of the page before; none: the first one. */
  cursor?: string | undefined;
  /** Rows to pass over after that, so that somebody can go to the end of a long list. */
  skip?: number | undefined;
  /** Which rows, and in which order; none: all, as the report has them. */
  table?: TableQuery | undefined;
}

/**
 * Where a page begins: the moment of the report, so that all its pages are of one, the rows before it, and a mark of the
 * filters and the order that these rows are counted in (0: none).
 */
type Place = [asOf: number, offset: number, mark: number];

/** A query's mark, 1 to 2^32 - 1. */
function markOf(query: TableQuery | undefined): number {
  const key = query === undefined ? "" : arrangementKey(query);
  return key === "" ? 0 : createHash("sha256").update(key).digest().readUInt32BE(0) || 1;
}

/** No later time can be written. */
const LATEST = Date.parse("9999-12-31T23:59:59.999Z");

const cursorOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString("base64url");

function placeOf(cursor: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (
      Array.isArray(place) &&
      (place.length === 2 || place.length === 3) &&
      place.every((part) => Number.isSafeInteger(part) && part >= 0) &&
      place[0] <= LATEST
    ) {
      const [asOf, offset, mark = 0] = place as number[];
      return [asOf, offset, mark] as Place;
    }
  } catch {
    // Said below.
  }
  throw new ParamProblem("cursor", "cursor is none that a page before has given.");
}

/** @throws {ParamProblem} naming what can't be understood. */
export function parsePage(raw: {
  limit?: string | undefined;
  cursor?: string | undefined;
  skip?: string | undefined;
}): PageWish | null {
  if (raw.limit === undefined && raw.cursor === undefined) return null;
  const limit = Number(raw.limit ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new ParamProblem("limit", `limit takes a whole number from 1 to ${MAX_LIMIT}, not "${raw.limit}".`);
  if (raw.cursor !== undefined) placeOf(raw.cursor);
  if (raw.skip !== undefined && !SKIP.test(raw.skip))
    throw new ParamProblem("skip", `skip takes a number of rows, not "${raw.skip.slice(0, 100)}".`);
  return { limit, cursor: raw.cursor, ...(raw.skip === undefined ? {} : { skip: Number(raw.skip) }) };
}

/** What each report's lists beside its rows, and in them, are cut to. */
const SHORTENED: { [N in ReportName]?: (report: Reports[N], limit: number) => Reports[N] } = {
  offboarding: (report) => ({ ...report, curve: thinned(report.curve, CURVE_STEPS) }),
  movers: (report, limit) => ({ ...report, moves: report.moves.slice(0, limit) }),
  failures: (report) => ({
    ...report,
    rows: report.rows.map((row) => ({ ...row, items: row.items.slice(0, ITEMS) })),
  }),
};

interface Table {
  asOf: string;
  rows: readonly object[];
}

/** The part of a table that one page shows, from `place` on. */
async function partOf<T extends Table>(
  report: T,
  { limit, skip = 0, table }: PageWish,
  place = 0,
): Promise<Paged<T>> {
  const offset = place + skip;
  const end = offset + limit;
  const order = table === undefined ? null : await arrangedRows(report, table);
  const all: readonly unknown[] = report.rows;
  const rows =
    order === null ? all.slice(offset, end) : Array.from(order.subarray(offset, end), (at) => all[at]);
  const total = order?.length ?? all.length;
  const next = end < total ? cursorOf([Date.parse(report.asOf), end, markOf(table)]) : null;
  const page = {
    total,
    all: all.length,
    next,
    ...(table === undefined || table.facets.length === 0
      ? {}
      : { facets: await facetsOf(codedReport(report, table.report), table) }),
  };
  return { ...report, rows, page };
}

/** The part of a report that one page shows. */
async function pageOf<N extends ReportName>(
  name: N,
  report: Reports[N],
  wish: PageWish,
  place = 0,
): Promise<ReportPage<N>> {
  const part = await partOf<Reports[N]>(report, wish, place);
  return { ...(SHORTENED[name]?.(part, wish.limit) ?? part), page: part.page };
}

/**
 * One page of a table that is kept whole: its rows are those of now, wherever the page before ended.
 * @throws {ParamProblem} for a cursor that no page gave, or one with other filters or in another order.
 */
export async function tablePage<T extends Table>(report: T, wish: PageWish): Promise<Paged<T>> {
  if (wish.cursor === undefined) return partOf(report, wish);
  const [, offset, mark] = placeOf(wish.cursor);
  if (mark !== markOf(wish.table)) throw otherQuery();
  return partOf(report, wish, offset);
}

const otherQuery = () =>
  new ParamProblem("cursor", "cursor is of a page with other filters or in another order.");

/**
 * One page of a report. Pages that follow one another are of one moment: what comes meanwhile shifts no row.
 * @throws {ParamProblem} for a cursor that no page gave, or one with other filters or in another order.
 */
export async function reportPage<N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  params: ReportParams,
  wish: PageWish,
): Promise<ReportPage<N>> {
  const { report } = await recentReport(db, workspace, name, params);
  if (wish.cursor === undefined) return pageOf(name, report, wish);
  const [asOf, offset, mark] = placeOf(wish.cursor);
  if (mark !== markOf(wish.table)) throw otherQuery();
  // The report that the first page came from, as long as it is kept.
  if (Date.parse(report.asOf) === asOf) return pageOf(name, report, wish, offset);
  const then = (await recentReport(db, workspace, name, { ...params, asOf })).report;
  return pageOf(name, then, wish, offset);
}
