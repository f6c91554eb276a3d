/** OCSF, the form in which security data lakes keep other products' logs. docs/formats/ocsf.md. */
import type {
  AccountRef,
  ActorRef,
  ApplicationRef,
  EntitlementRef,
  Instant,
  NormalEvent,
  PersonRef,
} from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { errorOf } from "../errors.ts";
import { eventOf, unlessEmpty } from "../normal.ts";
import {
  instantOf,
  type JsonObject,
  member,
  objectOf,
  objectsOf,
  requiredObject,
  shown,
  textOf,
} from "../read.ts";
import {
  ACTIVITIES,
  type Activity,
  CLASSES,
  type ClassName,
  classOf,
  OTHER,
  OWN_PRODUCT,
} from "./classes.ts";
import { restOf } from "./rest.ts";

const text = (object: JsonObject | null, name: string) => textOf(member(object, name));
const inner = (object: JsonObject | null, name: string) => objectOf(member(object, name));

/** Products whose accounts are the people themselves: what they say of their own users is the source of truth. */
const DIRECTORIES = [
  "okta",
  "entra",
  "azure ad",
  "azure active directory",
  "active directory",
  "onelogin",
  "jumpcloud",
  "ping",
];

const isDirectory = (product: string): boolean => {
  const name = product.toLowerCase();
  return DIRECTORIES.some((known) => name.includes(known));
};

/** `time` in milliseconds, or `time_dt` in ISO 8601. */
function timeOf(record: JsonObject): Instant {
  const time = member(record, "time");
  const written = instantOf(member(record, "time_dt"));
  const at = typeof time === "number" && Number.isSafeInteger(time) ? time : written;
  // A time in seconds or microseconds would lie in another century; a file of HR may well tell of one.
  const isLikely = at !== null && at >= Date.UTC(1990, 0) && at < Date.UTC(2200, 0);
  if (at === null || (!isLikely && productOf(record) !== OWN_PRODUCT))
    throw new RecordError(
      `The field "time" takes milliseconds since 1970-01-01, as OCSF has it, not ${shown(time ?? member(record, "time_dt"))}.`,
    );
  return at;
}

function personOf(user: JsonObject | null): PersonRef | null {
  const name = text(user, "name");
  const email = text(user, "email_addr");
  return unlessEmpty({
    id: text(user, "uid"),
    externalId: text(user, "uid_alt"),
    userName: name ?? email,
    email: email ?? (name?.includes("@") ? name : null),
    displayName: text(user, "full_name") ?? text(user, "display_name"),
  });
}

function accountOf(user: JsonObject | null): AccountRef | null {
  const account = inner(user, "account");
  return unlessEmpty({ id: text(account, "uid"), userName: text(account, "name"), displayName: null });
}

function attributesOf(user: JsonObject | null): Record<string, string> | null {
  const ldap = inner(user, "ldap_person");
  const known = {
    department: text(ldap, "department"),
    title: text(ldap, "job_title"),
    manager: text(inner(ldap, "manager"), "name") ?? text(inner(ldap, "manager"), "email_addr"),
  };
  const given = Object.entries(known).filter((entry): entry is [string, string] => entry[1] !== null);
  return given.length === 0 ? null : Object.fromEntries(given);
}

function actorOf(record: JsonObject): ActorRef | null {
  const actor = inner(record, "actor");
  const user = inner(actor, "user");
  return unlessEmpty({
    id: text(user, "uid"),
    type: text(user, "type"),
    name: text(user, "name") ?? text(user, "email_addr") ?? text(actor, "app_name"),
  });
}

const OUTCOMES: Readonly<Record<number, NormalEvent["outcome"]>> = { 1: "success", 2: "failure" };

/** Where nothing says how it went, it was done: products log changes when they are made. */
function outcomeOf(record: JsonObject): NormalEvent["outcome"] {
  const id = member(record, "status_id");
  const known = typeof id === "number" ? OUTCOMES[id] : undefined;
  if (known !== undefined) return known;
  const word = text(record, "status")?.toLowerCase();
  if (word === "failure") return "failure";
  if (word === "skipped" || word === "pending") return word;
  return "success";
}

/** The product whose log it is; the one that keeps the account, unless the user's domain says another. */
function productOf(record: JsonObject): string {
  const product = inner(inner(record, "metadata"), "product");
  return text(product, "name") ?? text(product, "vendor_name") ?? "OCSF";
}

interface Place {
  layer: NormalEvent["layer"];
  application: ApplicationRef | null;
}

function placeOf(record: JsonObject, user: JsonObject | null, className: ClassName): Place {
  const product = productOf(record);
  const service = inner(record, "service");
  const named = text(service, "name") ?? text(user, "domain");
  if (className === "authentication") {
    const name = named ?? product;
    return { layer: "access", application: { id: text(service, "uid"), name } };
  }
  if (isDirectory(product)) return { layer: "directory", application: null };
  return { layer: "application", application: { id: null, name: named ?? product } };
}

const entitlementOf = (kind: EntitlementRef["kind"], id: string | null, name: string | null) => {
  const known = name ?? id;
  return known === null ? null : { kind, id, name: known };
};

