/** A report page by page: its figures whole, its rows a part at a time. */
import { createHash } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { arrangedRows, tableOf } from "./arranged.ts";
import type { AtHand } from "./at-hand.ts";
import type { RowTable } from "./coded.ts";
import type { Paged, ReportPage, ReportRows } from "./contract/page.ts";
import type { ReportName, ReportParams, Reports } from "./contract.ts";
import { ParamProblem } from "./params.ts";
import { reportAtHand } from "./recent.ts";
import { ROWS, shortened } from "./shortened.ts";
import { arrangementKey, facetsOf, type TableQuery } from "./table.ts";

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
  /** Nothing of what stands beside the rows. */
  only?: "rows";
  /** The curves of all groups, and not of the first alone. */
  curves?: "all";
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

/** @throws {ParamProblem} for what is no number of rows, 1 to 1,000. */
export function parseLimit(raw: string): number {
  const limit = Number(raw);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new ParamProblem("limit", `limit takes a whole number from 1 to ${MAX_LIMIT}, not "${raw}".`);
}

/** @throws {ParamProblem} naming what can't be understood. */
export function parsePage(raw: {
  limit?: string | undefined;
  cursor?: string | undefined;
  skip?: string | undefined;
  only?: string | undefined;
  curves?: string | undefined;
}): PageWish | null {
  if (raw.limit === undefined && raw.cursor === undefined) return null;
  const limit = parseLimit(raw.limit ?? "50");
  if (raw.cursor !== undefined) placeOf(raw.cursor);
  if (raw.skip !== undefined && !SKIP.test(raw.skip))
    throw new ParamProblem("skip", `skip takes a number of rows, not "${raw.skip.slice(0, 100)}".`);
  if (raw.only !== undefined && raw.only !== "rows")
    throw new ParamProblem("only", `only takes rows, not "${raw.only.slice(0, 100)}".`);
  if (raw.curves !== undefined && raw.curves !== "all")
    throw new ParamProblem("curves", `curves takes all, not "${raw.curves.slice(0, 100)}".`);
  return {
    limit,
    cursor: raw.cursor,
    ...(raw.skip === undefined ? {} : { skip: Number(raw.skip) }),
    ...(raw.only === undefined ? {} : { only: raw.only }),
    ...(raw.curves === undefined ? {} : { curves: raw.curves }),
  };
}

interface Headed {
  asOf: string;
  renewing?: true;
}

/** The part of a table that one page shows, from `place` on. @param head what stands beside the rows. */
async function partOf<T extends Headed>(
  head: T,
  rows: RowTable,
  { limit, skip = 0, table }: PageWish,
  place = 0,
): Promise<Paged<T>> {
  const offset = place + skip;
  const order = table === undefined ? null : await arrangedRows(rows, table);
  const total = order?.length ?? rows.length;
  const end = Math.min(offset + limit, total);
  const numbers =
    order?.subarray(offset, end) ?? Array.from({ length: Math.max(end - offset, 0) }, (_, i) => offset + i);
  const next = offset + limit < total ? cursorOf([Date.parse(head.asOf), end, markOf(table)]) : null;
  const page = {
    total,
    all: rows.length,
    next,
    ...(table === undefined || table.facets.length === 0 ? {} : { facets: await facetsOf(rows, table) }),
  };
  return { ...head, rows: await rows.rows(numbers), page };
}

/** The part of a report that one page shows. */
async function pageOf<N extends ReportName>(
  name: N,
  { head, table }: AtHand<N>,
  wish: PageWish,
  place: number,
): Promise<ReportPage<N>> {
  const part = await partOf<Reports[N]>(head, table, wish, place);
  return { ...shortened(name, part, wish), page: part.page };
}

/** The rows of that part, and of what stands beside them nothing but how new they are. */
async function rowsOf<N extends ReportName>(
  name: N,
  { head: { asOf, renewing }, table }: AtHand<N>,
  wish: PageWish,
  place: number,
): Promise<ReportRows<N>> {
  const head = renewing === undefined ? { asOf } : { asOf, renewing };
  const part = await partOf<Headed & { rows: Reports[N]["rows"] }>({ ...head, rows: [] }, table, wish, place);
  return { ...part, rows: part.rows.map(ROWS[name] ?? ((row) => row)) as Reports[N]["rows"] };
}

/**
 * One page of a table that is kept whole: its rows are those of now, wherever the page before ended.
 * @throws {ParamProblem} for a cursor that no page gave, or one with other filters or in another order.
 */
export async function tablePage<T extends Headed & { rows: readonly object[] }>(
  report: T,
  wish: PageWish & { table: TableQuery },
): Promise<Paged<T>> {
  const rows = tableOf(report, wish.table.report);
  if (wish.cursor === undefined) return partOf(report, rows, wish);
  const [, offset, mark] = placeOf(wish.cursor);
  if (mark !== markOf(wish.table)) throw otherQuery();
  return partOf(report, rows, wish, offset);
}

const otherQuery = () =>
  new ParamProblem("cursor", "cursor is of a page with other filters or in another order.");

/** The report that a page is of, and how many rows come before it. */
async function placeIn<N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  params: ReportParams,
  { cursor, table }: PageWish,
): Promise<{ report: AtHand<N>; place: number }> {
  const report = await reportAtHand(db, workspace, name, params);
  if (cursor === undefined) return { report, place: 0 };
  const [asOf, place, mark] = placeOf(cursor);
  if (mark !== markOf(table)) throw otherQuery();
  // The report that the first page came from, as long as it is kept.
  if (Date.parse(report.head.asOf) === asOf) return { report, place };
  return { report: await reportAtHand(db, workspace, name, { ...params, asOf }), place };
}

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
  const { report, place } = await placeIn(db, workspace, name, params, wish);
  return pageOf(name, report, wish, place);
}

/** The rows of such a page without the figures, which may be far longer. @throws {ParamProblem} as {@link reportPage}. */
export async function reportRows<N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  params: ReportParams,
  wish: PageWish,
): Promise<ReportRows<N>> {
  const { report, place } = await placeIn(db, workspace, name, params, wish);
  return rowsOf(name, report, wish, place);
}
