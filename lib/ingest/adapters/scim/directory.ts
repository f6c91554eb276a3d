/**
 * Requests at a SCIM service that is itself a source of truth: an identity provider tells it who is there, who left and who is in
 * which group. The record's `directory` has what the request changed. docs/formats/scim.md.
 */
import type { EntitlementRef, NormalEvent, Operation, PersonRef } from "../../event.ts";
import { attributesOf, eventOf, unlessEmpty } from "../normal.ts";
import { anyCase, booleanOf, type JsonObject, member, objectOf, objectsOf } from "../read.ts";
import { eventTypeOf, outcomeOf } from "./event-types.ts";
import type { Common, Exchange } from "./exchange.ts";
import { scimErrorOf } from "./failure.ts";
import { idOf, personOf, text } from "./resource.ts";

/** What a record says of the directory; null for a record of an application. */
export const directoryOf = (record: JsonObject): JsonObject | null => objectOf(anyCase(record, "directory"));

/** Whether a request is one that the directory tells of: users and groups. */
export const isDirectoryExchange = ({ target }: Exchange): boolean =>
  (target.endpoint === "users" || target.endpoint === "groups") && !target.search;

type Base = Omit<Parameters<typeof eventOf>[0], "operation">;

const stateOf = (told: JsonObject, when: "before" | "after"): JsonObject | null =>
  objectOf(member(told, when));

/** What the request did, rather than what it asked for: a PUT that repeats what is known changes nothing. */
function userOperation(exchange: Exchange, told: JsonObject): Operation {
  const plain = eventTypeOf(exchange.method, exchange.target).operation;
  const [was, is] = (["before", "after"] as const).map((when) =>
    booleanOf(anyCase(stateOf(told, when), "active")),
  );
  if (plain !== "update" || is == null) return plain;
  if (is) return was === false ? "reactivate" : plain;
  return was === false ? plain : "deactivate";
}

function userEvents(exchange: Exchange, base: Base, told: JsonObject): NormalEvent[] {
  const resource = objectOf(member(told, "resource"));
  const [before, after] = [stateOf(told, "before"), stateOf(told, "after")];
  const names = personOf(resource ?? (exchange.method === "POST" ? exchange.request : null));
  const person: PersonRef | null = unlessEmpty({
    id: idOf(anyCase(resource, "id")),
    externalId: names?.externalId ?? null,
    userName: names?.userName ?? null,
    email: names?.email ?? null,
    displayName: names?.displayName ?? null,
  });
  const succeeded = base.outcome === "success";
  return [
    eventOf({
      ...base,
      operation: succeeded
        ? userOperation(exchange, told)
        : eventTypeOf(exchange.method, exchange.target).operation,
      object: "user",
      active: succeeded ? booleanOf(anyCase(after, "active")) : null,
      person,
      attributes: succeeded ? attributesOf((name) => anyCase(after, name)) : null,
      attributesBefore: succeeded && after !== null ? attributesOf((name) => anyCase(before, name)) : null,
    }),
  ];
}

/** A user who came in or fell out; a group in a group is nobody. */
function personIn(member: JsonObject): PersonRef | null {
  if (text(member, "type")?.toLowerCase() === "group") return null;
  const id = idOf(anyCase(member, "value"));
  const [userName, displayName] = [text(member, "userName"), text(member, "display")];
  return id === null ? null : { id, externalId: null, userName, email: null, displayName };
}

function groupEvents(exchange: Exchange, base: Base, told: JsonObject): NormalEvent[] {
  const resource =
    objectOf(member(told, "resource")) ?? (exchange.method === "POST" ? exchange.request : null);
  const id = idOf(anyCase(resource, "id")) ?? exchange.target.id;
  const name = text(resource, "displayName") ?? id;
  const entitlement: EntitlementRef | null = name === null ? null : { kind: "group", id, name };
  const moved = (["added", "removed"] as const).flatMap((list) =>
    objectsOf(member(told, list)).flatMap((one): NormalEvent[] => {
      const person = personIn(one);
      const operation = list === "added" ? "member-add" : "member-remove";
      return person === null ? [] : [eventOf({ ...base, operation, object: "user", person, entitlement })];
    }),
  );
  if (exchange.method === "PATCH" && moved.length > 0) return moved;
  const { operation } = eventTypeOf(exchange.method, exchange.target);
  return [eventOf({ ...base, operation, object: "group", entitlement }), ...moved];
}

/** The events of a request, at least one. @param told what the record says of the directory. */
export function directoryEventsOf(exchange: Exchange, common: Common, told: JsonObject): NormalEvent[] {
  const { operation } = eventTypeOf(exchange.method, exchange.target);
  const outcome = outcomeOf(exchange.status, operation);
  const { application: _, subject: __, ...known } = common;
  const base: Base = {
    ...known,
    layer: "directory",
    outcome,
    error: outcome === "failure" ? scimErrorOf(exchange.status, exchange.response, exchange.words) : null,
  };
  return exchange.target.endpoint === "groups"
    ? groupEvents(exchange, base, told)
    : userEvents(exchange, base, told);
}
