/** Users, applications, their users, and groups, as Okta's API lists them: a snapshot. docs/formats/okta-snapshot.md. */
import { type Adapter, RecordError } from "../adapter.ts";
import { type JsonObject, objectOf, requiredObject } from "../read.ts";
import { applicationUser } from "./application-users.ts";
import { application, group } from "./applications.ts";
import { member } from "./members.ts";
import type { Shape } from "./shape.ts";
import { user } from "./users.ts";

const SHAPES: readonly Shape[] = [member, user, applicationUser, application, group];

const shapeOf = (record: JsonObject): Shape | undefined => SHAPES.find((shape) => shape.is(record));

export const oktaSnapshot: Adapter = {
  format: "okta-snapshot",
  label: "Okta users, applications and groups",

  detect(value) {
    const record = objectOf(value);
    // A record of something that happened is none, whatever else stands in it.
    return record !== null && !Object.hasOwn(record, "eventType") && shapeOf(record) !== undefined;
  },

  parse(value) {
    const record = requiredObject(value);
    const shape = shapeOf(record);
    if (shape === undefined) {
      throw new RecordError(
        "The object is neither a user, an application, an application's user, a group, nor a member of one.",
      );
    }
    return shape.events(record);
  },
};
