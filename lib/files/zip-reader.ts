/** The directory of a zip that somebody hands us, read as hostile: which entries may be opened, and what is wrong with the others. */
import { createHash } from "node:crypto";
import { type Entry, getFileNameLowLevel, validateFileName, type ZipFile } from "yauzl";

/** More than any zip of ours has (of evidence: two files a report, one for 64 MiB of records); a directory without end would fill the memory. */
const MAX_ENTRIES = 100_000;

const UNIX = 3;
const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;

/** One for all names that some file system takes for the same: without case, each letter composed in one way. */
const foldedName = (name: string): string => name.normalize("NFC").toLowerCase();

export type Tell = (file: string, problem: string) => void;

/** A name from a file that is not trusted, fit for a terminal: control characters are spelt out. */
export function printable(name: string): string {
  return name.replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** Why an entry is none that Rollcall writes, whatever its content; null when it is all right. */
function fault(entry: Entry, name: string): string | null {
  const unsafe = validateFileName(name);
  if (unsafe !== null) return "has a name that leads out of the folder it is unpacked to.";
  if (name.endsWith("/")) return "is a folder; a pack holds files only.";
  const mode = entry.externalFileAttributes >>> 16;
  const type = mode & FILE_TYPE;
  if (entry.versionMadeBy >>> 8 === UNIX && type !== 0 && type !== REGULAR)
    return "is a link or a device; a pack holds ordinary files only.";
  if (entry.isEncrypted()) return "is encrypted; a pack is not.";
  if (!entry.canDecodeFileData()) return "is compressed by a method that Rollcall does not use.";
  return null;
}

/** The entries that may be opened, by name. Everything else is told, and so is a directory that can't be read to its end. */
export async function readEntries(zip: ZipFile, file: string, tell: Tell): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const seen = new Set<string>();
  if (zip.entryCount > MAX_ENTRIES) {
    tell(file, `lists ${zip.entryCount} entries, more than any pack has.`);
    return entries;
  }
  try {
    for await (const entry of zip.eachEntry()) {
      const name = getFileNameLowLevel(
        entry.generalPurposeBitFlag,
        entry.fileNameRaw,
        entry.extraFields,
        true,
      );
      const folded = foldedName(name);
      const problem = seen.has(folded)
        ? "is in the zip more than once, or differs from another name by its case only."
        : fault(entry, name);
      seen.add(folded);
      if (problem === null) entries.set(name, entry);
      else tell(name, problem);
    }
  } catch (error) {
    tell(
      file,
      `has a directory that can't be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  return entries;
}

/**
 * The decompressed bytes of an entry.
 * @throws Error when the entry's own header names another file than the directory, or its data can't be decompressed.
 */
export async function* readEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const { fileName } = await zip.readLocalFileHeaderPromise(entry);
  if (!fileName.equals(entry.fileNameRaw)) throw new Error("its header gives it another name");
  const stream = await zip.openReadStreamPromise(entry);
  for await (const chunk of stream) yield chunk as Buffer;
}

/** The bytes of an entry and their hash; reading stops beyond `limit`, and `overrun` says so. */
export async function digestEntry(
  zip: ZipFile,
  entry: Entry,
  limit: number,
  each: (chunk: Buffer) => void = () => {},
) {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of readEntry(zip, entry)) {
    bytes += chunk.length;
    if (bytes > limit) return { overrun: true as const };
    hash.update(chunk);
    each(chunk);
  }
  return { overrun: false as const, bytes, sha256: hash.digest("hex") };
}
