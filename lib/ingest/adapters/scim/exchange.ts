/** One SCIM request with its answer, as events. Shared with Security Event Tokens. docs/formats/scim.md. */
import type { AccountRef, EntitlementRef, EventError, Layer, NormalEvent, Outcome } from "../../event.ts";
import { eventOf } from "../normal.ts";
import { anyCase, booleanOf, type JsonObject, objectOf, objectsOf } from "../read.ts";
import { eventTypeOf, type Method, outcomeOf, type Target } from "./event-types.ts";
import { scimErrorOf } from "./failure.ts";
import { type Changes, changesOf, MULTI_VALUED } from "./patch.ts";
import { idOf, personOf, targetOf, text, valuesOf } from "./resource.ts";

export interface Exchange {
  method: Method;
  target: Target;
  status: number | null;
  request: JsonObject | null;
  response: JsonObject | null;
  /** Where the resource is, as the answer's `Location` says. */
  location: string | null;
  /** What the record says of a failure beside the answer. */
  words: string | null;
  /** Whether the request looks for resources by a filter. */
  filtered: boolean;
}

/** What all events of a record have alike. */
export type Common = Pick<NormalEvent, "nativeId" | "at" | "application" | "actor" | "correlationId"> & {
  nativeType: string;
  /** Whose word it is, where the request alone does not tell. */
  layer?: Layer;
  /** What is known of the resource beside the exchange: a token's subject. */
  subject?: JsonObject | null;
};

/** An exchange with what is known of how it ended. */
interface Ended {
  exchange: Exchange;
  common: Common;
  layer: Layer;
  outcome: Outcome;
  error: EventError | null;
}

const KINDS = { roles: "role", entitlements: "role", members: "group" } as const;

/** What a request sets. A resource in full names all that it is to have, and not what it loses. */
function requestedOf({ method, request, response }: Exchange): Changes {
  if (method === "PATCH") return changesOf(request);
  const made = method === "POST" ? response : null;
  return {
    active: booleanOf(anyCase(request, "active")),
    values: MULTI_VALUED.flatMap((attribute) =>
      valuesOf(anyCase(made, attribute) ?? anyCase(request, attribute))
        .filter((value) => !value.group)
        .map((value) => ({ attribute, added: true, value })),
    ),
    rest: true,
    resource: request ?? {},
  };
}

/** The id of the resource: of one that is being made only the answer knows it. */
function idOfResource({ method, target, response, location }: Exchange, outcome: Outcome): string | null {
  if (target.id !== null || outcome !== "success" || target.search) return target.id;
  if (method !== "POST" && target.endpoint !== "me") return null;
  const url = text(objectOf(anyCase(response, "meta")), "location") ?? location;
  return idOf(anyCase(response, "id")) ?? (url === null ? null : (targetOf(url)?.id ?? null));
}

/**
 * Whose names may be taken from the request: of one that went through, or of an account that is still to be made. A name
 * that was refused may be another account's.
 */
function namesOf({ exchange, outcome, common }: Ended, changes: Changes): (JsonObject | null)[] {
  const { method, response } = exchange;
  const subject = common.subject ?? null;
  if (outcome === "success") return [response, changes.resource, subject];
  return method === "POST" && !exchange.target.search ? [exchange.request, subject] : [subject];
}

function baseOf({ common, layer, outcome, error }: Ended): Omit<Parameters<typeof eventOf>[0], "operation"> {
  const { subject: _, ...known } = common;
  return { ...known, layer, outcome, error };
}

/** A failure that names neither account nor group is the connection's; otherwise it would be nobody's. */
function settled(event: NormalEvent): NormalEvent {
  const named = event.account !== null || event.entitlement !== null || event.person?.email != null;
  return named || event.outcome !== "failure" ? event : { ...event, object: "application", person: null };
}

function accountOf(id: string | null, person: NormalEvent["person"]): AccountRef | null {
  const userName = person?.userName ?? null;
  return id === null && userName === null ? null : { id, userName, displayName: person?.displayName ?? null };
}

/** The application answers that it went well, with an account that is active still: it did not do it. */
function ignored(status: number | null): EventError {
  const message = `Answered ${status ?? "with success"}, and the account in the answer is still active.`;
  return { class: "unsupported", code: null, httpStatus: status, scimType: null, message, advice: null };
}

