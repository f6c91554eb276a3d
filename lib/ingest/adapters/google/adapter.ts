/** Google Workspace's activity reports, as the Reports API gives them. docs/formats/google.md. */
import type {
  ActorRef,
  ApplicationRef,
  CredentialRef,
  EntitlementRef,
  Instant,
  NormalEvent,
  PersonRef,
} from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { errorOf } from "../errors.ts";
import { eventOf, unlessEmpty } from "../normal.ts";
import {
  type JsonObject,
  member,
  objectOf,
  objectsOf,
  requiredInstant,
  requiredObject,
  shown,
  textOf,
} from "../read.ts";
import { type EventType, eventTypeOf } from "./event-types.ts";

const text = (object: JsonObject | null, name: string) => textOf(member(object, name));
const inner = (object: JsonObject | null, name: string) => objectOf(member(object, name));

/** What every event of a record shares. */
interface Activity {
  nativeId: string | null;
  at: Instant;
  application: string;
  customer: string | null;
  /** The actor as a person; a service account or a key is none. */
  self: PersonRef | null;
  actor: ActorRef | null;
}

const named = (id: string | null, email: string | null): PersonRef | null =>
  unlessEmpty({ id, externalId: null, userName: email, email, displayName: null });

function activityOf(record: JsonObject): Activity {
  const id = inner(record, "id");
  const actor = inner(record, "actor");
  const client = inner(actor, "applicationInfo");
  const email = text(actor, "email");
  const profile = text(actor, "profileId");
  return {
    nativeId: text(id, "uniqueQualifier"),
    at: requiredInstant([["id.time", member(id, "time")]]),
    application: text(id, "applicationName")?.toLowerCase() ?? "unknown",
    customer: text(id, "customerId"),
    self: named(profile, email),
    actor: unlessEmpty({
      id: profile,
      type: client === null ? (text(actor, "callerType")?.toLowerCase() ?? null) : "client",
      name: email ?? text(actor, "key") ?? text(client, "applicationName"),
    }),
  };
}

/** Parameters by name; of one with several values the first, for none that is read here has more. */
function parametersOf(event: JsonObject): (name: string | null) => string | null {
  const parameters = objectsOf(member(event, "parameters"));
  return (name) => {
    const parameter = parameters.find((one) => member(one, "name") === name) ?? null;
    const several = member(parameter, "multiValue");
    return text(parameter, "value") ?? (Array.isArray(several) ? textOf(several[0]) : null);
  };
}

type Parameters = ReturnType<typeof parametersOf>;

/** Reports name the user acted on by e-mail alone; only for who acts on himself is the id known. */
function personOf(
  { target, object }: EventType,
  { self }: Activity,
  parameter: Parameters,
): PersonRef | null {
  if (object === "group" || object === null) return null;
  if (target === null) return self;
  const email = parameter(target);
  return email !== null && email.toLowerCase() === self?.email?.toLowerCase() ? self : named(null, email);
}

function entitlementOf({ entitlement }: EventType, parameter: Parameters): EntitlementRef | null {
  if (entitlement === null) return null;
  if (typeof entitlement === "string") return { kind: "role", id: null, name: entitlement };
  const id = parameter(entitlement.id);
  const name = parameter(entitlement.name) ?? parameter("PRODUCT_NAME") ?? id;
  return name === null ? null : { kind: entitlement.kind, id, name };
}

/** A person's grant to one OAuth client. Admins revoke it by client and e-mail, so that these are its id. */
function credentialOf(person: PersonRef | null, parameter: Parameters): CredentialRef | null {
  const client = parameter("client_id") ?? parameter("APP_ID");
  const owner = person?.email ?? person?.id;
  if (client === null || !owner) return null;
  return {
    id: `${client} of ${owner.toLowerCase()}`,
    name: parameter("app_name") ?? parameter("APP_NAME") ?? client,
  };
}

function applicationOf(
  type: EventType,
  { customer }: Activity,
  parameter: Parameters,
): ApplicationRef | null {
  if (type.application === null) return { id: customer, name: "Google Workspace" };
  const name = parameter(type.application);
  return name === null ? null : { id: null, name };
}

function eventsOf(event: JsonObject, activity: Activity): NormalEvent[] {
  const nativeType = `${activity.application}.${text(event, "name") ?? "unknown"}`;
  const type = eventTypeOf(nativeType);
  const parameter = parametersOf(event);
  const person = personOf(type, activity, parameter);
  const failure = type.outcome === "failure";
  const shared = {
    nativeId: activity.nativeId,
    nativeType,
    at: activity.at,
    outcome: type.outcome,
    object: type.object,
    person,
    actor: activity.actor,
  };
  const isCredential = type.object === "credential";
  const own = eventOf({
    ...shared,
    layer: type.layer,
    operation: type.operation,
    active: type.active,
    application: applicationOf(type, activity, parameter),
    account:
      isCredential || type.application !== null
        ? null
        : unlessEmpty({ id: person?.id ?? null, userName: person?.email ?? null, displayName: null }),
    entitlement: entitlementOf(type, parameter),
    credential: isCredential ? credentialOf(person, parameter) : null,
    error: failure ? errorOf({ code: parameter(type.reason), message: null, class: type.errorClass }) : null,
  });
  if (type.directory === null) return [own];
  return [own, eventOf({ ...shared, layer: "directory", ...type.directory })];
}

export const google: Adapter = {
  format: "google",
  label: "Google Workspace reports",

  detect(value) {
    const record = objectOf(value);
    const id = inner(record, "id");
    if (text(id, "applicationName") === null) return false;
    if (member(record, "kind") === "admin#reports#activity") return true;
    return text(id, "uniqueQualifier") !== null && Array.isArray(member(record, "events"));
  },

  parse(value) {
    const record = requiredObject(value);
    const activity = activityOf(record);
    const events = objectsOf(member(record, "events"));
    if (events.length === 0) {
      throw new RecordError(`The field "events" holds no event: ${shown(member(record, "events"))}.`);
    }
    return events.flatMap((event) => eventsOf(event, activity));
  },
};
