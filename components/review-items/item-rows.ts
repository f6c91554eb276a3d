"use client";
/** The rows of a review's items as this page keeps them. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ReviewItemRow } from "../../lib/reviews/contract.ts";
import { itemsPath, REVIEWS_KEY, reviewKey } from "../reviews/review-query.ts";
import type { RowsPage } from "../table/columns.ts";
import { rowsKey } from "../table/use-rows.ts";

/** The figures follow a little later: somebody who decides quickly asks for them once. */
const FIGURES_MS = 1_000;

export const byItem = (rows: readonly ReviewItemRow[]) => new Map(rows.map((row) => [row.item, row]));

/** Puts rows into all the parts of the table that are kept. */
export function patchRows(
  client: QueryClient,
  review: string,
  rows: ReadonlyMap<string, ReviewItemRow>,
): void {
  client.setQueriesData<RowsPage<ReviewItemRow>>({ queryKey: rowsKey(itemsPath(review)) }, (page) => {
    if (page === undefined || !page.rows.some(({ item }) => rows.has(item))) return page;
    return { ...page, rows: page.rows.map((row) => rows.get(row.item) ?? row) };
  });
}

/** @returns asks for the figures anew, once for many decisions that follow each other. */
export function useLaterFigures(review: string): () => void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      void client.invalidateQueries({ queryKey: reviewKey(review) });
      void client.invalidateQueries({ queryKey: REVIEWS_KEY });
      void client.invalidateQueries({ queryKey: ["facets", itemsPath(review)] });
      // A row that no longer fits a filter stays in its place until the filter is set anew.
      void client.invalidateQueries({ queryKey: rowsKey(itemsPath(review)), refetchType: "none" });
    }, FIGURES_MS);
  };
}
