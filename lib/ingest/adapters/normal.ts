/** What adapters build their events from: every field there, null until the record says otherwise. */
import type { NormalEvent } from "../event.ts";
import { textOf } from "./read.ts";

type Essentials = Pick<NormalEvent, "nativeId" | "nativeType" | "at" | "layer" | "operation" | "outcome">;

/** @returns an event with all fields in one fixed order, those that are not given null. */
export function eventOf(known: Essentials & Partial<NormalEvent>): NormalEvent {
  return {
    nativeId: known.nativeId,
    nativeType: known.nativeType,
    at: known.at,
    effectiveAt: known.effectiveAt ?? null,
    layer: known.layer,
    operation: known.operation,
    outcome: known.outcome,
    object: known.object ?? null,
    detail: known.detail ?? null,
    active: known.active ?? null,
    person: known.person ?? null,
    application: known.application ?? null,
    account: known.account ?? null,
    entitlement: known.entitlement ?? null,
    credential: known.credential ?? null,
    actor: known.actor ?? null,
    error: known.error ?? null,
    attributes: known.attributes ?? null,
    attributesBefore: known.attributesBefore ?? null,
    correlationId: known.correlationId ?? null,
  };
}

/** The value itself, or null when all of its members are null: it names nobody. */
export function unlessEmpty<T extends object>(value: T): T | null {
  return Object.values(value).some((part) => part !== null) ? value : null;
}

/**
 * The directory attributes that the rules read.
 * @param read gives the value of an attribute, or null.
 */
export function attributesOf(
  read: (name: "department" | "title" | "manager") => unknown,
): Record<string, string> | null {
  const attributes: Record<string, string> = {};
  for (const name of ["department", "title", "manager"] as const) {
    const value = textOf(read(name));
    if (value !== null) attributes[name] = value;
  }
  return Object.keys(attributes).length > 0 ? attributes : null;
}
