/**
 * The normal form as it is stored and hashed: an array of its members in one fixed order, trailing nulls left out. A
 * member that comes later stands at the end, so that records known before stay known.
 */
import type { LoggedEvent, NormalEvent } from "../../lib/ingest/event.ts";

/** One event as an array; only this file knows which place holds what. */
type Tuple = unknown[];

/** Attributes by name in the order of the names, so that it does not matter in which order they were read. */
function attributePairs(attributes: NormalEvent["attributes"]): unknown {
  return attributes === null ? null : Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
}

const attributesOf = (pairs: unknown): NormalEvent["attributes"] =>
  pairs === null ? null : Object.fromEntries(pairs as [string, string][]);

function tupleOf(event: NormalEvent): Tuple {
  const { person, application, account, entitlement, credential, actor, error } = event;
  const tuple: Tuple = [
    event.nativeId,
    event.nativeType,
    event.at,
    event.layer,
    event.operation,
    event.outcome,
    event.object,
    event.detail,
    event.active,
    person && [person.id, person.externalId, person.userName, person.email, person.displayName],
    application && [application.id, application.name],
    account && [account.id, account.userName, account.displayName],
    entitlement && [entitlement.kind, entitlement.id, entitlement.name],
    credential && [credential.id, credential.name],
    actor && [actor.id, actor.type, actor.name],
    error && [error.class, error.code, error.httpStatus, error.scimType, error.message, error.advice],
    event.correlationId,
    attributePairs(event.attributes),
    attributePairs(event.attributesBefore),
    event.effectiveAt,
  ];
  let length = tuple.length;
  while (tuple[length - 1] === null) length--;
  tuple.length = length;
  return tuple;
}

type Strings = (string | null)[] | null;

/** Spelt out, not built member by member: it runs for every event that is read, and so its objects are all of one shape. */
function eventOf(tuple: Tuple, id: string, sourceId: string): LoggedEvent {
  const [nativeId, nativeType, at, layer, operation, outcome, object, detail, active] = tuple;
  const person = (tuple[9] ?? null) as Strings;
  const application = (tuple[10] ?? null) as Strings;
  const account = (tuple[11] ?? null) as Strings;
  const entitlement = (tuple[12] ?? null) as Strings;
  const credential = (tuple[13] ?? null) as Strings;
  const actor = (tuple[14] ?? null) as Strings;
  const error = (tuple[15] ?? null) as Strings;
  return {
    nativeId,
    nativeType,
    at,
    effectiveAt: tuple[19] ?? null,
    layer,
    operation,
    outcome,
    object: object ?? null,
    detail: detail ?? null,
    active: active ?? null,
    person: person && {
      id: person[0],
      externalId: person[1],
      userName: person[2],
      email: person[3],
      displayName: person[4],
    },
    application: application && { id: application[0], name: application[1] },
    account: account && { id: account[0], userName: account[1], displayName: account[2] },
    entitlement: entitlement && { kind: entitlement[0], id: entitlement[1], name: entitlement[2] },
    credential: credential && { id: credential[0], name: credential[1] },
    actor: actor && { id: actor[0], type: actor[1], name: actor[2] },
    error: error && {
      class: error[0],
      code: error[1],
      httpStatus: error[2],
      scimType: error[3],
      message: error[4],
      advice: error[5],
    },
    attributes: attributesOf(tuple[17] ?? null),
    attributesBefore: attributesOf(tuple[18] ?? null),
    correlationId: tuple[16] ?? null,
    id,
    sourceId,
  } as LoggedEvent;
}

/** The events of one record as JSON without line ends: the same events always give the same text. */
export function encodeEvents(events: readonly NormalEvent[]): string {
  return JSON.stringify(events.map(tupleOf));
}

/**
 * What {@link encodeEvents} was given, with its place in the log.
 * @param fingerprint of the record, hex: an event's id is that and its number within the record.
 */
export function decodeEvents(text: string, fingerprint: string, source: string): LoggedEvent[] {
  const tuples = JSON.parse(text) as Tuple[];
  // Nearly every record has one event.
  if (tuples.length === 1) return [eventOf(tuples[0] as Tuple, `${fingerprint}:0`, source)];
  return tuples.map((tuple, ordinal) => eventOf(tuple, `${fingerprint}:${ordinal}`, source));
}

/** The times of the events of {@link encodeEvents}. */
export function decodeTimes(text: string): number[] {
  return (JSON.parse(text) as Tuple[]).map((tuple) => tuple[2] as number);
}
