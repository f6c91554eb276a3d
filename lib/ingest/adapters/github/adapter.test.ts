import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { github } from "./adapter.ts";
import { auditRecord, BY_ALICE, type Data } from "./fixtures.ts";

const first = (record: unknown) => github.parse(record)[0];
const organisation = { id: "77", name: "GitHub larkspur" };
const enterprise = { id: "9", name: "GitHub larkspur-inc" };
const alice = { id: "501", userName: "alice-larkspur", displayName: null };
const bob = { id: "502", userName: "bob-larkspur", displayName: null };

describe("the audit log", () => {
  it("gives every field of a member who was added", () => {
    expect(github.parse(auditRecord("org.add_member", { request_id: "R1" }))).toEqual([
      {
        nativeId: "doc_larkspur_1",
        nativeType: "org.add_member",
        at: Date.parse("2026-03-02T09:15:30.250Z"),
        effectiveAt: null,
        layer: "application",
        operation: "create",
        outcome: "success",
        object: "user",
        detail: null,
        active: null,
        person: null,
        application: organisation,
        account: alice,
        entitlement: null,
        credential: null,
        actor: { id: "502", type: "user", name: "bob-larkspur" },
        error: null,
        attributes: null,
        attributesBefore: null,
        correlationId: "R1",
      },
    ]);
  });

  it.each([
    ["org.add_member", "create", "success"],
    ["org.restore_member", "reactivate", "success"],
    ["org.add_outside_collaborator", "create", "success"],
    ["org.remove_member", "delete", "success"],
    ["org.remove_outside_collaborator", "delete", "success"],
    ["org.update_member", "update", "success"],
    ["org.invite_member", "create", "pending"],
    ["org.invite_user", "create", "pending"],
    ["business.remove_member", "delete", "success"],
    ["user.create", "create", "success"],
    ["user.suspend", "deactivate", "success"],
    ["user.unsuspend", "reactivate", "success"],
    ["user.delete", "delete", "success"],
    ["user.destroy", "delete", "success"],
    ["user.rename", "update", "success"],
    ["external_identity.provision", "create", "success"],
    ["external_identity.update", "update", "success"],
    ["external_identity.deprovision", "deactivate", "success"],
  ])("%s is a %s of the account, a %s", (action, operation, outcome) => {
    expect(first(auditRecord(action))).toMatchObject({
      layer: "application",
      object: "user",
      operation,
      outcome,
      account: alice,
      person: null,
    });
  });

  const role = (name: string) => ({ kind: "role", id: null, name });
  it.each<[string, string, Data, unknown]>([
    ["org.add_billing_manager", "role-grant", {}, role("billing manager")],
    ["org.remove_billing_manager", "role-revoke", {}, role("billing manager")],
    ["organization_moderators.add_user", "role-grant", {}, role("moderator")],
    ["organization_moderators.remove_user", "role-revoke", {}, role("moderator")],
    ["business.add_admin", "role-grant", {}, role("enterprise owner")],
    ["business.remove_admin", "role-revoke", {}, role("enterprise owner")],
    ["business.add_billing_manager", "role-grant", {}, role("billing manager")],
    ["business.remove_billing_manager", "role-revoke", {}, role("billing manager")],
    [
      "organization_role.assign",
      "role-grant",
      { organization_role_id: 4, organization_role_name: "security" },
      { kind: "role", id: "4", name: "security" },
    ],
    [
      "organization_role.revoke",
      "role-revoke",
      { organization_role_id: 4 },
      { kind: "role", id: "4", name: "4" },
    ],
    [
      "team.add_member",
      "member-add",
      { team: "larkspur/eng" },
      { kind: "group", id: null, name: "larkspur/eng" },
    ],
    [
      "team.remove_member",
      "member-remove",
      { data: { team: "larkspur/eng" } },
      { kind: "group", id: null, name: "larkspur/eng" },
    ],
    [
      "repo.add_member",
      "role-grant",
      { repo: "larkspur/core", repo_id: 3 },
      { kind: "role", id: "3", name: "larkspur/core" },
    ],
    [
      "repo.remove_member",
      "role-revoke",
      { repository: "larkspur/core" },
      { kind: "role", id: null, name: "larkspur/core" },
    ],
    [
      "external_group.add_member",
      "member-add",
      { external_group_id: 6, external_group: "Eng" },
      { kind: "group", id: "6", name: "Eng" },
    ],
    ["external_group.remove_member", "member-remove", {}, null],
  ])("%s is a %s", (action, operation, differs, entitlement) => {
    expect(first(auditRecord(action, differs))).toMatchObject({
      layer: "application",
      object: "user",
      operation,
      account: alice,
      entitlement,
    });
  });

  it("is an account again when it is let into a repository", () => {
    const [, again] = github.parse(auditRecord("repo.add_member", { repo: "larkspur/core" }));
    expect(again).toMatchObject({ operation: "update", active: true, account: alice, entitlement: null });
  });

  it("takes one role and gives another when a member's role changes", () => {
    const changes = github.parse(
      auditRecord("org.update_member", { permission: "read", old_permission: "admin" }),
    );
    expect(changes.map((event) => [event.operation, event.entitlement?.name])).toEqual([
      ["role-grant", "read"],
      ["role-revoke", "admin"],
    ]);
  });

  it.each([
    ["team.create", "create", "larkspur/eng"],
    ["team.rename", "update", "larkspur/eng"],
    ["team.destroy", "delete", "larkspur/eng"],
    ["external_group.provision", "create", "Eng"],
    ["external_group.update", "update", "Eng"],
    ["external_group.update_display_name", "update", "Eng"],
    ["external_group.link", "update", "Eng"],
    ["external_group.unlink", "update", "Eng"],
    ["external_group.delete", "delete", "Eng"],
  ])("%s is a %s of the group", (action, operation, name) => {
    const record = auditRecord(action, { team: "larkspur/eng", external_group: "Eng" });
    expect(first(record)).toMatchObject({
      layer: "application",
      object: "group",
      operation,
      account: null,
      entitlement: { kind: "group", name },
    });
  });

  it.each([
    ["user.login", "success"],
    ["user.failed_login", "failure"],
    ["org.sso_response", "success"],
    ["business.sso_response", "success"],
    ["org.recovery_code_used", "success"],
    ["org.recovery_code_failed", "failure"],
    ["business.recovery_code_used", "success"],
    ["business.recovery_code_failed", "failure"],
    ["git.clone", "success"],
    ["git.fetch", "success"],
    ["git.push", "success"],
  ])("%s is a sign-in of the actor, a %s", (action, outcome) => {
    expect(github.parse(auditRecord(action, { ...BY_ALICE, user: "" }))).toMatchObject([
      { layer: "access", operation: "sign-in", outcome, account: alice, application: organisation },
    ]);
  });

  it.each([
    ["personal_access_token.create", "credential-create"],
    ["personal_access_token.access_granted", "credential-create"],
    ["personal_access_token.credential_regenerated", "update"],
    ["personal_access_token.access_revoked", "credential-revoke"],
    ["personal_access_token.destroy", "credential-revoke"],
    ["oauth_access.create", "credential-create"],
    ["oauth_access.regenerate", "update"],
    ["oauth_access.update", "update"],
    ["oauth_access.destroy", "credential-revoke"],
    ["oauth_authorization.create", "credential-create"],
    ["oauth_authorization.update", "update"],
    ["oauth_authorization.destroy", "credential-revoke"],
    ["public_key.create", "credential-create"],
    ["public_key.update", "update"],
    ["public_key.delete", "credential-revoke"],
    ["org_credential_authorization.grant", "credential-create"],
    ["org_credential_authorization.deauthorize", "credential-revoke"],
    ["org_credential_authorization.revoke", "credential-revoke"],
  ])("%s is a %s", (action, operation) => {
    const record = auditRecord(action, { token_id: 12, user_programmatic_access_name: "ci" });
    expect(github.parse(record)).toMatchObject([
      {
        layer: "application",
        object: "credential",
        operation,
        account: null,
        credential: { id: "larkspur:12", name: "ci" },
      },
    ]);
  });

  it.each(["workflows.created_workflow_run", "org.rename", "personal_access_token.request_created"])(
    "%s is kept and names nobody",
    (action) => {
      expect(github.parse(auditRecord(action))).toMatchObject([
        { layer: "application", operation: "other", object: null, account: null, person: null },
      ]);
    },
  );
});

