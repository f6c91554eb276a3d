import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { entra } from "../entra/adapter.ts";
import { entraSignIns } from "./adapter.ts";
import { azureRecord, type Data, failed, SIGN_IN, WORKLOAD } from "./fixtures.ts";

const only = (record: Data) => {
  const events = entraSignIns.parse(record);
  expect(events).toHaveLength(1);
  return events[0];
};

const person = {
  id: "a11ce000-0000-4000-8000-000000000001",
  externalId: "a11ce000-0000-4000-8000-000000000001",
  userName: "alice@larkspur.example",
  email: null,
  displayName: "Alice Example",
};

describe("a person's sign-in", () => {
  it("gives every field", () => {
    expect(entraSignIns.parse(SIGN_IN)).toEqual([
      {
        nativeId: "4d1f2a60-0000-4000-8000-000000000001",
        nativeType: "signIn.interactiveUser",
        at: Date.parse("2026-03-02T09:15:30Z"),
        effectiveAt: null,
        layer: "access",
        operation: "sign-in",
        outcome: "success",
        object: "user",
        detail: null,
        active: null,
        person,
        application: { id: "c4a70000-0000-4000-8000-000000000001", name: "Team Chat" },
        account: null,
        entitlement: null,
        credential: null,
        actor: null,
        error: null,
        attributes: null,
        attributesBefore: null,
        correlationId: "c0ffee00-0000-4000-8000-000000000001",
      },
    ]);
  });

  it("is the same from Graph's v1.0, from its beta version, and from Azure Monitor", () => {
    const {
      signInEventTypes: _,
      servicePrincipalId: __,
      servicePrincipalName: ___,
      servicePrincipalCredentialKeyId: ____,
      ...v1
    } = SIGN_IN;
    expect(entraSignIns.parse(v1)).toEqual(entraSignIns.parse(SIGN_IN));
    expect(entraSignIns.parse(azureRecord("SignInLogs", SIGN_IN))).toEqual(entraSignIns.parse(SIGN_IN));
  });

  it("goes by the application's id where it has no name, and by no id of zeros", () => {
    expect(only({ ...SIGN_IN, appDisplayName: "" })?.application?.name).toBe(SIGN_IN.appId);
    expect(only({ ...SIGN_IN, userId: "00000000-0000-0000-0000-000000000000" })?.person).toMatchObject({
      id: null,
      externalId: null,
      userName: "alice@larkspur.example",
    });
  });
});

describe("a workload's sign-in", () => {
  it("is a use of its key, at the resource that it opens", () => {
    expect(only(WORKLOAD)).toMatchObject({
      nativeType: "signIn.servicePrincipal",
      object: "credential",
      outcome: "success",
      person: {
        id: "5e41ce00-0000-4000-8000-000000000001",
        externalId: "5e41ce00-0000-4000-8000-000000000001",
        userName: null,
        displayName: "Nightly job",
      },
      application: { id: "00000003-0000-0000-c000-000000000000", name: "Microsoft Graph" },
      credential: {
        id: "ce400000-0000-4000-8000-000000000001",
        name: "ce400000-0000-4000-8000-000000000001",
      },
    });
  });

  it("without a key is the workload's own", () => {
    const record = {
      ...WORKLOAD,
      signInEventTypes: ["managedIdentity"],
      servicePrincipalCredentialKeyId: null,
    };
    expect(only(record)).toMatchObject({
      nativeType: "signIn.managedIdentity",
      object: "user",
      credential: null,
      person: { displayName: "Nightly job" },
    });
  });

  it("never takes a key from a person's sign-in", () => {
    const record = { ...SIGN_IN, servicePrincipalCredentialKeyId: "ce4", servicePrincipalId: "5e4" };
    expect(only(record)).toMatchObject({ object: "user", credential: null, person });
  });
});

