/** A report page by page: its figures whole, its rows a part at a time. */
import type { Db } from "../../db/client.ts";
import type { ReportPage } from "./contract/page.ts";
import type { ReportName, ReportParams, Reports } from "./contract.ts";
import { ParamProblem } from "./params.ts";
import { recentReport } from "./recent.ts";
import { thinned } from "./thinned.ts";

/** Steps of a curve that fit side by side on a screen. */
const CURVE_STEPS = 400;
/** Of a failure group's items so many are told with its row: who they are is told whole without `limit`; `affected` counts them all. */
const ITEMS = 3;
const MAX_LIMIT = 1_000;

export interface PageWish {
  /** Rows, 1 to 1,000. */
  limit: number;
  /** `page.next` of the page before; none: the first one. */
  cursor?: string | undefined;
}

/** Where a page begins: the moment of the report, so that all its pages are of one, and the rows before it. */
type Place = [asOf: number, offset: number];

/** No later time can be written. */
const LATEST = Date.parse("9999-12-31T23:59:59.999Z");

const cursorOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString("base64url");

function placeOf(cursor: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (
      Array.isArray(place) &&
      place.length === 2 &&
      place.every((part) => Number.isSafeInteger(part) && part >= 0) &&
      place[0] <= LATEST
    ) {
      return place as Place;
    }
  } catch {
    // Said below.
  }
  throw new ParamProblem("cursor", "cursor is none that a page before has given.");
}

/** @throws {ParamProblem} naming what can't be understood. */
export function parsePage(raw: { limit?: string | undefined; cursor?: string | undefined }): PageWish | null {
  if (raw.limit === undefined && raw.cursor === undefined) return null;
  const limit = Number(raw.limit ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new ParamProblem("limit", `limit takes a whole number from 1 to ${MAX_LIMIT}, not "${raw.limit}".`);
  if (raw.cursor !== undefined) placeOf(raw.cursor);
  return { limit, cursor: raw.cursor };
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

/** The part of a report that one page shows. */
function pageOf<N extends ReportName>(name: N, report: Reports[N], limit: number, offset = 0): ReportPage<N> {
  const end = offset + limit;
  const part: Reports[N] = { ...report, rows: report.rows.slice(offset, end) };
  const total = report.rows.length;
  const next = end < total ? cursorOf([Date.parse(report.asOf), end]) : null;
  return { ...(SHORTENED[name]?.(part, limit) ?? part), page: { total, next } };
}

/**
 * One page of a report. Pages that follow one another are of one moment: what comes meanwhile shifts no row.
 * @throws {ParamProblem} for a cursor that no page gave.
 */
export async function reportPage<N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  params: ReportParams,
  { limit, cursor }: PageWish,
): Promise<ReportPage<N>> {
  if (cursor === undefined)
    return pageOf(name, (await recentReport(db, workspace, name, params)).report, limit);
  const [asOf, offset] = placeOf(cursor);
  // The report that the first page came from, as long as it is kept.
  const { report } = await recentReport(db, workspace, name, params);
  if (Date.parse(report.asOf) === asOf) return pageOf(name, report, limit, offset);
  return pageOf(name, (await recentReport(db, workspace, name, { ...params, asOf })).report, limit, offset);
}
