/** Reports worked out a part of the people at a time, in files, are those that are worked out of all people at once. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { narrowed } from "../evidence/review-scope.ts";
import { ingest } from "../ingest/ingest.ts";
import type { Projection } from "../lifecycle/types.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import type { ReportName, ReportParams } from "./contract.ts";
import { isRows } from "./fold.ts";
import { listsInFiles } from "./lists-in-files.ts";
import { loadModel, type Model, type ModelPart } from "./model.ts";
import { loadParts } from "./parts.ts";
import { foldOf, REPORT_NAMES, reportOf } from "./run.ts";

const END = Date.parse("2026-06-30T12:00:00Z");
const WORKSPACE = "main";
const DAY = 86_400_000;

/** A report of the parts, its lists in files of a few rows at a time, all of its rows read. */
function folded(
  name: ReportName,
  parts: Iterable<ModelPart>,
  about: ModelPart,
  params: ReportParams,
): object {
  const lists = listsInFiles(7);
  try {
    const fold = foldOf(name, about, params, lists.list);
    for (const part of parts) fold.take(part);
    return Object.fromEntries(
      Object.entries(fold.result()).map(([field, value]) => [field, isRows(value) ? [...value] : value]),
    );
  } finally {
    lists.close();
  }
}

/** The model in parts; a new one begins before each of the subjects. */
function cut(model: Model, before: readonly string[]): ModelPart[] {
  const bounds = ["", ...before.toSorted(), "\uffff"];
  return bounds.slice(1).map((to, i) => {
    const own = <T extends { subject: string }>(rows: readonly T[]) =>
      rows.filter(({ subject }) => subject >= (bounds[i] ?? "") && subject < to);
    return {
      ...model,
      identities: own(model.identities),
      accounts: own(model.accounts),
      cases: own(model.cases),
      steps: own(model.steps),
      failures: own(model.failures),
      coverage: own(model.coverage),
      credentials: own(model.credentials),
      entitlements: own(model.entitlements),
      joinerCases: own(model.joinerCases),
      joinerSteps: own(model.joinerSteps),
      moverSteps: own(model.moverSteps),
      moves: own(model.moves),
      drift: own(model.drift),
      sightings: own(model.sightings),
      scheduled: own(model.scheduled),
    };
  });
}

const WISHES: [string, ReportParams][] = [
  ["everything", { asOf: END + DAY }],
  ["one application", { asOf: END + DAY, application: "Slack" }],
  ["a period and other days", { asOf: END + DAY, from: END - 200 * DAY, to: END - 20 * DAY, days: 30 }],
  ["a past moment", { asOf: END - 100 * DAY }],
  ["one customer", { asOf: END + DAY, customer: "Acme" }],
];

describe("reports in parts", () => {
  const database = testDatabase();

  beforeAll(async () => {
    for (const { source, format, chunks } of sampleCompany({ seed: 7, end: END, scale: 0.05 }).files) {
      const bytes = (async function* () {
        for (const chunk of chunks()) yield new TextEncoder().encode(chunk);
      })();
      const customer = source.length % 2 === 0 ? "Acme" : "Globex";
      await ingest(database.db, WORKSPACE, commandLine(), {
        chunks: bytes,
        file: source,
        bytesTotal: null,
        source,
        format,
        customer,
      });
    }
  });

  it.each(WISHES)("are the whole ones of %s, wherever people are parted", async (_what, params) => {
    const model = await loadModel(database.db, WORKSPACE, params);
    const subjects = model.identities.map(({ subject }) => subject);
    for (const name of REPORT_NAMES) {
      const whole = reportOf(name, model, params);
      fc.assert(
        fc.property(fc.subarray(subjects, { maxLength: 6 }), (before) => {
          expect(folded(name, cut(model, before), model, params)).toEqual(whole);
        }),
        { numRuns: 4 },
      );
    }
  });

  it.each(WISHES)("are the whole ones of %s, read a part at a time", async (_what, params) => {
    const { db } = database;
    const model = await loadModel(db, WORKSPACE, params);
    const parts = await loadParts(db, WORKSPACE, params);
    try {
      for (const name of REPORT_NAMES)
        expect(folded(name, parts.each(), { ...model, ...parts.about }, params)).toEqual(
          reportOf(name, model, params),
        );
    } finally {
      parts.close();
    }
  });

  it("tell of the people of a review alone, at its applications, by what those people tell", async () => {
    const { db } = database;
    const params = { asOf: END + DAY };
    const model = await loadModel(db, WORKSPACE, params);
    const application = model.sightings[0]?.application ?? "";
    const subjects = new Set(model.accounts.filter((_, i) => i % 3 === 0).map(({ subject }) => subject));
    const scope = { review: "r", subjects, applications: new Set([application]) };
    const parts = await loadParts(db, WORKSPACE, params, (rows: Projection) => narrowed(rows, scope));
    try {
      const { rows } = folded("accounts", parts.each(), { ...model, ...parts.about }, params) as {
        rows: { subject: string; application: string }[];
      };
      const wanted = reportOf("accounts", model, { ...params, application }).rows.filter(
        ({ subject }) => subject !== null && subjects.has(subject),
      );
      expect(wanted.length).toBeGreaterThan(2);
      expect(rows).toEqual(wanted);
      expect([...parts.about.across.signIns].filter((one) => one !== application)).toEqual([]);
      // How applications are spelled, everybody tells.
      expect(parts.about.across.labels).toEqual(model.across.labels);
    } finally {
      parts.close();
    }
  });

  it("have of a few people what all people tell, and who they are", async () => {
    const { db } = database;
    const params = { asOf: END + DAY };
    const model = await loadModel(db, WORKSPACE, params);
    const parts = await loadParts(db, WORKSPACE, params);
    try {
      const [one, other] = model.identities.map(({ subject }) => subject);
      const few = parts.modelOf(new Set([one ?? "", other ?? ""]));
      expect([...few.people.keys()]).toEqual([one, other]);
      expect(few.accounts).toEqual(
        model.accounts.filter(({ subject }) => subject === one || subject === other),
      );
      expect(few.across).toEqual(model.across);
    } finally {
      parts.close();
    }
  });
});