describe("accounts", () => {
  it("are the invited one's, and a credential's its owner's, where no user is named", () => {
    const nobody = { user: "", user_id: null };
    const record = auditRecord("org.add_outside_collaborator", {
      ...nobody,
      invitee: "carol",
      invitee_id: 9,
    });
    expect(first(record)?.account).toEqual({ id: "9", userName: "carol", displayName: null });
    const revoked = { ...nobody, owner: "carol", oauth_application_id: 8 };
    expect(first(auditRecord("org_credential_authorization.revoke", revoked))?.credential?.id).toBe(
      "larkspur:application 8 of carol",
    );
  });
});

describe("applications", () => {
  it("are each organisation, else the enterprise, else GitHub itself", () => {
    const of = (differs: Data) => first(auditRecord("user.suspend", differs))?.application;
    expect(of({})).toEqual(organisation);
    expect(of({ org: null, org_id: null })).toEqual(enterprise);
    expect(of({ org: "", business: null, business_id: null })).toEqual({ id: null, name: "GitHub" });
  });
});

describe("people", () => {
  it("are known where the actor's own single sign-on says who it is", () => {
    const person = {
      id: "501",
      externalId: null,
      userName: "alice@larkspur.example",
      email: "alice@larkspur.example",
      displayName: null,
    };
    expect(first(auditRecord("git.push", BY_ALICE))?.person).toEqual(person);
    expect(first(auditRecord("org_credential_authorization.grant", BY_ALICE))?.person).toEqual(person);
    expect(
      first(auditRecord("git.push", { ...BY_ALICE, external_identity_username: "alice" }))?.person,
    ).toEqual({ ...person, userName: "alice" });
  });

  it("are not the actor where somebody else is acted on", () => {
    const signedOn = { external_identity_nameid: "bob@larkspur.example" };
    expect(first(auditRecord("org.remove_member", signedOn))).toMatchObject({ person: null, account: alice });
    expect(
      first(auditRecord("org.remove_member", { ...signedOn, user: "bob-larkspur", user_id: 502 })),
    ).toMatchObject({
      person: { id: "502", email: "bob@larkspur.example" },
      account: bob,
    });
  });

  it("are compared by login where an id is missing", () => {
    const record = auditRecord("org.remove_member", { ...BY_ALICE, user_id: null });
    expect(first(record)?.person?.email).toBe("alice@larkspur.example");
  });
});

