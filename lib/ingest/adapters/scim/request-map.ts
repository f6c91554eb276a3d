/** A mapping of an HTTP server's log: where each record says what, if not by one of the usual names. Pure. */

import { type JsonObject, objectOf } from "../read.ts";
import type { ColumnMapping } from "../table.ts";
import { NAMES, valueAt } from "./record.ts";

/** What can be named, and the names under which the adapter looks for it. */
const FIELDS = {
  time: NAMES.time,
  method: NAMES.method,
  path: NAMES.path,
  status: NAMES.status,
  requestBody: NAMES.request,
  responseBody: NAMES.response,
  caller: NAMES.caller,
  service: NAMES.application,
  id: NAMES.id,
  correlation: NAMES.correlation,
} as const satisfies Record<string, readonly [string, ...string[]]>;

/** In front of an application's name that no field says, being the same for all lines. */
const SAME_FOR_ALL = "=";

export type RequestField = keyof typeof FIELDS;
export const REQUEST_FIELDS = Object.keys(FIELDS) as RequestField[];

/** Whether a mapping is one of requests: of some fields, and of no others. */
export function isRequestMap(mapping: ColumnMapping): boolean {
  const fields = Object.keys(mapping);
  return fields.length > 0 && fields.every((field) => Object.hasOwn(FIELDS, field));
}

/**
 * A record as the adapter reads it. A field that the mapping names is read there and nowhere else; a dot leads into an object.
 * The service may be named itself, behind `=`.
 * @returns what is no object as it stands.
 */
export function mappedRequest(value: unknown, mapping: ColumnMapping): unknown {
  const record = objectOf(value);
  if (record === null) return value;
  const read: Record<string, unknown> = {};
  const put = (name: string, found: unknown) => {
    if (found !== null && found !== undefined) read[name] = found;
  };
  for (const [field, names] of Object.entries(FIELDS)) {
    const mapped = mapping[field];
    if (field === "service" && mapped?.startsWith(SAME_FOR_ALL))
      put(names[0], mapped.slice(SAME_FOR_ALL.length));
    else if (mapped !== undefined) put(names[0], valueAt(record, mapped));
    else for (const name of names) put(name, valueAt(record, name));
  }
  for (const name of [...NAMES.location, ...NAMES.host, ...NAMES.error]) put(name, valueAt(record, name));
  return read;
}

/** A place in the records that could be named, with what stands there first. */
export interface RequestPath {
  path: string;
  example: string;
}

const MOST_PATHS = 200;
const DEEPEST = 4;
const EXAMPLE = 60;

/** The places in some records, in the order in which they are met; objects within are places too, being bodies perhaps. */
export function requestPaths(records: readonly unknown[]): RequestPath[] {
  const found = new Map<string, string>();
  const walk = (object: JsonObject, before: string, depth: number) => {
    for (const [name, value] of Object.entries(object)) {
      if (found.size >= MOST_PATHS) return;
      const path = before + name;
      const within = objectOf(value);
      const example = (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, EXAMPLE);
      if (value !== null && !found.has(path)) found.set(path, example);
      if (within !== null && depth < DEEPEST) walk(within, `${path}.`, depth + 1);
    }
  };
  for (const record of records) {
    const object = objectOf(record);
    if (object !== null) walk(object, "", 1);
  }
  return [...found].map(([path, example]) => ({ path, example }));
}
