/** OneLogin's events, as its API lists them and its webhooks deliver them. docs/formats/onelogin.md. */
import type {
  AccountRef,
  ActorRef,
  ApplicationRef,
  CredentialRef,
  EntitlementRef,
  PersonRef,
} from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { errorOf } from "../errors.ts";
import { eventOf, unlessEmpty } from "../normal.ts";
import {
  type JsonObject,
  member,
  objectOf,
  requiredInstant,
  requiredObject,
  shown,
  textOf,
} from "../read.ts";
import { type EventType, eventTypeOf } from "./event-types.ts";

const text = (record: JsonObject, name: string) => textOf(member(record, name));

/** A number, which some exports write as text. */
function numberOf(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

function idOf(record: JsonObject, name: string): string | null {
  const value = member(record, name);
  const number = numberOf(value);
  return number === null ? textOf(value) : String(number);
}

/** Webhooks write `2026-03-02 09:15:30 UTC`. */
function timeOf(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/ UTC$/, "Z") : value;
}

/** OneLogin names people by first and last name, and by e-mail only where they have neither. */
function personOf(record: JsonObject, who: "user" | "actor_user"): PersonRef | null {
  const name = text(record, `${who}_name`);
  const email = who === "user" ? text(record, "user_email") : null;
  const address = email ?? (name?.includes("@") ? name : null);
  return unlessEmpty({
    id: idOf(record, `${who}_id`),
    externalId: null,
    userName: address,
    email: address,
    displayName: name === address ? null : name,
  });
}

function named(id: string | null, name: string | null): { id: string | null; name: string } | null {
  const label = name ?? id;
  return label === null ? null : { id, name: label };
}

function applicationOf(record: JsonObject, { at, object }: EventType): ApplicationRef | null {
  if (at !== null) return named(idOf(record, `${at}_id`), text(record, `${at}_name`));
  return object === "credential" ? { id: null, name: "OneLogin" } : null;
}

/** The user's login at the app. */
function accountOf(record: JsonObject, { at }: EventType): AccountRef | null {
  if (at !== "app") return null;
  return unlessEmpty({
    id: idOf(record, "login_id"),
    userName: text(record, "login_name"),
    displayName: null,
  });
}

/** A role gives its members their apps, as a group does in other directories. */
function entitlementOf(record: JsonObject, { entitlement }: EventType): EntitlementRef | null {
  if (entitlement === null) return null;
  const thing = named(idOf(record, `${entitlement}_id`), text(record, `${entitlement}_name`));
  if (entitlement === "role") return thing === null ? null : { kind: "group", ...thing };
  return { kind: "role", ...(thing ?? { id: null, name: "administrative privilege" }) };
}

function credentialOf(record: JsonObject): CredentialRef | null {
  const name = text(record, "api_credential_name");
  const id = text(record, "client_id") ?? name;
  return id === null ? null : { id, name: name ?? id };
}

/** Who did it: a user, also where he had assumed another's place, or one of OneLogin's own systems. */
function actorOf(record: JsonObject): ActorRef | null {
  const id = idOf(record, "assuming_acting_user_id") ?? idOf(record, "actor_user_id");
  const name = text(record, "actor_user_name") ?? text(record, "actor_system");
  if (id === null && name === null) return null;
  return { id, type: id === null ? "system" : "user", name };
}

/** Whom the record is about; for a sign-in or a credential else who acts. */
function subjectOf(record: JsonObject, type: EventType): PersonRef | null {
  if (type.object === null || type.object === "application") return null;
  const user = personOf(record, "user");
  const actsOnSelf = type.layer === "access" || type.object === "credential";
  return user ?? (actsOnSelf ? personOf(record, "actor_user") : null);
}

export const onelogin: Adapter = {
  format: "onelogin",
  label: "OneLogin events",

  detect(value) {
    const record = objectOf(value);
    const timed = member(record, "created_at") !== null || member(record, "event_timestamp") !== null;
    return (
      timed && numberOf(member(record, "event_type_id")) !== null && member(record, "account_id") !== null
    );
  },

  parse(value) {
    const record = requiredObject(value);
    const number = numberOf(member(record, "event_type_id"));
    if (number === null) {
      throw new RecordError(
        `The field "event_type_id" is not a number: ${shown(member(record, "event_type_id"))}.`,
      );
    }
    const type = eventTypeOf(number);
    const application = applicationOf(record, type);
    const person = subjectOf(record, type);
    const account = type.object === "user" ? accountOf(record, type) : null;
    // What names nobody is the connection's.
    const nobody = type.layer === "provisioning" && person === null && account === null;
    const failed = type.outcome === "failure";
    const message =
      text(record, "error_description") ?? text(record, "notes") ?? text(record, "custom_message");
    return [
      eventOf({
        nativeId: text(record, "uuid") ?? idOf(record, "id"),
        nativeType: `${number} ${type.name}`.trim(),
        at: requiredInstant([
          ["created_at", timeOf(member(record, "created_at"))],
          ["event_timestamp", timeOf(member(record, "event_timestamp"))],
        ]),
        layer: type.layer,
        operation: type.operation,
        outcome: type.outcome,
        object: nobody ? "application" : type.object,
        detail: type.detail,
        active: type.active,
        person,
        application,
        account,
        entitlement: entitlementOf(record, type),
        credential: type.object === "credential" ? credentialOf(record) : null,
        actor: actorOf(record),
        error: failed ? errorOf({ message, class: type.errorClass }) : null,
        correlationId: idOf(record, "directory_sync_run_id"),
      }),
    ];
  },
};
