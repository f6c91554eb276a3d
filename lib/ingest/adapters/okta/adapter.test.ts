import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { okta } from "./adapter.ts";
import {
  ACCOUNT,
  ADMIN,
  ALICE,
  APP_GROUP,
  APPLICATION,
  failedPush,
  GROUP,
  logEvent,
  TOKEN,
} from "./fixtures.ts";

const person = {
  id: "00u1alice",
  externalId: null,
  userName: "alice@larkspur.example",
  email: "alice@larkspur.example",
  displayName: "Alice Example",
};
const account = { id: "0ua1alice", userName: "alice@larkspur.example", displayName: "Alice Example" };
const application = { id: "0oa1chat", name: "Team Chat" };
const engineering = { kind: "group", id: "00g1eng", name: "Engineering" };

const only = (record: unknown) => {
  const events = okta.parse(record);
  expect(events).toHaveLength(1);
  return events[0];
};

describe("connections", () => {
  it.each([
    ["application.integration.rate_limit_exceeded", "rate-limit", "other"],
    ["application.integration.authentication_failure", "authentication", "other"],
    ["system.import.roadblock", "quarantine", "import"],
  ])("%s is a failure of the connection, class %s", (type, errorClass, operation) => {
    const event = only(logEvent(type, { target: [APPLICATION], outcome: null }));
    expect(event).toMatchObject({ operation, outcome: "failure", object: "application", application });
    expect(event?.error?.class).toBe(errorClass);
  });

  it("knows that a roadblock which was lifted is none", () => {
    expect(only(logEvent("system.import.roadblock.resume", { target: [APPLICATION] }))).toMatchObject({
      operation: "import",
      outcome: "success",
      detail: null,
    });
  });
});

