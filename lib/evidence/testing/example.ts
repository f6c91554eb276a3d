/** A digest of the example reports, and of what tests put in place of some. */
import type { Reports } from "../../reports/contract.ts";
import { exampleReports } from "../../reports/fixtures.ts";
import { DigestTaker, type PackDigest } from "../digest.ts";

export const ABOUT = {
  workspace: "main",
  asOf: "2026-04-01T00:00:00.000Z",
  period: { from: null, to: null },
  scope: { customer: null, application: null, review: null },
};

/** Paths of a pack with everything in it. */
export const FULL_PACK = [
  "README.txt",
  ...Object.keys(exampleReports).flatMap((name) => [`reports/${name}.json`, `reports/${name}.csv`]),
  "reviews/r1.json",
  "reviews/r1.csv",
  "audit.csv",
  "records/okta.ndjson",
];

export function digestOf(changed: Partial<Reports> = {}): PackDigest {
  const taker = new DigestTaker();
  const reports = { ...exampleReports, ...changed };
  for (const name of Object.keys(reports) as (keyof Reports)[]) taker.take({ name, report: reports[name] });
  return taker.result(false);
}
