/** What an application shows over SCIM: its accounts, who is in its groups, and how reading them ended. docs/formats/scim-read.md. */
import type { Instant, NormalEvent } from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { eventOf } from "../normal.ts";
import {
  anyCase,
  booleanOf,
  instantOf,
  type JsonObject,
  member,
  objectOf,
  requiredInstant,
  requiredObject,
  textOf,
} from "../read.ts";
import { idOf, personOf, text, valuesOf } from "../scim/resource.ts";

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** What all records of a reading tell. */
interface Reading {
  application: string;
  /** When the reading began: its name. */
  run: Instant;
  /** The one before it that was complete; null for the first. */
  previous: Instant | null;
  at: Instant;
}

function readingOf(record: JsonObject): Reading {
  const application = textOf(member(record, "application"));
  if (application === null)
    throw new RecordError(
      'The record does not tell which application it is of: the field "application" is missing.',
    );
  return {
    application,
    run: requiredInstant([["run", member(record, "run")]]),
    previous: instantOf(member(record, "previous")),
    at: requiredInstant([["at", member(record, "at")]]),
  };
}

/** What tells the rules which reading an event is of. */
const runOf = ({ run, previous }: Reading): Record<string, string> => ({
  run: new Date(run).toISOString(),
  ...(previous === null ? {} : { previous: new Date(previous).toISOString() }),
});

const common = ({ application, at }: Reading) =>
  ({
    at,
    layer: "application",
    operation: "read",
    outcome: "success",
    detail: "state",
    application: { id: null, name: application },
  }) as const;

/** Of the attributes those that are compared. */
function comparedOf(resource: JsonObject, email: string | null): Record<string, string> {
  const enterprise = objectOf(anyCase(resource, ENTERPRISE));
  const values = { title: text(resource, "title"), department: text(enterprise, "department"), email };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Record<
    string,
    string
  >;
}

function account(reading: Reading, record: JsonObject, resource: JsonObject): NormalEvent[] {
  const id = idOf(anyCase(resource, "id"));
  const person = personOf(resource);
  if (id === null) throw new RecordError('A user has no id: the field "resource.id" is missing.');
  const named = { id, userName: person?.userName ?? null, displayName: person?.displayName ?? null };
  const about = { ...common(reading), object: "user", person, account: named } as const;
  const groupsRead = member(record, "groupsRead") === true;
  const roles = valuesOf(anyCase(resource, "roles") ?? []);
  const created = instantOf(anyCase(objectOf(anyCase(resource, "meta")), "created"));
  return [
    eventOf({
      ...about,
      nativeId: id,
      nativeType: "scim.account",
      active: booleanOf(anyCase(resource, "active")),
      attributes: {
        ...runOf(reading),
        ...comparedOf(resource, person?.email ?? null),
        ...(groupsRead ? { groupsRead: "true" } : {}),
      },
    }),
    ...roles.map(({ id: value, display }) =>
      eventOf({
        ...about,
        nativeId: null,
        nativeType: "scim.role",
        entitlement: { kind: "role", id: value, name: display ?? value },
        attributes: runOf(reading),
      }),
    ),
    // Told once: each reading shows it again.
    ...(created !== null && created <= reading.at && created > (reading.previous ?? -Infinity)
      ? [
          eventOf({
            ...about,
            nativeId: null,
            nativeType: "scim.created",
            at: created,
            operation: "create",
            detail: null,
          }),
        ]
      : []),
  ];
}

function memberships(reading: Reading, group: JsonObject): NormalEvent[] {
  const id = idOf(anyCase(group, "id"));
  if (id === null) throw new RecordError('A group has no id: the field "group.id" is missing.');
  const entitlement = { kind: "group", id, name: text(group, "displayName") ?? id } as const;
  const members = valuesOf(anyCase(group, "members") ?? []).filter((one) => !one.group);
  return [
    eventOf({
      ...common(reading),
      nativeId: id,
      nativeType: "scim.group",
      object: "group",
      entitlement,
      attributes: runOf(reading),
    }),
    ...members.map((one) =>
      eventOf({
        ...common(reading),
        nativeId: null,
        nativeType: "scim.member",
        object: "user",
        // Its display is no user name.
        account: { id: one.id, userName: null, displayName: one.display },
        entitlement,
        attributes: runOf(reading),
      }),
    ),
  ];
}

/** How many, as text; nothing for what is no number of things. */
function countOf(ended: JsonObject, name: string): Record<string, string> {
  const count = member(ended, name);
  return Number.isSafeInteger(count) && (count as number) >= 0 ? { [name]: String(count) } : {};
}

function end(reading: Reading, ended: JsonObject): NormalEvent {
  const complete = member(ended, "complete") === true;
  const why = textOf(member(ended, "why"));
  return eventOf({
    ...common(reading),
    nativeId: null,
    nativeType: "scim.read",
    object: "application",
    attributes: {
      ...runOf(reading),
      complete: String(complete),
      ...countOf(ended, "users"),
      ...countOf(ended, "groups"),
      ...(why === null ? {} : { why }),
    },
  });
}

export const scimRead: Adapter = {
  format: "scim-read",
  label: "Accounts and groups read over SCIM",

  detect: (value) => member(objectOf(value), "$scimRead") === 1,

  parse(value) {
    const record = requiredObject(value);
    const reading = readingOf(record);
    const resource = objectOf(member(record, "resource"));
    if (resource !== null) return account(reading, record, resource);
    const group = objectOf(member(record, "group"));
    if (group !== null) return memberships(reading, group);
    const ended = objectOf(member(record, "ended"));
    if (ended !== null) return [end(reading, ended)];
    throw new RecordError('The record holds neither a "resource", a "group", nor how the reading "ended".');
  },
};
