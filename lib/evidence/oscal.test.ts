import { describe, expect, test } from "vitest";
import { exampleReports } from "../reports/fixtures.ts";
import { controlMapping } from "./controls.ts";
import { assessmentResults } from "./oscal.ts";
import { ABOUT, digestOf, FULL_PACK } from "./testing/example.ts";
import { oscalFaults } from "./testing/oscal-schema.ts";

const files = FULL_PACK.map((path) => ({ path, bytes: 1, sha256: "a".repeat(64) }));
const controls = controlMapping(FULL_PACK);

const document = (about: Parameters<typeof assessmentResults>[0] = ABOUT, digest = digestOf()) =>
  assessmentResults(about, digest, controls, files);

interface Result {
  start: string;
  end: string;
  observations: { uuid: string; "relevant-evidence"?: { href: string }[] }[];
  risks?: { uuid: string }[];
  findings?: {
    title: string;
    target: { "target-id": string; status: { state: string } };
    "related-observations": { "observation-uuid": string }[];
    "related-risks": { "risk-uuid": string }[];
  }[];
}

const resultOf = (from: object): Result =>
  (from as { "assessment-results": { results: Result[] } })["assessment-results"].results[0] as Result;

/** No observation of these reports is a finding. */
const calm = digestOf({
  failures: {
    ...exampleReports.failures,
    rows: [],
    summary: { groups: 0, open: 0, affected: 0, openItems: 0 },
  },
  dormant: {
    ...exampleReports.dormant,
    summary: { dormant: 0, "never-used": 0, zombie: 0, orphan: 0, unknown: 0 },
    credentials: [],
  },
  movers: { ...exampleReports.movers, summary: { ...exampleReports.movers.summary, drift: 0 } },
});

describe("the OSCAL document", () => {
  test("fits NIST's schema, with findings and without", () => {
    expect(oscalFaults(document())).toEqual([]);
    expect(oscalFaults(document(ABOUT, calm))).toEqual([]);
  });

  test("would be told by the schema if it did not", () => {
    const broken = JSON.parse(
      JSON.stringify(document()).replaceAll('"title":"Rollcall"', '"name":"Rollcall"'),
    );
    expect(oscalFaults(broken)).not.toEqual([]);
    const id = JSON.parse(JSON.stringify(document()).replace(/"uuid":"[0-9a-f]/u, '"uuid":"x'));
    expect(oscalFaults(id).join()).toContain("must match pattern");
  });

  test("fits it whatever names and times it is given", () => {
    for (const workspace of ["", " ", "a\nb", "\u0000", "x".repeat(10_000), "\ud800"])
      expect(oscalFaults(document({ ...ABOUT, workspace }))).toEqual([]);
    const period = { from: "0001-01-01T00:00:00.000Z", to: null };
    expect(oscalFaults(document({ ...ABOUT, period, asOf: "9999-12-31T23:59:59.999Z" }))).toEqual([]);
  });

  test("is the same each time, and other ids of another scope", () => {
    expect(JSON.stringify(document())).toBe(JSON.stringify(document()));
    const other = document({ ...ABOUT, scope: { customer: "Acme", application: null, review: null } });
    const ids = (from: object) => resultOf(from).observations.map(({ uuid }) => uuid);
    expect(ids(other).filter((id) => ids(document()).includes(id))).toEqual([]);
  });

  test("has each id once, and refers to nothing that is not there", () => {
    const text = JSON.stringify(document());
    const ids = [...text.matchAll(/"uuid":"([^"]+)"/gu)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of text.matchAll(/"(?:[a-z]+-uuid)":"([^"]+)"/gu)) expect(ids).toContain(id);
    for (const { "relevant-evidence": evidence = [] } of resultOf(document()).observations)
      for (const { href } of evidence) expect(FULL_PACK).toContain(href);
  });

  test("calls nothing satisfied: it has findings of what was found, and none else", () => {
    const { findings = [], risks = [] } = resultOf(document());
    expect(findings.map(({ title, target }) => [title, target["target-id"], target.status.state])).toEqual([
      ["Provisioning that fails", "ac-2_smt.f", "not-satisfied"],
      ["Keys and tokens whose owner has left", "ac-2_smt.l", "not-satisfied"],
      ["Accounts that nobody uses", "ac-2.3_smt.d", "not-satisfied"],
      ["What people kept after they moved", "ac-2_smt.l", "not-satisfied"],
    ]);
    expect(risks).toHaveLength(findings.length);
    expect(resultOf(document(ABOUT, calm))).not.toHaveProperty("findings");
    expect(resultOf(document(ABOUT, calm)).observations).toHaveLength(
      resultOf(document()).observations.length,
    );
  });

  test("covers the period, and without one what the sources cover", () => {
    expect(resultOf(document())).toMatchObject({ start: "2026-03-01T09:00:00.000Z", end: ABOUT.asOf });
    const period = { from: "2026-01-01T00:00:00.000Z", to: "2026-02-28T23:59:59.999Z" };
    expect(resultOf(document({ ...ABOUT, period }))).toMatchObject({ start: period.from, end: period.to });
  });
});
