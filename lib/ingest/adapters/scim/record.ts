/** Where the logs of HTTP servers and gateways keep what a request was: the usual names, none of them a standard. */
import type { ActorRef } from "../../event.ts";
import { unlessEmpty } from "../normal.ts";
import { anyCase, type JsonObject, jsonIn, objectOf, textOf } from "../read.ts";
import { idOf } from "./resource.ts";

/** In the order in which they are asked; a dot leads into an object, or stands in the name itself. */
export const NAMES = {
  method: [
    "method",
    "requestMethod",
    "request_method",
    "httpMethod",
    "http.request.method",
    "http.method",
    "request.method",
    "req.method",
  ],
  path: [
    "path",
    "url",
    "uri",
    "target",
    "requestPath",
    "requestUri",
    "request_uri",
    "requestUrl",
    "http.target",
    "http.url",
    "url.full",
    "url.original",
    "url.path",
    "request.path",
    "request.url",
    "request.uri",
    "req.url",
  ],
  time: ["@timestamp", "timestamp", "time", "ts", "datetime", "time_iso8601", "startTime", "start_time"],
  status: [
    "status",
    "statusCode",
    "status_code",
    "responseStatus",
    "http.response.status_code",
    "http.status_code",
    "response.status",
    "response.statusCode",
    "res.statusCode",
  ],
  request: [
    "requestBody",
    "request_body",
    "request.body",
    "req.body",
    "http.request.body.content",
    "request",
    "body",
  ],
  response: [
    "responseBody",
    "response_body",
    "response.body",
    "res.body",
    "http.response.body.content",
    "response",
  ],
  location: ["location", "responseHeaders.location", "response.headers.location", "res.headers.location"],
  application: ["application", "applicationName", "app", "service", "serviceName", "service.name"],
  host: ["http.host", "host", "url.domain", "request.headers.host", "req.headers.host"],
  caller: [
    "caller",
    "client",
    "clientName",
    "client_id",
    "principal",
    "user",
    "tokenName",
    "token_name",
    "token.name",
    "remote_user",
  ],
  id: ["id", "requestId", "request_id", "http.request.id", "req.id"],
  correlation: ["correlationId", "correlation_id", "txn", "traceId", "trace_id", "trace.id"],
  error: ["error", "errorMessage", "error.message"],
} as const;

/** A member by its name as it stands, else by the way that its dots lead. */
export function valueAt(record: JsonObject, name: string): unknown {
  const own = anyCase(record, name);
  if (own !== null || !name.includes(".")) return own;
  let value: unknown = record;
  for (const part of name.split(".")) value = anyCase(objectOf(value), part);
  return value;
}

/** The first of the names under which `read` finds something. */
export function first<T>(
  record: JsonObject,
  names: readonly string[],
  read: (value: unknown) => T | null,
): T | null {
  for (const name of names) {
    const found = read(valueAt(record, name));
    if (found !== null) return found;
  }
  return null;
}

/** Times as fields of `requiredInstant`; those that loggers write as numbers in ISO 8601. */
export function timesOf(record: JsonObject): [name: string, value: unknown][] {
  return NAMES.time.map((name) => [name, isoOfEpoch(valueAt(record, name))]);
}

/** Seconds, milliseconds or microseconds since 1970, told by their size, for any time from 2001 on. */
function isoOfEpoch(value: unknown): unknown {
  const number = typeof value === "string" && /^\d{10,16}(?:\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof number !== "number") return value;
  for (const [unit, milliseconds] of [
    [1e9, 1_000],
    [1e12, 1],
    [1e15, 0.001],
  ] as const) {
    if (number >= unit && number < unit * 100)
      return new Date(Math.floor(number * milliseconds)).toISOString();
  }
  return value;
}

/** `201`, `"201"`, `"201 Created"`, and SCIM 1.1's `{"code": "201"}`. */
export function statusOf(value: unknown): number | null {
  const object = objectOf(value);
  const given = object === null ? value : anyCase(object, "code");
  const digits = typeof given === "number" ? String(given) : textOf(given);
  const status = /^\s*([1-5]\d\d)(?!\d)/.exec(digits ?? "")?.[1];
  return status === undefined ? null : Number(status);
}

/** A body, kept as an object or as JSON text. What surrounds a body (its headers, its status) is none. */
export function bodyOf(value: unknown): JsonObject | null {
  const object = objectOf(typeof value === "string" ? parsed(value) : value);
  const envelope = ["headers", "statusCode", "body", "method", "url"].some(
    (name) => anyCase(object, name) !== null,
  );
  return envelope ? null : object;
}

const parsed = (text: string): unknown => (/^\s*\{/.test(text) ? jsonIn(text) : null);

/** An answer that is no JSON; a page of it would tell no more than its beginning. */
export function wordsOf(value: unknown): string | null {
  const words = textOf(value);
  return words === null || parsed(words) !== null ? null : words.slice(0, 1_000);
}

export function callerOf(value: unknown): ActorRef | null {
  const object = objectOf(value);
  if (object === null) return unlessEmpty({ id: null, type: null, name: textOf(value) });
  const name = textOf(anyCase(object, "name", "displayName", "userName"));
  const id = idOf(anyCase(object, "id"));
  return name === null && id === null ? null : { id, type: textOf(anyCase(object, "type")), name };
}

/** The host of an absolute URL, or of a `Host` field. A machine's name, which has no dot, is none. */
export function hostOf(value: unknown): string | null {
  const host = /^(?:https?:\/\/)?(?:[^/?#@\s]*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?:[/?#]|$)/i.exec(
    textOf(value)?.slice(0, 500) ?? "",
  )?.[1];
  return host?.toLowerCase() ?? null;
}

/** The name of an application, also of one that is told by an object. */
export function applicationNameOf(value: unknown): string | null {
  const object = objectOf(value);
  return textOf(object === null ? value : anyCase(object, "name"));
}
