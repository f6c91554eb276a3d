/** Asking for reviews, and what stands at their addresses. */
import { queryOptions } from "@tanstack/react-query";
import type { ReviewItemStory, ReviewReport, ReviewsReport, ReviewTask } from "../../lib/reviews/contract.ts";
import { fetchJson } from "../data/api.ts";

const API = "/api/v1/reviews";

/** The address of a review in the API. */
export const reviewPath = (review: string): string => `${API}/${encodeURIComponent(review)}`;

/** The address of its items. */
export const itemsPath = (review: string): string => `${reviewPath(review)}/items`;

/** The page of a review. */
export const reviewHref = (review: string): string => `/reviews/${encodeURIComponent(review)}`;

/** The page of its items, those that a query of filters leaves. */
export const itemsHref = (review: string, filters: Readonly<Record<string, string>> = {}): string => {
  const query = new URLSearchParams(filters).toString();
  return `${reviewHref(review)}/items${query === "" ? "" : `?${query}`}`;
};

export const REVIEWS_KEY = ["reviews"] as const;

/** All that is kept of one review, but for the rows of its items. */
export const reviewKey = (review: string) => ["review", review] as const;

export const reviewsQuery = queryOptions({
  queryKey: REVIEWS_KEY,
  queryFn: ({ signal }) => fetchJson<ReviewsReport>(API, { signal }),
});

export const reviewQuery = (review: string) =>
  queryOptions({
    queryKey: [...reviewKey(review), "report"],
    queryFn: ({ signal }) => fetchJson<ReviewReport>(reviewPath(review), { signal }),
  });

export const tasksQuery = (review: string) =>
  queryOptions({
    queryKey: [...reviewKey(review), "tasks"],
    queryFn: ({ signal }) => fetchJson<{ tasks: ReviewTask[] }>(`${reviewPath(review)}/tasks`, { signal }),
  });

export const itemQuery = (review: string, item: string) =>
  queryOptions({
    queryKey: [...reviewKey(review), "item", item],
    queryFn: ({ signal }) =>
      fetchJson<ReviewItemStory>(`${itemsPath(review)}/${encodeURIComponent(item)}`, { signal }),
  });
