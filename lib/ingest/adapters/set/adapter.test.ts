import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { detectAdapter } from "../registry.ts";
import { GROUP, patch, USER } from "../scim/fixtures.ts";
import { set } from "./adapter.ts";
import { type Data, EVENT, jws, token } from "./fixtures.ts";

const only = (record: unknown) => {
  const events = set.parse(record);
  expect(events).toHaveLength(1);
  return events[0];
};

/** The events in short: layer, operation, outcome, object; whom they are about, and which entitlement. */
const story = (record: unknown) =>
  set
    .parse(record)
    .map(({ layer, operation, outcome, object, account, entitlement }) =>
      [layer, operation, outcome, object, account?.id, entitlement?.name]
        .map((part) => part ?? "-")
        .join(" "),
    );

const GROUP_SUBJECT = { sub_id: { format: "scim", uri: "/Groups/g-1" } };
const off = { op: "replace", path: "active", value: false };

describe("a token", () => {
  it("gives every field of a user that was created", () => {
    expect(set.parse(token({ "prov:create:full": { data: USER } }))).toEqual([
      {
        nativeId: "jti-1",
        nativeType: `${EVENT}prov:create:full`,
        at: Date.parse("2026-03-02T09:15:30Z"),
        effectiveAt: null,
        layer: "application",
        operation: "create",
        outcome: "success",
        object: "user",
        detail: null,
        active: true,
        person: {
          id: null,
          externalId: "00u1alice",
          userName: "alice",
          email: "alice@larkspur.example",
          displayName: "Alice Example",
        },
        application: { id: null, name: "chat.larkspur.example" },
        account: { id: "u-1", userName: "alice", displayName: "Alice Example" },
        entitlement: null,
        credential: null,
        actor: null,
        error: null,
        attributes: null,
        attributesBefore: null,
        correlationId: "txn-1",
      },
    ]);
  });

  it.each<[string, Data, string]>([
    ["prov:create:notice", { attributes: ["userName"] }, "application create success user u-1 -"],
    ["prov:create:full", { data: { ...USER, active: false } }, "application create success user u-1 -"],
    ["prov:patch:notice", { attributes: ["active"] }, "application update success user u-1 -"],
    ["prov:patch:full", { data: patch(off) }, "application deactivate success user u-1 -"],
    ["prov:patch:full", { data: { ...USER, active: false } }, "application deactivate success user u-1 -"],
    ["prov:patch:full", { data: USER }, "application update success user u-1 -"],
    ["prov:put:notice", { attributes: ["emails"] }, "application update success user u-1 -"],
    ["prov:put:full", { data: { ...USER, active: false } }, "application deactivate success user u-1 -"],
    ["prov:delete", {}, "application delete success user u-1 -"],
    ["prov:activate", {}, "application reactivate success user u-1 -"],
    ["prov:deactivate", {}, "application deactivate success user u-1 -"],
    ["feed:add", {}, "application other success user u-1 -"],
    ["feed:remove", {}, "application other success user u-1 -"],
    ["misc:asyncresp", { method: "PUT", status: "200" }, "provisioning update success user u-1 -"],
    ["misc:asyncresp", { method: "POST", status: "201" }, "provisioning create success user u-1 -"],
    ["misc:asyncresp", { method: "DELETE", status: 204 }, "provisioning delete success user u-1 -"],
    ["misc:asyncresp", { method: "DELETE", status: "404" }, "provisioning delete failure user u-1 -"],
    ["misc:asyncresp", {}, "application other success user u-1 -"],
    ["prov:promote", {}, "application other success user u-1 -"],
  ])("%s %j is %s", (name, body, expected) => {
    expect(story(token({ [name]: body }))).toEqual([expected]);
  });

  it.each<[string, Data, string]>([
    ["prov:create:notice", {}, "application create success group - g-1"],
    ["prov:patch:notice", { attributes: ["members"] }, "application update success group - g-1"],
    ["prov:put:notice", {}, "application update success group - g-1"],
    ["prov:delete", {}, "application delete success group - g-1"],
    ["feed:add", {}, "application other success group - -"],
  ])("of a group, %s %j is %s", (name, body, expected) => {
    expect(story(token({ [name]: body }, GROUP_SUBJECT))).toEqual([expected]);
  });

  it("tells members and roles one by one", () => {
    const members = patch(
      { op: "add", path: "members", value: [{ value: "u-1" }, { value: "u-2" }] },
      { op: "remove", path: 'members[value eq "u-3"]' },
    );
    expect(story(token({ "prov:patch:full": { data: members } }, GROUP_SUBJECT))).toEqual([
      "application member-add success user u-1 g-1",
      "application member-add success user u-2 g-1",
      "application member-remove success user u-3 g-1",
    ]);
    expect(story(token({ "prov:put:full": { data: GROUP } }, GROUP_SUBJECT))).toEqual([
      "application update success group - Engineering",
      "application member-add success user u-1 Engineering",
      "application member-add success user u-2 Engineering",
    ]);
    const roles = patch({ op: "add", path: "roles", value: [{ value: "admin" }] });
    expect(story(token({ "prov:patch:full": { data: roles } }))).toEqual([
      "application role-grant success user u-1 admin",
    ]);
  });

  it("asserts the state that it tells", () => {
    const active = (events: Record<string, Data>) => only(token(events))?.active;
    expect(active({ "prov:deactivate": {} })).toBe(false);
    expect(active({ "prov:activate": {} })).toBe(true);
    expect(active({ "prov:put:full": { data: USER } })).toBe(true);
    expect(active({ "prov:create:full": { data: { ...USER, active: false } } })).toBe(false);
    expect(active({ "prov:delete": {} })).toBeNull();
  });

  it("with several events is several, in their order", () => {
    const events = set.parse(token({ "prov:patch:notice": {}, "prov:deactivate": {} }));
    expect(events.map((event) => event.operation)).toEqual(["update", "deactivate"]);
  });

  it("names its events in any case", () => {
    const record = token({});
    const events = { "URN:ietf:params:SCIM:event:prov:Deactivate": {} };
    expect(only({ ...record, events })).toMatchObject({
      operation: "deactivate",
      nativeType: `${EVENT}prov:deactivate`,
    });
  });

  it("of other events is kept", () => {
    const events = { "https://schemas.openid.net/secevent/caep/event-type/session-revoked": {} };
    const record = token({}, { events, sub_id: { format: "email", email: "alice@larkspur.example" } });
    expect(set.detect(record)).toBe(true);
    expect(only(record)).toMatchObject({ operation: "other", object: null, person: null, account: null });
  });

  it("has the failure of an asynchronous request in the provider's words", () => {
    const response = { detail: "Request is unparsable", scimType: "invalidSyntax", status: "400" };
    expect(only(token({ "misc:asyncresp": { method: "PUT", status: "400", response } }))?.error).toEqual({
      class: "invalid-value",
      code: null,
      httpStatus: 400,
      scimType: "invalidSyntax",
      message: "Request is unparsable",
      advice: null,
    });
  });
});

