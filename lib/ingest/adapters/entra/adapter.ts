/** Entra's provisioning logs, in Microsoft Graph's form and in Azure Monitor's. docs/formats/entra.md. */
import type {
  AccountRef,
  ActorRef,
  ApplicationRef,
  EntitlementRef,
  NormalEvent,
  ObjectKind,
  Operation,
  Outcome,
  PersonRef,
} from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { errorOf } from "../errors.ts";
import { attributesOf, eventOf, unlessEmpty } from "../normal.ts";
import {
  anyCase,
  booleanOf,
  type JsonObject,
  objectOf,
  objectsOf,
  requiredInstant,
  requiredObject,
  textOf,
} from "../read.ts";
import { actionOf, isImportStep, isQuarantine, outcomeOfStatus } from "./event-types.ts";
import { addedBy, modifiedProperties, portalPartOf, provisioningLogs, provisioningSteps } from "./portal.ts";

/** The rules' attributes as Entra (and Workday, for inbound jobs) names them. */
const ATTRIBUTE_NAMES = {
  department: ["department"],
  title: ["jobTitle", "title"],
  manager: ["manager", "managerId"],
} as const;

const inner = (object: JsonObject | null, name: string) => objectOf(anyCase(object, name));
const text = (object: JsonObject | null, ...names: string[]) => {
  for (const name of names) {
    const value = textOf(anyCase(object, name));
    if (value !== null) return value;
  }
  return null;
};

/** Graph says `id` and `displayName`, Azure Monitor `Id` and `Name`. */
const nameOf = (object: JsonObject | null) => text(object, "displayName", "name");

/** Where the members of the record are, and its envelope when Azure Monitor put one around them. */
function bodyOf(record: JsonObject): { body: JsonObject; envelope: JsonObject | null } {
  if (anyCase(record, "category") !== "ProvisioningLogs") return { body: record, envelope: null };
  const body = inner(record, "properties");
  if (body === null) throw new RecordError('The field "properties" of the provisioning record is missing.');
  return { body, envelope: record };
}

/** A record's parts, whichever form it came in. */
interface Parts {
  body: JsonObject;
  source: JsonObject | null;
  target: JsonObject | null;
  /** The details of the import step: the person as the source of truth has him. */
  imported: JsonObject | null;
  steps: JsonObject[];
  properties: JsonObject[];
  object: ObjectKind | null;
}

function partsOf(body: JsonObject): Parts {
  const steps = objectsOf(anyCase(body, "provisioningSteps"));
  const read = steps.find(
    (step) =>
      isImportStep(anyCase(step, "provisioningStepType")) &&
      outcomeOfStatus(anyCase(step, "status")) !== "failure",
  );
  const source = inner(body, "sourceIdentity");
  const target = inner(body, "targetIdentity");
  return {
    body,
    source,
    target,
    imported: inner(read ?? null, "details"),
    steps,
    properties: objectsOf(anyCase(body, "modifiedProperties")),
    object: objectKindOf(text(source, "identityType"), text(target, "identityType")),
  };
}

/**
 * A group where either side is one. The source of an inbound job may call a person a worker. Other things (roles,
 * contacts, devices) are no accounts.
 */
function objectKindOf(source: string | null, target: string | null): ObjectKind | null {
  if ([source, target].some((type) => type?.toLowerCase().endsWith("group"))) return "group";
  const type = source ?? target;
  return type === null || /user|worker|person|employee|inetorgperson/i.test(type) ? "user" : null;
}

function personOf({ source, imported, object }: Parts): PersonRef | null {
  if (object !== "user") return null;
  const details = inner(source, "details");
  return unlessEmpty({
    id: text(source, "id") ?? text(details, "id"),
    externalId: null,
    userName: text(details, "userPrincipalName") ?? text(imported, "userPrincipalName"),
    email: text(details, "mail") ?? text(imported, "mail"),
    displayName: nameOf(source) ?? text(details, "displayName") ?? text(imported, "displayName"),
  });
}

/** A property's value; some are JSON as text, with the quotes inside. */
function textOfProperty(property: JsonObject | undefined, name: "newValue" | "oldValue"): string | null {
  const value = textOf(anyCase(property ?? null, name));
  const quoted = value === null ? null : /^"(.*)"$/su.exec(value);
  return textOf(quoted === null ? value : quoted[1]);
}

function accountOf({ target, properties, steps, object }: Parts): AccountRef | null {
  if (object !== "user") return null;
  const details = inner(target, "details");
  const userName = properties.find((property) => nameOf(property)?.toLowerCase() === "username");
  const reportable = steps.map((step) => text(inner(step, "details"), "reportableIdentifier"));
  return unlessEmpty({
    id: text(target, "id"),
    userName:
      text(details, "userName", "userPrincipalName") ??
      textOfProperty(userName, "newValue") ??
      reportable.findLast((name) => name !== null) ??
      null,
    displayName: nameOf(target) ?? text(details, "displayName"),
  });
}

/** The group, by its source's id: the target's is not known before it was made. */
function entitlementOf({ source, target, object }: Parts): EntitlementRef | null {
  if (object !== "group") return null;
  const id = text(source, "id") ?? text(target, "id");
  const name = nameOf(source) ?? nameOf(target) ?? id;
  return name === null ? null : { kind: "group", id, name };
}

function applicationOf(body: JsonObject): ApplicationRef | null {
  const service = inner(body, "servicePrincipal");
  const system = inner(body, "targetSystem");
  const id = text(service, "id") ?? text(inner(system, "details"), "servicePrincipalId");
  const name = nameOf(service) ?? nameOf(system) ?? id;
  return name === null ? null : { id, name };
}

