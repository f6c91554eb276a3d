import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { effective, link } from "./linking.ts";
import type { Decision } from "./people.ts";
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

  describe("an account that an application names the owner of", () => {
    const said = (days: number, given: Partial<NonNullable<LoggedEvent["person"]>>, id = "acc-1") =>
      attempt(days, "create", {
        sourceId: "scim",
        person: { id: null, externalId: null, userName: "asmith", email: null, displayName: null, ...given },
        account: { id, userName: "asmith", displayName: null },
      });
    const later = attempt(9, "deactivate", {
      sourceId: "scim",
      person: null,
      account: { id: "acc-1", userName: null, displayName: null },
    });

    it("is the person's whose id is its externalId, also in records that do not name him", () => {
      const holdings = linked(event(0), said(1, { externalId: "id-alice" }), later);
      expect(subjectOf(holdings, "x:slack:#acc-1")).toBe("p:okta:id-alice");
      expect(subjectOf(holdings, "x:slack:asmith")).toBe("p:okta:id-alice");
      expect(holdings.find((h) => h.ref === "x:slack:#acc-1")?.rule).toBe("external-id");
    });

    it("is the person's who has its e-mail address", () => {
      const holdings = linked(event(0), said(1, { email: "Alice@Larkspur.example" }), later);
      expect(subjectOf(holdings, "x:slack:#acc-1")).toBe("p:okta:id-alice");
    });

    it("is the person's whose user name was taken for its externalId", () => {
      const holdings = linked(event(0), said(1, { externalId: "alice@larkspur.example" }), later);
      expect(subjectOf(holdings, "x:slack:#acc-1")).toBe("p:okta:id-alice");
    });

    it("goes by externalId before it goes by name", () => {
      const bob = event(0, { person: person("bob") });
      const given = { externalId: "id-alice", email: "bob@larkspur.example" };
      expect(subjectOf(linked(event(0), bob, said(1, given)), "x:slack:#acc-1")).toBe("p:okta:id-alice");
    });

    it("is nobody's, and one account, where nobody has them", () => {
      const holdings = linked(event(0), said(1, { externalId: "x", email: "zoe@larkspur.example" }), later);
      expect(subjectOf(holdings, "x:slack:#acc-1")).toBe("x:slack:asmith");
      expect(subjectOf(holdings, "x:slack:asmith")).toBe("x:slack:asmith");
    });

    it("is nobody's by an id that people of two sources have", () => {
      const other = event(0, { sourceId: "hr", person: person("hans", "id-alice") });
      const holdings = linked(event(0), other, said(1, { externalId: "id-alice" }));
      expect(subjectOf(holdings, "x:slack:#acc-1")).toBe("x:slack:asmith");
    });

    it("is each owner's in turn when its name is used again", () => {
      const bob = event(0, { person: person("bob") });
      const holdings = linked(
        event(0),
        bob,
        said(1, { externalId: "id-alice" }),
        said(50, { externalId: "id-bob" }, "acc-2"),
      );
      expect(subjectOf(holdings, "x:slack:#acc-1", 60)).toBe("p:okta:id-alice");
      expect(subjectOf(holdings, "x:slack:#acc-2", 60)).toBe("p:okta:id-bob");
      expect(subjectOf(holdings, "x:slack:asmith", 10)).toBe("p:okta:id-alice");
      expect(subjectOf(holdings, "x:slack:asmith", 60)).toBe("p:okta:id-bob");
    });

    it("makes no person of it, and lends its names to nobody", () => {
      const byName = event(5, { person: person("zoe", null) });
      const holdings = linked(event(0), said(1, { email: "zoe@larkspur.example" }), byName);
      expect(subjectOf(holdings, "n:zoe@larkspur.example", 5)).toBe("n:zoe@larkspur.example");
    });
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

  it("keeps a person whose e-mail changes one person, under both names", () => {
    const renamed = event(50, { person: person("alice.jones", "id-alice") });
    const byOldName = event(20, { person: person("alice", null) });
    const byNewName = event(60, { person: person("alice.jones", null) });
    const holdings = linked(event(0), renamed, byOldName, byNewName);
    expect(subjectOf(holdings, "n:alice@larkspur.example", 20)).toBe("p:okta:id-alice");
    expect(subjectOf(holdings, "n:alice.jones@larkspur.example", 60)).toBe("p:okta:id-alice");
  });

  it("keeps a deleted and re-created account of one name with each of its owners in turn", () => {
    const account = (id: string) => ({ id, userName: "shared@larkspur.example", displayName: null });
    const first = attempt(1, "create", { account: account("acc-1") });
    const second = attempt(50, "create", { account: account("acc-2"), person: person("bob") });
    const byName = attempt(60, "update", { person: null, account: { ...account("acc-2"), id: null } });
    const holdings = linked(event(0), event(0, { person: person("bob") }), first, second, byName);
    expect(subjectOf(holdings, "x:slack:shared@larkspur.example", 10)).toBe("p:okta:id-alice");
    expect(subjectOf(holdings, "x:slack:shared@larkspur.example", 60)).toBe("p:okta:id-bob");
  });

  it("makes a contractor and the employee he became one person when somebody says so", () => {
    const contractor = event(0, { person: person("c-alice", "id-contractor") });
    const employee = event(90, { person: person("alice", "id-employee") });
    const decision = { a: "p:okta:id-contractor", b: "p:okta:id-employee", verdict: "same" as const };
    expect(subjectOf(linked(contractor, employee), "p:okta:id-employee")).toBe("p:okta:id-employee");
    const holdings = decided([decision], contractor, employee).holdings;
    expect(subjectOf(holdings, "p:okta:id-employee")).toBe("p:okta:id-contractor");
    expect(holdings.find((h) => h.ref === "p:okta:id-employee")?.rule).toBe("manual");
  });

  it("treats a service account as an identity of its own", () => {
    const service = event(0, { person: person("svc-backup", "id-svc") });
    expect(subjectOf(linked(event(0), service), "p:okta:id-svc")).toBe("p:okta:id-svc");
  });
});

