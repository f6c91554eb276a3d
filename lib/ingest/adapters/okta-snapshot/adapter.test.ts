import { describe, expect, it } from "vitest";
import { projectSubject } from "../../../lifecycle/project.ts";
import type { LoggedEvent, NormalEvent } from "../../event.ts";
import { RecordError } from "../adapter.ts";
import { oktaSnapshot } from "./adapter.ts";
import { APP, APP_USER, type Data, GROUP, MEMBER, USER } from "./fixtures.ts";

/** Operation, time and detail of each event. */
const summary = (record: Data) =>
  oktaSnapshot
    .parse(record)
    .map(({ layer, operation, detail, active, at }) =>
      [new Date(at).toISOString().slice(0, 16), layer, operation, detail, active]
        .filter((part) => part !== null)
        .join(" "),
    );

const person = {
  id: "00u1alice",
  externalId: "00u1alice",
  userName: "alice@larkspur.example",
  email: "alice.example@larkspur.example",
  displayName: "Alice Example",
};

describe("a user", () => {
  it("was created, activated, changed, and signed in, each at its own time", () => {
    expect(summary(USER)).toEqual([
      "2025-01-07T08:00 directory create",
      "2025-01-07T08:30 directory reactivate",
      "2025-06-02T07:00 directory update true",
      "2025-11-10T12:00 directory update",
      "2026-03-01T06:55 access sign-in",
    ]);
  });

  it("gives every field", () => {
    expect(oktaSnapshot.parse(USER)[3]).toEqual({
      nativeId: "00u1alice",
      nativeType: "okta.user.updated",
      at: Date.parse("2025-11-10T12:00:00Z"),
      effectiveAt: null,
      layer: "directory",
      operation: "update",
      outcome: "success",
      object: "user",
      detail: null,
      active: null,
      person,
      application: null,
      account: null,
      entitlement: null,
      credential: null,
      actor: null,
      error: null,
      attributes: { department: "Research", title: "Chemist", manager: "00u2bob" },
      attributesBefore: null,
      correlationId: null,
    });
    expect(new Set(oktaSnapshot.parse(USER).map((event) => JSON.stringify(event.person)))).toEqual(
      new Set([JSON.stringify(person)]),
    );
  });

  it.each([
    ["STAGED", []],
    ["PROVISIONED", ["directory update true"]],
    ["ACTIVE", ["directory update true"]],
    ["RECOVERY", ["directory update true"]],
    ["PASSWORD_EXPIRED", ["directory update true"]],
    ["LOCKED_OUT", ["directory update true"]],
    ["SUSPENDED", ["directory deactivate suspend false"]],
    ["DEPROVISIONED", ["directory deactivate false"]],
  ])("in the status %s is %s", (status, expected) => {
    const at = "2025-06-02T07:00 ";
    expect(summary({ ...USER, status }).filter((line) => line.startsWith(at))).toEqual(
      expected.map((line) => `${at}${line}`),
    );
  });

  it("who is gone without a time of it was so by the last time that the record tells", () => {
    expect(summary({ ...USER, status: "DEPROVISIONED", statusChanged: null })).toContain(
      "2026-03-01T06:55 directory deactivate false",
    );
  });

  it("who was never activated and never signed in has no such event", () => {
    const never = { ...USER, status: "STAGED", activated: null, statusChanged: null, lastLogin: null };
    expect(summary({ ...never, lastUpdated: null })).toEqual([
      "2025-01-07T08:00 directory create",
      "2025-01-07T08:00 directory update",
    ]);
  });
});

describe("an application", () => {
  it("is declared, with the features of its provisioning", () => {
    expect(summary(APP)).toEqual(["2024-12-01T10:00 directory create", "2025-03-04T10:00 directory update"]);
    expect(oktaSnapshot.parse(APP)[1]).toMatchObject({
      object: "application",
      person: null,
      application: { id: "0oa1chat", name: "Team Chat" },
      attributes: { features: "PUSH_NEW_USERS PUSH_USER_DEACTIVATION", signOnMode: "SAML_2_0" },
    });
  });

  it.each([
    ["INACTIVE", "deactivate"],
    ["DELETED", "delete"],
    ["ACTIVE", "update"],
    ["SOMETHING_NEW", "update"],
  ])("in the status %s: %s", (status, operation) => {
    expect(oktaSnapshot.parse({ ...APP, status })[1]?.operation).toBe(operation);
  });
});