describe("actors", () => {
  it.each<[Data, string]>([
    [{}, "user"],
    [{ actor_is_bot: true }, "bot"],
    [{ programmatic_access_type: "Personal access token (classic)" }, "token"],
  ])("%j are of type %s", (differs, type) => {
    expect(first(auditRecord("org.add_member", differs))?.actor?.type).toBe(type);
  });

  it("may be missing", () => {
    expect(first(auditRecord("org.add_member", { actor: null, actor_id: null }))?.actor).toBeNull();
  });
});

describe("credentials", () => {
  it("used for anything are used", () => {
    const record = auditRecord("git.clone", {
      ...BY_ALICE,
      token_id: "12",
      programmatic_access_type: "OAuth access token",
    });
    expect(github.parse(record)[1]).toMatchObject({
      nativeType: "github.token.use",
      layer: "access",
      operation: "sign-in",
      outcome: "success",
      object: "credential",
      person: { id: "501" },
      application: organisation,
      account: null,
      credential: { id: "larkspur:12", name: "OAuth access token" },
    });
    expect(github.parse(auditRecord("git.clone", { token_id: "12" }))).toHaveLength(1);
  });

  it.each<[Data, unknown]>([
    [{ managed_token_id: 12 }, { id: "larkspur:12", name: "12" }],
    [
      { fingerprint: "SHA256:ab", title: "laptop" },
      { id: "larkspur:SHA256:ab", name: "laptop" },
    ],
    [
      { oauth_application_id: 8, oauth_application_name: "Deployer" },
      { id: "larkspur:application 8 of 501", name: "Deployer" },
    ],
    [
      { token_id: 12, org: null, business: null },
      { id: "12", name: "12" },
    ],
    [{}, null],
  ])("%j is %j", (differs, credential) => {
    expect(first(auditRecord("oauth_access.create", differs))?.credential).toEqual(credential);
  });

  it("of one organisation are other ones than those of another", () => {
    const of = (org: string) =>
      first(auditRecord("org_credential_authorization.revoke", { org, token_id: 12 }));
    expect(of("larkspur")?.credential?.id).not.toBe(of("larkspur-labs")?.credential?.id);
  });
});

