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

/** In front of a name that is the same for all lines, where other fields have a place. */
const SAME_FOR_ALL = "=";

/** The application that all lines are of, where no field says it; else nothing. */
export const serviceNamed = ({ service = "" }: RequestMap): string =>
  service.startsWith(SAME_FOR_ALL) ? service.slice(SAME_FOR_ALL.length) : "";

/** The mapping with that name; by the usual names where there is none. */
export const withService = (map: RequestMap, name: string): RequestMap =>
  withField(map, "service", name === "" ? "" : SAME_FOR_ALL + name);

/** The mapping with a field at another place; by its usual names where the place is empty. */
export function withField(map: RequestMap, field: RequestField, path: string): RequestMap {
  const { [field]: _, ...others } = map;
  return path === "" ? others : { ...others, [field]: path };
}
