/** Okta's System Log: one record as its API, an event hook and an export deliver it. docs/formats/okta.md. */
import type {
  AccountRef,
  ActorRef,
  ApplicationRef,
  CredentialRef,
  EntitlementRef,
  NormalEvent,
  Outcome,
  PersonRef,
} from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { errorOf } from "../errors.ts";
import { attributesOf, eventOf, unlessEmpty } from "../normal.ts";
import {
  anyCase,
  type JsonObject,
  jsonIn,
  member,
  objectOf,
  objectsOf,
  requiredInstant,
  requiredObject,
  shown,
  textOf,
} from "../read.ts";
import { eventTypeOf, rowOf } from "./event-type-of.ts";
import type { EventType } from "./kinds.ts";

/** The application that Okta's own API tokens and its clients' secrets open. */
const OKTA: ApplicationRef = { id: null, name: "Okta" };

const OUTCOMES = new Map<string, Outcome>([
  ["SUCCESS", "success"],
  ["ALLOW", "success"],
  ["FAILURE", "failure"],
  ["DENY", "failure"],
  ["RATE_LIMIT", "failure"],
  ["SKIPPED", "skipped"],
]);

/** A record's parts, found by what they are and never by their position. */
interface Parts {
  record: JsonObject;
  actor: JsonObject | null;
  user: JsonObject | null;
  appUser: JsonObject | null;
  appInstance: JsonObject | null;
  /** An OAuth client or an agent: what is let in without being a person. */
  client: JsonObject | null;
  credential: JsonObject | null;
  entitlements: EntitlementRef[];
}

/** Text that says something: Okta writes "unknown" for what it does not know. */
function known(value: unknown): string | null {
  const text = textOf(value);
  return text?.toLowerCase() === "unknown" ? null : text;
}

const typeOf = (entity: JsonObject | null) => known(member(entity, "type"))?.toLowerCase() ?? "";

/** An id and a label; null when the source gives neither. */
function named(id: string | null, name: string | null): { id: string | null; name: string } | null {
  const label = name ?? id;
  return label === null ? null : { id, name: label };
}

const entityName = (entity: JsonObject | null) =>
  known(member(entity, "displayName")) ?? known(member(entity, "alternateId"));

function entitlementOf(target: JsonObject, kind: EntitlementRef["kind"]): EntitlementRef | null {
  const thing = named(known(member(target, "id")), entityName(target));
  return thing === null ? null : { kind, ...thing };
}

/** Groups before roles; a group that stands there twice, as Okta's and as the application's, once and as Okta's. */
function entitlementsOf(targets: readonly JsonObject[]): EntitlementRef[] {
  const kinds = [
    ["usergroup", "group"],
    ["group", "group"],
    ["appgroup", "group"],
    ["role", "role"],
    ["entitlement", "role"],
  ] as const;
  const found = new Map<string, EntitlementRef>();
  for (const [type, kind] of kinds) {
    for (const target of targets) {
      const entitlement = typeOf(target) === type ? entitlementOf(target, kind) : null;
      if (entitlement !== null && !found.has(entitlement.name)) found.set(entitlement.name, entitlement);
    }
  }
  return [...found.values()];
}

function partsOf(record: JsonObject): Parts {
  const targets = objectsOf(member(record, "target"));
  const first = (type: string) => targets.find((target) => typeOf(target) === type) ?? null;
  const like = (type: RegExp) => targets.find((target) => type.test(typeOf(target))) ?? null;
  return {
    record,
    actor: objectOf(member(record, "actor")),
    user: first("user"),
    appUser: first("appuser"),
    appInstance: first("appinstance"),
    client: like(/clientapp$|^workload|agent$/),
    credential: first("token") ?? like(/secret|key|token|credential|jwk/),
    entitlements: entitlementsOf(targets),
  };
}

function personOf(entity: JsonObject | null): PersonRef | null {
  const userName = known(member(entity, "alternateId"));
  return unlessEmpty({
    id: known(member(entity, "id")),
    externalId: null,
    userName,
    email: userName?.includes("@") ? userName : null,
    displayName: known(member(entity, "displayName")),
  });
}

function accountOf({ appUser }: Parts): AccountRef | null {
  return unlessEmpty({
    id: known(member(appUser, "id")),
    userName: known(member(appUser, "alternateId")),
    displayName: known(member(appUser, "displayName")),
  });
}