describe("a group", () => {
  it("is the directory's", () => {
    expect(summary(GROUP)).toEqual([
      "2024-11-01T08:00 directory create",
      "2025-02-01T08:00 directory update",
    ]);
    expect(oktaSnapshot.parse(GROUP)[0]).toMatchObject({
      object: "group",
      entitlement: { kind: "group", id: "00g1eng", name: "Engineering" },
    });
  });
});

describe("a member of a group", () => {
  it("was found in it by its last change, and is told as no change", () => {
    expect(oktaSnapshot.parse(MEMBER)).toMatchObject([
      {
        at: Date.parse("2026-01-15T08:00:00Z"),
        nativeType: "okta.group.member",
        layer: "directory",
        operation: "read",
        person,
        entitlement: { kind: "group", id: "00g1eng", name: "Engineering" },
      },
    ]);
    expect(
      summary({ ...MEMBER, memberOf: { ...(MEMBER.memberOf as Data), lastMembershipUpdated: null } }),
    ).toEqual(["2025-01-07T08:00 directory read"]);
  });

  it("without a group that can be told is a user", () => {
    expect(summary({ ...MEMBER, memberOf: {} })).toEqual(summary(USER));
  });
});

describe("a user of an application", () => {
  const assigned = "2025-01-08T09:00 directory create assignment";
  const taken = "2025-01-08T09:00 directory deactivate assignment";
  const linked = "2025-11-10T12:00 provisioning read";

  it("that is synchronized proves an account that is active", () => {
    expect(summary(APP_USER)).toEqual(["2025-11-10T12:00 provisioning import true"]);
    expect(oktaSnapshot.parse(APP_USER)[0]).toMatchObject({
      nativeType: "okta.app_user.synchronized",
      object: "user",
      person: { id: "00u1alice", externalId: "00u1alice", userName: null },
      application: { id: "0oa1chat", name: "Team Chat" },
      account: { id: "U0451", userName: "alice", displayName: "Alice Example" },
    });
  });

  it.each([
    ["PROVISIONED", "ERROR", "U0451", [assigned, linked]],
    ["PROVISIONED", "OUT_OF_SYNC", "U0451", [assigned, linked]],
    ["PROVISIONED", "SYNCHRONIZED", null, [assigned]],
    ["ACTIVE", "DISABLED", null, [assigned]],
    ["ACTIVE", null, null, [assigned]],
    ["STAGED", "DISABLED", null, [assigned]],
    ["PENDING", "DISABLED", null, [assigned]],
    ["APPROVED", "DISABLED", null, [assigned]],
    ["SOMETHING_NEW", "DISABLED", null, [assigned]],
    ["SUSPENDED", "SYNCHRONIZED", "U0451", [assigned, linked]],
    ["DEPROVISIONED", "SYNCHRONIZED", "U0451", [assigned, taken, linked]],
    ["INACTIVE", "DISABLED", null, [assigned, taken]],
    ["REVOKED", "DISABLED", null, [assigned, taken]],
    ["UNASSIGNED", "DISABLED", "U0451", [taken, linked]],
    ["IMPORTED", "DISABLED", null, ["2025-01-08T09:00 provisioning import"]],
    ["MATCHED", "SYNCHRONIZED", "U0451", ["2025-01-08T09:00 provisioning import"]],
  ])("in the status %s, sync state %s, external id %s", (status, syncState, externalId, expected) => {
    expect(summary({ ...APP_USER, status, syncState, externalId })).toEqual(expected);
  });

  it("that an import found belongs to nobody unless a link says to whom", () => {
    const { user: _, ...app } = APP_USER._links as Data;
    const found = { ...APP_USER, status: "IMPORTED" };
    expect(oktaSnapshot.parse({ ...found, _links: app })[0]?.person).toBeNull();
    expect(oktaSnapshot.parse(found)[0]?.person?.id).toBe("00u1alice");
  });

  it.each([
    [
      { appId: "0oa9x", appLabel: "Chat" },
      { id: "0oa9x", name: "Chat" },
    ],
    [{ appLabel: null }, { id: "0oa1chat", name: "0oa1chat" }],
    [
      { appLabel: null, _embedded: { app: { id: "0oa1chat", label: "Team Chat" } } },
      { id: "0oa1chat", name: "Team Chat" },
    ],
    [{ _links: null }, { id: null, name: "Team Chat" }],
  ])("is of the application that it names: %j", (differs, expected) => {
    expect(oktaSnapshot.parse({ ...APP_USER, ...differs })[0]?.application).toEqual(expected);
  });

  it("of no application that it names is refused, with what to do", () => {
    expect(() => oktaSnapshot.parse({ ...APP_USER, appLabel: null, _links: null })).toThrow('"appLabel"');
  });

  it("takes the login from the user that was asked for with it", () => {
    const profile = { login: "alice@larkspur.example", email: "a@larkspur.example" };
    const record = { ...APP_USER, _embedded: { user: { id: "00u1alice", profile } } };
    expect(oktaSnapshot.parse(record)[0]?.person).toMatchObject({
      userName: "alice@larkspur.example",
      email: "a@larkspur.example",
    });
  });
});

