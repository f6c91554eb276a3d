/** `evidence verify`: whether a pack is, byte for byte, what was exported. Needs the file only; the file is not trusted. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { readSeal } from "../files/seal.ts";
import { digestEntry, printable, readEntries, type Tell } from "../files/zip-reader.ts";
import { EvidenceError } from "./error.ts";
import { MANIFEST, type Manifest, type ManifestFile, ManifestSchema } from "./manifest.ts";
import { rowReader } from "./rows.ts";

interface Problem {
  /** The file of the pack that is wrong, or the name of the pack itself. */
  file: string;
  problem: string;
}

export interface Verification {
  valid: boolean;
  problems: Problem[];
}

/** Some hundred bytes a file: this is a manifest of tens of thousands of files. */
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;

/** Deflate makes at most 1,032 bytes of one: a zip that claims more has entries that overlap. */
const MAX_RATIO = 1032;

/** Problems told of one file: after so many a reader knows, and a hostile pack can't fill the memory with them. */
const MAX_TOLD = 20;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The size of a file that can be read. */
async function sizeOf(file: string): Promise<number> {
  try {
    const facts = await stat(file);
    if (!facts.isFile())
      throw new EvidenceError("not-readable", `${file} is no file. Give the path of a pack.`);
    await access(file, constants.R_OK);
    return facts.size;
  } catch (error) {
    if (error instanceof EvidenceError) throw error;
    throw new EvidenceError(
      "not-readable",
      error instanceof Error && "code" in error && error.code === "ENOENT"
        ? `There is no file ${file}. Check the path.`
        : `The file ${file} can't be read: ${messageOf(error)}.`,
    );
  }
}

async function readManifest(
  zip: ZipFile,
  entry: Entry | undefined,
  tell: Tell,
): Promise<{ manifest: Manifest; sha256: string } | null> {
  const wrong = (problem: string) => {
    tell(MANIFEST, problem);
    return null;
  };
  if (entry === undefined)
    return wrong("is missing: this is no evidence pack of Rollcall, or it was taken out.");
  const chunks: Buffer[] = [];
  try {
    const read = await digestEntry(zip, entry, MAX_MANIFEST_BYTES, (chunk) => chunks.push(chunk));
    if (read.overrun) return wrong(`is larger than ${MAX_MANIFEST_BYTES} bytes, more than any pack's.`);
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const manifest = ManifestSchema.safeParse(value);
    if (manifest.success) return { manifest: manifest.data, sha256: read.sha256 };
    const [issue] = manifest.error.issues;
    return wrong(`is not laid out as a manifest of Rollcall: ${issue?.path.join(".")}: ${issue?.message}.`);
  } catch (error) {
    return wrong(
      error instanceof SyntaxError ? `is not JSON: ${error.message}.` : `can't be read: ${messageOf(error)}.`,
    );
  }
}

/** One file against its line in the manifest: size, hash, rows. */
async function checkFile(zip: ZipFile, entry: Entry, listed: ManifestFile, tell: Tell): Promise<void> {
  let told = 0;
  const problem = (text: string) => {
    told += 1;
    if (told <= MAX_TOLD) tell(listed.path, text);
  };
  try {
    const rows = rowReader(listed.path, problem);
    const read = await digestEntry(zip, entry, listed.bytes, (chunk) => rows?.write(chunk));
    if (read.overrun) {
      problem(`is longer than the ${listed.bytes} bytes that the manifest says.`);
      return;
    }
    if (read.bytes !== listed.bytes) problem(`has ${read.bytes} bytes; the manifest says ${listed.bytes}.`);
    if (read.sha256 !== listed.sha256)
      problem(`was changed: its SHA-256 is ${read.sha256}; the manifest says ${listed.sha256}.`);
    const counted = rows?.end();
    if (counted !== listed.rows)
      problem(`has ${counted ?? "no"} rows; the manifest says ${listed.rows ?? "nothing of rows"}.`);
  } catch (error) {
    problem(`is damaged: ${messageOf(error)}.`);
  }
  if (told > MAX_TOLD) tell(listed.path, `has ${told - MAX_TOLD} more problems like these.`);
}

