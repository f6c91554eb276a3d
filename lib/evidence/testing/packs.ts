/** Packs for tests: written by the real writer, and verified as files. */
import { createHash, generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { leafEntry } from "../../../db/log/leaf.ts";
import type { StoredRecord } from "../../../db/log/read-records.ts";
import { leafHash } from "../../../db/merkle/hash.ts";
import { GrowingTree, rangeHash, TILE_WIDTH } from "../../../db/merkle/tiles.ts";
import { unpacked, written } from "../../files/testing.ts";
import type { ReportName } from "../../reports/contract.ts";
import { exampleReports } from "../../reports/fixtures.ts";
import { inFolder } from "../../runtime/testing/folder.ts";
import type { SigningKey } from "../../transparency/keys.ts";
import { checkpointText, signNote, verifierKey } from "../../transparency/note.ts";
import type { Manifest } from "../manifest.ts";
import type { PackInput, PackLog, PackReport } from "../pack.ts";
import { writePack } from "../pack.ts";
import { MANIFEST, type Verification, verifyPack, type Wishes } from "../verify.mjs";

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/** A record of Okta's with these bytes. */
export function record(bytes: string | Uint8Array, source = "okta"): StoredRecord {
  const raw = Buffer.from(bytes);
  const fingerprint = sha256(`${source} ${sha256(raw)}`).slice(0, 40);
  const kept = { bytes: raw, withheld: null, events: 1, encoded: null };
  return { source, format: "okta", fingerprint, sha256: sha256(raw), leaf: null, ...kept };
}

export const ORIGIN = "rollcall/0123456789abcdef/main";

export function signingKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(12);
  return { createdAt: "2026-01-01T00:00:00.000Z", publicKey: raw, privateKey };
}

/** The key of the packs made here, and how verifiers know it. */
export const KEY = signingKey();
export const keyText = (key: SigningKey): string => verifierKey(ORIGIN, key.publicKey);

/** A log of these records in this order, as far as it fits into one tile. @param before sizes at which it was signed. */
export async function logOf(
  records: readonly StoredRecord[],
  { keys = [KEY], before = [] }: { keys?: readonly SigningKey[]; before?: readonly number[] } = {},
): Promise<PackLog> {
  if (records.length >= TILE_WIDTH) throw new Error("The log of tests has one tile.");
  const leaves = records.map((one) => leafHash(leafEntry(one)));
  const read = async () => Buffer.concat(leaves);
  const headOf = async (size: number) => {
    const tree = new GrowingTree(0, []);
    for (const leaf of leaves.slice(0, size)) tree.add(leaf);
    const root = Buffer.from(await tree.root());
    return { size, root, checkpoint: signNote(checkpointText(ORIGIN, size, root), ORIGIN, keys) };
  };
  return {
    origin: ORIGIN,
    ...(await headOf(records.length)),
    keys: keys.map((key) => `${keyText(key)}\n`).join(""),
    earlier: await Promise.all(before.map(headOf)),
    hashOf: (range) => rangeHash(range, read),
    check: async () => {},
    sign: (text) => signNote(text, ORIGIN, keys),
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

/** What a pack of these records is written from; sources are those that the records name. The log has no others. */
export async function inputOf(
  records: readonly StoredRecord[],
  batch = 2,
  createdAt = "2026-04-02T08:00:00.000Z",
  signed: { keys?: readonly SigningKey[]; before?: readonly number[] } = {},
): Promise<PackInput> {
  const of = (source: string) =>
    records.map((one, leaf) => ({ ...one, leaf })).filter((one) => one.source === source);
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
    log: await logOf(records, signed),
    about: {
      createdAt,
      workspace: "main",
      asOf: "2026-04-01T00:00:00.000Z",
      period: { from: null, to: null },
      scope: { customer: null, application: null, review: null },
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

/** What the verifier says of these bytes as a file. */
export function verified(bytes: Uint8Array, wishes: Wishes = {}): Promise<Verification> {
  return inFolder(async (folder) => {
    const file = join(folder, "pack.zip");
    await writeFile(file, bytes);
    return verifyPack(file, wishes);
  });
}

/** A log of eleven records of two sources. */
export const ELEVEN = Array.from({ length: 11 }, (_, i) =>
  record(`{"uuid":"${i}"}`, i % 4 === 3 ? "entra" : "okta"),
);

/** The files of a pack of all records of a log. @param before sizes at which it was signed. */
export const packOf = async (
  records: readonly StoredRecord[],
  before: readonly number[] = [],
  keys: readonly SigningKey[] = [KEY],
): Promise<Map<string, Buffer>> =>
  unpacked(await pack(await inputOf(records, 4, undefined, { keys, before })));
