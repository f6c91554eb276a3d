/** What came in, as the API tells it; shared by all that shows it. */
import { queryOptions } from "@tanstack/react-query";
import type { SourcesReport } from "../../lib/reports/contract.ts";
import { fetchJson } from "../data/api.ts";

export const sourcesQuery = queryOptions({
  queryKey: ["sources"],
  queryFn: ({ signal }) => fetchJson<SourcesReport>("/api/v1/sources", { signal }),
});
