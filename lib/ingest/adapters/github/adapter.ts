/** GitHub's audit log, of an organisation or an enterprise: REST, export and stream. docs/formats/github.md. */
import type { EventError, NormalEvent } from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { errorOf } from "../errors.ts";
import { eventOf } from "../normal.ts";
import { type JsonObject, member, objectOf, requiredInstant, requiredObject, shown } from "../read.ts";
import { type EventType, eventTypeOf } from "./event-types.ts";
import {
  accountOf,
  actorOf,
  applicationOf,
  credentialOf,
  entitlementOf,
  idOf,
  sameAccount,
  signedOnOf,
  text,
} from "./parts.ts";
import { scimRequestOf } from "./scim.ts";

/** Splunk's HTTP collector, to which GitHub streams, wraps each record as its `event`. */
const unwrapped = (record: JsonObject): JsonObject => objectOf(member(record, "event")) ?? record;

/** When it happened, before when it was recorded. `at_sign_timestamp`: some stores allow no `@` in a name. */
const TIMES = ["@timestamp", "at_sign_timestamp", "created_at"] as const;

/** GitHub writes milliseconds; stores that copied the record often a date as text. */
function dateOf(value: unknown): unknown {
  const date = typeof value === "number" ? new Date(value) : null;
  return date === null || Number.isNaN(date.getTime()) ? value : date.toISOString();
}

/** RFC 7644 §3.12: a SCIM failure has its status in a field of its own. */
function failureOf(record: JsonObject): EventError {
  const status = Number(idOf(record, "status_code") ?? "");
  return errorOf({
    message: text(record, "message") ?? text(record, "reason"),
    httpStatus: status >= 400 && status < 600 ? status : null,
  });
}

/** A change of role takes one and gives another. */
function roleChanges(own: NormalEvent, record: JsonObject): NormalEvent[] {
  const changes = [
    ["role-grant", text(record, "permission")],
    ["role-revoke", text(record, "old_permission")],
  ] as const;
  return changes.flatMap(([operation, name]) =>
    name === null ? [] : [{ ...own, operation, entitlement: { kind: "role" as const, id: null, name } }],
  );
}

/** Whatever was done with a token, it was let in. */
function tokenUseOf(own: NormalEvent, record: JsonObject): NormalEvent | null {
  const token = idOf(record, "token_id");
  const programmatic = text(record, "programmatic_access_type");
  if (token === null || programmatic === null || own.object === "credential") return null;
  const credential = credentialOf(record, null);
  return eventOf({
    nativeId: own.nativeId,
    nativeType: "github.token.use",
    at: own.at,
    layer: "access",
    operation: "sign-in",
    outcome: "success",
    object: "credential",
    person: signedOnOf(record),
    application: own.application,
    credential: credential === null ? null : { ...credential, name: programmatic },
    actor: own.actor,
  });
}

function ownEvents(record: JsonObject, action: string, type: EventType): NormalEvent[] {
  const request = type.scim ? scimRequestOf(record) : null;
  const actor = accountOf(record, "actor");
  // Streams write an empty user where nobody else is acted on.
  const user =
    accountOf(record, "user") ??
    accountOf(record, "invitee") ??
    (type.object === "credential" ? (accountOf(record, "owner") ?? actor) : null);
  const scimId = action.startsWith("external_identity.") ? idOf(record, "scim_user_id") : null;
  const subject =
    type.who === "actor" ? (actor ?? user) : type.who === "nobody" ? null : request ? request.account : user;
  const account = scimId === null ? subject : { userName: null, displayName: null, ...subject, id: scimId };
  const isCredential = type.object === "credential";
  const common = eventOf({
    nativeId: text(record, "_document_id"),
    nativeType: action,
    at: requiredInstant(TIMES.map((name) => [name, dateOf(member(record, name))])),
    layer: type.layer,
    operation: request?.operation ?? type.operation,
    outcome: type.outcome,
    object: type.object,
    active: request === null ? type.active : type.object === "user" ? request.active : null,
    person:
      request !== null
        ? type.object === "user"
          ? request.person
          : null
        : sameAccount(subject, actor)
          ? signedOnOf(record)
          : null,
    application: applicationOf(record),
    account: isCredential ? null : account,
    credential: isCredential ? credentialOf(record, subject) : null,
    entitlement: entitlementOf(record, type),
    actor: actorOf(record),
    error: type.outcome === "failure" ? failureOf(record) : null,
    correlationId: text(record, "request_id"),
  });
  if (request !== null && common.object === "user" && common.account === null && common.person === null) {
    // A request that names nobody is the connection's.
    return [{ ...common, object: "application" }];
  }
  if (action === "org.update_member") {
    const changes = roleChanges(common, record);
    return changes.length > 0 ? changes : [common];
  }
  // A collaborator may be no member, or no longer: being let into a repository is an account again.
  if (action === "repo.add_member")
    return [common, { ...common, operation: "update", active: true, entitlement: null }];
  return [common];
}

export const github: Adapter = {
  format: "github",
  label: "GitHub audit log",

  detect(value) {
    const whole = objectOf(value);
    if (whole === null) return false;
    const record = unwrapped(whole);
    const action = text(record, "action");
    if (action === null || !/^\w+(?:\.\w+)*$/.test(action)) return false;
    const somewhere = ["actor", "org", "business"].some((name) => text(record, name) !== null);
    return somewhere && (action.includes(".") || TIMES.some((name) => member(record, name) !== null));
  },

  parse(value) {
    const record = unwrapped(requiredObject(value));
    const action = text(record, "action");
    if (action === null) {
      throw new RecordError(`The field "action" is not a name: ${shown(member(record, "action"))}.`);
    }
    const own = ownEvents(record, action, eventTypeOf(action));
    const use = own[0] === undefined ? null : tokenUseOf(own[0], record);
    return use === null ? own : [...own, use];
  },
};
