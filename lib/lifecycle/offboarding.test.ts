import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { absencesOf } from "./identity.ts";
import { projectSubject } from "./project.ts";
import { ALICE, attempt, DAY, event, failed, HOUR, MINUTE, person, START, signIn } from "./testing.ts";

const at = (days: number) => START + Math.round(days * DAY);
const steps = (...events: LoggedEvent[]) => projectSubject(ALICE, events).steps;
const cases = (...events: LoggedEvent[]) => projectSubject(ALICE, events).cases;

const joined = () => event(0, { operation: "create" });
const created = () => attempt(0.1, "create");
const left = (days = 30) => event(days, { operation: "deactivate" });

describe("a leaver's step", () => {
  it("ends at the first successful deactivate after the start", () => {
    const [step] = steps(
      joined(),
      created(),
      left(),
      attempt(30 + 1 / 24, "deactivate"),
      attempt(40, "deactivate"),
    );
    expect(step).toMatchObject({
      leftAt: at(30),
      endedAt: at(30) + HOUR,
      failing: false,
      trigger: "deactivate",
    });
  });

  it("stays open without an end, and is failing when the last attempt failed", () => {
    expect(steps(joined(), created(), left())[0]).toMatchObject({ endedAt: null, failing: false });
    expect(steps(joined(), created(), left(), failed(30.1, "deactivate"))[0]).toMatchObject({
      endedAt: null,
      failing: true,
      lastError: "it failed",
    });
  });

  it("is mended by a success after failures", () => {
    const [step] = steps(joined(), created(), left(), failed(30.1, "deactivate"), attempt(30.2, "delete"));
    expect(step).toMatchObject({ endedAt: at(30.2), failing: false });
  });

  it("is early when the account ended within seven days before, and none when it ended longer ago", () => {
    expect(steps(joined(), created(), attempt(24, "deactivate"), left())[0]).toMatchObject({
      endedAt: at(24),
    });
    expect(steps(joined(), created(), attempt(22, "deactivate"), left())).toEqual([]);
  });

  it("is none for an account that was made after the start", () => {
    expect(steps(joined(), left(), attempt(31, "create"))).toEqual([]);
  });

  it("exists for an account whose first witness is the deactivation itself", () => {
    expect(steps(joined(), left(), attempt(30.5, "deactivate"))[0]).toMatchObject({ endedAt: at(30.5) });
  });

  it("is rehired, censored at the rehire, when the person came back first", () => {
    const back = event(31, { operation: "reactivate" });
    const [step] = steps(joined(), created(), left(), back, attempt(32, "deactivate"));
    expect(step).toMatchObject({ endedAt: null, rehiredAt: at(31) });
  });

  it("does not end by an update, a skipped or a pending deactivate, or an unassignment", () => {
    const [step] = steps(
      joined(),
      created(),
      left(),
      attempt(30.1, "update"),
      attempt(30.2, "deactivate", { outcome: "skipped" }),
      attempt(30.3, "delete", { outcome: "pending", detail: "schedule" }),
      attempt(30.4, "deactivate", { layer: "directory", detail: "assignment" }),
    );
    expect(step).toMatchObject({ endedAt: null, failing: false });
  });

  it("ends by an update that says inactive", () => {
    const [step] = steps(joined(), created(), left(), attempt(30.1, "update", { active: false }));
    expect(step).toMatchObject({ endedAt: at(30.1) });
  });

  it("carries access after leaving, until a rehire", () => {
    const [step] = steps(joined(), created(), signIn(29), left(), signIn(30.5), signIn(30.6));
    expect(step).toMatchObject({ accessCount: 2, accessFirst: at(30.5), accessLast: at(30.6) });
    const back = event(31, { operation: "create" });
    expect(steps(joined(), created(), left(), back, signIn(32))[0]).toMatchObject({ accessCount: 0 });
  });
});

describe("a leaver case", () => {
  it("starts at the earliest trigger of any source, once", () => {
    const later = event(30.1, { operation: "delete", sourceId: "workos" });
    expect(cases(joined(), left(), later)).toMatchObject([
      { leftAt: at(30), trigger: "deactivate", rehiredAt: null },
    ]);
  });

  it("is dissolved by an unsuspend: a leave of absence is no leaver", () => {
    const suspended = event(30, { operation: "deactivate", detail: "suspend" });
    const back = event(60, { operation: "reactivate", detail: "suspend" });
    expect(cases(joined(), suspended, back)).toEqual([]);
    expect(cases(joined(), suspended)).toMatchObject([{ trigger: "suspend", leftAt: at(30) }]);
  });

  it("keeps the suspension's start when a deactivation follows", () => {
    const suspended = event(30, { operation: "deactivate", detail: "suspend" });
    const back = event(60, { operation: "reactivate" });
    expect(cases(joined(), suspended, left(31), back)).toMatchObject([
      { trigger: "suspend", leftAt: at(30), rehiredAt: at(60) },
    ]);
  });

  it("is no rehire when a source that never said inactive says active", () => {
    const other = event(31, { sourceId: "workos", active: true });
    expect(cases(joined(), left(), other)).toMatchObject([{ rehiredAt: null }]);
  });

  it("is not closed by another source that takes its own suspension back", () => {
    const deactivated = event(1, { operation: "deactivate" });
    const elsewhere = { sourceId: "google", person: person("alice", "g-1"), detail: "suspend" } as const;
    const events = [
      deactivated,
      event(2, { ...elsewhere, operation: "deactivate" }),
      event(3, { ...elsewhere, operation: "reactivate" }),
    ];
    expect(absencesOf(events)).toEqual([
      { leftAt: deactivated.at, trigger: "deactivate", source: "okta", rehiredAt: null },
    ]);
    const back = event(4, { operation: "reactivate" });
    expect(absencesOf([...events, back])[0]?.rehiredAt).toBe(back.at);
  });

  it("is rehired when the source that said inactive says active again", () => {
    const gone = event(30, { operation: "deactivate", active: false });
    expect(cases(joined(), gone, event(35, { active: true }))).toMatchObject([{ rehiredAt: at(35) }]);
  });

  it("counts sign-ins at the identity provider", () => {
    expect(cases(joined(), left(), signIn(31, { application: null, account: null }))).toMatchObject([
      { accessCount: 1 },
    ]);
  });

  it("starts when an update says inactive, once", () => {
    const inactive = (days: number) => event(days, { active: false });
    expect(cases(joined(), inactive(30), inactive(31))).toMatchObject([
      { leftAt: at(30), trigger: "deactivate" },
    ]);
  });

  it("begins anew when the person leaves again", () => {
    const back = event(40, { operation: "create" });
    expect(cases(joined(), left(), back, left(50)).map((leaver) => leaver.leftAt)).toEqual([at(30), at(50)]);
  });
});

