import { describe, expect, it } from "vitest";
import { eventTypeOf, rowOf } from "./event-type-of.ts";

describe("an event type that no rule reads", () => {
  it.each([
    ["app.oauth2.token.revoke", "access"],
    ["app.oauth2.as.token.detect_reuse", "access"],
    ["policy.evaluate_sign_on", "access"],
    ["user.authentication.auth_via_mfa", "access"],
    ["user.identity_verification", "access"],
    ["certification.campaign.create", "governance"],
    ["app.access_request.grant", "governance"],
    ["governance.something.new", "governance"],
    ["application.provision.field_mapping_rule.change", "provisioning"],
    ["application.account.remove", "provisioning"],
    ["pam.user.create", "application"],
    ["system.import_something_else", "directory"],
    ["zone.update", "directory"],
  ])("%s is kept in the layer %s", (type, layer) => {
    expect(eventTypeOf(type)).toMatchObject({ layer, operation: "other", object: null });
  });

  it.each([
    "",
    ".",
    "*",
    "user",
    "user.",
    "user.*",
    "something.new",
    "constructor",
    "__proto__",
    "user.lifecycles.create",
    "USER.LIFECYCLE.CREATE",
  ])("%o is in no row and is kept all the same", (type) => {
    expect(rowOf(type)).toBeNull();
    expect(eventTypeOf(type)).toMatchObject({ layer: "directory", operation: "other", object: null });
  });
});

describe("the longest name that fits", () => {
  it.each([
    ["application.integration.general_failure", "application.integration.general_failure"],
    ["application.integration.general_failure.new", "application.integration.*"],
    ["application.integration", "application.integration.*"],
    ["application.provision.group.new", "application.provision.group.*"],
    ["application.provision.new", "application.provision.*"],
    ["app.oauth2.token.grant", "app.oauth2.token.grant.*"],
    ["app.oauth2.token.granted", "app.oauth2.*"],
  ])("%s is answered by %s", (type, row) => {
    expect(rowOf(type)).toBe(row);
  });
});

describe("a hostile file's types", () => {
  it("cost no more for being many, long or deep", () => {
    const began = performance.now();
    for (let i = 0; i < 50_000; i++) eventTypeOf(`invented.${i}`);
    eventTypeOf("a.".repeat(1_000_000));
    eventTypeOf(`user.lifecycle.${"x".repeat(1_000_000)}`);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(eventTypeOf("user.lifecycle.create").operation).toBe("create");
    expect(eventTypeOf("invented.user.lifecycle.create").operation).toBe("other");
  });
});