describe("what the rules make of a snapshot", () => {
  const logged = (...records: Data[]): LoggedEvent[] =>
    records.flatMap((record, r) =>
      oktaSnapshot
        .parse(record)
        .map((event: NormalEvent, i) => ({ ...event, id: `${r}:${i}`, sourceId: "okta" })),
    );
  const rows = (...records: Data[]) => projectSubject("p:okta:00u1alice", logged(...records));

  it("is an account that is active, and no word on what provisioning can do or what was done by hand", () => {
    const { accounts, coverage, sightings } = rows(USER, APP_USER);
    expect(accounts).toMatchObject([{ application: "team chat", account: "U0451", active: true }]);
    expect(coverage).toEqual([]);
    expect(sightings).toMatchObject([{ application: "team chat", provisioned: false }]);
  });

  it("makes no cell of the coverage map of an application that is declared, and no account", () => {
    const { accounts, coverage, sightings, failures } = projectSubject("a:team chat", logged(APP));
    expect([accounts, coverage, sightings, failures]).toEqual([[], [], [], []]);
  });

  it("is a leaver since the status changed, with the account open as long as nothing ends it", () => {
    const gone = { ...USER, status: "DEPROVISIONED", statusChanged: "2026-03-02T17:00:00.000Z" };
    const { cases, steps } = rows(gone, { ...APP_USER, status: "DEPROVISIONED" });
    expect(cases).toMatchObject([{ leftAt: Date.parse("2026-03-02T17:00:00Z"), trigger: "deactivate" }]);
    expect(steps).toMatchObject([{ application: "team chat", endedAt: null }]);
  });

  it("is nobody's leaving twice, and a return when the person was activated again", () => {
    const gone = { ...USER, status: "DEPROVISIONED" };
    const back = {
      ...USER,
      activated: "2025-09-01T07:00:00.000Z",
      statusChanged: "2025-09-01T07:00:00.000Z",
    };
    const { cases } = rows(gone, { ...gone, lastLogin: null }, back);
    expect(cases).toMatchObject([
      {
        leftAt: Date.parse("2025-06-02T07:00:00Z"),
        rehiredAt: Date.parse("2025-09-01T07:00:00Z"),
      },
    ]);
  });

  it("is a joiner whose account is not taken to work since the last of many syncs", () => {
    const { joinerCases, joinerSteps } = rows(USER, APP_USER);
    expect(joinerCases).toMatchObject([{ joinedAt: Date.parse("2025-01-07T08:00:00Z") }]);
    expect(joinerSteps).toEqual([]);
  });
});

describe("records", () => {
  it.each([
    ["user", USER],
    ["application", APP],
    ["application's user", APP_USER],
    ["group", GROUP],
    ["member", MEMBER],
  ])("of a %s are told", (_, record) => {
    expect(oktaSnapshot.detect(record)).toBe(true);
    expect(oktaSnapshot.detect({ ...record, eventType: "user.lifecycle.create" })).toBe(false);
    for (const member of ["id", "created"])
      expect(oktaSnapshot.detect({ ...record, [member]: null })).toBe(false);
  });

  it("of other things are not", () => {
    const { profile, ...bare } = USER;
    const others = [
      null,
      [],
      "x",
      1,
      {},
      bare,
      { ...USER, status: "active", profile: {} },
      { profile, status: "GONE" },
    ];
    expect(others.filter(oktaSnapshot.detect)).toEqual([]);
  });

  it("give the same events with null and with missing members", () => {
    const { lastLogin: _, ...bare } = USER;
    expect(oktaSnapshot.parse(bare)).toEqual(oktaSnapshot.parse({ ...USER, lastLogin: null }));
  });

  it("that can't be read are refused by the field's name", () => {
    expect(() => oktaSnapshot.parse({ ...USER, created: "soon" })).toThrow('"created"');
    expect(() => oktaSnapshot.parse({ ...USER, lastLogin: 5 })).toThrow('"lastLogin"');
    expect(() => oktaSnapshot.parse({ ...APP_USER, lastSync: "soon" })).toThrow(RecordError);
    expect(() => oktaSnapshot.parse({ id: "1" })).toThrow(RecordError);
  });
});
