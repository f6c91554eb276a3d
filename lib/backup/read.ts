/** A backup opened and checked before anything is done with it. The file may be damaged, cut off or not be a backup at all. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { readSeal } from "../files/seal.ts";
import { digestEntry, printable, readEntries, readEntry } from "../files/zip-reader.ts";
import {
  FORMAT_VERSION,
  HeadSchema,
  MANIFEST,
  type Manifest,
  type ManifestFile,
  ManifestSchema,
} from "./manifest.ts";
import { BackupProblem } from "./problem.ts";

/** Some hundred bytes a column: this is a manifest of thousands of tables. */
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const damaged = (file: string, why: string) =>
  new BackupProblem(
    "damaged",
    `${file} is damaged: ${printable(why)} Take another backup; nothing was changed.`,
  );

async function checkReadable(file: string): Promise<void> {
  const refused = (why: string) =>
    new BackupProblem("not-readable", `The backup ${file} can't be read: ${why}.`);
  try {
    if (!(await stat(file)).isFile()) throw refused("it is no file");
    await access(file, constants.R_OK);
  } catch (error) {
    if (error instanceof BackupProblem) throw error;
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw refused(missing ? "there is no such file" : messageOf(error));
  }
}

/** An open backup whose manifest is in order; `check` says whether the rest is. */
export class OpenBackup {
  private constructor(
    readonly file: string,
    readonly manifest: Manifest,
    private readonly manifestSha256: string,
    private readonly zip: ZipFile,
    private readonly entries: Map<string, Entry>,
  ) {}

  /** @throws BackupProblem when the file is no backup, or one of a newer format; close it after use. */
  static async open(file: string): Promise<OpenBackup> {
    await checkReadable(file);
    const zip = await openPromise(file, { autoClose: false, decodeStrings: false }).catch(
      (error: unknown) => {
        throw damaged(file, `it is no zip that can be read to its end (${messageOf(error)}).`);
      },
    );
    // A broken entry is told by the stream that reads it; without this, the zip's own event would end the process.
    zip.on("error", () => {});
    try {
      const entries = await readEntries(zip, file, (name, problem) => {
        throw damaged(file, `${name} ${problem}`);
      });
      const { manifest, sha256 } = await readManifest(file, zip, entries.get(MANIFEST));
      return new OpenBackup(file, manifest, sha256, zip, entries);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /**
   * Reads every byte and compares it with the manifest's hashes and the zip's seal.
   * @throws BackupProblem when one differs.
   */
  async check(onProgress: (share: number, name: string) => void = () => {}): Promise<void> {
    const { tables, secrets } = this.manifest;
    const files = secrets === null ? tables : [...tables, secrets];
    const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const expected = new Set([MANIFEST, ...files.map(({ path }) => path)]);
    for (const name of this.entries.keys())
      if (!expected.has(name))
        throw damaged(this.file, `it has a file ${name} that its manifest does not name.`);
    let done = 0;
    for (const file of files) {
      await this.checkFile(file, (bytes) => {
        done += bytes;
        onProgress(done / all, file.path);
      });
    }
    const seal = await readSeal(this.file, "backup");
    if (seal === null) throw damaged(this.file, "it doesn't end in the seal that Rollcall puts there.");
    if (seal.manifestSha256 !== this.manifestSha256) throw damaged(this.file, `${MANIFEST} was changed.`);
    if (!(await seal.intact())) throw damaged(this.file, "bytes outside its files were changed.");
  }

  private async checkFile({ path, bytes, sha256 }: ManifestFile, onBytes: (bytes: number) => void) {
    const read = await digestEntry(this.zip, this.entry(path), bytes, (chunk) => onBytes(chunk.length)).catch(
      (error: unknown) => {
        throw error instanceof BackupProblem
          ? error
          : damaged(this.file, `${path} can't be read (${messageOf(error)}).`);
      },
    );
    if (read.overrun || read.bytes !== bytes)
      throw damaged(this.file, `${path} has not the ${bytes} bytes it had.`);
    if (read.sha256 !== sha256) throw damaged(this.file, `${path} was changed.`);
  }

  private entry(path: string): Entry {
    const entry = this.entries.get(path);
    if (entry === undefined) throw damaged(this.file, `${path} is missing.`);
    return entry;
  }

  /** The bytes of one of its files, decompressed. */
  read(path: string): AsyncGenerator<Buffer> {
    return readEntry(this.zip, this.entry(path));
  }

  close(): void {
    this.zip.close();
  }
}

async function readManifest(file: string, zip: ZipFile, entry: Entry | undefined) {
  if (entry === undefined)
    throw new BackupProblem("not-readable", `${file} is no backup of Rollcall: it has no ${MANIFEST}.`);
  const chunks: Buffer[] = [];
  let value: unknown;
  let sha256: string;
  try {
    const read = await digestEntry(zip, entry, MAX_MANIFEST_BYTES, (chunk) => chunks.push(chunk));
    if (read.overrun) throw new Error(`more than ${MAX_MANIFEST_BYTES} bytes`);
    value = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    sha256 = read.sha256;
  } catch (error) {
    throw damaged(file, `${MANIFEST} can't be read (${messageOf(error)}).`);
  }
  const head = HeadSchema.safeParse(value);
  if (!head.success)
    throw new BackupProblem(
      "not-readable",
      `${file} is no backup of Rollcall: its ${MANIFEST} is another's.`,
    );
  const { formatVersion, rollcallVersion } = head.data;
  if (formatVersion > FORMAT_VERSION)
    throw new BackupProblem(
      "newer",
      `${file} was made by Rollcall ${printable(rollcallVersion)} in a newer format (${formatVersion}) than this version reads (${FORMAT_VERSION}). Restore it with that version or a newer one.`,
    );
  const manifest = ManifestSchema.safeParse(value);
  if (manifest.success) return { manifest: manifest.data, sha256 };
  const [issue] = manifest.error.issues;
  throw damaged(
    file,
    `${MANIFEST} is not as Rollcall writes it: ${issue?.path.join(".")}: ${issue?.message}.`,
  );
}
