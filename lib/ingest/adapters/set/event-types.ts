/** The event URIs of RFC 9967 and what each witnesses: docs/semantics.md §2, docs/formats/set.md. */
import type { Method } from "../scim/event-types.ts";

const PREFIX = "urn:ietf:params:scim:event:";

export type EventType =
  /** A change that the service provider made, told as the request that would make it. */
  | { kind: "change"; method: Method }
  /** The state of the resource, and nothing else. */
  | { kind: "state"; active: boolean }
  /** The end of an asynchronous request. */
  | { kind: "response" }
  /** Kept, read by no rule. */
  | { kind: "other" };

/** Without `:notice` and `:full`, which only say whether the data are there. */
const TYPES = new Map<string, EventType>([
  ["prov:create", { kind: "change", method: "POST" }],
  ["prov:patch", { kind: "change", method: "PATCH" }],
  ["prov:put", { kind: "change", method: "PUT" }],
  ["prov:delete", { kind: "change", method: "DELETE" }],
  ["prov:activate", { kind: "state", active: true }],
  ["prov:deactivate", { kind: "state", active: false }],
  ["misc:asyncresp", { kind: "response" }],
  // To join or to leave a feed says nothing of the resource itself (§2.3).
  ["feed:add", { kind: "other" }],
  ["feed:remove", { kind: "other" }],
]);

/** @param uri in lower case: event URIs are compared without regard to case. */
export function eventTypeOf(uri: string): EventType {
  const name = uri.startsWith(PREFIX) ? uri.slice(PREFIX.length).replace(/:(?:notice|full)$/, "") : "";
  return TYPES.get(name) ?? { kind: "other" };
}
