/** Packs for tests: written by the real writer, and verified as files. */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StoredRecord } from "../../db/log/read-records.ts";
import { written } from "../files/testing.ts";
import type { ReportName } from "../reports/contract.ts";
import { exampleReports } from "../reports/fixtures.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import { MANIFEST, type Manifest } from "./manifest.ts";
import type { PackInput, PackReport } from "./pack.ts";
import { writePack } from "./pack.ts";
import { type Verification, verifyEvidence } from "./verify.ts";

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/** A record of Okta's with these bytes. */
export function record(bytes: string | Uint8Array, source = "okta"): StoredRecord {
  const raw = Buffer.from(bytes);
  const fingerprint = sha256(`${source} ${sha256(raw)}`).slice(0, 40);
  return {
    source,
    format: "okta",
    fingerprint,
    sha256: sha256(raw),
    bytes: raw,
    withheld: null,
    firstAt: 0,
    events: 1,
    encoded: null,
  };
}

export const RECORDS = [
  record('{"uuid":"1","eventType":"user.lifecycle.deactivate","note":"Zoë\u2028"}'),
  record('{\r\n  "uuid": "2"\r\n}'),
  record('{"uuid":"3"}'),
];

async function* asked(sources: Manifest["sources"]): AsyncGenerator<PackReport> {
  for (const name of Object.keys(exampleReports) as ReportName[]) {
    const report = exampleReports[name];
    const completeness = { ...report.completeness, sources, gaps: 0 };
    yield { name, parameters: { asOf: report.asOf }, report: { ...report, completeness } };
  }
}

/** What a pack of these records is written from; sources are those that the records name. */
export function inputOf(
  records: readonly StoredRecord[],
  batch = 2,
  createdAt = "2026-04-02T08:00:00.000Z",
): PackInput {
  const of = (source: string) => records.filter((one) => one.source === source);
  const sources = [...new Set(records.map((one) => one.source))].map((source) => ({
    source,
    format: "okta",
    records: of(source).length,
    rejected: 0,
    firstEventAt: null,
    lastEventAt: null,
    gaps: [],
  }));
  return {
    about: {
      createdAt,
      workspace: "main",
      asOf: "2026-04-01T00:00:00.000Z",
      period: { from: null, to: null },
      scope: { customer: null, application: null },
    },
    reports: asked(sources),
    reviews: null,
    audit: null,
    pseudonyms: null,
    async *records(source) {
      const own = of(source);
      for (let i = 0; i < own.length; i += batch) yield own.slice(i, i + batch);
    },
  };
}

export const pack = (input: PackInput): Promise<Buffer> => written((target) => writePack(input, target));

export const manifestOf = (files: Map<string, Buffer>): Manifest =>
  JSON.parse(files.get(MANIFEST)?.toString("utf8") ?? "") as Manifest;

/** What `verifyEvidence` says of these bytes as a file. */
export function verified(bytes: Uint8Array): Promise<Verification> {
  return inFolder(async (folder) => {
    const file = join(folder, "pack.zip");
    await writeFile(file, bytes);
    return verifyEvidence(file);
  });
}