describe("who and what", () => {
  it("gives every field of a provisioning record", () => {
    expect(
      okta.parse(logEvent("application.provision.user.push", { target: [ACCOUNT, APPLICATION, ALICE] })),
    ).toEqual([
      {
        nativeId: "5f4dcc3b-0000-11f0-8000-000000000001",
        nativeType: "application.provision.user.push",
        at: Date.parse("2026-03-02T09:15:30.250Z"),
        layer: "provisioning",
        operation: "create",
        outcome: "success",
        object: "user",
        detail: null,
        active: null,
        person,
        application,
        account,
        entitlement: null,
        credential: null,
        actor: { id: "okta", type: "SystemPrincipal", name: "Okta System" },
        error: null,
        attributes: null,
        attributesBefore: null,
        effectiveAt: null,
        correlationId: "job0001",
      },
    ]);
  });

  it("finds targets by their type in any order", () => {
    const targets = [ALICE, ACCOUNT, APPLICATION, GROUP];
    const all = targets.map((_, i) =>
      okta.parse(
        logEvent("application.provision.group_membership.add", {
          target: [...targets.slice(i), ...targets.slice(0, i)],
        }),
      ),
    );
    for (const events of all) expect(events).toEqual(all[0]);
    expect(all[0]?.[0]).toMatchObject({
      person,
      account,
      application,
      entitlement: engineering,
      object: "user",
    });
  });

  it("takes the actor for the person in a sign-in, never in provisioning", () => {
    expect(only(logEvent("user.authentication.sso", { actor: ALICE, target: [APPLICATION] }))).toMatchObject({
      person,
      application,
      account: null,
    });
    expect(
      only(logEvent("application.provision.user.push", { actor: ADMIN, target: [ACCOUNT, APPLICATION] })),
    ).toMatchObject({ person: null, account });
  });

  it("signs in at the identity provider itself, whatever application is among the targets", () => {
    const event = only(logEvent("user.session.start", { actor: ALICE, target: [APPLICATION, ACCOUNT] }));
    expect(event).toMatchObject({ person, application: null, account: null });
  });

  it("takes the client that acts for the application of a token grant", () => {
    const client = {
      id: "0oa2cli",
      type: "PublicClientApp",
      alternateId: "cli",
      displayName: "Larkspur CLI",
    };
    expect(
      only(logEvent("app.oauth2.token.grant.access_token", { actor: client, target: [ALICE] })),
    ).toMatchObject({ person, application: { id: "0oa2cli", name: "Larkspur CLI" } });
  });

  it('takes "unknown" for nothing, and an application\'s alternateId for a missing label', () => {
    const target = [
      { ...ACCOUNT, alternateId: "unknown", displayName: "unknown" },
      { ...APPLICATION, displayName: null },
    ];
    expect(only(logEvent("application.provision.user.import", { target }))).toMatchObject({
      person: null,
      account: { id: "0ua1alice", userName: null, displayName: null },
      application,
    });
  });

  it("finds the application in the account's details where there is no AppInstance", () => {
    const detailed = { ...ACCOUNT, detailEntry: { appInstanceId: "0oa1chat", appName: "Team Chat" } };
    expect(only(logEvent("application.provision.user.push", { target: [detailed] }))).toMatchObject({
      application,
    });
  });

  it("keeps no e-mail that is none", () => {
    const target = [{ ...ALICE, alternateId: "alice" }];
    expect(only(logEvent("user.lifecycle.create", { target }))?.person).toMatchObject({
      userName: "alice",
      email: null,
    });
  });

  it("makes the directory's own events free of applications", () => {
    const event = only(logEvent("user.lifecycle.deactivate", { target: [ALICE, APPLICATION, ACCOUNT] }));
    expect(event).toMatchObject({ person, application: null, account: null });
  });

  it("gives an event for each of several entitlements that are taken", () => {
    const role = { id: "r1", type: "Role", displayName: "Reader", alternateId: "unknown" };
    const events = okta.parse(
      logEvent("application.provision.user.remove_entitlements", {
        target: [role, ALICE, ACCOUNT, APPLICATION, APP_GROUP, GROUP],
      }),
    );
    expect(events.map((event) => event.entitlement)).toEqual([
      engineering,
      { kind: "role", id: "r1", name: "Reader" },
    ]);
    expect(events.every((event) => event.operation === "role-revoke" && event.object === "user")).toBe(true);
  });

  it("lays a pushed group on the group and on nobody", () => {
    const target = [APP_GROUP, APPLICATION, GROUP, ALICE];
    expect(only(logEvent("application.provision.group_push.pushed", { target }))).toMatchObject({
      object: "group",
      person: null,
      account: null,
      entitlement: engineering,
      application,
    });
  });

  it("lays a change of members that names no member on the group", () => {
    const target = [APPLICATION, GROUP];
    expect(only(logEvent("application.provision.group_membership.update", { target }))).toMatchObject({
      object: "group",
      entitlement: engineering,
    });
  });

  it("reads the attributes of a profile after its change", () => {
    const target = [
      { ...ALICE, changeDetails: { from: { department: "A" }, to: { department: "B", title: "T" } } },
    ];
    const changed = only(logEvent("user.account.update_profile", { target }));
    expect(changed?.attributesBefore).toEqual({ department: "A" });
    expect(changed?.attributes).toEqual({
      department: "B",
      title: "T",
    });
    const changedAttributes = JSON.stringify({ manager: { from: "x", to: "bob@larkspur.example" } });
    const debugContext = { debugData: { changedAttributes } };
    expect(
      only(logEvent("user.account.update_profile", { target: [ALICE], debugContext }))?.attributes,
    ).toEqual({ manager: "bob@larkspur.example" });
    const names = { debugData: { changedAttributes: "department,title" } };
    expect(
      only(logEvent("user.account.update_profile", { target: [ALICE], debugContext: names }))?.attributes,
    ).toBeNull();
  });
});

describe("API tokens", () => {
  const credential = { id: "00T1sync", name: "nightly-sync" };

  it("belong to the actor who made them", () => {
    expect(only(logEvent("system.api_token.create", { actor: ALICE, target: [TOKEN] }))).toMatchObject({
      layer: "directory",
      operation: "credential-create",
      object: "credential",
      person,
      credential,
      application: { id: null, name: "Okta" },
    });
  });

  it("belong to the user among the targets of a revocation by another", () => {
    expect(only(logEvent("system.api_token.revoke", { actor: ADMIN, target: [TOKEN, ALICE] }))).toMatchObject(
      { operation: "credential-revoke", person, credential },
    );
  });

  it("are used by whatever carries their id", () => {
    const events = okta.parse(
      logEvent("user.lifecycle.suspend", {
        actor: ADMIN,
        target: [ALICE],
        outcome: { result: "FAILURE", reason: "E0000001" },
        transaction: { type: "WEB", id: "t1", detail: { requestApiTokenId: "00T1sync" } },
      }),
    );
    expect(events.map((event) => event.operation)).toEqual(["deactivate", "sign-in"]);
    expect(events[1]).toMatchObject({
      layer: "access",
      outcome: "success",
      object: "credential",
      person: { id: "00u2bob" },
      credential: { id: "00T1sync", name: "00T1sync" },
      application: { id: null, name: "Okta" },
      error: null,
    });
  });
});