describe("credentials of a leaver", () => {
  const token = { id: "tok-1", name: "deploy" };
  const made = () =>
    event(1, {
      operation: "credential-create",
      object: "credential",
      credential: token,
      application: { id: null, name: "Okta" },
    });

  it("are steps that end by the revocation", () => {
    const revoked = event(31, { operation: "credential-revoke", object: "credential", credential: token });
    expect(steps(joined(), made(), left(), revoked)).toMatchObject([
      { application: "Okta", account: "tok-1", endedAt: at(31) },
    ]);
    expect(steps(joined(), made(), left())).toMatchObject([{ endedAt: null }]);
  });

  it("are no steps when revoked before", () => {
    const revoked = event(29, { operation: "credential-revoke", object: "credential", credential: token });
    expect(steps(joined(), made(), revoked, left())).toEqual([]);
  });

  it("carry their use after leaving", () => {
    const used = event(30 + MINUTE / DAY, {
      layer: "access",
      operation: "sign-in",
      object: "credential",
      credential: token,
    });
    expect(steps(joined(), made(), left(), used)).toMatchObject([{ accessCount: 1 }]);
  });
});

describe("any story", () => {
  const beat = fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 }))
    .map(([days, what]) => {
      const makers = [
        () => event(days, { operation: "create" }),
        () => event(days, { operation: "deactivate" }),
        () => event(days, { operation: "deactivate", detail: "suspend" }),
        () => event(days, { operation: "reactivate", detail: "suspend" }),
        () => event(days, { sourceId: "workos", active: true }),
        () => attempt(days, "create"),
        () => attempt(days, "deactivate"),
        () => failed(days, "deactivate"),
        () => signIn(days),
        () => attempt(days, "create", { layer: "directory", detail: "assignment" }),
      ];
      return (makers[what] as () => LoggedEvent)();
    });

  it("gives the same rows in any order", () => {
    fc.assert(
      fc.property(fc.array(beat, { maxLength: 14 }), fc.infiniteStream(fc.nat()), (events, random) => {
        const shuffled = events
          .map((e) => [random.next().value as number, e] as const)
          .sort(([a], [b]) => a - b)
          .map(([, e]) => e);
        expect(projectSubject(ALICE, shuffled)).toEqual(projectSubject(ALICE, events));
      }),
    );
  });

  it("never ends a step after the rehire that closed it, and never starts one while another case is open", () => {
    fc.assert(
      fc.property(fc.array(beat, { maxLength: 14 }), (events) => {
        const rows = projectSubject(ALICE, events);
        for (const step of rows.steps) {
          expect(step.endedAt === null || step.rehiredAt === null).toBe(true);
          expect(step.failing && step.endedAt !== null).toBe(false);
        }
        for (const [i, leaver] of rows.cases.entries()) {
          const next = rows.cases[i + 1];
          if (next !== undefined) expect(leaver.rehiredAt).toBeLessThanOrEqual(next.leftAt);
        }
      }),
    );
  });
});

describe("department and source", () => {
  const inDepartment = (days: number, department: string, sourceId = "okta") =>
    event(days, { sourceId, attributes: { department } });
  const words = (...events: LoggedEvent[]) =>
    [...cases(...events), ...steps(...events)].map(({ department, source }) => [department, source]);

  it("are those of the moment of leaving, on the case and on its steps", () => {
    const told = [inDepartment(1, "Sales"), inDepartment(20, "Design"), inDepartment(31, "Alumni")];
    expect(words(joined(), created(), ...told, left())).toEqual([
      ["Design", "okta"],
      ["Design", "okta"],
    ]);
  });

  it("take in what was said at the very moment, and know nothing where nothing was said before", () => {
    expect(cases(joined(), inDepartment(30, "Sales"), left())[0]?.department).toBe("Sales");
    expect(cases(joined(), left(), inDepartment(31, "Sales"))[0]?.department).toBeNull();
  });

  it("differ for each time that the same person left", () => {
    const back = event(40, { operation: "reactivate" });
    const again = event(60, { operation: "deactivate", sourceId: "entra" });
    const told = [inDepartment(1, "Sales"), inDepartment(45, "Design")];
    expect(cases(joined(), ...told, left(), back, again).map((one) => [one.department, one.source])).toEqual([
      ["Sales", "okta"],
      ["Design", "entra"],
    ]);
  });

  it("have the source that spoke first, whatever came later", () => {
    const later = event(31, { operation: "delete", sourceId: "workos" });
    expect(cases(joined(), left(), later)[0]?.source).toBe("okta");
  });
});
