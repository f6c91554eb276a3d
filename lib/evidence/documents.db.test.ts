/** The documents of real packs: of the sample company, of one of its customers, and of a workspace without a record. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { readEvent } from "../../db/log/read-records.ts";
import { commandLine } from "../auth/caller.ts";
import { unpacked } from "../files/testing.ts";
import { ingestText } from "../ingest/testing.ts";
import { runReport } from "../reports/run.ts";
import { openReview } from "../reviews/open-review.ts";
import { memberNamed } from "../reviews/testing.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import { sampleCompany } from "../sample/company.ts";
import type { ControlRow } from "./controls.ts";
import { exportEvidence } from "./export-evidence.ts";
import type { EvidenceParams } from "./params.ts";
import type { OffboardingSample } from "./sample.ts";
import { withTemplate } from "./templates.ts";
import { oscalFaults } from "./testing/oscal-schema.ts";
import { manifestOf } from "./testing/packs.ts";
import { openPdf } from "./testing/pdf-pages.ts";
import { verifyPack } from "./verify.mjs";

const END = Date.parse("2026-06-30T12:00:00Z");
const CUSTOMER = "Larkspur Labs";

describe("the documents of a pack", () => {
  const database = testDatabase();
  const empty = testDatabase();

  beforeAll(async () => {
    for (const { source, format, chunks } of sampleCompany({ seed: 6, end: END, scale: 0.1 }).files) {
      const customer = source.startsWith("entra") ? CUSTOMER : undefined;
      await ingestText(database.db, "main", chunks(), source, format, customer);
    }
    const fallback = await memberNamed(database.db, "main", "fallback", "admin");
    await openReview(database.db, "main", fallback, {
      name: "Leavers' accounts, Q2",
      scope: {
        kinds: ["account"],
        applications: [],
        customers: [],
        departments: [],
        flaggedOnly: true,
        nonHumanOnly: false,
        items: [],
      },
      asOf: new Date(END).toISOString(),
      dueAt: "2099-01-01T00:00:00.000Z",
      rules: ["manager"],
      named: [],
      fallback: fallback.member ?? "",
      secondShare: 0,
      second: null,
      every: null,
    });
  }, 240_000);

  const exported = (params: EvidenceParams, from = database) =>
    inFolder(async (folder) => {
      const file = join(folder, "pack.zip");
      await exportEvidence(from.db, "main", commandLine(), params, file);
      expect(await verifyPack(file)).toMatchObject({ valid: true, problems: [] });
      return unpacked(await readFile(file));
    });

  const json = <T>(files: Map<string, Buffer>, path: string): T =>
    JSON.parse(files.get(path)?.toString("utf8") ?? "null") as T;

  const controlsOf = (files: Map<string, Buffer>) =>
    json<{ controls: ControlRow[] }>(files, "controls.json").controls;

  test("of the whole workspace name files that are there, fit OSCAL's schema, and tell the reports' figures", async () => {
    const files = await exported({});
    for (const { answers } of controlsOf(files))
      for (const path of answers.flatMap((answer) => answer.files))
        expect([...files.keys()].filter((name) => name === path || name.startsWith(path))).not.toEqual([]);
    expect(
      controlsOf(files)
        .map(({ notAnswered }) => notAnswered)
        .join(),
    ).not.toContain("does not have");

    expect(oscalFaults(json(files, "oscal-assessment-results.json"))).toEqual([]);

    const { pages } = await openPdf(files.get("report.pdf") ?? new Uint8Array());
    const { summary } = await runReport(database.db, "main", "offboarding", {});
    expect(pages[0]).toMatch(/How complete this is .* The answers/u);
    expect(pages.join(" ")).toContain(`${summary.leaversDone} of ${summary.leavers}`);
    expect(pages.join(" ")).toContain("Leavers' accounts, Q2");
    expect(pages.at(-1)).toContain("What it does not prove");
  }, 180_000);

  test("are the same, byte for byte, in two packs of the same moment", async () => {
    const [one, other] = [await exported({ asOf: END }), await exported({ asOf: END })];
    for (const path of ["report.pdf", "controls.json", "controls.csv", "oscal-assessment-results.json"])
      expect(one.get(path)).toEqual(other.get(path));
  }, 180_000);

  test("of a customer have neither reviews nor audit, and say so", async () => {
    const params = withTemplate({ template: "assurance-letter" }, { customer: CUSTOMER, asOf: END }, END);
    const files = await exported(params);
    expect(manifestOf(files).template).toEqual({ name: "assurance-letter", parameters: {} });
    const named = controlsOf(files).flatMap(({ answers }) => answers.flatMap((answer) => answer.files));
    expect(named.filter((path) => path.startsWith("reviews") || path === "audit.csv")).toEqual([]);
    expect(controlsOf(files).find(({ id }) => id === "CC6.3")?.notAnswered).toContain(
      "does not have reviews/",
    );
    const letter = await openPdf(files.get("letter.pdf") ?? new Uint8Array());
    expect(letter.pages).toHaveLength(1);
    expect(letter.pages[0]).toContain(`For ${CUSTOMER}`);
    expect(letter.pages[0]).toContain("What is not known");
    expect(oscalFaults(json(files, "oscal-assessment-results.json"))).toEqual([]);
  }, 180_000);

  test("of a workspace without a record are valid, and claim nothing", async () => {
    const files = await exported({}, empty);
    expect(oscalFaults(json(files, "oscal-assessment-results.json"))).toEqual([]);
    const { pages } = await openPdf(files.get("report.pdf") ?? new Uint8Array());
    expect(pages[0]).toContain("No source has sent a record");
    expect(pages[0]).toContain("There are no records, so there are no figures.");
  });

  test("of a sample have leavers that anybody can draw again, with events that the log has", async () => {
    const period = { from: Date.parse("2026-01-01"), to: END };
    const params = withTemplate(
      { template: "offboarding-sample", sample: "5", seed: "audit 7" },
      { ...period, asOf: END },
      END,
    );
    const files = await exported(params);
    const sample = json<OffboardingSample>(files, "sample.json");
    const hash = (subject: string) => createHash("sha256").update(`audit 7${subject}`).digest("hex");
    const report = json<{ rows: { subject: string }[] }>(files, "reports/offboarding.json");
    const everybody = new Set(sample.population.map(({ subject }) => subject));
    expect(report.rows.map(({ subject }) => subject).filter((subject) => !everybody.has(subject))).toEqual(
      [],
    );
    expect(everybody.size).toBeGreaterThan(5);
    const byHash = [...everybody].sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
    expect(sample.leavers.map(({ subject }) => subject)).toEqual(byHash.slice(0, 5));

    const lines = parse<Record<string, string>>(files.get("sample.csv") ?? "", { columns: true });
    expect(new Set(lines.map(({ place }) => place)).size).toBe(5);
    const ids = lines.flatMap(({ startEventId, endEventId }) => [startEventId, endEventId]);
    const told = ids.filter((id): id is string => id !== undefined && id !== "");
    expect(told.length).toBeGreaterThan(5);
    for (const id of told) expect(await readEvent(database.db, "main", id)).not.toBeNull();
    const ended = lines.filter(({ status }) => status === "completed");
    expect(ended.length).toBeGreaterThan(0);
    for (const { endEventId, endedAt } of ended) {
      const found = await readEvent(database.db, "main", endEventId ?? "");
      expect(new Date(found?.event.at ?? 0).toISOString()).toBe(endedAt);
    }
  }, 180_000);

  test("of a quarterly review begin with the reviews, of the quarter before", async () => {
    const files = await exported(withTemplate({ template: "quarterly-review" }, {}, Date.now()));
    const { period, template } = manifestOf(files);
    expect(template).toEqual({ name: "quarterly-review", parameters: {} });
    expect(period.from).toMatch(/-(?:01|04|07|10)-01T00:00:00\.000Z$/u);
    expect(period.to).toMatch(/T23:59:59\.999Z$/u);
    const text = (await openPdf(files.get("report.pdf") ?? new Uint8Array())).pages.join(" ");
    expect(text.indexOf("Leavers' accounts, Q2")).toBeGreaterThan(0);
    expect(text.indexOf("Leavers' accounts, Q2")).toBeLessThan(text.indexOf("The answers"));
  }, 180_000);
});
