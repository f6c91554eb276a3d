import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LAYERS, type NormalEvent, OPERATIONS, OUTCOMES } from "../event.ts";
import { RecordError } from "./adapter.ts";
import { azureRecord, failedRecord, graphRecord, importStep } from "./entra/fixtures.ts";
import * as signInFixtures from "./entra-sign-ins/fixtures.ts";
import * as exportFixtures from "./export/fixtures.ts";
import * as githubFixtures from "./github/fixtures.ts";
import * as googleFixtures from "./google/fixtures.ts";
import * as jumpcloudFixtures from "./jumpcloud/fixtures.ts";
import * as oktaFixtures from "./okta/fixtures.ts";
import * as snapshotFixtures from "./okta-snapshot/fixtures.ts";
import * as oneloginFixtures from "./onelogin/fixtures.ts";
import { ADAPTERS, adapterOf, detectAdapter } from "./registry.ts";
import * as scimFixtures from "./scim/fixtures.ts";
import { jws, token } from "./set/fixtures.ts";
import * as workosFixtures from "./workos/fixtures.ts";

const { ALICE, ACCOUNT, APPLICATION, GROUP, TOKEN, logEvent } = oktaFixtures;
const { entry, patch } = scimFixtures;
const everyTarget = { target: [ALICE, ACCOUNT, APPLICATION, GROUP, TOKEN] };

