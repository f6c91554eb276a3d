import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OffboardingGroup, OffboardingRow } from "./contract.ts";
import { type GroupedStep, offboardingGroups } from "./offboarding-groups.ts";
import { kaplanMeier, latenciesOf } from "./survival.ts";

interface Leaver extends Pick<OffboardingRow, "leftAt" | "department" | "customer"> {
  case: string;
}

type Fate = "completed" | "open" | "rehired";

function step(leaver: Leaver, application: string, seconds: number, fate: Fate): GroupedStep {
  const { case: key, ...of } = leaver;
  return {
    case: key,
    row: {
      ...of,
      application,
      openFor: fate === "open" ? seconds : null,
      breached: fate !== "rehired" && seconds > 86_400,
      slaSeconds: 86_400,
    },
    duration: { seconds, ended: fate === "completed" },
  };
}

const leavers = fc
  .array(
    fc.record({
      month: fc.constantFrom("2026-01", "2026-02", "2026-03"),
      department: fc.constantFrom("Sales", "Design", null),
      customer: fc.constantFrom("Larkspur Labs", null),
      steps: fc.array(
        fc.tuple(
          fc.constantFrom("Slack", "Wiki", "Payroll"),
          fc.integer({ min: 0, max: 200_000 }),
          fc.constantFrom<Fate>("completed", "open", "rehired"),
        ),
        { maxLength: 4 },
      ),
    }),
    { maxLength: 12 },
  )
  .map((list) => {
    const cases = list.map(
      ({ month, department, customer }, i): Leaver => ({
        case: `case ${i}`,
        leftAt: `${month}-05T09:00:00.000Z`,
        department,
        customer,
      }),
    );
    const steps = list.flatMap(({ steps: own }, i) =>
      own.map(([application, seconds, fate]) => step(cases[i] as Leaver, application, seconds, fate)),
    );
    return { cases, steps };
  });

const total = (
  groups: readonly OffboardingGroup[],
  key: "leavers" | "steps" | "ended" | "open" | "breached",
): number => groups.reduce((sum, group) => sum + group[key], 0);

describe("offboardingGroups", () => {
  it("have each step in one group of each kind, and each leaver in one but by application", () => {
    fc.assert(
      fc.property(leavers, ({ cases, steps }) => {
        const groups = offboardingGroups(cases, steps);
        const rows = steps.map(({ row }) => row);
        for (const kind of [groups.application, groups.department, groups.customer, groups.month]) {
          expect(total(kind, "steps")).toBe(rows.length);
          expect(total(kind, "ended")).toBe(steps.filter(({ duration }) => duration.ended).length);
          expect(total(kind, "open")).toBe(rows.filter((row) => row.openFor !== null).length);
          expect(total(kind, "breached")).toBe(rows.filter((row) => row.breached).length);
          expect(new Set(kind.map(({ name }) => name)).size).toBe(kind.length);
        }
        for (const kind of [groups.department, groups.customer, groups.month])
          expect(total(kind, "leavers")).toBe(cases.length);
      }),
    );
  });

  it("say of a group what a report of its rows alone would", () => {
    fc.assert(
      fc.property(leavers, ({ cases, steps }) => {
        for (const group of offboardingGroups(cases, steps).application) {
          const own = steps.filter(({ row }) => row.application === group.name);
          expect(group.leavers).toBe(new Set(own.map((one) => one.case)).size);
          const durations = own.map(({ duration }) => duration);
          expect(group).toMatchObject(latenciesOf(durations));
          expect(group.watched).toBe(Math.max(...durations.map(({ seconds }) => seconds)));
          kaplanMeier(durations).forEach(({ seconds, open }, i) => {
            expect(group.curve?.[i]?.seconds).toBe(seconds);
            expect(group.curve?.[i]?.open).toBeCloseTo(open, 4);
          });
        }
      }),
    );
  });

  it("name what is not known, put the worst first and months in their order", () => {
    const sales: Leaver = {
      case: "1",
      leftAt: "2026-02-28T23:59:59.999Z",
      department: "Sales",
      customer: null,
    };
    const nobody: Leaver = { case: "2", leftAt: "2026-01-01T00:00:00.000Z", department: null, customer: "C" };
    const groups = offboardingGroups(
      [sales, nobody],
      [step(sales, "Slack", 60, "completed"), step(nobody, "Wiki", 100_000, "open")],
    );
    expect(groups.application.map(({ name, breached }) => [name, breached])).toEqual([
      ["Wiki", 1],
      ["Slack", 0],
    ]);
    expect(groups.department.map(({ name }) => name)).toEqual(["not known", "Sales"]);
    expect(groups.customer.map(({ name }) => name)).toEqual(["C", "no customer"]);
    expect(groups.month.map(({ name }) => name)).toEqual(["2026-01", "2026-02"]);
  });

  it("keep of a long curve its ends, and no more than a small picture shows", () => {
    const leaver: Leaver = {
      case: "1",
      leftAt: "2026-02-01T09:00:00.000Z",
      department: null,
      customer: null,
    };
    const steps = Array.from({ length: 200 }, (_, i) => step(leaver, "Slack", 60 * (i + 1), "completed"));
    const curve = offboardingGroups([leaver], steps).application[0]?.curve ?? [];
    expect(curve).toHaveLength(40);
    expect(curve[0]).toMatchObject({ seconds: 60, open: 0.995 });
    expect(curve.at(-1)).toMatchObject({ seconds: 12_000, open: 0 });
  });

  it("count a leaver without any account", () => {
    const leaver: Leaver = {
      case: "1",
      leftAt: "2026-02-01T09:00:00.000Z",
      department: null,
      customer: null,
    };
    const { department, application } = offboardingGroups([leaver], []);
    expect(department).toMatchObject([{ leavers: 1, steps: 0, kaplanMeier: { p50: null, p95: null } }]);
    expect(application).toEqual([]);
  });
});
