/** Entra's sign-in logs, in Microsoft Graph's form and in Azure Monitor's. docs/formats/entra-sign-ins.md. */
import type { ApplicationRef, CredentialRef, NormalEvent, PersonRef } from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { errorOf } from "../errors.ts";
import { eventOf, unlessEmpty } from "../normal.ts";
import {
  anyCase,
  booleanOf,
  type JsonObject,
  objectOf,
  requiredInstant,
  requiredObject,
  textOf,
} from "../read.ts";
import { kindNamed, kindOfCategory, outcomeOfCode, type SignInKind } from "./event-types.ts";

/** What Entra writes for an id that there is none of. */
const NO_ID = "00000000-0000-0000-0000-000000000000";

const inner = (object: JsonObject | null, name: string) => objectOf(anyCase(object, name));

function text(object: JsonObject | null, ...names: string[]): string | null {
  for (const name of names) {
    const value = textOf(anyCase(object, name));
    if (value !== null && value !== NO_ID) return value;
  }
  return null;
}

/** Where the members of the record are, and its envelope when Azure Monitor put one around them. */
function bodyOf(record: JsonObject): { body: JsonObject; envelope: JsonObject | null } {
  if (kindOfCategory(anyCase(record, "category")) === undefined) return { body: record, envelope: null };
  const body = inner(record, "properties");
  if (body === null) throw new RecordError('The field "properties" of the sign-in is missing.');
  return { body, envelope: record };
}

/** By the record's own word, else by its category, else by who signs in. */
function kindOf(body: JsonObject, envelope: JsonObject | null): SignInKind {
  const told = anyCase(body, "signInEventTypes");
  const named = (Array.isArray(told) ? told : []).map(kindNamed).find((kind) => kind !== undefined);
  const kind = named ?? kindOfCategory(anyCase(envelope, "category"));
  if (kind !== undefined) return kind;
  if (text(body, "userId", "userPrincipalName") === null && text(body, "servicePrincipalId") !== null) {
    return "servicePrincipal";
  }
  return booleanOf(anyCase(body, "isInteractive")) === false ? "nonInteractiveUser" : "interactiveUser";
}

const isWorkload = (kind: SignInKind): boolean => kind === "servicePrincipal" || kind === "managedIdentity";

/**
 * The object id stands as externalId too: by it another source of Entra's, its provisioning logs above all, knows the
 * person. A workload goes by its id alone: it has no name that a person could share.
 */
function personOf(body: JsonObject, kind: SignInKind): PersonRef | null {
  const workload = isWorkload(kind);
  const id = text(body, workload ? "servicePrincipalId" : "userId");
  return unlessEmpty({
    id,
    externalId: id,
    userName: workload ? null : text(body, "userPrincipalName"),
    email: null,
    displayName: text(body, workload ? "servicePrincipalName" : "userDisplayName"),
  });
}

/** The application that a person signs in to; for a workload, which is an application itself, the resource that it opens. */
function applicationOf(body: JsonObject, kind: SignInKind): ApplicationRef | null {
  const [id, name] = isWorkload(kind)
    ? [text(body, "resourceId"), text(body, "resourceDisplayName")]
    : [text(body, "appId"), text(body, "appDisplayName")];
  const label = name ?? id;
  return label === null ? null : { id, name: label };
}

function credentialOf(body: JsonObject, kind: SignInKind): CredentialRef | null {
  const id = isWorkload(kind) ? text(body, "servicePrincipalCredentialKeyId") : null;
  return id === null ? null : { id, name: id };
}

/** A code as a number, also one written as text. */
function codeIn(value: unknown): number | null {
  const code = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof code === "number" && Number.isSafeInteger(code) ? code : null;
}

export const entraSignIns: Adapter = {
  format: "entra-sign-ins",
  label: "Microsoft Entra sign-in logs",

  detect(value) {
    const record = objectOf(value);
    const category = anyCase(record, "category");
    if (category !== null) return kindOfCategory(category) !== undefined;
    return (
      anyCase(record, "createdDateTime") !== null &&
      anyCase(inner(record, "status"), "errorCode") !== null &&
      anyCase(record, "appId", "appDisplayName", "servicePrincipalId") !== null &&
      // What tells provisioning records is in no sign-in.
      anyCase(record, "activityDateTime") === null
    );
  },

  parse(value) {
    const { body, envelope } = bodyOf(requiredObject(value));
    const at = requiredInstant([
      ["createdDateTime", anyCase(body, "createdDateTime")],
      ["time", anyCase(envelope, "time")],
    ]);
    const status = inner(body, "status");
    const code = codeIn(anyCase(status, "errorCode")) ?? codeIn(anyCase(envelope, "resultType"));
    const kind = kindOf(body, envelope);
    const outcome = outcomeOfCode(code);
    const credential = credentialOf(body, kind);
    const event: NormalEvent = eventOf({
      nativeId: text(body, "id"),
      nativeType: `signIn.${kind}`,
      at,
      layer: "access",
      operation: "sign-in",
      outcome,
      object: credential === null ? "user" : "credential",
      person: personOf(body, kind),
      application: applicationOf(body, kind),
      credential,
      correlationId: text(body, "correlationId") ?? text(envelope, "correlationId"),
    });
    if (outcome === "failure") {
      event.error = errorOf({
        code: String(code),
        message: text(status, "failureReason") ?? text(envelope, "resultDescription"),
        more: text(status, "additionalDetails"),
        class: "authentication",
      });
    }
    return [event];
  },
};
