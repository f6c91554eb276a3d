import type { Metadata } from "next";
import { ItemsPage } from "../../../../../components/review-items/items-page.tsx";
import { PART, rowsQuery } from "../../../../../components/table/table-address.ts";
import type { FirstRows } from "../../../../../components/table/use-rows.ts";
import { allowed } from "../../../../../lib/auth/caller.ts";
import type { Visit } from "../../../../../lib/auth/guard.ts";
import { tablePage } from "../../../../../lib/reports/page.ts";
import { ParamProblem } from "../../../../../lib/reports/params.ts";
import { parseTable } from "../../../../../lib/reports/table.ts";
import type { ReviewItemRow } from "../../../../../lib/reviews/contract.ts";
import { reviewItems } from "../../../../../lib/reviews/read.ts";
import type { Search } from "../../../initial-report.ts";
import { searchOf } from "../../../initial-rows.ts";
import { reviewOf } from "../review-of.ts";

export const metadata: Metadata = { title: "Review" };

/** The first rows that the address asks for. */
async function firstRows(
  { db, workspace, by }: Visit,
  review: string,
  search: URLSearchParams,
): Promise<FirstRows<ReviewItemRow>> {
  const query = rowsQuery(search);
  const items = await reviewItems(db, workspace, by, review);
  try {
    const table = parseTable("review", new URLSearchParams(query));
    return { query, page: items && (await tablePage(items, { limit: PART, table })) };
  } catch (error) {
    // The API then tells the reader what can't be understood.
    if (error instanceof ParamProblem) return { query, page: null };
    throw error;
  }
}

export default async function Page({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Search;
}) {
  const { visit, report } = await reviewOf(params);
  const { by } = visit;
  return (
    <ItemsPage
      initial={report}
      now={Date.now()}
      rows={await firstRows(visit, report.review, await searchOf(searchParams))}
      reviewer={{
        me: by.member,
        name: by.actor.name,
        reviews: allowed(by, "review"),
        runs: allowed(by, "run-reviews"),
      }}
    />
  );
}