describe("what a token is about", () => {
  const about = (sub_id: unknown) => only(token({ "prov:delete": {} }, { sub_id }));

  it("is named by its uri, whatever stands before it, else by its id", () => {
    expect(about({ uri: "https://chat.larkspur.example/scim/v2/Users/u-1" })?.account?.id).toBe("u-1");
    expect(about({ uri: "/Users", id: "u-1" })?.account?.id).toBe("u-1");
  });

  it("may be named by what is unique at the provider", () => {
    const event = about({
      uri: "/Users/u-1",
      userName: "alice",
      emails: [{ value: "alice@larkspur.example" }],
    });
    expect(event).toMatchObject({
      account: { userName: "alice" },
      person: { email: "alice@larkspur.example" },
    });
  });

  it("is nobody where it does not say", () => {
    expect(about(null)).toMatchObject({ account: null, object: "application", operation: "other" });
  });
});

describe("its time", () => {
  const at = (differs: Data) => only(token({ "prov:delete": {} }, differs))?.at;

  it("is when it happened, else when it was issued", () => {
    expect(at({ toe: 1772442000 })).toBe(1772442000_000);
    expect(at({ iat: 1772442930.5 })).toBe(1772442930_500);
  });
});

describe("its application", () => {
  it.each([
    ["https://chat.larkspur.example/", "chat.larkspur.example"],
    ["https://id.larkspur.example/tenants/7", "id.larkspur.example/tenants/7"],
    ["chat.larkspur.example", "chat.larkspur.example"],
    ["https://", "https://"],
  ])("is the issuer %s as %s", (iss, name) => {
    expect(only(token({ "prov:delete": {} }, { iss }))?.application).toEqual({ id: null, name });
  });
});

