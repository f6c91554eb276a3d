/** Whom and what a record of GitHub's audit log names. */
import type {
  AccountRef,
  ActorRef,
  ApplicationRef,
  CredentialRef,
  EntitlementRef,
  PersonRef,
} from "../../event.ts";
import { unlessEmpty } from "../normal.ts";
import { type JsonObject, member, objectOf, textOf } from "../read.ts";
import type { EventType } from "./event-types.ts";

export const text = (record: JsonObject | null, name: string) => textOf(member(record, name));

/** An id, which exports write as a number and streams as text. */
export function idOf(record: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = member(record, name);
    if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
    const id = textOf(value);
    if (id !== null) return id;
  }
  return null;
}

/**
 * Each organisation is an application of its own, and so is the enterprise: who leaves one may stay in another.
 * What happens in an organisation is told with the enterprise beside it.
 */
export function applicationOf(record: JsonObject): ApplicationRef {
  const org = text(record, "org");
  if (org !== null) return { id: idOf(record, "org_id"), name: `GitHub ${org}` };
  const business = text(record, "business");
  if (business !== null) return { id: idOf(record, "business_id"), name: `GitHub ${business}` };
  return { id: null, name: "GitHub" };
}

export const accountOf = (
  record: JsonObject,
  who: "user" | "actor" | "invitee" | "owner",
): AccountRef | null =>
  unlessEmpty({ id: idOf(record, `${who}_id`), userName: text(record, who), displayName: null });

/** The person behind the actor, where single sign-on says who that is: a login alone is nobody that a directory knows. */
export function signedOnOf(record: JsonObject): PersonRef | null {
  const nameId = text(record, "external_identity_nameid");
  const userName = text(record, "external_identity_username") ?? nameId;
  if (userName === null) return null;
  const email = [nameId, userName].find((name) => name?.includes("@")) ?? null;
  return { id: idOf(record, "actor_id"), externalId: null, userName, email, displayName: null };
}

export const sameAccount = (a: AccountRef | null, b: AccountRef | null) =>
  a !== null && b !== null && (a.id !== null && b.id !== null ? a.id === b.id : a.userName === b.userName);

export function actorOf(record: JsonObject): ActorRef | null {
  const id = idOf(record, "actor_id");
  const name = text(record, "actor");
  if (id === null && name === null) return null;
  const bot = member(record, "actor_is_bot") === true;
  // Said without GitHub's wording: "Personal access token" is no person.
  const type = text(record, "programmatic_access_type") !== null ? "token" : bot ? "bot" : "user";
  return { id, type, name };
}

function named(kind: EntitlementRef["kind"], id: string | null, name: string | null): EntitlementRef | null {
  const label = name ?? id;
  return label === null ? null : { kind, id, name: label };
}

export function entitlementOf(record: JsonObject, { entitlement }: EventType): EntitlementRef | null {
  switch (entitlement) {
    case null:
      return null;
    case "team":
      return named(
        "group",
        idOf(record, "team_id"),
        text(record, "team") ?? text(objectOf(member(record, "data")), "team"),
      );
    case "repository":
      return named("role", idOf(record, "repo_id"), text(record, "repo") ?? text(record, "repository"));
    case "organization-role":
      return named("role", idOf(record, "organization_role_id"), text(record, "organization_role_name"));
    case "external-group":
      return named(
        "group",
        idOf(record, "external_group_id", "scim_group_id"),
        text(record, "external_group"),
      );
    default:
      return { kind: "role", id: null, name: entitlement.role };
  }
}

/** A credential as it opens this application: what one organisation revokes may still open another. */
export function credentialOf(record: JsonObject, owner: AccountRef | null): CredentialRef | null {
  const token = idOf(record, "token_id", "managed_token_id", "managed_oauth_access_id", "oauth_access_id");
  const client = idOf(record, "oauth_application_id");
  const who = owner?.id ?? owner?.userName;
  const own =
    token ??
    idOf(record, "user_programmatic_access_id", "fingerprint", "public_key_id", "hashed_token") ??
    (client !== null && who ? `application ${client} of ${who}` : null);
  if (own === null) return null;
  const scope = text(record, "org") ?? text(record, "business");
  const name =
    text(record, "user_programmatic_access_name") ??
    text(record, "oauth_application_name") ??
    text(record, "title");
  return { id: scope === null ? own : `${scope}:${own}`, name: name ?? own };
}
