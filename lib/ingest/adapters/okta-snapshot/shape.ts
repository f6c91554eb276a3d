/** What the kinds of objects of Okta's API have in common: how one is told, and the times that it carries. */
import type { Instant, NormalEvent } from "../../event.ts";
import { eventOf } from "../normal.ts";
import { type JsonObject, member, objectOf, requiredInstant, textOf } from "../read.ts";

/** One kind of object. */
export interface Shape {
  /** Whether a record is of this kind. Cheap; never throws. */
  is(record: JsonObject): boolean;
  /** What the object says, each at the time that it gives for it. */
  events(record: JsonObject): NormalEvent[];
}

export const text = (object: JsonObject | null, name: string) => textOf(member(object, name));
export const inner = (object: JsonObject | null, name: string) => objectOf(member(object, name));

/**
 * A time of the object; null when it is not set.
 * @throws {RecordError} naming the field when it holds something else.
 */
export function timeOf(record: JsonObject, name: string): Instant | null {
  const value = member(record, name);
  return value === null ? null : requiredInstant([[name, value]]);
}

/** When the object was made, which Okta always says. */
export const createdOf = (record: JsonObject): Instant =>
  requiredInstant([["created", member(record, "created")]]);

/** The last time that the object tells of: what has no time of its own was so by then. */
export function latestOf(record: JsonObject): Instant {
  const names = ["activated", "statusChanged", "lastLogin", "lastUpdated", "lastSync"];
  return Math.max(createdOf(record), ...names.map((name) => timeOf(record, name) ?? -Infinity));
}

type Known = Pick<NormalEvent, "at" | "layer" | "operation"> & Partial<NormalEvent>;

/** An event of the object; what a snapshot tells has come to pass. */
export function said(record: JsonObject, nativeType: string, known: Known): NormalEvent {
  return eventOf({ nativeId: text(record, "id"), nativeType, outcome: "success", ...known });
}