describe("the kind", () => {
  it.each([
    ["SignInLogs", "interactiveUser"],
    ["ADFSSignInLogs", "interactiveUser"],
    ["NonInteractiveUserSignInLogs", "nonInteractiveUser"],
    ["ServicePrincipalSignInLogs", "servicePrincipal"],
    ["MicrosoftServicePrincipalSignInLogs", "servicePrincipal"],
    ["ManagedIdentitySignInLogs", "managedIdentity"],
  ])("of the category %s is %s", (category, kind) => {
    const record = azureRecord(category, { ...WORKLOAD, signInEventTypes: null });
    expect(entraSignIns.detect(record)).toBe(true);
    expect(only(record)?.nativeType).toBe(`signIn.${kind}`);
  });

  it.each([
    [{ signInEventTypes: ["unknownFutureValue", "nonInteractiveUser"] }, "nonInteractiveUser"],
    [{ signInEventTypes: [], isInteractive: false }, "nonInteractiveUser"],
    [{ signInEventTypes: null, isInteractive: null }, "interactiveUser"],
    [
      { signInEventTypes: null, userId: null, userPrincipalName: null, servicePrincipalId: "5e4" },
      "servicePrincipal",
    ],
  ])("of a record with %j is %s", (differs, kind) => {
    expect(only({ ...SIGN_IN, ...differs })?.nativeType).toBe(`signIn.${kind}`);
  });
});

describe("the outcome", () => {
  it.each([
    [0, "success"],
    ["0", "success"],
    [50126, "failure"],
    [50057, "failure"],
    [50053, "failure"],
    [53003, "failure"],
    ["700016", "failure"],
    [16000, "pending"],
    [16001, "pending"],
    [16003, "pending"],
    [50055, "pending"],
    [50058, "pending"],
    [50059, "pending"],
    [50072, "pending"],
    [50074, "pending"],
    [50076, "pending"],
    [50079, "pending"],
    [50097, "pending"],
    [50125, "pending"],
    [50127, "pending"],
    [50129, "pending"],
    [50140, "pending"],
    [50143, "pending"],
    [50144, "pending"],
    [50199, "pending"],
    [50203, "pending"],
    [51006, "pending"],
    [52004, "pending"],
    [65001, "pending"],
    [81010, "pending"],
    [81012, "pending"],
    [81014, "pending"],
    ["soon", "pending"],
    [1.5, "pending"],
  ])("of the error code %s is %s", (code, outcome) => {
    const event = only(failed(code, "A reason"));
    expect(event?.outcome).toBe(outcome);
    expect(event?.error === null).toBe(outcome !== "failure");
  });

  it("that failed tells code and reason", () => {
    expect(only(failed(50057, "The user account is disabled."))?.error).toMatchObject({
      class: "authentication",
      code: "50057",
      message: "The user account is disabled.",
    });
  });

  it("is the envelope's where the sign-in has none", () => {
    const bare = azureRecord("SignInLogs", { ...SIGN_IN, status: null });
    expect(only(bare)?.outcome).toBe("success");
    expect(only({ ...bare, resultType: "50126", resultDescription: "Wrong password" })).toMatchObject({
      outcome: "failure",
      error: { code: "50126", message: "Wrong password" },
    });
    expect(only({ ...bare, resultType: null })?.outcome).toBe("pending");
  });
});

describe("records", () => {
  const provisioning = { activityDateTime: "2026-03-02T09:15:30Z", provisioningAction: "create" };

  it("are told from other things, provisioning records above all", () => {
    expect(entraSignIns.detect(SIGN_IN)).toBe(true);
    expect(entraSignIns.detect(WORKLOAD)).toBe(true);
    const others = [
      null,
      [],
      "x",
      1,
      {},
      provisioning,
      { ...SIGN_IN, ...provisioning },
      { ...SIGN_IN, category: "ProvisioningLogs" },
      { ...SIGN_IN, category: "AuditLogs" },
      { ...SIGN_IN, status: "success" },
      { ...SIGN_IN, createdDateTime: null },
      { createdDateTime: "2026-03-02T09:15:30Z", status: { errorCode: 0 } },
    ];
    expect(others.filter(entraSignIns.detect)).toEqual([]);
    for (const category of ["SignInLogs", "ServicePrincipalSignInLogs"]) {
      expect(entra.detect(azureRecord(category, SIGN_IN))).toBe(false);
    }
    expect(entra.detect(SIGN_IN)).toBe(false);
  });

  it("without a time of their own have the envelope's", () => {
    const record = azureRecord("SignInLogs", { ...SIGN_IN, createdDateTime: null });
    expect(only(record)?.at).toBe(Date.parse("2026-03-02T09:15:30Z"));
  });

  it("that can't be read are refused by the field's name", () => {
    expect(() => entraSignIns.parse({ ...SIGN_IN, createdDateTime: "soon" })).toThrow('"createdDateTime"');
    expect(() => entraSignIns.parse({ category: "SignInLogs", properties: [] })).toThrow('"properties"');
    expect(() => entraSignIns.parse([])).toThrow(RecordError);
  });
});