describe("secrets of clients", () => {
  const CLIENT = {
    id: "0oa2job",
    type: "PublicClientApp",
    alternateId: "0oa2job",
    displayName: "Nightly job",
  };
  const SECRET = { id: "ocs1", type: "ClientSecret", alternateId: "unknown", displayName: "unknown" };
  const nightlyJob = {
    id: "0oa2job",
    externalId: null,
    userName: null,
    email: null,
    displayName: "Nightly job",
  };

  it("belong to the client and not to who made them", () => {
    const record = logEvent("app.oauth2.credentials.lifecycle.create", {
      actor: ADMIN,
      target: [CLIENT, SECRET],
    });
    expect(only(record)).toMatchObject({
      layer: "directory",
      operation: "credential-create",
      person: nightlyJob,
      application: { id: null, name: "Okta" },
      credential: { id: "ocs1", name: "ocs1" },
    });
  });

  it("belong to the application where no client stands among the targets", () => {
    const record = logEvent("app.oauth2.credentials.lifecycle.delete", { target: [APPLICATION, SECRET] });
    expect(only(record)).toMatchObject({
      operation: "credential-revoke",
      person: { id: "0oa1chat", userName: null, displayName: "Team Chat" },
    });
  });

  it("that were deactivated are not gone: they can be activated again", () => {
    const record = logEvent("app.oauth2.credentials.lifecycle.deactivate", { target: [CLIENT, SECRET] });
    expect(only(record)?.operation).toBe("update");
  });

  it("name no application and nobody where the record names no secret and no client", () => {
    expect(only(logEvent("pam.apikey.delete", { actor: ADMIN }))).toMatchObject({
      operation: "credential-revoke",
      credential: null,
      application: null,
      person: null,
    });
  });
});

describe("administrators' roles", () => {
  const ROLE = { id: "SUPER_ADMIN", type: "ROLE", alternateId: "unknown", displayName: "Super admin" };
  const held = (privilegeGranted: unknown) => ({ debugContext: { debugData: { privilegeGranted } } });
  const names = (record: unknown) => okta.parse(record).map(({ entitlement }) => entitlement?.name ?? null);

  it("are those that the debug data say are held, in a record for each", () => {
    const record = logEvent("user.account.privilege.grant", {
      actor: ADMIN,
      target: [ALICE, GROUP, ROLE],
      ...held("Organization administrator, Application administrator (Chat, Wiki)"),
    });
    expect(names(record)).toEqual(["Organization administrator", "Application administrator (Chat, Wiki)"]);
    expect(okta.parse(record)[0]).toMatchObject({
      layer: "directory",
      operation: "role-grant",
      object: "user",
      person,
      application: null,
      entitlement: { kind: "role", id: null, name: "Organization administrator" },
    });
  });

  it("are else those among the targets, and none where all were taken", () => {
    expect(names(logEvent("iam.resourceset.bindings.add", { target: [ALICE, GROUP, ROLE] }))).toEqual([
      "Super admin",
    ]);
    expect(names(logEvent("user.account.privilege.revoke", { target: [ALICE], ...held(" , ") }))).toEqual([
      null,
    ]);
  });

  it("of a group are the group's", () => {
    const record = logEvent("group.privilege.grant", { target: [ROLE, GROUP], ...held("Super admin") });
    expect(only(record)).toMatchObject({
      operation: "role-grant",
      object: "group",
      person: null,
      entitlement: engineering,
    });
  });

  it("of a client are the client's, whom no person is taken for", () => {
    const client = { id: "0oa2job", type: "PublicClientApp", displayName: "Nightly job" };
    const record = logEvent("app.oauth2.client.privilege.grant", {
      actor: ADMIN,
      target: [client],
      ...held("Read-only administrator"),
    });
    expect(only(record)).toMatchObject({
      operation: "role-grant",
      object: "application",
      person: null,
      application: { id: "0oa2job", name: "Nightly job" },
      entitlement: { kind: "role", name: "Read-only administrator" },
    });
  });

  it("are not read without end", () => {
    const record = logEvent("user.account.privilege.grant", {
      target: [ALICE],
      ...held(Array.from({ length: 100_000 }, (_, i) => `Role ${i}`).join(",")),
    });
    expect(okta.parse(record).length).toBeLessThan(1_000);
  });
});