const decided = (decisions: readonly Decision[], ...events: LoggedEvent[]) =>
  link(mergeFacts(events.flatMap((e) => linkFactsOf(e, e.sourceId))), decisions);

describe("a decision", () => {
  const two = () => [event(0), event(50, { person: person("alice", "id-second") })];

  it("is asked for when two ids of one source go by one name, and nobody is merged meanwhile", () => {
    const { holdings, conflicts } = decided([], ...two());
    expect(conflicts).toMatchObject([
      { kind: "same-name", a: "p:okta:id-alice", b: "p:okta:id-second", value: "alice@larkspur.example" },
    ]);
    expect(subjectOf(holdings, "p:okta:id-second", 60)).toBe("p:okta:id-second");
  });

  it("is asked for when a link would merge two people of one source", () => {
    const workos = event(10, {
      sourceId: "workos",
      person: { ...person("second", "du_1"), externalId: "id-alice" },
    });
    const other = event(0, { person: person("second", "id-second") });
    const { holdings, conflicts } = decided([], event(0), other, workos);
    expect(conflicts).toMatchObject([{ kind: "blocked", value: "second@larkspur.example" }]);
    expect(subjectOf(holdings, "p:workos:du_1")).toBe("p:okta:id-alice");
  });

  it("gives an account that nobody is known to own to a person", () => {
    const orphan = attempt(5, "import", {
      person: null,
      account: { id: "acc-9", userName: "temp", displayName: null },
    });
    const own: Decision = { a: "x:slack:#acc-9", b: "p:okta:id-alice", verdict: "same" };
    expect(subjectOf(decided([own], event(0), orphan).holdings, "x:slack:#acc-9")).toBe("p:okta:id-alice");
    expect(subjectOf(decided([own], event(0), orphan).holdings, "x:slack:temp")).toBe("p:okta:id-alice");
  });

  it("takes an account from a person whom only the name gave it to", () => {
    const named = attempt(5, "import", { person: null });
    const not: Decision = { a: "x:slack:#acc-1", b: "p:okta:id-alice", verdict: "different" };
    expect(subjectOf(decided([not], event(0), named).holdings, "x:slack:#acc-1")).toBe(
      "x:slack:alice@larkspur.example",
    );
  });

  it("keeps two apart whom a rule would link", () => {
    const workos = event(1, { sourceId: "workos", person: person("alice", "du_1") });
    const apart: Decision = { a: "p:okta:id-alice", b: "p:workos:du_1", verdict: "different" };
    const { holdings, conflicts } = decided([apart], event(0), workos);
    expect(subjectOf(holdings, "p:workos:du_1")).toBe("p:workos:du_1");
    expect(conflicts).toEqual([]);
  });

  it("taken back leaves exactly what was before", () => {
    const ref = fc.constantFrom(
      "p:okta:id-a",
      "p:okta:id-b",
      "p:workos:id-c",
      "x:slack:#acc-1",
      "n:a@larkspur.example",
    );
    const verdict = fc.constantFrom("same" as const, "different" as const);
    const story = fc.array(
      fc.record({
        days: fc.nat(99),
        source: fc.constantFrom("okta", "workos"),
        id: fc.constantFrom("a", "b", "c"),
        name: fc.constantFrom("a", "b"),
        at: fc.boolean(),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(
        story,
        fc.array(fc.tuple(ref, ref, verdict), { maxLength: 4 }),
        ref,
        ref,
        verdict,
        (beats, others, a, b, v) => {
          fc.pre(a !== b);
          const events = beats.map(({ days, source, id, name, at }) => {
            const given = { sourceId: source, person: person(name, `id-${id}`) };
            return at ? attempt(days, "update", given) : event(days, given);
          });
          const made = others.filter(([x, y]) => x !== y && [x, y].sort().join() !== [a, b].sort().join());
          const before = made.map(([x, y, w]) => ({ a: x, b: y, verdict: w }));
          const after = [...before, { a, b, verdict: v }, { a: b, b: a, verdict: "withdrawn" as const }];
          expect(decided(effective(after), ...events)).toEqual(decided(effective(before), ...events));
        },
      ),
    );
  });
});
