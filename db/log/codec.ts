/**
 * The normal form as it is stored and hashed: an array of its members in one fixed order, trailing nulls left out. A
 * member that comes later stands at the end, so that records known before stay known.
 */
import type {
  AccountRef,
  ActorRef,
  ApplicationRef,
  CredentialRef,
  EntitlementRef,
  EventError,
  NormalEvent,
  PersonRef,
} from "../../lib/ingest/event.ts";

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

function personOf(t: unknown): PersonRef | null {
  if (t === null) return null;
  const [id, externalId, userName, email, displayName] = t as (string | null)[];
  return { id, externalId, userName, email, displayName } as PersonRef;
}

function errorOf(t: unknown): EventError | null {
  if (t === null) return null;
  const [kind, code, httpStatus, scimType, message, advice] = t as (string | null)[];
  return { class: kind, code, httpStatus, scimType, message, advice } as unknown as EventError;
}

/** An object of the few members in their order; null stays null. */
function membersOf<T>(t: unknown, ...names: (keyof T & string)[]): T | null {
  if (t === null) return null;
  const made: Record<string, unknown> = {};
  for (let i = 0; i < names.length; i++) made[names[i] as string] = (t as unknown[])[i];
  return made as T;
}

function eventOf(tuple: Tuple): NormalEvent {
  const at = (place: number): unknown => tuple[place] ?? null;
  return {
    nativeId: at(0),
    nativeType: at(1),
    at: at(2),
    effectiveAt: at(19),
    layer: at(3),
    operation: at(4),
    outcome: at(5),
    object: at(6),
    detail: at(7),
    active: at(8),
    person: personOf(at(9)),
    application: membersOf<ApplicationRef>(at(10), "id", "name"),
    account: membersOf<AccountRef>(at(11), "id", "userName", "displayName"),
    entitlement: membersOf<EntitlementRef>(at(12), "kind", "id", "name"),
    credential: membersOf<CredentialRef>(at(13), "id", "name"),
    actor: membersOf<ActorRef>(at(14), "id", "type", "name"),
    error: errorOf(at(15)),
    attributes: attributesOf(at(17)),
    attributesBefore: attributesOf(at(18)),
    correlationId: at(16),
  } as NormalEvent;
}

/** The events of one record as JSON without line ends: the same events always give the same text. */
export function encodeEvents(events: readonly NormalEvent[]): string {
  return JSON.stringify(events.map(tupleOf));
}

/** What {@link encodeEvents} was given. */
export function decodeEvents(text: string): NormalEvent[] {
  return (JSON.parse(text) as Tuple[]).map(eventOf);
}
