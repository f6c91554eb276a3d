import { describe, expect, it } from "vitest";
import { emptyProjection } from "../lifecycle/project.ts";
import type { AccountFacts, CredentialFacts, EntitlementFacts } from "../lifecycle/types.ts";
import { assigned, frozen, itemAfter, recordsOfItem, says } from "./fixtures.ts";
import { Standing } from "./outcome.ts";

const account = (more: Partial<AccountFacts> = {}): AccountFacts => ({
  subject: "p:hr:dan",
  application: "chat",
  account: "dan",
  userName: null,
  identityKnown: true,
  active: false,
  provenance: "scim",
  provenanceEventId: null,
  createdAt: null,
  firstSeen: 0,
  lastEventAt: 5,
  lastActivityAt: null,
  endedAt: 5,
  entitlements: [],
  ...more,
});
const entitlement = (name: string, heldUntil: number | null): EntitlementFacts => ({
  subject: "p:hr:dan",
  application: "chat",
  account: "dan",
  name,
  kind: "role",
  provenance: "scim",
  eventId: "e:0",
  grantedAt: 0,
  heldUntil,
});
const itemThat = (decision: "keep" | "revoke" | "change", remove: string[] = []) =>
  itemAfter(recordsOfItem(frozen("dan"), assigned("ann"), [says(decision, { remove })]));
const standing = (rows: Partial<ReturnType<typeof emptyProjection>>) =>
  new Standing({ ...emptyProjection(), ...rows });

describe("what was decided has come true", () => {
  it("when the account ended", () => {
    expect(standing({ accounts: [account()] }).of(itemThat("revoke"))).toEqual({
      at: 5,
      subject: "p:hr:dan",
    });
    expect(standing({ accounts: [account()] }).of(itemThat("keep"))).toBeNull();
  });

  it("not while it is active, in whosever name, nor when nothing is known of it", () => {
    const active = account({ active: true, endedAt: null });
    expect(standing({ accounts: [active] }).of(itemThat("revoke"))).toBeNull();
    expect(
      standing({ accounts: [account(), { ...active, subject: "other" }] }).of(itemThat("revoke")),
    ).toBeNull();
    expect(standing({}).of(itemThat("revoke"))).toBeNull();
  });

  it("of a change, when each entitlement that was to go is gone, or the account itself", () => {
    const accounts = [account({ active: true, endedAt: null })];
    const change = itemThat("change", ["admins", "owners"]);
    const held = (...entitlements: EntitlementFacts[]) => standing({ accounts, entitlements }).of(change);
    expect(held(entitlement("admins", 7), entitlement("owners", 9))).toEqual({ at: 9, subject: "p:hr:dan" });
    expect(held(entitlement("admins", 7), entitlement("owners", null))).toBeNull();
    expect(held(entitlement("admins", 7))).toBeNull();
    // Given again.
    expect(held(entitlement("admins", 7), entitlement("admins", null), entitlement("owners", 9))).toBeNull();
    expect(standing({ accounts: [account()] }).of(change)).toEqual({ at: 5, subject: "p:hr:dan" });
  });

  it("of a credential, when it was revoked", () => {
    const credential = (revokedAt: number | null): CredentialFacts => ({
      subject: "p:hr:dan",
      id: "key",
      name: "key",
      application: "Chat",
      owned: true,
      createdAt: 0,
      firstSeen: 0,
      revokedAt,
      lastUsedAt: null,
    });
    const item = itemAfter(
      recordsOfItem(frozen("key", { kind: "credential", account: "key" }), assigned("ann"), [says("revoke")]),
    );
    expect(standing({ credentials: [credential(8)] }).of(item)).toEqual({ at: 8, subject: "p:hr:dan" });
    expect(standing({ credentials: [credential(null)] }).of(item)).toBeNull();
  });
});
