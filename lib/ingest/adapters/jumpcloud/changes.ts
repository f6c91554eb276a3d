/** What JumpCloud says of a user's changed fields. */
import type { Detail, NormalEvent, Operation } from "../../event.ts";
import { attributesOf } from "../normal.ts";
import { booleanOf, type JsonObject, member, objectsOf, textOf } from "../read.ts";

/** The value of a changed field on one side; the newest where a field stands twice. */
function changeOf(record: JsonObject, side: "from" | "to"): (...fields: string[]) => unknown {
  const changes = objectsOf(member(record, "changes"));
  return (...fields) => {
    const change = changes.findLast((one) => fields.includes(textOf(member(one, "field")) ?? ""));
    return member(change ?? null, side);
  };
}

export function attributesAt(record: JsonObject, side: "from" | "to"): NormalEvent["attributes"] {
  const value = changeOf(record, side);
  return attributesOf((name) => (name === "title" ? value("jobTitle", "job_title") : value(name)));
}

/** JumpCloud tells a state as `state`, formerly as `suspended` and `activated`. */
export function activeOf(
  record: JsonObject,
  side: "from" | "to",
): { active: boolean | null; suspended: boolean } {
  const value = changeOf(record, side);
  const state = textOf(value("state"))?.toUpperCase();
  const suspended = booleanOf(value("suspended"));
  if (state === "SUSPENDED" || suspended === true) return { active: false, suspended: true };
  if (state === "ACTIVATED" || suspended === false) return { active: true, suspended: false };
  const staged = state === "STAGED" || booleanOf(value("activated")) === false;
  return { active: staged ? false : booleanOf(value("activated")), suspended: false };
}

/** An update that changes the user's state is more than an update. */
export function transitionOf(record: JsonObject): {
  operation: Operation;
  detail: Detail | null;
  active: boolean | null;
} {
  const was = activeOf(record, "from");
  const is = activeOf(record, "to");
  if (is.suspended) return { operation: "deactivate", detail: "suspend", active: false };
  if (is.active === true && was.active === false) {
    return { operation: "reactivate", detail: was.suspended ? "suspend" : null, active: true };
  }
  return { operation: "update", detail: null, active: is.active };
}
