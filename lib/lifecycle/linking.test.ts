import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { link } from "./linking.ts";
import { linkFactsOf, mergeFacts } from "./refs.ts";
import { attempt, DAY, event, person, START } from "./testing.ts";

const linked = (...events: LoggedEvent[]) =>
  link(mergeFacts(events.flatMap((e) => linkFactsOf(e, e.sourceId)))).holdings;
const subjectOf = (holdings: ReturnType<typeof linked>, ref: string, days = 0) => {
  const time = START + days * DAY;
  return holdings.find(
    (h) => h.ref === ref && (h.from === null || h.from <= time) && (h.to === null || h.to > time),
  )?.subject;
};

describe("linking", () => {
  it("links a WorkOS user to the Okta user that its idp_id names", () => {
    const okta = event(0);
    const workos = event(1, {
      sourceId: "workos",
      person: { ...person("other", "du_1"), externalId: "id-alice" },
    });
    const holdings = linked(okta, workos);
    expect(subjectOf(holdings, "p:workos:du_1")).toBe("p:okta:id-alice");
    expect(holdings.find((h) => h.ref === "p:workos:du_1")?.rule).toBe("external-id");
  });

  it("links people of two sources by name, whatever its case", () => {
    const entra = event(1, { sourceId: "entra", person: { ...person("ALICE", "aad-1") } });
    expect(subjectOf(linked(event(0), entra), "p:okta:id-alice")).toBe("p:entra:aad-1");
  });

  it("never merges two ids of one source that share a name", () => {
    const reused = event(100, { person: person("alice", "id-second") });
    const holdings = linked(event(0), reused);
    expect(subjectOf(holdings, "p:okta:id-alice")).toBe("p:okta:id-alice");
    expect(subjectOf(holdings, "p:okta:id-second")).toBe("p:okta:id-second");
  });

  it("links a re-used name across sources to its holder at that time", () => {
    const second = event(100, { person: person("alice", "id-second") });
    const workos = event(110, { sourceId: "workos", person: person("alice", "du_9") });
    const holdings = linked(event(0), second, workos);
    expect(subjectOf(holdings, "p:workos:du_9")).toBe("p:okta:id-second");
    expect(subjectOf(holdings, "p:okta:id-alice")).toBe("p:okta:id-alice");
  });

  it("gives a record with a name alone to the holder at its time", () => {
    const second = event(100, { person: person("alice", "id-second") });
    const byName = event(50, { person: person("alice", null) });
    const holdings = linked(event(0), second, byName);
    expect(subjectOf(holdings, "n:alice@larkspur.example", 50)).toBe("p:okta:id-alice");
    expect(subjectOf(holdings, "n:alice@larkspur.example", 120)).toBe("p:okta:id-second");
  });

  it("gives an account to the person that any record names with it", () => {
    const imported = attempt(5, "import", {
      person: null,
      account: { id: "acc-1", userName: "asmith", displayName: null },
    });
    const pushed = attempt(9, "update");
    const holdings = linked(event(0), imported, pushed);
    expect(subjectOf(holdings, "x:slack:#acc-1")).toBe("p:okta:id-alice");
    expect(subjectOf(holdings, "x:slack:asmith")).toBe("p:okta:id-alice");
  });

  it("gives an account without a person to whom its user name names, else to nobody", () => {
    const named = attempt(5, "import", { person: null });
    expect(subjectOf(linked(event(0), named), "x:slack:#acc-1")).toBe("p:okta:id-alice");
    const stranger = attempt(5, "import", {
      person: null,
      account: { id: "acc-7", userName: "temp", displayName: null },
    });
    expect(subjectOf(linked(event(0), stranger), "x:slack:#acc-7")).toBe("x:slack:temp");
  });

  it("gives a credential to its creator, not to who revoked it", () => {
    const credential = { id: "tok", name: "deploy" };
    const made = event(1, { operation: "credential-create", object: "credential", credential });
    const revoked = event(2, {
      operation: "credential-revoke",
      object: "credential",
      credential,
      person: person("bob"),
    });
    expect(subjectOf(linked(made, revoked), "c:okta:tok")).toBe("p:okta:id-alice");
  });

  it("does not depend on the order of its facts", () => {
    const events = [
      event(0),
      event(100, { person: person("alice", "id-second") }),
      event(110, { sourceId: "workos", person: person("alice", "du_9") }),
      event(3, { sourceId: "entra", person: person("alice", "aad-1") }),
    ];
    expect(linked(...events.toReversed())).toEqual(linked(...events));
  });
});
