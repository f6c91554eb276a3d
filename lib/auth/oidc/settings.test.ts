import { describe, expect, it } from "vitest";
import { profileOf, ruleFor } from "./profile.ts";
import { type OidcSettings, OidcSettingsError, oidcSettings, parseRules } from "./settings.ts";

const ENV = {
  ROLLCALL_OIDC_ISSUER: "https://id.larkspur.example",
  ROLLCALL_OIDC_CLIENT_ID: "rollcall",
  ROLLCALL_OIDC_CLIENT_SECRET: "secret",
} as unknown as NodeJS.ProcessEnv;

describe("the rules of groups", () => {
  it("name a group and a role, a customer and a workspace where they need one", () => {
    expect(
      parseRules("iam-admins=admin; Acme People=customer-viewer:Acme Inc@sales ;x=analyst@second"),
    ).toEqual([
      { group: "iam-admins", role: "admin", customer: null, workspace: "main" },
      { group: "Acme People", role: "customer-viewer", customer: "Acme Inc", workspace: "sales" },
      { group: "x", role: "analyst", customer: null, workspace: "second" },
    ]);
    expect(parseRules(" ; ")).toEqual([]);
  });

  it.each([
    "admins",
    "=admin",
    "x=owner",
    "x=customer-viewer",
    "x=admin:Acme",
    "x=auditor",
    "x=admin@Bad Name",
  ])("refuses %s with a sentence", (text) => {
    expect(() => parseRules(text)).toThrow(OidcSettingsError);
    expect(() => parseRules(text)).toThrow(/takes rules like/u);
  });

  it("hold in their order: the first that fits", () => {
    const rules = parseRules("a=admin;b=analyst");
    expect(ruleFor(rules, ["b", "a"])?.role).toBe("admin");
    expect(ruleFor(rules, ["b"])?.role).toBe("analyst");
    expect(ruleFor(rules, ["c"])).toBeNull();
  });
});

describe("the provider's settings", () => {
  it("are none without an issuer, and whole or refused with one", () => {
    expect(oidcSettings({} as NodeJS.ProcessEnv)).toBeNull();
    expect(oidcSettings(ENV)).toMatchObject({
      name: "id.larkspur.example",
      groupsClaim: "groups",
      recheckMs: 300_000,
    });
    expect(() => oidcSettings({ ...ENV, ROLLCALL_OIDC_CLIENT_SECRET: "" })).toThrow(/CLIENT_SECRET/u);
    expect(() => oidcSettings({ ...ENV, ROLLCALL_OIDC_ISSUER: "larkspur" })).toThrow(/no address/u);
    expect(() => oidcSettings({ ...ENV, ROLLCALL_OIDC_RECHECK_SECONDS: "soon" })).toThrow(
      /number of seconds/u,
    );
  });
});

describe("what the provider says of somebody", () => {
  const settings = oidcSettings(ENV) as OidcSettings;

  it("counts an e-mail that it has verified, and no other", () => {
    const claims = { sub: "1", name: " Ada ", email: "Ada@Larkspur.Example" };
    expect(profileOf(settings, { ...claims, email_verified: true })).toMatchObject({
      name: "Ada",
      email: "ada@larkspur.example",
    });
    expect(profileOf(settings, { ...claims, email_verified: "true" }).email).toBe("ada@larkspur.example");
    for (const email_verified of [false, "false", undefined, 1, "yes"]) {
      expect(profileOf(settings, { ...claims, email_verified }).email).toBeNull();
    }
  });

  it("takes groups as a list or one name, and nothing that is no text", () => {
    expect(profileOf(settings, { sub: "1", groups: ["a", 2, null, "b"] }).groups).toEqual(["a", "b"]);
    expect(profileOf(settings, { sub: "1", groups: "a" }).groups).toEqual(["a"]);
    expect(profileOf(settings, { sub: "1" }).groups).toEqual([]);
  });

  it("is nothing without a subject", () => {
    for (const claims of [{}, { sub: "" }, { sub: 1 }]) expect(() => profileOf(settings, claims)).toThrow();
  });
});
