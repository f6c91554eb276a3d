/** What a mapping of an HTTP server's log names, in words. */
import type { RequestField } from "../../lib/ingest/adapters/scim/request-map.ts";

export const FIELD_WORDS: Record<RequestField, string> = {
  time: "Time",
  method: "Method",
  path: "Path or URL",
  status: "Status",
  requestBody: "Request body",
  responseBody: "Response body",
  caller: "Who called",
  service: "Application",
  id: "Id of the request",
  correlation: "Correlation",
};

export const FIELDS = Object.keys(FIELD_WORDS) as RequestField[];

export type RequestMap = Partial<Record<RequestField, string>>;

/** The mapping with a field at another place; by its usual names where the place is empty. */
export function withField(map: RequestMap, field: RequestField, path: string): RequestMap {
  const { [field]: _, ...others } = map;
  return path === "" ? others : { ...others, [field]: path };
}
