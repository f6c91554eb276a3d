/** WorkOS events, Directory Sync's above all, as its API and its webhooks deliver them. docs/formats/workos.md. */
import type {
  ActorRef,
  ApplicationRef,
  CredentialRef,
  Detail,
  EntitlementRef,
  NormalEvent,
  Operation,
  PersonRef,
} from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { errorOf } from "../errors.ts";
import { attributesOf, eventOf, unlessEmpty } from "../normal.ts";
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
import { eventTypeOf, isKnownType, outcomeOfType } from "./event-types.ts";

/** RFC 7643 §4.3: where a directory that speaks SCIM puts department and manager. */
const ENTERPRISE_USER = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

const text = (object: JsonObject | null, name: string) => textOf(member(object, name));
const inner = (object: JsonObject | null, name: string) => objectOf(member(object, name));

function emailOf(user: JsonObject | null): string | null {
  const emails = objectsOf(member(user, "emails"));
  const primary = emails.find((email) => member(email, "primary") === true);
  return text(primary ?? null, "value") ?? text(user, "email") ?? text(emails[0] ?? null, "value");
}

function personOf(user: JsonObject | null): PersonRef | null {
  const email = emailOf(user);
  const names = [text(user, "first_name"), text(user, "last_name")].filter((name) => name !== null);
  return unlessEmpty({
    id: text(user, "id"),
    externalId: text(user, "idp_id"),
    userName: text(user, "username") ?? email,
    email,
    displayName: names.length > 0 ? names.join(" ") : text(user, "name"),
  });
}

/** WorkOS's own fields before the custom ones, and those before what the directory sent. */
function userAttributesOf(user: JsonObject | null): NormalEvent["attributes"] {
  const custom = inner(user, "custom_attributes");
  const raw = inner(user, "raw_attributes");
  const enterprise = inner(raw, ENTERPRISE_USER);
  const manager = inner(enterprise, "manager");
  return attributesOf((name) => {
    if (name === "title") return text(user, "job_title") ?? text(custom, "job_title") ?? text(raw, "title");
    const own = text(user, name) ?? text(custom, name) ?? text(raw, name) ?? text(enterprise, name);
    if (name === "department") return text(user, "department_name") ?? text(custom, "department_name") ?? own;
    return (
      text(user, "manager_email") ??
      text(custom, "manager_email") ??
      own ??
      text(manager, "displayName") ??
      text(manager, "value")
    );
  });
}

/** WorkOS called a suspended user `suspended` until December 2023, since then `inactive`. */
function activeOf(state: string | null): boolean | null {
  if (state === "active") return true;
  return state === "inactive" || state === "suspended" ? false : null;
}

/** An update that changes the user's state is more than an update. */
function transitionOf(
  user: JsonObject,
  context: JsonObject | null,
): { operation: Operation; detail: Detail | null } {
  const previous = inner(user, "previous_attributes") ?? inner(context, "previous_attributes");
  const [was, is] = [text(previous, "state"), text(user, "state")];
  const [before, now] = [activeOf(was), activeOf(is)];
  if (before === null || now === null || before === now) return { operation: "update", detail: null };
  if (now) return { operation: "reactivate", detail: was === "suspended" ? "suspend" : null };
  return { operation: "deactivate", detail: is === "suspended" ? "suspend" : null };
}

function groupOf(group: JsonObject | null): EntitlementRef | null {
  const id = text(group, "id");
  const name = text(group, "name") ?? id;
  return name === null ? null : { kind: "group", id, name };
}

function directoryOf(directory: JsonObject): ApplicationRef | null {
  const id = text(directory, "id");
  const name = text(directory, "name") ?? id;
  return name === null ? null : { id, name };
}

function tokenOf(token: JsonObject): CredentialRef | null {
  const id = text(token, "id");
  return id === null ? null : { id, name: text(token, "name") ?? text(token, "token_suffix") ?? id };
}

function actorOf(context: JsonObject | null): ActorRef | null {
  const actor = inner(context, "actor");
  return unlessEmpty({ id: text(actor, "id"), type: text(actor, "source"), name: text(actor, "name") });
}

export const workos: Adapter = {
  format: "workos",
  label: "WorkOS events",
  isKnownType,

  detect(value) {
    const record = objectOf(value);
    const event = member(record, "event");
    if (typeof event !== "string" || inner(record, "data") === null) return false;
    const enveloped = member(record, "object") === "event" && member(record, "created_at") !== null;
    return enveloped || event.startsWith("dsync.");
  },

  parse(value) {
    const record = requiredObject(value);
    const nativeType = text(record, "event");
    if (nativeType === null) {
      throw new RecordError(`The field "event" is not a name: ${shown(member(record, "event"))}.`);
    }
    const data = inner(record, "data");
    if (data === null) {
      throw new RecordError(`The field "data" is not an object: ${shown(member(record, "data"))}.`);
    }
    const at = requiredInstant([
      ["created_at", member(record, "created_at")],
      ["data.updated_at", member(data, "updated_at")],
      ["data.created_at", member(data, "created_at")],
    ]);
    const context = inner(record, "context");
    const type = eventTypeOf(nativeType);
    const outcome = outcomeOfType(nativeType);
    const failed = inner(data, "error");
    const event = eventOf({
      nativeId: text(record, "id"),
      nativeType,
      at,
      layer: type.layer,
      operation: type.operation,
      outcome,
      object: type.object,
      actor: actorOf(context),
      error:
        outcome === "failure"
          ? errorOf({ code: text(failed, "code"), message: text(failed, "message") })
          : null,
    });
    switch (type.data) {
      case "user":
        event.person = personOf(data);
        event.attributes = userAttributesOf(data);
        // A deleted user's state is the one he had before.
        event.active = event.operation === "delete" ? null : activeOf(text(data, "state"));
        if (event.operation === "update") Object.assign(event, transitionOf(data, context));
        break;
      case "membership":
        // The state that stands here may be older than the membership: it asserts nothing.
        event.person = personOf(inner(data, "user"));
        event.entitlement = groupOf(inner(data, "group"));
        break;
      case "group":
        event.entitlement = groupOf(data);
        break;
      case "directory":
        event.application = directoryOf(data);
        break;
      case "token":
        event.credential = tokenOf(data);
        break;
      default:
        break;
    }
    return [event];
  },
};