/** What the manifest says at one place against what it says at another. */
function checkCounts({ reports, records, files }: Manifest, tell: Tell): void {
  const rows = new Map(files.map((file) => [file.path, file.rows]));
  for (const report of reports)
    for (const path of [`reports/${report.name}.json`, `reports/${report.name}.csv`])
      if (rows.get(path) !== report.rows)
        tell(
          path,
          `has ${rows.get(path) ?? "no"} rows; the manifest says that the report has ${report.rows}.`,
        );
  const listed = files
    .filter((file) => file.path.startsWith("records/"))
    .reduce((sum, file) => sum + (file.rows ?? 0), 0);
  if (listed !== records)
    tell(MANIFEST, `says that the pack has ${records} records, and lists files with ${listed}.`);
}

async function checkFiles(
  zip: ZipFile,
  entries: Map<string, Entry>,
  { files }: Manifest,
  size: number,
  tell: Tell,
): Promise<void> {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  if (total > size * MAX_RATIO) {
    tell(MANIFEST, `lists ${total} bytes, more than a zip of ${size} bytes can hold.`);
    return;
  }
  const listed = new Set<string>([MANIFEST]);
  for (const file of files) {
    const entry = entries.get(file.path);
    if (listed.has(file.path)) tell(file.path, "is in the manifest more than once.");
    else if (entry === undefined) tell(file.path, "is in the manifest and not in the zip.");
    else await checkFile(zip, entry, file, tell);
    listed.add(file.path);
  }
  for (const name of entries.keys())
    if (!listed.has(name)) tell(name, "is in the zip and not in the manifest.");
}

async function checkSeal(
  file: string,
  name: string,
  manifestSha256: string,
  problems: Problem[],
  tell: Tell,
) {
  const seal = await readSeal(file, "evidence");
  if (seal === null)
    tell(name, "does not end in the comment that Rollcall puts there: it was packed again, or cut off.");
  else if (seal.manifestSha256 !== manifestSha256)
    tell(
      MANIFEST,
      `was changed: its SHA-256 is ${manifestSha256}; the zip's comment says ${seal.manifestSha256}.`,
    );
  // Any other problem changes the zip's hash too, and says more.
  else if (problems.length === 0 && !(await seal.intact()))
    tell(name, "was changed outside its files: in a header, the directory or the comment of the zip.");
}

/**
 * Checks a pack: every file that the manifest lists is there with its size, hash and rows, no other is, every record has the
 * hash beside it, and no byte of the zip differs from what was exported. Reads the file once or twice, in bounded memory.
 * @throws EvidenceError when the file can't be opened; whatever a file holds is never thrown but told as a problem.
 */
export async function verifyEvidence(file: string): Promise<Verification> {
  const problems: Problem[] = [];
  const tell: Tell = (name, problem) => problems.push({ file: printable(name), problem: printable(problem) });
  const name = basename(file);
  const size = await sizeOf(file);
  const zip = await openPromise(file, { autoClose: false, decodeStrings: false }).catch((error: unknown) => {
    tell(name, `is not a zip file that can be read: ${messageOf(error)}`);
    return null;
  });
  if (zip === null) return { valid: false, problems };
  // A broken entry is told by the stream or the promise that reads it; without this, the zip's own event would end the process.
  zip.on("error", () => {});
  try {
    const entries = await readEntries(zip, name, tell);
    const found = await readManifest(zip, entries.get(MANIFEST), tell);
    if (found !== null) {
      await checkFiles(zip, entries, found.manifest, size, tell);
      checkCounts(found.manifest, tell);
      await checkSeal(file, name, found.sha256, problems, tell);
    }
  } finally {
    zip.close();
  }
  return { valid: problems.length === 0, problems };
}
