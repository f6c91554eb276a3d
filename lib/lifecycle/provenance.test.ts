import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { projectSubject } from "./project.ts";
import { ALICE, attempt, DAY, failed, MINUTE, START, signIn } from "./testing.ts";

const actor = (type: string | null, name: string | null = null) => ({ id: null, type, name });
const atApplication = (type: string | null, name?: string): Partial<LoggedEvent> => ({
  layer: "application",
  actor: actor(type, name),
});
const first = (...events: LoggedEvent[]) => {
  const [account] = projectSubject(ALICE, events).accounts;
  return { provenance: account?.provenance, eventId: account?.provenanceEventId };
};
const group = (name: string) => ({ entitlement: { kind: "group" as const, id: null, name } });

describe("the provenance of an account", () => {
  it.each<[string, LoggedEvent]>([
    ["scim", attempt(1, "create")],
    ["jit", signIn(1)],
    ["import", attempt(1, "import")],
    ["by-hand", attempt(1, "create", { layer: "application", detail: "by-hand" })],
    ["by-hand", attempt(1, "create", atApplication("User"))],
    ["by-hand", attempt(1, "create", atApplication("human"))],
    ["bespoke", attempt(1, "create", atApplication("PublicClientApp", "hr-sync"))],
    ["bespoke", attempt(1, "create", atApplication("api_token"))],
    ["scim", attempt(1, "create", atApplication("api_client", "Okta SCIM"))],
    ["unknown", attempt(1, "create", atApplication(null))],
    ["unknown", attempt(1, "update")],
    ["unknown", failed(1, "deactivate")],
  ])("is %s by its first witness, which is named", (provenance, event) => {
    expect(first(event)).toEqual({ provenance, eventId: event.id });
    expect(first(event, signIn(5), attempt(6, "update"))).toEqual({ provenance, eventId: event.id });
  });

  it("is not known of an account that an assignment alone makes likely", () => {
    const assigned = attempt(1, "create", { layer: "directory", detail: "assignment" });
    expect(first(assigned)).toEqual({ provenance: "unknown", eventId: assigned.id });
    const use = signIn(5);
    expect(first(assigned, use)).toEqual({ provenance: "jit", eventId: use.id });
  });

  it("is provisioning's when the application's own record of it came minutes before", () => {
    const own = attempt(1, "create", atApplication("api_client"));
    const soon = attempt(1 + (4 * MINUTE) / DAY, "create");
    const late = attempt(1 + (6 * MINUTE) / DAY, "create");
    expect(first(own, soon)).toEqual({ provenance: "scim", eventId: soon.id });
    expect(first(own, late)).toEqual({ provenance: "bespoke", eventId: own.id });
  });
});

describe("the provenance of an entitlement", () => {
  const held = (...events: LoggedEvent[]) => projectSubject(ALICE, events).entitlements;
  const at = (days: number) => START + Math.round(days * DAY);

  it("is told by the event that granted it, for each time of holding", () => {
    const scim = attempt(2, "member-add", group("a"));
    const hand = attempt(5, "role-grant", { ...group("a"), ...atApplication("User") });
    const rows = held(attempt(1, "create"), scim, attempt(4, "member-remove", group("a")), hand);
    expect(rows).toMatchObject([
      { name: "a", provenance: "scim", eventId: scim.id, grantedAt: at(2), heldUntil: at(4) },
      { name: "a", provenance: "by-hand", eventId: hand.id, grantedAt: at(5), heldUntil: null },
    ]);
  });

  it("does not change when what is held is granted again", () => {
    const hand = attempt(2, "member-add", { ...group("a"), ...atApplication("User") });
    const rows = held(attempt(1, "create"), hand, attempt(9, "member-add", group("a")));
    expect(rows).toMatchObject([{ provenance: "by-hand", eventId: hand.id, heldUntil: null }]);
  });

  it("goes with its name and its id, whichever a record has", () => {
    const entitlement = (name: string) => ({ entitlement: { kind: "group" as const, id: "g-1", name } });
    const rows = held(
      attempt(1, "create"),
      attempt(2, "member-add", entitlement("g-1")),
      attempt(3, "member-remove", entitlement("chemists")),
      attempt(4, "member-add", entitlement("chemists")),
      attempt(5, "member-remove", entitlement("g-1")),
    );
    expect(rows).toMatchObject([
      { name: "chemists", grantedAt: at(2), heldUntil: at(3) },
      { name: "chemists", grantedAt: at(4), heldUntil: at(5) },
    ]);
  });

  it("ends with the account's deletion", () => {
    const rows = held(attempt(1, "create"), attempt(2, "member-add", group("a")), attempt(3, "delete"));
    expect(rows).toMatchObject([{ grantedAt: at(2), heldUntil: at(3) }]);
  });
});