/** An entity that is managed: a user, a group, or something that nobody has an account in. */
function entityOf(record: JsonObject): Partial<NormalEvent> & { user: JsonObject | null } {
  const entity = inner(record, "entity");
  const type = text(entity, "type")?.toLowerCase() ?? "";
  const user = inner(entity, "user");
  if (user !== null || type === "user" || type === "account") return { user: user ?? entity, object: "user" };
  const id = text(entity, "uid");
  const name = text(entity, "name") ?? id;
  if (type === "group" || inner(entity, "group") !== null)
    return { user: null, object: "group", entitlement: entitlementOf("group", id, name) };
  return { user: null, object: null };
}

/** What the class's own part of the record says; for each privilege one. */
function partsOf(
  record: JsonObject,
  className: ClassName,
): (Partial<NormalEvent> & { user: JsonObject | null })[] {
  const user = inner(record, "user");
  switch (className) {
    case "entity":
      return [entityOf(record)];
    case "group": {
      const group = inner(record, "group");
      const entitlement = entitlementOf("group", text(group, "uid"), text(group, "name"));
      return [{ user, object: user === null ? "group" : "user", entitlement }];
    }
    case "access": {
      const privileges = member(record, "privileges");
      const names = (Array.isArray(privileges) ? privileges : []).map(textOf).filter((name) => name !== null);
      const resources = objectsOf(member(record, "resources"));
      const one = resources.length === 1 ? resources[0] : (inner(record, "resource") ?? undefined);
      const at = one === undefined ? null : text(one, "name");
      if (names.length === 0) return [{ user, object: "user" }];
      return names.map((name) => ({
        user,
        object: "user" as const,
        entitlement: entitlementOf("role", null, at === null ? name : `${name} (${at})`),
      }));
    }
    default:
      return [{ user, object: "user" }];
  }
}

/** An operation on something that is no user's account is kept and counted, and read by no rule. */
function operationOf(activity: Activity | undefined, name: string | null, part: Partial<NormalEvent>) {
  if (part.object === null) return { operation: "other" as const, detail: null };
  if (activity !== undefined) return { operation: activity.operation, detail: activity.detail ?? null };
  return {
    operation: name?.toLowerCase() === "update" ? ("update" as const) : ("other" as const),
    detail: null,
  };
}

const ACTIVE: Partial<Record<NormalEvent["operation"], boolean>> = {
  create: true,
  reactivate: true,
  deactivate: false,
  delete: false,
};

function eventsOf(record: JsonObject, className: ClassName): NormalEvent[] {
  const metadata = inner(record, "metadata");
  const activityId = member(record, "activity_id");
  const number = typeof activityId === "number" ? activityId : OTHER;
  const activity = ACTIVITIES[className][number];
  const activityName = text(record, "activity_name") ?? activity?.name ?? null;
  const outcome = outcomeOf(record);
  const message = text(record, "status_detail") ?? text(record, "message");
  const code = text(record, "status_code");
  const httpStatus = code !== null && /^[45]\d\d$/u.test(code) ? Number(code) : null;
  return partsOf(record, className).map(({ user, ...part }) => {
    const { operation, detail } = operationOf(activity, activityName, part);
    const ofUser = part.object === "user";
    return eventOf({
      nativeId: text(metadata, "uid"),
      nativeType: text(metadata, "event_code") ?? `${CLASSES[className].name}: ${activityName ?? number}`,
      at: timeOf(record),
      ...placeOf(record, user, className),
      operation,
      detail,
      outcome,
      active: ofUser && outcome === "success" ? (ACTIVE[operation] ?? null) : null,
      person: ofUser ? personOf(user) : null,
      account: ofUser ? accountOf(user) : null,
      attributes: ofUser ? attributesOf(user) : null,
      actor: actorOf(record),
      error: outcome === "failure" ? errorOf({ code, httpStatus, message }) : null,
      correlationId: text(metadata, "correlation_uid"),
      ...part,
    });
  });
}

export const ocsf: Adapter = {
  format: "ocsf",
  label: "OCSF (account change, authentication, entity, user access and group management)",

  detect(value) {
    const record = objectOf(value);
    return (
      classOf(member(record, "class_uid")) !== null &&
      inner(record, "metadata") !== null &&
      (member(record, "time") !== null || member(record, "time_dt") !== null)
    );
  },

  parse(value) {
    const record = requiredObject(value);
    const uid = member(record, "class_uid");
    const className = classOf(uid);
    if (className === null)
      throw new RecordError(
        `The class ${shown(uid)} tells of no account: 3001, 3002, 3004, 3005 and 3006 are read.`,
      );
    const events = eventsOf(record, className);
    const own = member(inner(record, "unmapped"), "rollcall");
    if (own === null) return events;
    const rest = restOf(own);
    if (rest === null || events.length !== 1)
      throw new RecordError('The field "unmapped.rollcall" is not what an export of Rollcall writes there.');
    const whole = eventOf({ ...(events[0] as NormalEvent), ...rest });
    if ((whole.error === null) === (whole.outcome === "failure"))
      throw new RecordError(
        'The field "unmapped.rollcall" has an error without a failure, or none with one.',
      );
    return [whole];
  },
};
