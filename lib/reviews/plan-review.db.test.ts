/** A review is the same whether everybody's rows are held at once or gone through a part at a time. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ingestText } from "../ingest/testing.ts";
import { emptyProjection } from "../lifecycle/project.ts";
import type { Projection } from "../lifecycle/types.ts";
import { loadModel, type Model, peopleAt } from "../reports/model.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import type { ReviewInput, ReviewScope } from "./contract.ts";
import { planReview } from "./plan-review.ts";
import { PopulationTaker } from "./population.ts";
import { hrFile, memberNamed, type Person, settledRecords } from "./testing.ts";

const WORKSPACE = "main";
const END = Date.parse("2026-06-30T12:00:00Z");
const DAY = 86_400_000;
const NOW = new Date(END + DAY).toISOString();

const SCOPE: ReviewScope = {
  kinds: ["account", "credential"],
  applications: [],
  customers: [],
  departments: [],
  flaggedOnly: false,
  nonHumanOnly: false,
  items: [],
};

const WISHES: [string, Partial<ReviewScope>, string][] = [
  ["everything", {}, NOW],
  [
    "one application and two departments",
    { applications: ["Slack"], departments: ["Sales", "Engineering"] },
    NOW,
  ],
  ["what is flagged", { flaggedOnly: true }, NOW],
  ["what is of no people", { nonHumanOnly: true }, NOW],
  ["a past moment", {}, new Date(END - 100 * DAY).toISOString()],
  ["one customer", { customers: ["Acme"] }, NOW],
  ["two customers", { customers: ["Globex", "Acme"] }, NOW],
];

/** A model in as many parts as there are bounds, and one. */
function cut(model: Model, bounds: readonly string[]) {
  const all = ["", ...bounds.toSorted(), "\uffff"];
  const rows = Object.keys(emptyProjection()) as (keyof Projection)[];
  return all.slice(1).map((to, i) => {
    const isOwn = ({ subject }: { subject: string }) => subject >= (all[i] ?? "") && subject < to;
    const own = Object.fromEntries(
      rows.map((kind) => [
        kind,
        kind === "readings" ? [] : (model[kind] as { subject: string }[]).filter(isOwn),
      ]),
    ) as unknown as Projection;
    return { ...model, ...peopleAt(own, model.asOf) };
  });
}

const MANAGERS = 6;
/** More than are in one part; managers have people of every department, themselves among them. */
const PEOPLE: Person[] = Array.from({ length: 260 }, (_, i) => ({
  name: `person-${i}`,
  department: i % 2 === 0 ? "Sales" : "Engineering",
  title: `Title ${i % 3}`,
  manager: `person-${i % MANAGERS}`,
}));

describe("a planned review", { timeout: 120_000 }, () => {
  const database = testDatabase();
  let input: ReviewInput;

  beforeAll(async () => {
    const { db } = database;
    for (const { source, format, chunks } of sampleCompany({ seed: 3, end: END, scale: 0.02 }).files)
      await ingestText(db, WORKSPACE, chunks(), source, format, source.length % 2 === 0 ? "Acme" : "Globex");
    await ingestText(db, WORKSPACE, hrFile(PEOPLE, END - 30 * DAY), "people", "hr", "Acme");
    await ingestText(db, WORKSPACE, settledRecords(PEOPLE, ["Slack"], END - DAY), "okta-2", "okta", "Acme");
    const members: string[] = [];
    for (const { name } of PEOPLE.slice(0, MANAGERS))
      members.push((await memberNamed(db, WORKSPACE, name, "reviewer")).member ?? "");
    const [fallback = "", second = ""] = members;
    input = {
      name: "Quarterly review",
      scope: SCOPE,
      asOf: NOW,
      dueAt: new Date(END + 30 * DAY).toISOString(),
      rules: ["manager", "named"],
      named: members.slice(2),
      fallback,
      secondShare: 20,
      second,
      every: null,
    };
  }, 120_000);
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  it.each(WISHES)(
    "of %s has the same population, and gives it to the same reviewers",
    async (_what, scope, asOf) => {
      const plan = (people: number) => {
        vi.stubEnv("ROLLCALL_PAGES_PEOPLE", String(people));
        return planReview(database.db, WORKSPACE, { ...input, scope: { ...SCOPE, ...scope }, asOf });
      };
      const whole = await plan(1_000_000);
      expect(await plan(0)).toEqual(whole);
      expect(whole.items.length).toBeGreaterThan(3);
    },
  );

  it("has the same population wherever people are parted", async () => {
    const model = await loadModel(database.db, WORKSPACE, { asOf: END + DAY });
    const population = async (parts: ReturnType<typeof cut>) => {
      const taker = new PopulationTaker(SCOPE);
      await taker.take({ each: () => parts });
      return taker.sorted();
    };
    const whole = await population(cut(model, []));
    expect(whole.filter(({ peers }) => peers !== null).length).toBeGreaterThan(20);
    const subjects = model.identities.map(({ subject }) => subject);
    await fc.assert(
      fc.asyncProperty(fc.subarray(subjects, { maxLength: 6 }), async (bounds) => {
        expect(await population(cut(model, bounds))).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });
});
