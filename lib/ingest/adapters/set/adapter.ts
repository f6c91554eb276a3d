/** Security Event Tokens with SCIM's events (RFC 8417, RFC 9967). docs/formats/set.md. */
import type { ApplicationRef, NormalEvent } from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { eventOf } from "../normal.ts";
import { anyCase, type JsonObject, member, objectOf, requiredObject, shown, textOf } from "../read.ts";
import { methodOf, type Target } from "../scim/event-types.ts";
import { type Common, type Exchange, eventsOf } from "../scim/exchange.ts";
import { bodyOf, statusOf } from "../scim/record.ts";
import { idOf, personOf, targetOf, text } from "../scim/resource.ts";
import { type EventType, eventTypeOf } from "./event-types.ts";
import { holdsTokens, payloadsOf } from "./token.ts";

/** A NumericDate (RFC 7519 §2) of the years that a record can be of, in seconds. */
function secondsOf(payload: JsonObject, name: "toe" | "iat"): number | null {
  const value = member(payload, name);
  if (value === null) return null;
  if (typeof value === "number" && Math.abs(value) < 1e11) return value;
  throw new RecordError(`The claim "${name}" is not a time in seconds: ${shown(value)}.`);
}

/** When it happened, else when the token was issued (RFC 8417 §2.2). */
function timeOf(payload: JsonObject): number {
  const seconds = secondsOf(payload, "toe") ?? secondsOf(payload, "iat");
  if (seconds === null) throw new RecordError('The token has no time: the claim "toe", "iat" is missing.');
  return Math.floor(seconds * 1_000);
}

/** The service provider, by its issuer without the scheme: a path tells its tenants apart. */
function applicationOf(payload: JsonObject): ApplicationRef {
  const issuer = textOf(member(payload, "iss"));
  if (issuer === null)
    throw new RecordError('The token does not say who issued it: the claim "iss" is missing.');
  return {
    id: null,
    name: issuer
      .trim()
      .replace(/^https?:\/\/(?=[^/])/i, "")
      .replace(/(?<=[^/])\/$/, ""),
  };
}

/** Whom or what a token is about (RFC 9967 §2.1). */
interface Subject {
  target: Target;
  claim: JsonObject | null;
}

function subjectOf(payload: JsonObject): Subject {
  const claim = objectOf(member(payload, "sub_id"));
  const target = targetOf(text(claim, "uri") ?? "");
  if (target !== null) return { claim, target: { ...target, id: target.id ?? idOf(anyCase(claim, "id")) } };
  return { claim, target: { endpoint: "service", id: null, search: false } };
}

/** What every exchange of a token is without: a token tells what came of a request, not how it was made. */
const TOLD = { response: null, location: null, words: null, filtered: false };

function changeOf(method: Exchange["method"], { target }: Subject, data: JsonObject | null): Exchange {
  const change: Exchange = { ...TOLD, method, target, status: 200, request: data };
  // The data of a patch may also be the whole resource as it is afterwards.
  const whole = method === "PATCH" && data !== null && !Array.isArray(anyCase(data, "Operations"));
  return whole ? { ...change, method: "PUT" } : change;
}

function exchangeOf(type: EventType, subject: Subject, payload: JsonObject | null): Exchange | null {
  switch (type.kind) {
    case "change":
      return changeOf(type.method, subject, objectOf(anyCase(payload, "data")));
    case "state":
      return changeOf("PATCH", subject, {
        Operations: [{ op: "replace", path: "active", value: type.active }],
      });
    case "response": {
      const method = methodOf(anyCase(payload, "method"));
      const answer = {
        status: statusOf(anyCase(payload, "status")),
        response: bodyOf(anyCase(payload, "response")),
        location: text(payload, "location"),
      };
      return method === null ? null : { ...TOLD, ...answer, method, target: subject.target, request: null };
    }
    default:
      return null;
  }
}

/** An event that no rule reads, with the account that it is about. */
function otherOf(common: Common, { target, claim }: Subject): NormalEvent {
  const { subject: _, ...known } = common;
  const person = target.endpoint === "users" ? personOf(claim) : null;
  const account = {
    id: target.id,
    userName: person?.userName ?? null,
    displayName: person?.displayName ?? null,
  };
  return eventOf({
    ...known,
    layer: "application",
    operation: "other",
    outcome: "success",
    object: target.endpoint === "users" ? "user" : target.endpoint === "groups" ? "group" : null,
    person,
    account: target.endpoint === "users" && (account.id ?? account.userName) !== null ? account : null,
  });
}

function eventsOfToken(payload: JsonObject): NormalEvent[] {
  const events = objectOf(member(payload, "events"));
  const uris = events === null ? [] : Object.entries(events);
  if (uris.length === 0) throw new RecordError('The token tells no event: the claim "events" is empty.');
  const subject = subjectOf(payload);
  const common = {
    nativeId: idOf(member(payload, "jti")),
    at: timeOf(payload),
    application: applicationOf(payload),
    actor: null,
    correlationId: textOf(member(payload, "txn")),
    subject: subject.claim,
  };
  return uris.flatMap(([given, body]): NormalEvent[] => {
    const uri = given.toLowerCase();
    const type = eventTypeOf(uri);
    const exchange = exchangeOf(type, subject, objectOf(body));
    // A request was carried out for a client; all else is what the service provider says of itself.
    const layer = type.kind === "response" ? "provisioning" : "application";
    if (exchange === null) return [otherOf({ ...common, nativeType: uri }, subject)];
    return eventsOf(exchange, { ...common, nativeType: uri, layer });
  });
}

export const set: Adapter = {
  format: "set",
  label: "Security Event Tokens",

  detect(value) {
    const record = objectOf(value);
    return record !== null && holdsTokens(record);
  },

  parse(value) {
    return payloadsOf(requiredObject(value)).flatMap(eventsOfToken);
  },
};
