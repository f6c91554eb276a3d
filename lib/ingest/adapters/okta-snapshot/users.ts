/** A user as `GET /api/v1/users` gives it (developer.okta.com, "Users API"). */
import type { Instant, NormalEvent, PersonRef } from "../../event.ts";
import { attributesOf } from "../normal.ts";
import { type JsonObject, member } from "../read.ts";
import { createdOf, inner, latestOf, type Shape, said, text, timeOf } from "./shape.ts";
import { userState } from "./statuses.ts";

/** The id stands as externalId too: by it another source of Okta's, its System Log above all, knows the person. */
export function personOf(record: JsonObject): PersonRef {
  const profile = inner(record, "profile");
  const names = [text(profile, "firstName"), text(profile, "lastName")].filter((name) => name !== null);
  const id = text(record, "id");
  return {
    id,
    externalId: id,
    userName: text(profile, "login"),
    email: text(profile, "email"),
    displayName: text(profile, "displayName") ?? (names.length > 0 ? names.join(" ") : null),
  };
}

/** The state since the last change of the status; none for who is still to begin, or in a status not known. */
function stateOf(record: JsonObject, person: PersonRef): NormalEvent | null {
  const status = text(record, "status");
  const at = timeOf(record, "statusChanged") ?? latestOf(record);
  const event = (more: Partial<NormalEvent> & Pick<NormalEvent, "operation">) =>
    said(record, `okta.user.${status?.toLowerCase()}`, {
      at,
      layer: "directory",
      object: "user",
      person,
      ...more,
    });
  switch (userState(status)) {
    case "gone":
      return event({ operation: "deactivate", active: false });
    case "suspended":
      return event({ operation: "deactivate", detail: "suspend", active: false });
    case "there":
      return event({ operation: "update", active: true });
    default:
      return null;
  }
}

export const user: Shape = {
  is(record) {
    return (
      userState(text(record, "status")) !== undefined &&
      text(inner(record, "profile"), "login") !== null &&
      text(record, "id") !== null &&
      member(record, "created") !== null
    );
  },

  events(record) {
    const person = personOf(record);
    const profile = inner(record, "profile");
    const about = { layer: "directory", object: "user", person } as const;
    const at = <T>(name: string, make: (at: Instant) => T): T | null => {
      const time = timeOf(record, name);
      return time === null ? null : make(time);
    };
    return [
      said(record, "okta.user.created", { ...about, at: createdOf(record), operation: "create" }),
      at("activated", (at) => said(record, "okta.user.activated", { ...about, at, operation: "reactivate" })),
      stateOf(record, person),
      said(record, "okta.user.updated", {
        ...about,
        at: timeOf(record, "lastUpdated") ?? latestOf(record),
        operation: "update",
        attributes: attributesOf(
          (name) => text(profile, name) ?? (name === "manager" ? text(profile, "managerId") : null),
        ),
      }),
      at("lastLogin", (at) =>
        said(record, "okta.user.last_login", {
          at,
          layer: "access",
          operation: "sign-in",
          object: "user",
          person,
        }),
      ),
    ].filter((event) => event !== null);
  },
};