/** The AppInstance; else what the AppUser's details say of it; else the client that acts in a sign-in or was changed. */
function applicationOf(parts: Parts, type: EventType): ApplicationRef | null {
  const { appInstance, appUser, actor } = parts;
  const details = objectOf(member(appUser, "detailEntry"));
  const acting = type.layer === "access" && typeOf(actor).endsWith("clientapp") ? actor : null;
  const client = type.object === "application" ? parts.client : acting;
  return (
    named(known(member(appInstance, "id")), entityName(appInstance)) ??
    named(
      known(anyCase(details, "appInstanceId", "applicationId", "appId")),
      known(anyCase(details, "appInstanceName", "applicationName", "appName", "label")),
    ) ??
    named(known(member(client, "id")), entityName(client))
  );
}

/** Where it happened: an application, Okta itself for a credential of its own, or nowhere but at the provider. */
function placeOf(parts: Parts, type: EventType, credential: CredentialRef | null): ApplicationRef | null {
  if (type.object === "credential") return credential === null ? null : OKTA;
  return type.atProvider ? null : applicationOf(parts, type);
}

function actorOf({ actor }: Parts): ActorRef | null {
  return unlessEmpty({
    id: known(member(actor, "id")),
    type: known(member(actor, "type")),
    name: entityName(actor),
  });
}

function outcomeOf(result: string | null): Outcome {
  return result === null ? "success" : (OUTCOMES.get(result.toUpperCase()) ?? "pending");
}

/** Some of the debug data are JSON as text. */
function jsonObjectIn(value: unknown): JsonObject | null {
  const text = textOf(value);
  return objectOf(text?.trimStart().startsWith("{") ? jsonIn(text) : value);
}

/** Attributes after a profile's change, or before it; `changedAttributes` often holds names alone, which say nothing here. */
function changedAttributesOf(
  { user }: Parts,
  debugData: JsonObject | null,
  side: "from" | "to",
): NormalEvent["attributes"] {
  const changes = objectOf(member(objectOf(member(user, "changeDetails")), side));
  const changed = jsonObjectIn(member(debugData, "changedAttributes"));
  const names = {
    department: ["department"],
    title: ["title", "jobTitle"],
    manager: ["manager", "managerId"],
  } as const;
  return attributesOf((name) => {
    const told = anyCase(changes, ...names[name]);
    const value = told ?? anyCase(changed, ...names[name]);
    // A bare value among the changed attributes is the one after the change.
    const bare = told !== null || side === "to" ? value : null;
    return member(objectOf(value), side) ?? bare;
  });
}

function credentialOf({ credential }: Parts): CredentialRef | null {
  const id = known(member(credential, "id"));
  return id === null ? null : { id, name: known(member(credential, "displayName")) ?? id };
}

/** A client has no name that a person could share: it goes by its id alone. */
function clientOf({ client, appInstance }: Parts): PersonRef | null {
  const entity = client ?? appInstance;
  const id = known(member(entity, "id"));
  if (id === null) return null;
  return { id, externalId: null, userName: null, email: null, displayName: entityName(entity) };
}

/** The use of an API token, which any record of what it was used for carries. */
function tokenUseOf(own: NormalEvent, parts: Parts, debugData: JsonObject | null): NormalEvent | null {
  const detail = objectOf(member(objectOf(member(parts.record, "transaction")), "detail"));
  const id = known(member(detail, "requestApiTokenId"));
  if (id === null) return null;
  return eventOf({
    nativeId: own.nativeId,
    nativeType: "okta.api_token.use",
    at: own.at,
    layer: "access",
    operation: "sign-in",
    // Whatever became of the action, the token was let in; only this type says that it was not.
    outcome: own.nativeType === "system.api_token.request_outside_allowed_range" ? "failure" : "success",
    object: "credential",
    person: typeOf(parts.actor) === "user" ? personOf(parts.actor) : null,
    application: OKTA,
    credential: { id, name: known(member(debugData, "requestApiTokenName")) ?? id },
    actor: own.actor,
    correlationId: own.correlationId,
  });
}

/** Whom the record is about: the user among its targets; for sign-ins and API tokens else the user who acts. */
function subjectOf(parts: Parts, type: EventType): PersonRef | null {
  const { user, actor } = parts;
  if (type.object === "group" || type.object === "application") return null;
  if (type.owner === "client") return clientOf(parts) ?? personOf(user);
  const actsOnSelf = type.layer === "access" || type.owner === "actor";
  return personOf(user) ?? (actsOnSelf && typeOf(actor) === "user" ? personOf(actor) : null);
}