describe("the list of applications", () => {
  it.each([
    ["application.lifecycle.create", "create"],
    ["application.lifecycle.activate", "reactivate"],
    ["application.lifecycle.deactivate", "deactivate"],
    ["application.lifecycle.delete", "delete"],
  ])("%s: %s, in the directory", (type, operation) => {
    expect(only(logEvent(type, { actor: ADMIN, target: [APPLICATION] }))).toMatchObject({
      layer: "directory",
      operation,
      object: "application",
      application,
      person: null,
    });
  });
});

describe("Office 365", () => {
  it("tells of a deactivation that failed", () => {
    const record = logEvent("app.office365.api.error.deactivate.user", {
      target: [ALICE, ACCOUNT, APPLICATION],
      outcome: null,
    });
    expect(only(record)).toMatchObject({
      layer: "provisioning",
      operation: "deactivate",
      outcome: "failure",
      person,
      account,
      application,
    });
  });
});

describe("outcomes and errors", () => {
  it.each([
    ["SUCCESS", "success"],
    ["ALLOW", "success"],
    ["FAILURE", "failure"],
    ["DENY", "failure"],
    ["RATE_LIMIT", "failure"],
    ["SKIPPED", "skipped"],
    ["CHALLENGE", "pending"],
    ["UNKNOWN", "pending"],
    ["DEFERRED", "pending"],
    [null, "success"],
  ])("%s is %s", (result, outcome) => {
    const event = only(logEvent("user.authentication.sso", { outcome: { result, reason: null } }));
    expect(event?.outcome).toBe(outcome);
    expect(event?.error === null).toBe(outcome !== "failure");
  });

  it("is pending what is scheduled, and a failure what its type calls failed", () => {
    const outcome = { result: "SUCCESS" };
    expect(only(logEvent("application.provision.user.delete.schedule", { outcome }))?.outcome).toBe(
      "pending",
    );
    for (const type of ["", ".with.error"].map((end) => `mapping.update.or.delete.failed${end}`)) {
      expect(only(logEvent(`application.provision.group_push.${type}`, { outcome }))).toMatchObject({
        operation: "update",
        outcome: "failure",
        object: "group",
      });
    }
  });

  it("reads the remote answer out of the reason", () => {
    const reason =
      "Error while creating user alice@larkspur.example: Conflict. Errors reported by remote server: user is not unique";
    expect(only(failedPush(reason))?.error).toEqual({
      class: "uniqueness",
      code: null,
      httpStatus: 409,
      scimType: null,
      message: reason,
      advice: null,
    });
    expect(only(failedPush(null))?.error).toMatchObject({ class: "unknown", message: null });
  });
});

describe("records", () => {
  it("are told from other things", () => {
    expect(okta.detect(logEvent("user.session.start"))).toBe(true);
    expect(okta.detect({ eventType: "x", published: "y", actor: {} })).toBe(true);
    expect(okta.detect({ eventType: "com.okta.event_hook", eventId: "1", data: { events: [] } })).toBe(false);
    expect([null, [], "x", 1, {}, { eventType: 1, published: 1, uuid: 1 }].some(okta.detect)).toBe(false);
  });

  it("give the same events with null and with missing members", () => {
    const { target: _, legacyEventType: __, ...bare } = logEvent("user.session.start", { actor: ALICE });
    expect(okta.parse(bare)).toEqual(okta.parse(logEvent("user.session.start", { actor: ALICE })));
  });

  it("without a readable time are refused by the field's name", () => {
    expect(() => okta.parse(logEvent("user.session.start", { published: "soon" }))).toThrow(RecordError);
    expect(() => okta.parse(logEvent("user.session.start", { published: null }))).toThrow('"published"');
    expect(() => okta.parse({ published: "2026-03-02T09:15:30Z" })).toThrow('"eventType"');
    expect(() => okta.parse([])).toThrow("A record is a JSON object, not a list.");
  });
});
