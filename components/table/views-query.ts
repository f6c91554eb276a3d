/** The saved views of a table, as the API tells them. */
import { queryOptions } from "@tanstack/react-query";
import type { ViewsList } from "../../lib/views/list-views.ts";
import { fetchJson } from "../data/api.ts";

export const viewsQuery = (page: string) =>
  queryOptions({
    queryKey: ["views", page],
    queryFn: ({ signal }) => fetchJson<ViewsList>(`/api/v1/views?page=${page}`, { signal }),
  });