/** Names past this are not read: no list of one person's roles is so long. */
const ROLES_CHARACTERS = 4_000;

/** Roles of an administrator: the debug data name all that he holds now, else those among the targets. */
function adminRolesOf({ record }: Parts, debugData: JsonObject | null): EntitlementRef[] {
  const held = textOf(member(debugData, "privilegeGranted"))?.slice(0, ROLES_CHARACTERS);
  // A role may say in brackets what it reaches: "Application administrator (Chat, Wiki)".
  const names = held?.match(/(?:[^,(]|\([^)]*\)?)+/g)?.map((name) => name.trim()) ?? [];
  const told = [...new Set(names)].filter((name) => name !== "");
  if (told.length > 0) return told.map((name) => ({ kind: "role", id: null, name }));
  return objectsOf(member(record, "target"))
    .filter((target) => typeOf(target).includes("role"))
    .map((target) => entitlementOf(target, "role"))
    .filter((role) => role !== null);
}

/** The record's own event, once for each entitlement when it gives or takes several. */
function ownEvents(common: NormalEvent, parts: Parts, debugData: JsonObject | null): NormalEvent[] {
  const { operation, object } = common;
  const aboutEntitlements = /^(?:member|role)-/.test(operation);
  if (!aboutEntitlements && object !== "group") return [common];
  const asAdmin = common.layer === "directory" && operation.startsWith("role-") && object !== "group";
  const [first = null, ...others] = asAdmin ? adminRolesOf(parts, debugData) : parts.entitlements;
  const nobody = common.layer === "provisioning" && common.person === null && common.account === null;
  // A change of members that names no member is the group's.
  const own: NormalEvent = { ...common, object: nobody ? "group" : object, entitlement: first };
  if (!aboutEntitlements || nobody || object === "group") return [own];
  return [own, ...others.map((entitlement) => ({ ...own, entitlement }))];
}

export const okta: Adapter = {
  format: "okta",
  label: "Okta System Log",
  isKnownType: (nativeType) => rowOf(nativeType) !== null,

  detect(value) {
    const record = objectOf(value);
    return (
      typeof member(record, "eventType") === "string" &&
      member(record, "published") !== null &&
      (member(record, "uuid") !== null || member(record, "actor") !== null)
    );
  },

  parse(value) {
    const record = requiredObject(value);
    const nativeType = textOf(member(record, "eventType"));
    if (nativeType === null) {
      throw new RecordError(`The field "eventType" is not a name: ${shown(member(record, "eventType"))}.`);
    }
    const at = requiredInstant([["published", member(record, "published")]]);
    const type = eventTypeOf(nativeType);
    const parts = partsOf(record);
    const said = objectOf(member(record, "outcome"));
    const outcome = type.outcome ?? outcomeOf(textOf(member(said, "result")));
    const debugData = objectOf(member(objectOf(member(record, "debugContext")), "debugData"));
    const aboutUser = type.object === "user" || type.object === null;
    const limited = textOf(member(said, "result"))?.toUpperCase() === "RATE_LIMIT" ? "rate-limit" : null;
    const profile = nativeType === "user.account.update_profile";
    const credential = type.object === "credential" ? credentialOf(parts) : null;
    const common = eventOf({
      nativeId: textOf(member(record, "uuid")),
      nativeType,
      at,
      layer: type.layer,
      operation: type.operation,
      outcome,
      object: type.object,
      detail: type.detail,
      person: subjectOf(parts, type),
      application: placeOf(parts, type, credential),
      account: aboutUser && !type.atProvider ? accountOf(parts) : null,
      credential,
      actor: actorOf(parts),
      error:
        outcome === "failure"
          ? errorOf({ message: textOf(member(said, "reason")), class: type.errorClass ?? limited })
          : null,
      attributes: profile ? changedAttributesOf(parts, debugData, "to") : null,
      attributesBefore: profile ? changedAttributesOf(parts, debugData, "from") : null,
      correlationId: known(member(objectOf(member(record, "transaction")), "id")),
    });
    const use = tokenUseOf(common, parts, debugData);
    const own = ownEvents(common, parts, debugData);
    return use === null ? own : [...own, use];
  },
};