describe("records", () => {
  const one = token({ "prov:delete": {} });

  it("hold tokens as JWS too, or several of a poll, with the same events", () => {
    for (const record of [one, { set: jws(one) }, { set: one }, { sets: { "jti-1": jws(one) } }]) {
      expect(set.detect(record)).toBe(true);
      expect(set.parse(record)).toEqual(set.parse(one));
    }
    const two = token({ "prov:activate": {} }, { jti: "jti-2" });
    const poll = { sets: { "jti-1": jws(one), "jti-2": jws(two) }, moreAvailable: false };
    expect(set.parse(poll).map((event) => event.nativeId)).toEqual(["jti-1", "jti-2"]);
  });

  it("are told from other things", () => {
    expect(set.detect({ events: {}, name: "x" })).toBe(false);
    expect(set.detect({ events: [], jti: "x" })).toBe(false);
    expect(set.detect({ set: "eyJhbGciOiJub25lIn0" })).toBe(false);
    expect(set.detect({ sets: { a: "x" } })).toBe(false);
    expect([null, [], "x", 1, {}, { sets: {} }, USER].some(set.detect)).toBe(false);
  });

  it("that can't be read are refused with a reason", () => {
    expect(() => set.parse({ ...one, iat: null })).toThrow('"iat"');
    expect(() => set.parse({ ...one, toe: "yesterday" })).toThrow('"toe"');
    expect(() => set.parse({ ...one, iat: 1e12 })).toThrow('"iat"');
    expect(() => set.parse({ ...one, iss: null })).toThrow('"iss"');
    expect(() => set.parse({ ...one, events: {} })).toThrow('"events"');
    expect(() => set.parse({ sets: {}, moreAvailable: false })).toThrow("no token");
    expect(() => set.parse({ sets: { a: jws(one), b: "eyJ.x.y" } })).toThrow('"b"');
    expect(() => set.parse({ set: 5 })).toThrow(RecordError);
  });
});

const SAMPLES = new URL("../../../../../shared/samples/set/set-examples.ndjson", import.meta.url);
const there = existsSync(SAMPLES);

describe.skipIf(!there)(
  `tokens written by others (${there ? "there" : "skipped: no ../shared/samples here"})`,
  () => {
    it("are all accepted, and the one resource among them is none", () => {
      const lines = readFileSync(SAMPLES, "utf8").trim().split("\n");
      const records = lines.map((line): Data => JSON.parse(line));
      const tokens = records.filter((record) => record.events !== undefined);
      expect(tokens).toHaveLength(15);
      expect(tokens.every((record) => detectAdapter(record) === set)).toBe(true);
      expect(tokens.flatMap((record) => set.parse(record))).toHaveLength(15);
      expect(records.filter((record) => detectAdapter(record) === null)).toHaveLength(1);
    });
  },
);
