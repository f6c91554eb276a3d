/**
 * A user of an application as `GET /api/v1/apps/{id}/users` gives it ("Application Users API"): an assignment, and
 * sometimes proof of an account. docs/formats/okta-snapshot.md says why each is what it is.
 */
import type { AccountRef, ApplicationRef, NormalEvent, PersonRef } from "../../event.ts";
import { RecordError } from "../adapter.ts";
import { unlessEmpty } from "../normal.ts";
import { type JsonObject, member } from "../read.ts";
import { createdOf, inner, latestOf, type Shape, said, text, timeOf } from "./shape.ts";
import { applicationUserState } from "./statuses.ts";

const link = (record: JsonObject, name: string) => inner(inner(record, "_links"), name);

/** The last part of `https://larkspur.okta.example/api/v1/apps/0oa1chat`. */
function idInLink(record: JsonObject, name: string): string | null {
  const [path = ""] = (text(link(record, name), "href") ?? "").split(/[?#]/, 1);
  const last = path.replace(/\/$/, "").split("/").at(-1) ?? "";
  return path.includes("/") && last !== "" && last.length <= 100 ? last : null;
}

function applicationOf(record: JsonObject): ApplicationRef {
  const embedded = inner(inner(record, "_embedded"), "app");
  const id = text(record, "appId") ?? text(embedded, "id") ?? idInLink(record, "app");
  const name =
    text(record, "appLabel") ?? text(embedded, "label") ?? text(link(record, "app"), "title") ?? id;
  if (name === null) {
    throw new RecordError(
      'The record does not say which application it is of: add "appLabel", or keep "_links".',
    );
  }
  return { id, name };
}

function personOf(record: JsonObject): PersonRef | null {
  const embedded = inner(inner(record, "_embedded"), "user");
  const profile = inner(embedded, "profile");
  // What an import found belongs to no user of Okta's yet: the id is then the account's own.
  const found = applicationUserState(text(record, "status")) === "found";
  const id = idInLink(record, "user") ?? text(embedded, "id") ?? (found ? null : text(record, "id"));
  return unlessEmpty({
    id,
    externalId: id,
    userName: text(profile, "login"),
    email: text(profile, "email"),
    displayName: null,
  });
}

function accountOf(record: JsonObject): AccountRef | null {
  return unlessEmpty({
    id: text(record, "externalId"),
    userName: text(inner(record, "credentials"), "userName"),
    displayName: text(inner(record, "profile"), "displayName"),
  });
}

export const applicationUser: Shape = {
  is(record) {
    const scope = text(record, "scope");
    const told = ["appId", "appLabel", "syncState", "externalId", "credentials"];
    return (
      (scope === "USER" || scope === "GROUP") &&
      text(record, "id") !== null &&
      text(record, "status") !== null &&
      member(record, "created") !== null &&
      (told.some((name) => member(record, name) !== null) || link(record, "app") !== null)
    );
  },

  events(record) {
    const status = text(record, "status");
    const state = applicationUserState(status);
    const about = {
      object: "user",
      person: personOf(record),
      application: applicationOf(record),
      account: accountOf(record),
    } as const;
    const latest = latestOf(record);
    const changedAt = timeOf(record, "statusChanged") ?? latest;
    const syncedAt = timeOf(record, "lastSync") ?? latest;
    const nativeType = (what: string) => `okta.app_user.${what}`;
    const assigned = () =>
      said(record, nativeType("assigned"), {
        ...about,
        at: createdOf(record),
        layer: "directory",
        operation: "create",
        detail: "assignment",
      });
    const account = (what: string, more: Pick<NormalEvent, "at" | "operation"> & Partial<NormalEvent>) =>
      said(record, nativeType(what), { ...about, layer: "provisioning", ...more });

    if (state === "found") {
      return [account(`${status?.toLowerCase()}`, { at: createdOf(record), operation: "import" })];
    }
    const linked = text(record, "externalId") !== null;
    if (state === "assigned" && linked && text(record, "syncState")?.toUpperCase() === "SYNCHRONIZED") {
      return [account("synchronized", { at: syncedAt, operation: "import", active: true })];
    }
    const events: NormalEvent[] = [];
    if (state !== "unassigned") events.push(assigned());
    if (state === "taken" || state === "unassigned") {
      const taken = { ...about, at: changedAt, layer: "directory", operation: "deactivate" } as const;
      events.push(said(record, nativeType(`${status?.toLowerCase()}`), { ...taken, detail: "assignment" }));
    }
    if (linked) events.push(account("linked", { at: syncedAt, operation: "read" }));
    return events;
  },
};
