/** SCIM's endpoints and methods and what each witnesses: docs/semantics.md §2, docs/formats/scim.md. */
import type { Layer, ObjectKind, Operation, Outcome } from "../../event.ts";

/** RFC 7644 §3.2; `service` stands for what is about the server itself or about other resources. */
type Endpoint = "users" | "groups" | "me" | "bulk" | "service";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** Where a request went. */
export interface Target {
  endpoint: Endpoint;
  /** The resource's id, where the path names one. */
  id: string | null;
  /** `POST …/.search` (RFC 7644 §3.4.3): a query, whatever its method. */
  search: boolean;
}

export interface EventType {
  layer: Layer;
  operation: Operation;
  object: ObjectKind | null;
}

const BY_METHOD: Readonly<Record<Method, Operation>> = {
  GET: "read",
  HEAD: "read",
  POST: "create",
  PUT: "update",
  PATCH: "update",
  DELETE: "delete",
};

const OBJECTS: Readonly<Record<Endpoint, ObjectKind>> = {
  users: "user",
  groups: "group",
  me: "user",
  bulk: "application",
  service: "application",
};

export function methodOf(value: unknown): Method | null {
  if (typeof value !== "string" || value.length > 10) return null;
  const upper = value.trim().toUpperCase();
  return METHODS.find((method) => method === upper) ?? null;
}

/**
 * What a request witnesses, before its body is read. An identity provider carries a change by it: provisioning. `/Me` is
 * the person's own account (RFC 7644 §3.11), changed by the person: the application's word.
 */
export function eventTypeOf(method: Method, { endpoint, search }: Target): EventType {
  const layer = endpoint === "me" ? "application" : "provisioning";
  const operation = search ? "read" : BY_METHOD[method];
  const resource = endpoint !== "bulk" && endpoint !== "service";
  return {
    layer,
    operation: resource || operation === "read" ? operation : "other",
    object: OBJECTS[endpoint],
  };
}

/**
 * What a status says came of a request. 202 is an asynchronous request (RFC 9967 §2.5.1.1), whose end is yet to come.
 * A resource that was only asked for and is not there is an answer like any other, and proves nothing: skipped.
 */
export function outcomeOf(status: number | null, operation: Operation): Outcome {
  if (status === null || status < 200) return "pending";
  if (status === 202) return "pending";
  if (status < 300 || (status === 304 && operation === "read")) return "success";
  if (status < 400) return "skipped";
  return operation === "read" && (status === 404 || status === 410) ? "skipped" : "failure";
}
