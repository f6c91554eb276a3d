/** JumpCloud's Directory Insights, as its API and its exports give them. docs/formats/jumpcloud.md. */
import type { ActorRef, ApplicationRef, EntitlementRef, NormalEvent, PersonRef } from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { errorOf } from "../errors.ts";
import { eventOf, unlessEmpty } from "../normal.ts";
import {
  booleanOf,
  type JsonObject,
  member,
  objectOf,
  requiredInstant,
  requiredObject,
  shown,
  textOf,
} from "../read.ts";
import { activeOf, attributesAt, transitionOf } from "./changes.ts";
import { type EventType, eventTypeOf } from "./event-types.ts";

const text = (object: JsonObject | null, name: string) => textOf(member(object, name));
const inner = (object: JsonObject | null, name: string) => objectOf(member(object, name));

function personOf(user: JsonObject | null): PersonRef | null {
  // Administrators are no users and have ids of their own: they are known by their e-mail alone.
  const admin = text(user, "type") === "admin";
  const email = text(user, "email");
  const username = text(user, "username") ?? text(user, "name");
  return unlessEmpty({
    id: admin ? null : (text(user, "id") ?? text(user, "object_id")),
    externalId: null,
    userName: username ?? email,
    email: email ?? (username?.includes("@") ? username : null),
    displayName: text(user, "displayname"),
  });
}

function actorOf(record: JsonObject): ActorRef | null {
  const by = inner(record, "initiated_by");
  return unlessEmpty({
    id: text(by, "id"),
    type: text(by, "type"),
    name: text(by, "email") ?? text(by, "username") ?? text(by, "name"),
  });
}

/** An application by the label that administrators gave it, else by what it is. */
function applicationOf(application: JsonObject | null): ApplicationRef | null {
  const id = text(application, "id") ?? text(application, "object_id");
  const name =
    text(application, "display_label") ??
    text(application, "display_name") ??
    text(application, "name") ??
    id;
  return name === null ? null : { id, name };
}

function groupOf(group: JsonObject | null): EntitlementRef | null {
  const id = text(group, "id") ?? text(group, "object_id");
  const name = text(group, "name") ?? id;
  return name === null ? null : { kind: "group", id, name };
}

/** Things that people have accounts in, as the ends of an association name them. */
const TARGETS = new Set([
  "application",
  "g_suite",
  "office_365",
  "ldap_server",
  "active_directory",
  "radius_server",
]);

/** A user linked to a group is its member; linked to an application the user is assigned to it. Other links name no user, or no account. */
function associationOf(record: JsonObject): Partial<NormalEvent> {
  const association = inner(record, "association");
  const connection = inner(association, "connection");
  const ends = [inner(connection, "from"), inner(connection, "to")];
  const end = (fits: (type: string) => boolean) => ends.find((one) => fits(text(one, "type") ?? "")) ?? null;
  const op = text(association, "op")?.toLowerCase();
  const user = end((type) => type === "user");
  const group = end((type) => type === "user_group");
  const target = end((type) => TARGETS.has(type));
  if (user === null || (op !== "add" && op !== "remove") || (group ?? target) === null)
    return { object: null };
  const person = personOf(user);
  if (group !== null) {
    return { person, operation: op === "add" ? "member-add" : "member-remove", entitlement: groupOf(group) };
  }
  return {
    person,
    operation: op === "add" ? "create" : "deactivate",
    detail: "assignment",
    application: applicationOf(target),
  };
}

/** What the type's own part of the record says. */
function partsOf(record: JsonObject, type: EventType): Partial<NormalEvent> {
  const resource = inner(record, "resource") ?? inner(record, "target_resource");
  switch (type.about) {
    case "resource": {
      const application =
        inner(record, "application") ?? (text(resource, "type") === "application" ? resource : null);
      const ofUser =
        resource !== application ? resource : (inner(record, "target_resource") ?? inner(record, "user"));
      if (type.layer === "provisioning") {
        const person = personOf(ofUser);
        const named = applicationOf(application);
        // What names nobody is the connection's.
        return {
          person,
          application: named,
          object: person === null && named !== null ? "application" : "user",
        };
      }
      const changed = type.operation === "update" || type.operation === "create";
      return {
        person: personOf(ofUser),
        attributes: changed ? attributesAt(record, "to") : null,
        attributesBefore: changed ? attributesAt(record, "from") : null,
        ...(type.operation === "update" ? transitionOf(record) : {}),
        ...(type.operation === "create" ? { active: activeOf(record, "to").active } : {}),
      };
    }
    case "self":
      return {
        person: personOf(inner(record, "initiated_by") ?? resource),
        application: applicationOf(inner(record, "application")),
      };
    case "association":
      return associationOf(record);
    case "group":
      return { entitlement: groupOf(resource) };
    default:
      return {};
  }
}

export const jumpcloud: Adapter = {
  format: "jumpcloud",
  label: "JumpCloud Directory Insights",

  detect(value) {
    const record = objectOf(value);
    return (
      typeof member(record, "event_type") === "string" &&
      member(record, "timestamp") !== null &&
      (text(record, "service") !== null || inner(record, "initiated_by") !== null)
    );
  },

  parse(value) {
    const record = requiredObject(value);
    const nativeType = text(record, "event_type");
    if (nativeType === null) {
      throw new RecordError(`The field "event_type" is not a name: ${shown(member(record, "event_type"))}.`);
    }
    const type = eventTypeOf(nativeType);
    const message = text(record, "error_message");
    const success = booleanOf(member(record, "success"));
    // Where nothing says how it went, an error does.
    const failed = success === false || (success === null && message !== null);
    return [
      eventOf({
        nativeId: text(record, "id"),
        nativeType,
        at: requiredInstant([["timestamp", member(record, "timestamp")]]),
        layer: type.layer,
        operation: type.operation,
        object: type.object,
        detail: type.detail,
        active: type.active,
        actor: actorOf(record),
        ...partsOf(record, type),
        outcome: failed ? "failure" : (type.outcome ?? "success"),
        error: failed ? errorOf({ message }) : null,
      }),
    ];
  },
};