const RECORDS: readonly (readonly [format: string, record: unknown])[] = [
  ["okta", logEvent("application.provision.group_membership.add", everyTarget)],
  ["okta", logEvent("system.api_token.create", { ...everyTarget, actor: ALICE })],
  [
    "okta",
    logEvent("user.account.update_profile", {
      ...everyTarget,
      transaction: { id: "t", detail: { requestApiTokenId: "00T1" } },
      debugContext: { debugData: { changedAttributes: "{}" } },
    }),
  ],
  ["okta", oktaFixtures.failedPush("409 Conflict")],
  ["entra", graphRecord({ provisioningSteps: [importStep({ accountEnabled: "False" })] })],
  ["entra", azureRecord(failedRecord("ContosoEntryConflict", "HTTP status code 409"))],
  [
    "entra",
    {
      $entraPortal: 1,
      change: graphRecord({ provisioningAction: "update", provisioningSteps: null }),
      modifiedProperties: [{ displayName: "active", oldValue: "True", newValue: "False" }],
    },
  ],
  [
    "entra",
    {
      $entraPortal: 1,
      change: failedRecord("ContosoEntryConflict", null, { provisioningSteps: null }),
      provisioningSteps: [importStep({ accountEnabled: "False" })],
    },
  ],
  ["workos", workosFixtures.event("dsync.user.updated", workosFixtures.USER)],
  [
    "workos",
    workosFixtures.event("dsync.group.user_added", {
      user: workosFixtures.USER,
      group: workosFixtures.GROUP,
    }),
  ],
  [
    "scim",
    entry("POST", "/Users", 201, { requestBody: scimFixtures.NEW_USER, responseBody: scimFixtures.USER }),
  ],
  [
    "scim",
    entry("PATCH", "/Users/u-1", 400, {
      requestBody: patch(
        { op: "Replace", path: "active", value: "False" },
        { op: "add", path: 'roles[value eq "admin"]', value: [{ value: "admin" }] },
      ),
      responseBody: JSON.stringify(scimFixtures.error(400, "department is required", "invalidValue")),
    }),
  ],
  [
    "scim",
    entry("POST", "/Bulk", 200, {
      requestBody: {
        Operations: [{ method: "POST", path: "/Groups", bulkId: "g", data: scimFixtures.GROUP }],
      },
      responseBody: {
        Operations: [{ method: "POST", bulkId: "g", location: "/scim/v2/Groups/g-1", status: "201" }],
      },
    }),
  ],
  ["scim", entry("GET", "/Users?filter=x", 200, { responseBody: { Resources: [scimFixtures.USER] } })],
  ["set", token({ "prov:put:full": { data: scimFixtures.USER }, "prov:deactivate": {} })],
  [
    "set",
    token({ "misc:asyncresp": { method: "PUT", status: "400", response: scimFixtures.error(400, "no") } }),
  ],
  ["set", { sets: { "jti-1": jws(token({ "prov:delete": {} })) } }],
  [
    "github",
    githubFixtures.auditRecord("org.update_member", { permission: "admin", old_permission: "read" }),
  ],
  [
    "github",
    githubFixtures.auditRecord("git.push", {
      ...githubFixtures.BY_ALICE,
      token_id: 12,
      programmatic_access_type: "OAuth",
    }),
  ],
  ["github", githubFixtures.auditRecord("personal_access_token.access_granted", { token_id: 12 })],
  [
    "github",
    githubFixtures.scimRecord("external_identity.scim_api_failure", "PATCH", {
      api_request_body: { Operations: [{ path: "active", value: false }] },
      message: "no",
    }),
  ],
  ["github", githubFixtures.scimRecord("external_group.scim_api_failure", "POST")],
  [
    "google",
    googleFixtures.activity("admin", [
      googleFixtures.reportEvent("SUSPEND_USER", { USER_EMAIL: "alice@larkspur.example" }),
      googleFixtures.reportEvent("ASSIGN_ROLE", { ROLE_NAME: ["a"] }),
    ]),
  ],
  [
    "google",
    googleFixtures.activity("token", [googleFixtures.reportEvent("authorize", { client_id: "77" })]),
  ],
  [
    "google",
    googleFixtures.activity("saml", [
      googleFixtures.reportEvent("login_failure", { application_name: "Ledger" }),
    ]),
  ],
  [
    "jumpcloud",
    jumpcloudFixtures.insight("user_update", {
      changes: [{ field: "state", from: "SUSPENDED", to: "ACTIVATED" }],
    }),
  ],
  [
    "jumpcloud",
    jumpcloudFixtures.insight("user_deprovision", {
      application: jumpcloudFixtures.APPLICATION,
      success: false,
      error_message: "no",
    }),
  ],
  [
    "jumpcloud",
    jumpcloudFixtures.association(
      "add",
      { type: "user", object_id: "u" },
      { type: "user_group", object_id: "g" },
    ),
  ],
  ["onelogin", oneloginFixtures.apiEvent(64, { ...oneloginFixtures.APP, error_description: "HTTP 409" })],
  ["onelogin", oneloginFixtures.broadcast(149, { role_id: 3, role_name: "Engineering" })],
  ["okta-snapshot", snapshotFixtures.USER],
  ["okta-snapshot", snapshotFixtures.APP],
  ["okta-snapshot", snapshotFixtures.APP_USER],
  ["okta-snapshot", { ...snapshotFixtures.APP_USER, status: "DEPROVISIONED" }],
  ["okta-snapshot", snapshotFixtures.GROUP],
  ["entra-sign-ins", signInFixtures.SIGN_IN],
  ["entra-sign-ins", signInFixtures.failed(50126, "Invalid username or password.")],
  ["entra-sign-ins", signInFixtures.azureRecord("ServicePrincipalSignInLogs", signInFixtures.WORKLOAD)],
  [
    "hr",
    {
      $hr: 1,
      said: null,
      columns: {
        employeeId: "E-1",
        email: "alice@larkspur.example",
        department: "Research",
        startDate: "2026-01-05",
        endDate: "31/03/2026",
        status: "Active",
        updatedAt: "2026-03-01T09:00:00Z",
      },
    },
  ],
  ["export", exportFixtures.row()],
];

/** Every event has every field, none undefined, and only words that the normal form knows. */
function expectWellFormed(events: readonly NormalEvent[]): void {
  expect(events.length).toBeGreaterThan(0);
  for (const event of events) {
    expect(Object.keys(event)).toHaveLength(20);
    expect(Object.values(event)).not.toContain(undefined);
    expect(LAYERS).toContain(event.layer);
    expect(OPERATIONS).toContain(event.operation);
    expect(OUTCOMES).toContain(event.outcome);
    expect(Number.isSafeInteger(event.at)).toBe(true);
    expect(event.error === null).toBe(event.outcome !== "failure");
    expect(structuredClone(event)).toEqual(JSON.parse(JSON.stringify(event)));
  }
}

/** Parses a value twice with every adapter: events, the same both times, or a RecordError; nothing else. */
function expectSafe(value: unknown): void {
  for (const adapter of ADAPTERS) {
    expect(typeof adapter.detect(value)).toBe("boolean");
    try {
      const events = adapter.parse(value);
      expectWellFormed(events);
      expect(adapter.parse(value)).toEqual(events);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      expect(error.message).toMatch(/^[A-Z].*\.$/s);
    }
  }
}