function actorOf(body: JsonObject): ActorRef | null {
  const by = inner(body, "initiatedBy");
  return unlessEmpty({ id: text(by, "id"), type: text(by, "initiatorType", "type"), name: nameOf(by) });
}

/** The status over `resultType`, which may contradict it. Neither known: nothing is sure to have happened. */
function outcomeOf(body: JsonObject, envelope: JsonObject | null): Outcome {
  return (
    outcomeOfStatus(anyCase(inner(body, "provisioningStatusInfo"), "status")) ??
    outcomeOfStatus(anyCase(inner(body, "statusInfo"), "status")) ??
    outcomeOfStatus(anyCase(envelope, "resultType")) ??
    "pending"
  );
}

/** What the changed properties say of the account's state: active afterwards, and whether it was so before. */
function stateOf(properties: readonly JsonObject[]): { now: boolean | null; before: boolean | null } {
  const now: boolean[] = [];
  const before: boolean[] = [];
  for (const property of properties) {
    const name = nameOf(property)?.toLowerCase();
    const deleted = name === "issoftdeleted";
    if (!deleted && name !== "active" && name !== "accountenabled") continue;
    const was = booleanOf(anyCase(property, "oldValue"));
    const is = booleanOf(anyCase(property, "newValue"));
    // Not to be deleted is not yet to be active, unless it was deleted before.
    if (is !== null && !(deleted && !is && was === null)) now.push(is !== deleted);
    if (was !== null) before.push(was !== deleted);
  }
  const all = (states: boolean[]) => (states.length === 0 ? null : states.every((state) => state));
  return { now: all(now), before: all(before) };
}

function operationOf(action: Operation, state: { now: boolean | null; before: boolean | null }): Operation {
  if (action !== "update" || state.now === null) return action;
  if (!state.now) return "deactivate";
  return state.before === false ? "reactivate" : "update";
}

/** What the source of truth says of the person, on the way: active or not. */
function importEventOf(own: NormalEvent, parts: Parts): NormalEvent | null {
  const person = personOf(parts);
  const enabled = booleanOf(anyCase(parts.imported, "accountEnabled"));
  const deleted = booleanOf(anyCase(parts.imported, "isSoftDeleted"));
  if (person === null || (enabled === null && deleted === null)) return null;
  const active = enabled !== false && deleted !== true;
  return eventOf({
    nativeId: own.nativeId,
    nativeType: "entra.import",
    at: own.at,
    layer: "directory",
    operation: active ? "update" : "deactivate",
    outcome: "success",
    object: "user",
    active,
    person,
    actor: own.actor,
    attributes: own.attributes,
    correlationId: own.correlationId,
  });
}

function errorInformationOf(parts: Parts) {
  const said = inner(inner(parts.body, "provisioningStatusInfo"), "errorInformation");
  const failed = parts.steps.find((step) => outcomeOfStatus(anyCase(step, "status")) === "failure");
  const more = text(said, "additionalDetails");
  return {
    code: text(said, "errorCode"),
    message: text(said, "reason") ?? more ?? text(failed ?? null, "description"),
    more,
    category: text(said, "errorCategory"),
    advice: text(said, "recommendedAction"),
  };
}

/** @throws {RecordError} when it can't be read. */
function eventsOf(record: JsonObject): NormalEvent[] {
  const { body, envelope } = bodyOf(record);
  const at = requiredInstant([
    ["activityDateTime", anyCase(body, "activityDateTime")],
    ["time", anyCase(envelope, "time")],
  ]);
  const parts = partsOf(body);
  const action = actionOf(text(body, "provisioningAction", "action"));
  const outcome = outcomeOf(body, envelope);
  const said = errorInformationOf(parts);
  const quarantined = outcome !== "success" && isQuarantine(said.code, said.message);
  const state = parts.object === "user" ? stateOf(parts.properties) : { now: null, before: null };
  const own = eventOf({
    nativeId: text(body, "id"),
    nativeType: action.name,
    at,
    layer: "provisioning",
    operation: operationOf(action.operation, state),
    outcome: quarantined ? "failure" : outcome,
    object: quarantined ? "application" : parts.object,
    detail: quarantined ? "quarantine" : null,
    active: quarantined ? null : state.now,
    person: quarantined ? null : personOf(parts),
    application: applicationOf(body),
    account: quarantined ? null : accountOf(parts),
    entitlement: quarantined ? null : entitlementOf(parts),
    actor: actorOf(body),
    attributes: attributesOf((name) => text(parts.imported, ...ATTRIBUTE_NAMES[name])),
    correlationId: text(body, "changeId") ?? text(envelope, "correlationId"),
  });
  if (own.outcome === "failure") {
    const error = errorOf({ ...said, class: quarantined ? "quarantine" : null });
    const ofService = error.class === "unknown" && /^(?:service)?failure$/i.test(said.category ?? "");
    own.error = ofService ? { ...error, class: "server" } : error;
  }
  const imported = importEventOf(own, parts);
  return imported === null ? [own] : [own, imported];
}

export const entra: Adapter = {
  format: "entra",
  label: "Microsoft Entra provisioning logs",
  tables: [provisioningLogs, modifiedProperties, provisioningSteps],

  detect(value) {
    const record = objectOf(value);
    if (anyCase(record, "category") === "ProvisioningLogs" || portalPartOf(value) !== null) return true;
    if (anyCase(record, "activityDateTime") === null) return false;
    return anyCase(record, "provisioningAction", "provisioningSteps", "provisioningStatusInfo") !== null;
  },

  parse(value) {
    const part = portalPartOf(value);
    return part === null ? eventsOf(requiredObject(value)) : addedBy(part, eventsOf);
  },
};