function userEvents(ended: Ended): NormalEvent[] {
  const { exchange, outcome } = ended;
  const { operation: plain } = eventTypeOf(exchange.method, exchange.target);
  const changes = requestedOf(exchange);
  const person = personOf(...namesOf(ended, changes));
  const account = accountOf(idOfResource(exchange, outcome), person);
  const wanted = plain === "create" || plain === "update" ? changes.active : null;
  const answered = plain === "delete" ? null : booleanOf(anyCase(exchange.response, "active"));
  // A PUT says active with every change of a profile; only a PATCH says it because it is new.
  const reactivates = exchange.method === "PATCH" && wanted === true;
  const operation =
    plain !== "update" || wanted === null
      ? plain
      : wanted
        ? reactivates
          ? "reactivate"
          : plain
        : "deactivate";
  const refused = operation === "deactivate" && outcome === "success" && answered === true;
  const own = eventOf({
    ...baseOf(ended),
    operation,
    object: "user",
    active: outcome === "success" && !refused ? (answered ?? wanted) : null,
    person,
    account,
    ...(refused ? { outcome: "failure", error: ignored(exchange.status) } : {}),
  });
  const roles =
    plain === "create" || plain === "update" ? changes.values.filter((v) => v.attribute !== "members") : [];
  const onlyRoles = roles.length > 0 && !changes.rest && changes.active === null;
  const granted = onlyRoles || outcome === "success" ? roles : [];
  return [
    ...(onlyRoles ? [] : [own]),
    ...granted.map(({ attribute, added, value }) =>
      eventOf({
        ...baseOf(ended),
        operation: added ? "role-grant" : "role-revoke",
        object: "user",
        person,
        account,
        entitlement: { kind: KINDS[attribute], id: value.id, name: value.display ?? value.id },
      }),
    ),
  ];
}

function groupOf({ exchange, outcome, common }: Ended, changes: Changes): EntitlementRef | null {
  const id = idOfResource(exchange, outcome);
  const known = outcome === "success" ? [exchange.response, changes.resource] : [];
  const bodies = exchange.method === "POST" ? [...known, exchange.request] : known;
  const named = [...bodies, common.subject ?? null].map((body) => text(body, "displayName"));
  const name = named.find((one) => one !== null) ?? id;
  return name === null ? null : { kind: "group", id, name };
}

function groupEvents(ended: Ended): NormalEvent[] {
  const { exchange, outcome } = ended;
  const { operation } = eventTypeOf(exchange.method, exchange.target);
  const changes = requestedOf(exchange);
  const entitlement = groupOf(ended, changes);
  const changing = operation === "create" || operation === "update";
  const members = changing ? changes.values.filter((change) => change.attribute === "members") : [];
  const onlyMembers = members.length > 0 && !changes.rest && changes.active === null;
  const joined = onlyMembers || outcome === "success" ? members : [];
  return [
    ...(onlyMembers ? [] : [eventOf({ ...baseOf(ended), operation, object: "group", entitlement })]),
    ...joined.map(({ added, value }) =>
      eventOf({
        ...baseOf(ended),
        operation: added ? "member-add" : "member-remove",
        object: "user",
        account: { id: value.id, userName: null, displayName: value.display },
        entitlement,
      }),
    ),
  ];
}

/** Accounts that a search found: the application's answer to who has which id and name. */
function foundEvents(ended: Ended): NormalEvent[] {
  const { response, target } = ended.exchange;
  if (target.endpoint !== "users" || !ended.exchange.filtered) return [];
  return objectsOf(anyCase(response, "Resources")).flatMap((resource): NormalEvent[] => {
    const id = idOf(anyCase(resource, "id"));
    if (id === null) return [];
    const person = personOf(resource);
    const active = booleanOf(anyCase(resource, "active"));
    return [
      eventOf({
        ...baseOf(ended),
        operation: "read",
        object: "user",
        active,
        person,
        account: accountOf(id, person),
      }),
    ];
  });
}

/** @returns the events of one request, at least one. */
export function eventsOf(exchange: Exchange, common: Common): NormalEvent[] {
  const type = eventTypeOf(exchange.method, exchange.target);
  const outcome = outcomeOf(exchange.status, type.operation);
  const error =
    outcome === "failure" ? scimErrorOf(exchange.status, exchange.response, exchange.words) : null;
  const ended: Ended = { exchange, common, layer: common.layer ?? type.layer, outcome, error };
  const list = exchange.target.id === null && type.operation === "read" && exchange.target.endpoint !== "me";
  const found = list && outcome === "success" ? foundEvents(ended) : [];
  if (found.length > 0) return found;
  if (list || type.object === "application") {
    return [settled(eventOf({ ...baseOf(ended), operation: type.operation, object: type.object }))];
  }
  return (type.object === "group" ? groupEvents(ended) : userEvents(ended)).map(settled);
}
