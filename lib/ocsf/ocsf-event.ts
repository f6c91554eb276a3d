/** An event of the log as OCSF. Pure. docs/formats/ocsf.md. */
import { isDeepStrictEqual } from "node:util";
import { ocsf } from "../ingest/adapters/ocsf/adapter.ts";
import {
  ACTIVITIES,
  CATEGORY,
  CLASSES,
  type ClassName,
  OCSF_VERSION,
  OTHER,
  OWN_PRODUCT,
} from "../ingest/adapters/ocsf/classes.ts";
import type { LoggedEvent, NormalEvent } from "../ingest/event.ts";

type Json = Record<string, unknown>;

/** Without what is null or undefined; null where nothing is left. */
function given(object: Json): Json | null {
  const kept = Object.entries(object).filter(([, value]) => value !== null && value !== undefined);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

/** The user that the event is about: the person, with the account that the person has at the application. */
function userOf({ person, account, application, attributes }: NormalEvent): Json | null {
  const named = given({
    uid: person?.id,
    uid_alt: person?.externalId,
    name: person?.userName,
    email_addr: person?.email,
    full_name: person?.displayName,
    account: given({ uid: account?.id, name: account?.userName }),
    ldap_person: given({
      job_title: attributes?.title,
      manager: given({ name: attributes?.manager }),
    }),
  });
  return named && { ...named, ...(application === null ? {} : { domain: application.name }) };
}

/** Which class an event is of: the one whose activity it is, where what the class demands is known. */
function classFor(event: NormalEvent): ClassName {
  const { operation, object, entitlement } = event;
  const user = userOf(event);
  if (operation === "sign-in" && user !== null) return "authentication";
  if ((operation === "role-grant" || operation === "role-revoke") && user !== null && entitlement !== null)
    return "access";
  if (
    entitlement !== null &&
    (operation === "member-add" || operation === "member-remove" || object === "group")
  )
    return "group";
  if (object === "user" && user !== null && operation !== "read" && operation !== "import") return "account";
  return "entity";
}

/** A credential is made and taken away like any entity. */
const AS_ENTITY: Partial<Record<NormalEvent["operation"], NormalEvent["operation"]>> = {
  "credential-create": "create",
  "credential-revoke": "delete",
};

/** The activity of the class that has the operation; else the one that says it by name. */
function activityFor(className: ClassName, { operation: own, detail }: NormalEvent) {
  const operation = className === "entity" ? (AS_ENTITY[own] ?? own) : own;
  const all = Object.entries(ACTIVITIES[className]).filter(
    ([, activity]) => activity.operation === operation,
  );
  const found = all.find(([, activity]) => (activity.detail ?? null) === detail) ?? all[0];
  if (found !== undefined) return { activity_id: Number(found[0]), activity_name: found[1].name };
  const name = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
  return { activity_id: OTHER, activity_name: name };
}

function entityOf(event: NormalEvent): Json {
  const { object, credential, entitlement, application } = event;
  if (object === "user") {
    const user = userOf(event);
    if (user !== null) return { type: "User", user };
  }
  const [type, named] =
    credential !== null
      ? ["Credential", { uid: credential.id, name: credential.name }]
      : entitlement !== null
        ? ["Group", { uid: entitlement.id, name: entitlement.name }]
        : ["Application", { uid: application?.id, name: application?.name ?? event.nativeType }];
  return { type, ...given(named) };
}

/** What the class demands. */
function partsOf(className: ClassName, event: NormalEvent): Json {
  const user = userOf(event);
  const { entitlement } = event;
  switch (className) {
    case "entity":
      return { entity: entityOf(event) };
    case "access":
      return { user, privileges: [entitlement?.name] };
    case "group":
      return {
        group: given({ uid: entitlement?.id, name: entitlement?.name }),
        ...(event.object === "group" || user === null ? {} : { user }),
      };
    default:
      return { user };
  }
}

const STATUS: Record<NormalEvent["outcome"], { status_id: number; status: string }> = {
  success: { status_id: 1, status: "Success" },
  failure: { status_id: 2, status: "Failure" },
  skipped: { status_id: OTHER, status: "Skipped" },
  pending: { status_id: OTHER, status: "Pending" },
};

const SEVERITY = { informational: 1, low: 2 } as const;

/**
 * The event as OCSF 1.4.0. What OCSF has no field for stands under `unmapped.rollcall`, so that the event comes back whole
 * when it is ingested.
 */
export function ocsfEvent({ id, sourceId, ...event }: LoggedEvent): Json {
  const className = classFor(event);
  const { uid, name } = CLASSES[className];
  const activity = activityFor(className, event);
  const { error, outcome, actor } = event;
  const record: Json = {
    metadata: {
      version: OCSF_VERSION,
      product: { name: OWN_PRODUCT, vendor_name: OWN_PRODUCT },
      uid: id,
      event_code: event.nativeType,
      log_provider: sourceId,
      ...given({ correlation_uid: event.correlationId }),
    },
    category_uid: CATEGORY.uid,
    category_name: CATEGORY.name,
    class_uid: uid,
    class_name: name,
    ...activity,
    type_uid: uid * 100 + activity.activity_id,
    time: event.at,
    severity_id: outcome === "failure" ? SEVERITY.low : SEVERITY.informational,
    ...STATUS[outcome],
    ...given({
      status_code: error?.code ?? error?.httpStatus?.toString(),
      status_detail: error?.message,
      actor: given({ user: given({ uid: actor?.id, type: actor?.type, name: actor?.name }) }),
    }),
    ...partsOf(className, event),
  };
  const [read] = ocsf.parse(record);
  const rest = Object.entries(event).filter(
    ([field, value]) => !isDeepStrictEqual(value, read?.[field as keyof NormalEvent]),
  );
  return rest.length === 0 ? record : { ...record, unmapped: { rollcall: Object.fromEntries(rest) } };
}
