/** The figures of offboarding, held against its rows, one by one. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyProjection } from "../lifecycle/project.ts";
import type { LeaverCase, LeaverStep } from "../lifecycle/types.ts";
import { AcrossTaker } from "./across.ts";
import { OFFBOARDING_BANDS } from "./bands.ts";
import type { OffboardingReport } from "./contract.ts";
import { arrays } from "./fold.ts";
import { peopleAt } from "./model.ts";
import { offboardingFold } from "./offboarding.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const AS_OF = Date.parse("2026-06-01T00:00:00Z");

const away = { accessFirst: null, accessLast: null, accessCount: 0 };

const step = fc.record({
  application: fc.constantFrom("wiki", "chat"),
  account: fc.constantFrom("a1", "a2"),
  hours: fc.option(fc.integer({ min: -5, max: 40 * 24 })),
  back: fc.boolean(),
});
const leavers = fc.array(
  fc.record({ days: fc.integer({ min: 1, max: 60 }), steps: fc.array(step, { maxLength: 4 }) }),
  { maxLength: 12 },
);

type People = typeof leavers extends fc.Arbitrary<infer T> ? T : never;

function report(people: People): OffboardingReport {
  const rows = emptyProjection();
  people.forEach(({ days, steps }, i) => {
    const leftAt = AS_OF - days * DAY;
    const base = {
      subject: `p${i % 7}`,
      leftAt,
      trigger: "deactivate",
      source: "hr",
      department: null,
    } as const;
    rows.cases.push({ ...base, ...away, rehiredAt: null } satisfies LeaverCase);
    for (const { application, account, hours, back } of steps)
      rows.steps.push({
        ...base,
        ...away,
        application,
        account,
        accountUserName: null,
        endedAt: hours === null ? null : leftAt + hours * HOUR,
        rehiredAt: hours === null && back ? leftAt + HOUR : null,
        failing: false,
        lastError: null,
      } satisfies LeaverStep);
  });
  const about = {
    asOf: AS_OF,
    customer: null,
    sources: [],
    across: new AcrossTaker().result(),
    applicationSettings: [],
    failureDecisions: [],
    slaOf: (application: string) => (application === "chat" ? 4 : 24) * HOUR,
  };
  const fold = offboardingFold(about, {}, arrays);
  fold.take({ ...about, ...peopleAt(rows, AS_OF) });
  return fold.result() as OffboardingReport;
}

describe("the figures of offboarding", () => {
  it("are those of its rows: a leaver counts once, however many of the accounts are late or open", () => {
    fc.assert(
      fc.property(leavers, (people) => {
        // Of one person one case a moment.
        const cases = new Set(people.map(({ days }, i) => `p${i % 7} ${days}`));
        fc.pre(cases.size === people.length);
        const { rows, summary, took, commonSla } = report(people);
        const caseOf = ({ subject, leftAt }: (typeof rows)[number]) => `${subject} ${leftAt}`;
        const late = new Set(rows.filter((row) => row.breached).map(caseOf));
        const open = new Set(rows.filter((row) => row.openFor !== null).map(caseOf));
        expect(summary.leaversLate).toBe(late.size);
        expect(summary.leaversInTime).toBe(people.length - new Set([...late, ...open]).size);
        expect(summary.endedLate).toBe(rows.filter((row) => row.breached && row.latency !== null).length);
        const ages = rows.flatMap(({ openFor }) => openFor ?? []);
        expect(summary.oldestOpen).toBe(ages.length === 0 ? null : Math.max(...ages));
        const slas = new Set(rows.map((row) => row.slaSeconds));
        expect(commonSla).toBe(slas.size > 1 ? null : ([...slas][0] ?? 86_400));
        [...OFFBOARDING_BANDS, null].forEach((upTo, i) => {
          const above = OFFBOARDING_BANDS[i - 1] ?? -1;
          const own = rows.filter(
            ({ latency }) => latency !== null && latency > above && latency <= (upTo ?? Infinity),
          );
          expect(took[i]).toEqual({
            upTo,
            steps: own.length,
            breached: own.filter((row) => row.breached).length,
          });
        });
      }),
    );
  });
});