describe("records", () => {
  it("are told from other things", () => {
    expect(github.detect(auditRecord("org.add_member"))).toBe(true);
    expect(github.detect({ event: auditRecord("org.add_member"), time: 1 })).toBe(true);
    expect(github.detect({ action: "hook.create", actor: "bob-larkspur" })).toBe(true);
    expect(github.detect({ action: "invite_member", org: "larkspur", created_at: 1 })).toBe(true);
    const webhook = { action: "opened", sender: { login: "bob-larkspur" }, organization: {} };
    const others = [webhook, { action: "hook.create" }, { action: "was done", org: "x", created_at: 1 }];
    expect([...others, null, [], "x", 1, {}, { action: 5, actor: "x" }].some(github.detect)).toBe(false);
  });

  it("are the same in the collector's wrapper", () => {
    const record = auditRecord("org.add_member");
    expect(github.parse({ event: record, time: 1 })).toEqual(github.parse(record));
  });

  it.each<[Data, string]>([
    [{ "@timestamp": null }, "2026-03-02T09:15:31.000Z"],
    [{ "@timestamp": null, created_at: "2026-03-02 09:15:31.500" }, "2026-03-02T09:15:31.500Z"],
    [{ "@timestamp": null, at_sign_timestamp: "2026-03-02 09:00:00.250000000" }, "2026-03-02T09:00:00.250Z"],
  ])("have their time where %j", (differs, at) => {
    expect(first(auditRecord("org.add_member", differs))?.at).toBe(Date.parse(at));
  });

  it("that can't be read are refused by the field's name", () => {
    expect(() => github.parse(auditRecord("org.add_member", { "@timestamp": 1e300 }))).toThrow(
      '"@timestamp"',
    );
    expect(() => github.parse({ action: "hook.create", actor: "bob" })).toThrow("no time");
    expect(() => github.parse({ actor: "bob" })).toThrow('"action"');
    expect(() => github.parse("x")).toThrow(RecordError);
  });
});

const SAMPLE = new URL("../../../../../shared/samples/github/audit.ndjson", import.meta.url);
const here = existsSync(SAMPLE);

describe.skipIf(!here)(`records by others (${here ? "there" : "skipped: no ../shared/samples here"})`, () => {
  it("are read, but for webhook deliveries and those without a readable time", () => {
    // The 177 are a rule engine's test cases: 77 are no audit records, 26 have no time and 4 a garbled one.
    const counts = { read: 0, refused: 0, others: 0 };
    for (const line of readFileSync(SAMPLE, "utf8").trim().split("\n")) {
      const record: unknown = JSON.parse(line);
      if (!github.detect(record)) counts.others++;
      else {
        try {
          counts.read += github.parse(record).length > 0 ? 1 : 0;
        } catch (error) {
          expect(error).toBeInstanceOf(RecordError);
          counts.refused++;
        }
      }
    }
    expect(counts).toEqual({ read: 70, refused: 30, others: 77 });
  });
});