/** Every path to a value within a JSON value. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner).map((path) => [key, ...path])),
  ];
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

describe("the registry", () => {
  it.each(RECORDS)("knows the %s record by one adapter alone", (format, record) => {
    expect(ADAPTERS.filter((adapter) => adapter.detect(record)).map((adapter) => adapter.format)).toEqual([
      format,
    ]);
    expect(detectAdapter(record)?.format).toBe(format);
    expectWellFormed(detectAdapter(record)?.parse(record) ?? []);
  });

  it("finds an adapter by its format, and none by another name", () => {
    expect(adapterOf("entra")?.label).toBe("Microsoft Entra provisioning logs");
    expect(adapterOf("Okta")).toBeUndefined();
    expect(detectAdapter({ hello: "world" })).toBeNull();
  });
});

describe("every adapter, whatever it is given", () => {
  it("returns events or throws a RecordError for any JSON value", () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), expectSafe), { numRuns: 300 });
  });

  it("does so for its own records with any part of them replaced", () => {
    const hostile = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(
        ...['{"__proto__":{"id":"x"}}', '[{"type":"User"}]', "[null]", '"unknown"', '{"Id":5,"id":null}'].map(
          (text): unknown => JSON.parse(text),
        ),
      ),
    );
    const mutated = fc.constantFrom(...RECORDS).chain(([, record]) =>
      fc
        .array(fc.tuple(fc.constantFrom(...pathsOf(record)), hostile), { minLength: 1, maxLength: 3 })
        .map((changes) =>
          changes.reduce((value, [path, by]) => {
            try {
              return replaced(value, path, by);
            } catch {
              // The path went with an earlier change.
              return value;
            }
          }, record),
        ),
    );
    fc.assert(fc.property(mutated, expectSafe), { numRuns: 1_500 });
    expect(Object.hasOwn(Object.prototype, "id")).toBe(false);
  });

  it("does not change the record that it reads", () => {
    for (const [, record] of RECORDS) {
      const before = structuredClone(record);
      detectAdapter(record)?.parse(record);
      expect(record).toEqual(before);
    }
  });
});

const SAMPLES = new URL("../../../../shared/samples/", import.meta.url);
const here = existsSync(SAMPLES);

describe.skipIf(!here)(
  `records written by others (${here ? "there" : "skipped: no ../shared/samples here"})`,
  () => {
    const read = (name: string) => readFileSync(new URL(name, SAMPLES), "utf8");
    const summary = (record: unknown) =>
      detectAdapter(record)
        ?.parse(record)
        .map((event) => `${event.layer} ${event.operation} ${event.outcome} ${event.object}`);

    it("of Okta", () => {
      const hook = JSON.parse(read("okta/event-hook-delivery-0.json")) as { data: { events: unknown[] } };
      expect(hook.data.events.flatMap(summary)).toEqual(["access sign-in success user"]);
      expect(summary(JSON.parse(read("okta/logevent-user-lifecycle-deactivate-0.json")))).toEqual([
        "directory deactivate success user",
      ]);
    });

    it("of Entra", () => {
      const page = JSON.parse(read("entra/graph-page.json")) as { value: unknown[] };
      expect(page.value.flatMap(summary)).toEqual(["provisioning create failure group"]);
      const lines = read("entra/azure-monitor.ndjson").trim().split("\n");
      expect(lines.map((line) => summary(JSON.parse(line)))).toEqual([
        ["provisioning create skipped user", "directory update success user"],
        ["provisioning create success user", "directory update success user"],
        ["provisioning create failure group"],
      ]);
    });

    it.each([
      ["dsync_activated", "create success application"],
      ["dsync_deactivated", "deactivate success application"],
      ["dsync_deleted", "delete success application"],
      ["dsync_group_created", "create success group"],
      ["dsync_group_updated", "update success group"],
      ["dsync_group_deleted", "delete success group"],
      ["dsync_group_user_added", "member-add success user"],
      ["dsync_group_user_removed", "member-remove success user"],
      ["dsync_user_created", "create success user"],
      ["dsync_user_updated", "update success user"],
      ["dsync_user_deleted", "delete success user"],
      ["dsync_token_created", "credential-create success credential"],
      ["dsync_token_revoked", "credential-revoke success credential"],
      ["node_webhook", "create success user"],
    ])("of WorkOS: %s", (name, expected) => {
      expect(summary(JSON.parse(read(`workos/${name}.json`)))).toEqual([`directory ${expected}`]);
    });
  },
);
