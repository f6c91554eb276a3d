/**
 * A member of a group as `GET /api/v1/groups/{id}/users` gives it, with the group in `memberOf`. Okta does not say since when
 * somebody is a member, so it is told as what was found: no change, of which a rule could make a move.
 */
import { member as memberOf } from "../read.ts";
import { createdOf, inner, type Shape, said, text, timeOf } from "./shape.ts";
import { personOf, user } from "./users.ts";

export const member: Shape = {
  is(record) {
    const group = inner(record, "memberOf");
    return user.is(record) && text(group, "id") !== null && memberOf(group, "created") !== null;
  },

  events(record) {
    const group = inner(record, "memberOf") ?? {};
    const id = text(group, "id");
    // By then they were a member: whoever came later would have moved it.
    const changedAt = timeOf(group, "lastMembershipUpdated") ?? createdOf(group);
    return [
      said(record, "okta.group.member", {
        at: Math.max(changedAt, createdOf(record)),
        layer: "directory",
        operation: "read",
        object: "user",
        person: personOf(record),
        entitlement: { kind: "group", id, name: text(group, "name") ?? id ?? "" },
      }),
    ];
  },
};
