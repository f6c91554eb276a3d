/** Applications and groups as `GET /api/v1/apps` and `GET /api/v1/groups` list them: what Okta has, and nothing that was done. */
import type { Operation } from "../../event.ts";
import { type JsonObject, member } from "../read.ts";
import { createdOf, inner, latestOf, type Shape, said, text, timeOf } from "./shape.ts";

const BY_STATUS = new Map<string, Operation>([
  ["INACTIVE", "deactivate"],
  ["DELETED", "delete"],
]);

/** Which features of provisioning are on (`PUSH_NEW_USERS`, `PUSH_USER_DEACTIVATION`, …), in one order. */
function settingsOf(record: JsonObject): Record<string, string> {
  const listed = member(record, "features");
  const features = (Array.isArray(listed) ? listed : []).filter((feature) => typeof feature === "string");
  return {
    features: [...new Set(features)].sort().join(" "),
    signOnMode: text(record, "signOnMode") ?? "",
  };
}

export const application: Shape = {
  is(record) {
    return (
      text(record, "label") !== null &&
      text(record, "signOnMode") !== null &&
      text(record, "id") !== null &&
      text(record, "status") !== null &&
      member(record, "created") !== null
    );
  },

  events(record) {
    const id = text(record, "id");
    const about = {
      layer: "directory",
      object: "application",
      application: { id, name: text(record, "label") ?? id ?? "" },
    } as const;
    return [
      said(record, "okta.app.created", { ...about, at: createdOf(record), operation: "create" }),
      said(record, "okta.app.updated", {
        ...about,
        at: timeOf(record, "lastUpdated") ?? latestOf(record),
        operation: BY_STATUS.get(text(record, "status")?.toUpperCase() ?? "") ?? "update",
        attributes: settingsOf(record),
      }),
    ];
  },
};

const GROUP_TYPES = new Set(["OKTA_GROUP", "APP_GROUP", "BUILT_IN"]);

export const group: Shape = {
  is(record) {
    return (
      GROUP_TYPES.has(text(record, "type") ?? "") &&
      text(inner(record, "profile"), "name") !== null &&
      text(record, "id") !== null &&
      member(record, "created") !== null
    );
  },

  events(record) {
    const id = text(record, "id");
    const about = {
      layer: "directory",
      object: "group",
      entitlement: { kind: "group", id, name: text(inner(record, "profile"), "name") ?? id ?? "" },
    } as const;
    return [
      said(record, "okta.group.created", { ...about, at: createdOf(record), operation: "create" }),
      said(record, "okta.group.updated", {
        ...about,
        at: timeOf(record, "lastUpdated") ?? latestOf(record),
        operation: "update",
      }),
    ];
  },
};
