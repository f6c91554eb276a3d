#!/usr/bin/env node
// @ts-check
/**
 * Checks an evidence pack of Rollcall. This one file needs Node.js 18 or newer and nothing else: no package, no network, no
 * database, and no trust in whoever made the pack or in the pack itself.
 *
 *     node verify.mjs PACK.zip [--key KEY]… [--against EARLIER.zip] [--checkpoint FILE] [--json]
 *
 * It reads, from top to bottom of this file: a zip (APPNOTE.TXT of PKWARE), a manifest and the rows of its files, signed notes
 * (C2SP signed-note, Ed25519), checkpoints (C2SP tlog-checkpoint), and the proofs of a Merkle tree (RFC 6962, RFC 9162).
 * It ends with 0 when all that it checks holds, with 1 when something does not, and with 2 when it could not be asked.
 */
import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { createReadStream, realpathSync } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { createInflateRaw } from "node:zlib";

/**
 * @typedef {{ file: string, problem: string }} Problem
 * @typedef {(file: string, problem: string) => void} Tell
 * @typedef {{ name: string, method: number, compressed: number, bytes: number, offset: number, rawName: Buffer }} Entry
 * @typedef {{ path: string, bytes: number, sha256: string, rows?: number, source?: string }} ListedFile
 * @typedef {{ origin: string, size: number, root: string }} Head `root` in base64
 * @typedef {{ name: string, id: string, publicKey: Buffer, text: string }} Key
 * @typedef {{ name: string, holds: boolean | null, proves: string, doesNotProve: string }} Check `holds` is null where it was
 *   not asked for, or could not be reached
 * @typedef {{ valid: boolean, problems: Problem[], checks: Check[], head: Head | null, keys: string[] }} Verification
 * @typedef {{ keys?: readonly string[], against?: string, checkpoint?: string }} Wishes keys as their texts, the others as
 *   paths of files
 */

/** The pack's layout that this file knows. */
export const LAYOUT_VERSION = 2;
export const MANIFEST = "manifest.json";
export const SIGNATURE = "manifest.sig";
export const CHECKPOINT = "log/checkpoint";
export const INCLUSION = "log/inclusion.txt";
export const CONSISTENCY = "log/consistency.ndjson";
export const KEYS = "log/keys.txt";
/** The first line of what is signed of a manifest: no checkpoint can begin with it, as no origin has a space. */
export const SIGNED_MANIFEST = "rollcall evidence manifest";

/** Some hundred bytes a file: this is a manifest of tens of thousands of files. */
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;
/** A signed note, a list of keys: a few hundred bytes each. */
const MAX_NOTE_BYTES = 64 * 1024;
/** More files than any pack has, and the directory that they would need. */
const MAX_ENTRIES = 100_000;
const MAX_DIRECTORY_BYTES = 64 * 1024 * 1024;
/** Deflate makes at most 1,032 bytes of one: a zip that claims more has entries that overlap. */
const MAX_RATIO = 1032;
/** A record has at most 16 MiB, and JSON spells each of its bytes in six at most. */
const MAX_LINE_BYTES = 128 * 1024 * 1024;
/** Problems told of one file: after so many a reader knows, and a hostile pack can't fill the memory with them. */
const MAX_TOLD = 20;

/** A pack can't be asked about: there is no such file, or a key is none. The message is a sentence. */
export class CannotVerify extends Error {
  /** @override */
  name = "CannotVerify";
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** @param {...(string | Uint8Array)} parts */
const sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/**
 * A text from a file that is not trusted, fit for a terminal: control characters are spelt out.
 * @param {string} text
 */
const printable = (text) =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );

// ---------------------------------------------------------------------------------------------------------------- The zip

const END_BYTES = 22;
const END = 0x06054b50;
const END_64_LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const MAX_COMMENT = 0xffff;
const ALL_ONES_16 = 0xffff;
const ALL_ONES_32 = 0xffff_ffff;
const UNIX = 3;
const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

/** A zip file, read as hostile. */
class Zip {
  /**
   * @param {string} path
   * @param {import("node:fs/promises").FileHandle} handle
   * @param {number} size
   */
  constructor(path, handle, size) {
    this.path = path;
    this.handle = handle;
    this.size = size;
    /** Where the directory begins: no entry reaches beyond. */
    this.directory = size;
    this.comment = "";
  }

  /** @param {string} path @throws {CannotVerify} */
  static async open(path) {
    const facts = await stat(path).catch((error) => {
      throw new CannotVerify(
        error.code === "ENOENT"
          ? `There is no file ${path}. Check the path.`
          : `The file ${path} can't be read: ${messageOf(error)}.`,
      );
    });
    if (!facts.isFile()) throw new CannotVerify(`${path} is no file. Give the path of a pack.`);
    const handle = await open(path, "r").catch((error) => {
      throw new CannotVerify(`The file ${path} can't be read: ${messageOf(error)}.`);
    });
    return new Zip(path, handle, facts.size);
  }

  /** @param {number} offset @param {number} length */
  async bytes(offset, length) {
    if (offset < 0 || length < 0 || offset + length > this.size)
      throw new Error("it points outside of the file");
    const { buffer, bytesRead } = await this.handle.read(Buffer.alloc(length), 0, length, offset);
    if (bytesRead < length) throw new Error("the file is shorter than it was");
    return buffer;
  }

  /** Where the directory is: from the end record, or from its 64-bit form where the numbers don't fit. */
  async findDirectory() {
    const tail = await this.bytes(
      Math.max(0, this.size - END_BYTES - MAX_COMMENT),
      Math.min(this.size, END_BYTES + MAX_COMMENT),
    );
    for (let at = tail.length - END_BYTES; at >= 0; at--) {
      if (tail.readUInt32LE(at) !== END || at + END_BYTES + tail.readUInt16LE(at + 20) !== tail.length)
        continue;
      this.comment = tail.toString("latin1", at + END_BYTES);
      const end = this.size - tail.length + at;
      const found = {
        count: tail.readUInt16LE(at + 10),
        length: tail.readUInt32LE(at + 12),
        offset: tail.readUInt32LE(at + 16),
      };
      if (found.count !== ALL_ONES_16 && found.length !== ALL_ONES_32 && found.offset !== ALL_ONES_32)
        return { ...found, end };
      const locator = await this.bytes(end - 20, 20);
      if (locator.readUInt32LE(0) !== END_64_LOCATOR) return { ...found, end };
      const record = await this.bytes(Number(locator.readBigUInt64LE(8)), 56);
      if (record.readUInt32LE(0) !== END_64) throw new Error("its 64-bit end record is missing");
      const [count, length, offset] = [32, 40, 48].map((place) => Number(record.readBigUInt64LE(place)));
      return { count: count ?? 0, length: length ?? 0, offset: offset ?? 0, end };
    }
    throw new Error("it has no end record: it is no zip, or was cut off");
  }

  /**
   * The entries that may be read, by name; everything else is told.
   * @param {string} file what the zip is called
   * @param {Tell} tell
   */
  async entries(file, tell) {
    /** @type {Map<string, Entry>} */
    const entries = new Map();
    const { count, length, offset, end } = await this.findDirectory();
    if (count > MAX_ENTRIES || length > MAX_DIRECTORY_BYTES) {
      tell(file, `lists ${count} entries, more than any pack has.`);
      return entries;
    }
    this.directory = offset;
    const seen = new Set();
    try {
      if (offset + length > end) throw new Error("it reaches beyond its end");
      const bytes = await this.bytes(offset, length);
      let at = 0;
      for (let i = 0; i < count; i++) {
        if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY)
          throw new Error("it has fewer entries than it says");
        const next =
          at + 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
        if (next > bytes.length) throw new Error("an entry reaches beyond it");
        const { entry, fault } = readDirectoryEntry(bytes.subarray(at, next));
        // One for all names that some file system takes for the same: without case, each letter composed in one way.
        const folded = entry.name.normalize("NFC").toLowerCase();
        const problem = seen.has(folded)
          ? "is in the zip more than once, or differs from another name by its case only."
          : fault;
        seen.add(folded);
        if (problem === null) entries.set(entry.name, entry);
        else tell(entry.name, problem);
        at = next;
      }
      if (at !== bytes.length) throw new Error("it has more entries than it says");
    } catch (error) {
      tell(file, `has a directory that can't be read: ${messageOf(error)}.`);
    }
    return entries;
  }

  /**
   * The unpacked bytes of an entry.
   * @param {Entry} entry
   * @returns {Promise<AsyncIterable<Buffer>>}
   */
  async read(entry) {
    const header = await this.bytes(entry.offset, 30);
    if (header.readUInt32LE(0) !== LOCAL_HEADER) throw new Error("it has no header of its own");
    const nameLength = header.readUInt16LE(26);
    if (!(await this.bytes(entry.offset + 30, nameLength)).equals(entry.rawName))
      throw new Error("its header gives it another name");
    const start = entry.offset + 30 + nameLength + header.readUInt16LE(28);
    if (start + entry.compressed > this.directory) throw new Error("its bytes reach into the directory");
    if (entry.method === STORED && entry.compressed !== entry.bytes) throw new Error("its two sizes differ");
    if (entry.compressed === 0) return emptyBytes();
    const stored = createReadStream(this.path, { start, end: start + entry.compressed - 1 });
    if (entry.method === STORED) return stored;
    const inflated = createInflateRaw();
    stored.on("error", (error) => inflated.destroy(error));
    return stored.pipe(inflated);
  }

  /** The bytes of the zip before the last hash of its seal, hashed. @param {number} end */
  async hashUpTo(end) {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(this.path, { end: end - 1 })) hash.update(chunk);
    return hash.digest("hex");
  }

  close() {
    return this.handle.close();
  }
}

/** @returns {AsyncGenerator<Buffer>} */
async function* emptyBytes() {}

/** @param {Buffer} bytes one entry of the directory */
function readDirectoryEntry(bytes) {
  const flags = bytes.readUInt16LE(8);
  const nameLength = bytes.readUInt16LE(28);
  const rawName = Buffer.from(bytes.subarray(46, 46 + nameLength));
  const name = rawName.toString("utf8");
  /** @type {Entry} */
  const entry = {
    name,
    rawName,
    method: bytes.readUInt16LE(10),
    compressed: bytes.readUInt32LE(20),
    bytes: bytes.readUInt32LE(24),
    offset: bytes.readUInt32LE(42),
  };
  readZip64(entry, bytes.subarray(46 + nameLength, 46 + nameLength + bytes.readUInt16LE(30)));
  const mode = bytes.readUInt32LE(38) >>> 16;
  const type = mode & FILE_TYPE;
  const leadsOut = name.includes("\\") || /^(?:[a-zA-Z]:|\/)/u.test(name) || name.split("/").includes("..");
  /** @type {string | null} */
  let fault = null;
  if (leadsOut) fault = "has a name that leads out of the folder it is unpacked to.";
  else if (name.endsWith("/")) fault = "is a folder; a pack holds files only.";
  else if (bytes.readUInt16LE(4) >>> 8 === UNIX && type !== 0 && type !== REGULAR)
    fault = "is a link or a device; a pack holds ordinary files only.";
  else if (flags & ENCRYPTED) fault = "is encrypted; a pack is not.";
  else if (entry.method !== STORED && entry.method !== DEFLATED)
    fault = "is compressed by a method that Rollcall does not use.";
  return { entry, fault };
}

/** Sizes and places that don't fit into 32 bits stand in an extra field. @param {Entry} entry @param {Buffer} extra */
function readZip64(entry, extra) {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    let place = 0;
    for (const key of /** @type {const} */ (["bytes", "compressed", "offset"])) {
      if (entry[key] !== ALL_ONES_32 || place + 8 > field.length) continue;
      entry[key] = Number(field.readBigUInt64LE(place));
      place += 8;
    }
  }
}

/**
 * An entry's bytes and their hash; reading stops beyond `limit`, and null is returned.
 * @param {Zip} zip @param {Entry} entry @param {number} limit @param {(chunk: Buffer) => void} each
 */
async function digest(zip, entry, limit, each) {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of await zip.read(entry)) {
    bytes += chunk.length;
    if (bytes > limit) return null;
    hash.update(chunk);
    each(chunk);
  }
  if (bytes !== entry.bytes)
    throw new Error(`it unpacks to ${bytes} bytes, and the zip's directory says ${entry.bytes}`);
  return { bytes, sha256: hash.digest("hex") };
}

/**
 * A small file whole. @param {Zip} zip @param {Entry} entry @param {number} limit bytes
 * @throws when it is larger, or damaged
 */
async function whole(zip, entry, limit) {
  /** @type {Buffer[]} */
  const chunks = [];
  const read = await digest(zip, entry, limit, (chunk) => chunks.push(chunk));
  if (read === null) throw new Error(`it is larger than ${limit} bytes, more than any pack's`);
  return { content: Buffer.concat(chunks), sha256: read.sha256 };
}

const SEAL =
  /^Rollcall evidence\. SHA-256 of manifest\.json: ([0-9a-f]{64})\. SHA-256 of all bytes before this hash: ([0-9a-f]{64})$/u;

/**
 * The zip's comment holds the hash of the manifest, and of every byte before that hash.
 * @param {Zip} zip @param {string} name @param {string} manifestSha256 @param {Problem[]} problems @param {Tell} tell
 */
async function checkSeal(zip, name, manifestSha256, problems, tell) {
  const [, manifest, all] = SEAL.exec(zip.comment) ?? [];
  if (manifest === undefined)
    tell(name, "does not end in the comment that Rollcall puts there: it was packed again, or cut off.");
  else if (manifest !== manifestSha256)
    tell(MANIFEST, `was changed: its SHA-256 is ${manifestSha256}; the zip's comment says ${manifest}.`);
  // Any other problem changes the zip's hash too, and says more.
  else if (problems.length === 0 && (await zip.hashUpTo(zip.size - 64)) !== all)
    tell(name, "was changed outside its files: in a header, the directory or the comment of the zip.");
}

// ----------------------------------------------------------------------------------------------------------- The manifest

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @param {unknown} value */
const isCount = (value) => Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;
/** @param {unknown} value */
const isText = (value) => typeof value === "string";
/** @param {unknown} value */
const isSha256 = (value) => typeof value === "string" && /^[0-9a-f]{64}$/u.test(value);

/** What is wrong with the layout of a manifest; null when nothing is. @param {unknown} value */
function manifestFault(value) {
  if (!isObject(value)) return "it is no object";
  if (value.product !== "Rollcall") return "product is not Rollcall";
  if (value.layoutVersion !== LAYOUT_VERSION)
    return `layoutVersion is ${JSON.stringify(value.layoutVersion)}; this verifier reads ${LAYOUT_VERSION}`;
  const { log, reports, files } = value;
  for (const key of ["createdAt", "workspace", "asOf"]) if (!isText(value[key])) return `${key} is no text`;
  if (!isCount(value.records)) return "records is no number";
  if (!isObject(log) || !isText(log.origin) || !isCount(log.size) || !isSha256(log.root))
    return "log needs origin, size and root";
  if (
    !Array.isArray(reports) ||
    !reports.every((report) => isObject(report) && isText(report.name) && isCount(report.rows))
  )
    return "reports is no list of names with rows";
  if (!Array.isArray(files)) return "files is no list";
  for (const file of files) {
    if (!isObject(file) || !isText(file.path) || !isCount(file.bytes) || !isSha256(file.sha256))
      return "files has an entry without path, bytes and sha256";
    if (file.rows !== undefined && !isCount(file.rows)) return "files has an entry whose rows are no number";
  }
  return null;
}

/**
 * @param {Zip} zip @param {Entry | undefined} entry @param {Tell} tell
 * @returns {Promise<{ manifest: any, sha256: string } | null>}
 */
async function readManifest(zip, entry, tell) {
  if (entry === undefined) {
    tell(MANIFEST, "is missing: this is no evidence pack of Rollcall, or it was taken out.");
    return null;
  }
  try {
    const read = await whole(zip, entry, MAX_MANIFEST_BYTES);
    const manifest = JSON.parse(read.content.toString("utf8"));
    const fault = manifestFault(manifest);
    if (fault === null) return { manifest, sha256: read.sha256 };
    tell(MANIFEST, `is not laid out as a manifest of Rollcall: ${fault}.`);
  } catch (error) {
    tell(
      MANIFEST,
      error instanceof SyntaxError ? `is not JSON: ${error.message}.` : `can't be read: ${messageOf(error)}.`,
    );
  }
  return null;
}

// ------------------------------------------------------------------------------------------------------- Rows and records

const LF = 0x0a;
const QUOTE = 0x22;

/** Cuts chunks into lines; a line over the limit is handed over as null. */
class Lines {
  /** @param {(line: string | null, number: number) => void} onLine */
  constructor(onLine) {
    this.onLine = onLine;
    /** @type {Buffer[]} */
    this.held = [];
    this.length = 0;
    this.number = 0;
  }

  /** @param {Buffer} chunk */
  write(chunk) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      this.hold(chunk.subarray(start, end));
      this.flush();
      start = end + 1;
    }
    this.hold(chunk.subarray(start));
  }

  end() {
    if (this.length > 0) this.flush();
  }

  /** @param {Buffer} piece */
  hold(piece) {
    this.length += piece.length;
    if (this.length <= MAX_LINE_BYTES) this.held.push(piece);
    else this.held = [];
  }

  flush() {
    this.number += 1;
    this.onLine(
      this.length <= MAX_LINE_BYTES ? Buffer.concat(this.held).toString("utf8") : null,
      this.number,
    );
    this.held = [];
    this.length = 0;
  }
}

/** @param {string} text @returns {unknown} undefined where it is no JSON */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @typedef {{ write(chunk: Buffer): void, end(): number }} RowReader */

/** Elements of the list `rows` of a report, each on its own line. @param {(problem: string) => void} tell @returns {RowReader} */
function jsonRows(tell) {
  let state = "before";
  let rows = 0;
  const lines = new Lines((line, number) => {
    if (state === "before") {
      if (line === '"rows": [') state = "inside";
      if (line === '"rows": []' || line === '"rows": [],') state = "after";
    } else if (state === "inside") {
      if (line === "]" || line === "],") {
        state = "after";
        return;
      }
      rows += 1;
      if (line === null || parsed(line.endsWith(",") ? line.slice(0, -1) : line) === undefined)
        tell(`line ${number} is no row in JSON.`);
    }
  });
  return {
    write: (chunk) => lines.write(chunk),
    end: () => {
      lines.end();
      if (state !== "after") tell("has no complete list of rows, one row a line.");
      return rows;
    },
  };
}

/** Lines of a CSV but its header; a line break between quotes ends no row. @returns {RowReader} */
function csvRows() {
  let quoted = false;
  let ends = 0;
  return {
    write: (chunk) => {
      for (const byte of chunk) {
        if (byte === QUOTE) quoted = !quoted;
        else if (byte === LF && !quoted) ends += 1;
      }
    },
    end: () => Math.max(0, ends - 1),
  };
}

/**
 * The records of a file: the bytes of each against the hash beside them; each goes to `leaves` as a leaf of the log.
 * @param {(problem: string) => void} tell @param {Leaves} leaves
 * @returns {RowReader}
 */
function recordRows(tell, leaves) {
  let rows = 0;
  const lines = new Lines((line, number) => {
    rows += 1;
    const record = line === null ? undefined : parsed(line);
    if (!isRecord(record)) {
      tell(
        `line ${number} is no record: it needs source, format, fingerprint, sha256, leaf, and raw, rawBase64, withheld or removed.`,
      );
      return;
    }
    const { raw, rawBase64, source, format, fingerprint, leaf } = record;
    const bytes =
      raw !== undefined
        ? Buffer.from(raw)
        : rawBase64 !== undefined
          ? Buffer.from(rawBase64, "base64")
          : null;
    if (bytes !== null && sha256(bytes).toString("hex") !== record.sha256)
      tell(`line ${number}: the record ${fingerprint} does not have the SHA-256 that stands beside it.`);
    leaves.add(leaf, leafHash(JSON.stringify({ fingerprint, format, sha256: record.sha256, source })));
  });
  return {
    write: (chunk) => lines.write(chunk),
    end: () => {
      lines.end();
      return rows;
    },
  };
}

/** @param {unknown} value @returns {value is { source: string, format: string, fingerprint: string, sha256: string, leaf: number, raw?: string, rawBase64?: string }} */
function isRecord(value) {
  if (!isObject(value)) return false;
  const contents = [
    isText(value.raw),
    isText(value.rawBase64),
    isText(value.withheld),
    isObject(value.removed),
  ].filter(Boolean);
  return (
    isText(value.source) &&
    isText(value.format) &&
    isSha256(value.sha256) &&
    isCount(value.leaf) &&
    contents.length === 1 &&
    typeof value.fingerprint === "string" &&
    /^[0-9a-f]{40}$/u.test(value.fingerprint)
  );
}

/** What reads the rows of the file at `path`; null for a file that has none. @param {string} path @param {(problem: string) => void} tell @param {Leaves} leaves */
function rowReader(path, tell, leaves) {
  if (/^(?:reports|reviews)\/[^/]+\.json$/u.test(path)) return jsonRows(tell);
  if (/^(?:(?:reports|reviews)\/[^/]+|audit)\.csv$/u.test(path)) return csvRows();
  if (/^records\/[^/]+\.ndjson$/u.test(path)) return recordRows(tell, leaves);
  return null;
}

/**
 * One file against its line in the manifest: size, hash, rows.
 * @param {Zip} zip @param {Entry} entry @param {ListedFile} listed @param {Leaves} leaves @param {Tell} tell
 */
async function checkFile(zip, entry, listed, leaves, tell) {
  let told = 0;
  const problem = (/** @type {string} */ text) => {
    told += 1;
    if (told <= MAX_TOLD) tell(listed.path, text);
  };
  try {
    const rows = rowReader(listed.path, problem, leaves);
    const read = await digest(zip, entry, listed.bytes, (chunk) => rows?.write(chunk));
    if (read === null) {
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

/**
 * @param {Zip} zip @param {Map<string, Entry>} entries @param {{ files: ListedFile[] }} manifest @param {Leaves} leaves
 * @param {Tell} tell
 * @returns {Promise<boolean>} whether they could be read
 */
async function checkFiles(zip, entries, { files }, leaves, tell) {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  if (total > zip.size * MAX_RATIO) {
    tell(MANIFEST, `lists ${total} bytes, more than a zip of ${zip.size} bytes can hold.`);
    return false;
  }
  const listed = new Set([MANIFEST, SIGNATURE]);
  for (const file of files) {
    const entry = entries.get(file.path);
    if (listed.has(file.path)) tell(file.path, "is in the manifest more than once.");
    else if (entry === undefined) tell(file.path, "is in the manifest and not in the zip.");
    else await checkFile(zip, entry, file, leaves, tell);
    listed.add(file.path);
  }
  for (const name of entries.keys())
    if (!listed.has(name)) tell(name, "is in the zip and not in the manifest.");
  return true;
}

/** What the manifest says at one place against what it says at another. @param {any} manifest @param {Tell} tell */
function checkCounts({ reports, records, files }, tell) {
  const rows = new Map(files.map((/** @type {ListedFile} */ file) => [file.path, file.rows]));
  for (const report of reports)
    for (const path of [`reports/${report.name}.json`, `reports/${report.name}.csv`])
      if (rows.get(path) !== report.rows)
        tell(
          path,
          `has ${rows.get(path) ?? "no"} rows; the manifest says that the report has ${report.rows}.`,
        );
  const listed = files
    .filter((/** @type {ListedFile} */ file) => file.path.startsWith("records/"))
    .reduce((/** @type {number} */ sum, /** @type {ListedFile} */ file) => sum + (file.rows ?? 0), 0);
  if (listed !== records)
    tell(MANIFEST, `says that the pack has ${records} records, and lists files with ${listed}.`);
}

// ------------------------------------------------------------------------------------------- Signed notes and checkpoints

const ED25519 = 1;
/** What precedes the 32 bytes of an Ed25519 key in its usual wrapping (RFC 8410). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** The id of a key: four bytes by which signatures are told apart (C2SP signed-note). @param {string} name @param {Uint8Array} typed type and public key */
const keyId = (name, typed) => sha256(`${name}\n`, typed).subarray(0, 4).toString("hex");

/**
 * Reads a key as it is handed out: NAME+ID+BASE64 (C2SP signed-note, "verifier keys").
 * @param {string} text
 * @returns {Key}
 * @throws {CannotVerify}
 */
export function readKey(text) {
  const [, name = "", id = "", encoded = ""] =
    /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u.exec(text.trim()) ?? [];
  const typed = Buffer.from(encoded, "base64");
  if (typed.length !== 33 || typed[0] !== ED25519 || keyId(name, typed) !== id)
    throw new CannotVerify(
      `"${printable(text.trim())}" is no key: it is NAME+ID+KEY in one line, as "rollcall evidence key" prints it.`,
    );
  return { name, id, publicKey: typed.subarray(1), text: text.trim() };
}

/**
 * Divides a signed note into its text and its signatures.
 * @param {string} note
 * @returns {{ text: string, signatures: { name: string, id: string, signature: Buffer }[] } | null} null where it is none
 */
function readNote(note) {
  const at = note.lastIndexOf("\n\n");
  if (at < 0 || !note.endsWith("\n")) return null;
  const signatures = [];
  for (const line of note.slice(at + 2, -1).split("\n")) {
    const [, name = "", encoded = ""] = /^— ([^+\s]+) ([A-Za-z0-9+/]+=*)$/u.exec(line) ?? [];
    const bytes = Buffer.from(encoded, "base64");
    if (bytes.length <= 4) return null;
    signatures.push({ name, id: bytes.subarray(0, 4).toString("hex"), signature: bytes.subarray(4) });
  }
  return { text: note.slice(0, at + 1), signatures };
}

/**
 * Which of the keys have signed a note. A signature by another key says nothing.
 * @param {string} note @param {readonly Key[]} keys
 * @returns {{ text: string, by: Key[], forged: Key[] } | null} `forged`: keys whose signature is there and wrong
 */
export function openNote(note, keys) {
  const read = readNote(note);
  if (read === null) return null;
  /** @type {Key[]} */
  const by = [];
  /** @type {Key[]} */
  const forged = [];
  for (const { name, id, signature } of read.signatures) {
    const key = keys.find((one) => one.name === name && one.id === id);
    if (key === undefined) continue;
    const publicKey = createPublicKey({
      key: Buffer.concat([SPKI, key.publicKey]),
      format: "der",
      type: "spki",
    });
    (verifySignature(null, Buffer.from(read.text), publicKey, signature) ? by : forged).push(key);
  }
  return { text: read.text, by, forged };
}

/** Reads the text of a checkpoint. @param {string} text @returns {Head | null} */
export function readCheckpoint(text) {
  const [, origin = "", size = "", root = ""] =
    /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n/u.exec(text) ?? [];
  return root === "" ? null : { origin, size: Number(size), root };
}

/**
 * Opens a signed note and tells when no key of those asked for has signed it.
 * @param {string} file @param {string} note @param {readonly Key[]} keys @param {Tell} tell
 */
function signedText(file, note, keys, tell) {
  const opened = openNote(note, keys);
  if (opened === null) tell(file, "is no signed note.");
  else if (opened.forged.length > 0)
    tell(
      file,
      `has a signature of the key ${opened.forged[0]?.text} that is not true: it was changed after it was signed, or belongs to another.`,
    );
  else if (opened.by.length === 0) {
    const others = readNote(note)
      ?.signatures.map(({ name, id }) => `${name}+${id}`)
      .join(", ");
    tell(
      file,
      `is not signed by ${keys.map((key) => `${key.name}+${key.id}`).join(" or ")}; it names the keys ${others}.`,
    );
  } else return opened.text;
  return null;
}

// -------------------------------------------------------------------------------------------------------- The Merkle tree

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** RFC 6962 §2.1. @param {string | Uint8Array} entry */
const leafHash = (entry) => sha256(LEAF, entry);
/** @param {Uint8Array} left @param {Uint8Array} right */
const nodeHash = (left, right) => sha256(NODE, left, right);

/** The largest power of two below `n`, where a tree of `n` leaves is divided. @param {number} n */
function splitOf(n) {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The leaves that a pack has, by their place in the log. */
class Leaves {
  /** @type {number[]} */
  places = [];
  /** @type {Buffer[]} */
  blocks = [];

  /** @param {number} place @param {Buffer} hash */
  add(place, hash) {
    const at = this.places.length % 4096;
    if (at === 0) this.blocks.push(Buffer.alloc(4096 * 32));
    this.blocks.at(-1)?.set(hash, at * 32);
    this.places.push(place);
  }

  /** In the order of the log. */
  sorted() {
    const order = Uint32Array.from(this.places.keys()).sort(
      (a, b) => (this.places[a] ?? 0) - (this.places[b] ?? 0),
    );
    const places = Float64Array.from(order, (at) => this.places[at] ?? 0);
    const hash = (/** @type {number} */ i) => {
      const at = order[i] ?? 0;
      return /** @type {Buffer} */ (this.blocks[Math.floor(at / 4096)]).subarray(
        (at % 4096) * 32,
        (at % 4096) * 32 + 32,
      );
    };
    return { places, hash };
  }
}

/**
 * The root of a tree of which some leaves are known, and of the rest the largest nodes without any of them, from left to right.
 * @param {number} size @param {Float64Array} places of the known leaves, rising
 * @param {(i: number) => Uint8Array} hashOf the i-th of them @param {readonly Uint8Array[]} others
 * @returns {Uint8Array} @throws when there are more or fewer nodes than needed
 */
function rootOf(size, places, hashOf, others) {
  let known = 0;
  let other = 0;
  /** @type {(from: number, to: number) => Uint8Array} */
  const node = (from, to) => {
    const next = places[known];
    if (next === undefined || next >= to) {
      const hash = others[other++];
      if (hash === undefined)
        throw new Error("it has fewer hashes than the log has gaps between the pack's records");
      return hash;
    }
    if (to - from === 1) return hashOf(known++);
    const middle = from + splitOf(to - from);
    const left = node(from, middle);
    return nodeHash(left, node(middle, to));
  };
  const root = size === 0 ? sha256() : node(0, size);
  if (other !== others.length)
    throw new Error("it has more hashes than the log has gaps between the pack's records");
  return root;
}

/**
 * Whether a proof shows that a tree begins with an earlier one (RFC 9162 §2.1.4.2).
 * @param {{ size: number, root: string }} before @param {{ size: number, root: string }} after roots in base64
 * @param {readonly Uint8Array[]} proof
 */
export function isConsistent(before, after, proof) {
  if (before.size > after.size) return false;
  if (before.size === after.size) return proof.length === 0 && before.root === after.root;
  if (before.size === 0) return proof.length === 0 && before.root === sha256().toString("base64");
  let fn = before.size - 1;
  let sn = after.size - 1;
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  const path = fn === 0 ? [Buffer.from(before.root, "base64"), ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined) return false;
  /** @type {Uint8Array} */
  let old = first;
  /** @type {Uint8Array} */
  let now = first;
  for (const hash of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      old = nodeHash(hash, old);
      now = nodeHash(hash, now);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else now = nodeHash(now, hash);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return (
    sn === 0 &&
    Buffer.from(old).toString("base64") === before.root &&
    Buffer.from(now).toString("base64") === after.root
  );
}

/** Lines of base64, each a hash; null where one is none. @param {string} text @returns {Buffer[] | null} */
function readHashes(text) {
  const hashes = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Buffer.from(line, "base64"));
  return hashes.every((hash) => hash.length === 32) ? hashes : null;
}

/**
 * Whether the records of the pack are leaves of the log that the checkpoint is of.
 * @param {Head} head @param {Leaves} leaves @param {string} nodes the text of the inclusion file @param {Tell} tell
 */
function checkInclusion(head, leaves, nodes, tell) {
  const { places, hash } = leaves.sorted();
  const twice = places.findIndex((place, i) => i > 0 && place === places[i - 1]);
  if (twice >= 0)
    return tell(INCLUSION, `does not fit: two records say that they are leaf ${places[twice]} of the log.`);
  const last = places.at(-1);
  if (last !== undefined && last >= head.size)
    return tell(INCLUSION, `does not fit: a record says that it is leaf ${last} of a log of ${head.size}.`);
  const others = readHashes(nodes);
  if (others === null) return tell(INCLUSION, "has a line that is no hash in base64.");
  try {
    if (Buffer.from(rootOf(head.size, places, hash, others)).toString("base64") === head.root) return;
    tell(
      INCLUSION,
      "does not lead from the pack's records to the root of the checkpoint: a record was added, dropped, changed or moved, or this is the proof of another log.",
    );
  } catch (error) {
    tell(INCLUSION, `does not fit the records: ${messageOf(error)}.`);
  }
}

/**
 * Reads the earlier heads of the log, each with its proof.
 * @param {string} text @param {Head} head of the pack @param {readonly Key[]} keys @param {Tell} tell
 * @returns {Map<number, string>} roots by size
 */
function checkConsistency(text, head, keys, tell) {
  /** @type {Map<number, string>} */
  const roots = new Map([[head.size, head.root]]);
  for (const [i, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const value = parsed(line);
    const proof =
      isObject(value) && Array.isArray(value.proof) && value.proof.every(isText)
        ? readHashes(value.proof.join("\n"))
        : null;
    if (!isObject(value) || proof === null || typeof value.checkpoint !== "string") {
      tell(CONSISTENCY, `line ${i + 1} is no checkpoint with a proof.`);
      continue;
    }
    const earlier = signedHead(`${CONSISTENCY} line ${i + 1}`, value.checkpoint, keys, tell, true);
    if (earlier === null) continue;
    if (earlier.origin !== head.origin || !isConsistent(earlier, head, proof))
      tell(
        CONSISTENCY,
        `line ${i + 1} does not prove that the log continues the one of ${earlier.size} records that was signed before: it was changed or forked since, or this is another log.`,
      );
    else roots.set(earlier.size, earlier.root);
  }
  return roots;
}

/**
 * The head that a signed checkpoint names.
 * @param {string} file @param {string} note @param {readonly Key[]} keys @param {Tell} tell
 * @param {boolean} anyKey take it also when only a key that is not known has signed it, as one that was replaced since
 */
function signedHead(file, note, keys, tell, anyKey = false) {
  const opened = openNote(note, keys);
  const text =
    anyKey && opened !== null && opened.forged.length === 0
      ? opened.text
      : signedText(file, note, keys, tell);
  if (text === null) return null;
  const head = readCheckpoint(text);
  if (head === null) tell(file, "is no checkpoint: it needs an origin, a size and a root.");
  return head;
}

// ------------------------------------------------------------------------------------------------------- All of it together

const CHECKS = {
  files: {
    name: "Files",
    proves:
      "Every file is there once, with the size, SHA-256 and rows that the manifest says, and no other file is; no byte of the zip differs from what was exported.",
    doesNotProve:
      "Who made the pack: somebody who rewrites all of it can make the hashes fit. The signature answers that.",
  },
  records: {
    name: "Records",
    proves:
      "Each record's bytes have the SHA-256 that was taken when the record arrived. Of a record that was removed or is withheld, the hash stands alone.",
    doesNotProve: "That what a source wrote is true.",
  },
  signature: {
    name: "Signature",
    proves: "Whoever holds the key signed this manifest and this state of the log.",
    doesNotProve:
      "Whose key it is. Get the key's text from its holder by another way and give it with --key.",
  },
  inclusion: {
    name: "Inclusion",
    proves: "Every record in the pack is in the log whose root was signed, at the place that it names.",
    doesNotProve:
      "That the pack has every record of the log (its scope leaves others out), or that every source sent everything: the manifest names sources, intervals, gaps and rejected records.",
  },
  consistency: {
    name: "Consistency",
    proves:
      "The log continues, unchanged, each of the earlier states that were signed and are listed in the pack.",
    doesNotProve:
      "That nobody was shown another log: compare with a pack or checkpoint that was kept elsewhere (--against, --checkpoint).",
  },
  against: {
    name: "Earlier pack",
    proves: "The log of this pack continues the log of the earlier one, unchanged.",
    doesNotProve: "That the two packs have the same scope.",
  },
  checkpoint: {
    name: "Checkpoint kept elsewhere",
    proves: "The log of this pack is the one that the checkpoint is of.",
    doesNotProve: "Anything of records that arrived after the pack was made.",
  },
};

/** @typedef {keyof typeof CHECKS} CheckName */

class Run {
  constructor() {
    /** @type {Problem[]} */
    this.problems = [];
    /** @type {Map<CheckName, boolean>} */
    this.done = new Map();
  }

  /** Counts a check as done, and as failed when it tells anything. @param {CheckName} name @returns {Tell} */
  check(name) {
    this.done.set(name, this.done.get(name) ?? true);
    return (file, problem) => {
      this.done.set(name, false);
      this.problems.push({ file: printable(file), problem: printable(problem) });
    };
  }

  /** @param {Head | null} head @param {readonly Key[]} keys @returns {Verification} */
  result(head, keys) {
    const checks = Object.entries(CHECKS).map(([name, words]) => ({
      ...words,
      holds: this.done.get(/** @type {CheckName} */ (name)) ?? null,
    }));
    return {
      valid: this.problems.length === 0,
      problems: this.problems,
      checks,
      head,
      keys: keys.map((key) => key.text),
    };
  }
}

/** @param {Zip} zip @param {Map<string, Entry>} entries @param {string} name @param {number} limit @param {Tell} tell */
async function textOf(zip, entries, name, limit, tell) {
  const entry = entries.get(name);
  // What the manifest lists and the zip lacks is told already.
  if (entry === undefined) {
    tell(name, "is missing.");
    return null;
  }
  try {
    return (await whole(zip, entry, limit)).content.toString("utf8");
  } catch (error) {
    tell(name, `can't be read: ${messageOf(error)}.`);
    return null;
  }
}

/** The keys that the pack itself names. @param {string | null} text @param {Tell} tell */
function keysOf(text, tell) {
  /** @type {Key[]} */
  const keys = [];
  for (const line of text?.split("\n") ?? []) {
    if (line === "" || line.startsWith("#")) continue;
    try {
      keys.push(readKey(line));
    } catch (error) {
      tell(KEYS, messageOf(error));
    }
  }
  return keys;
}

/** @param {any} manifest @param {string} manifestSha256 @param {Head} head @param {string} signed @param {Tell} tell */
function checkSigned(manifest, manifestSha256, head, signed, tell) {
  const { origin, size, root } = manifest.log;
  if (
    origin !== head.origin ||
    size !== head.size ||
    root !== Buffer.from(head.root, "base64").toString("hex")
  )
    tell(
      CHECKPOINT,
      `is of the log ${head.origin} with ${head.size} records; the manifest names ${origin} with ${size}${size === head.size ? ", and another root" : ""}.`,
    );
  const [first, of, sha256] = signed.split("\n");
  if (first !== SIGNED_MANIFEST) tell(SIGNATURE, "signs something else than a manifest.");
  else if (of !== origin) tell(SIGNATURE, `is of the log ${of}; the manifest names ${origin}.`);
  else if (sha256 !== manifestSha256)
    tell(SIGNATURE, `is of another manifest, with the SHA-256 ${sha256}; this one has ${manifestSha256}.`);
}

/**
 * @param {Run} run @param {string} path of the earlier pack @param {Head} head @param {Map<number, string>} roots
 * @param {readonly string[]} keys
 */
async function checkAgainst(run, path, head, roots, keys) {
  const tell = run.check("against");
  const earlier = await verifyPack(path, { keys });
  for (const { file, problem } of earlier.problems) tell(`${basename(path)}: ${file}`, problem);
  if (earlier.head !== null) checkContinues(earlier.head, head, roots, basename(path), tell);
}

/** @param {Head} earlier @param {Head} head @param {Map<number, string>} roots @param {string} file @param {Tell} tell */
function checkContinues(earlier, head, roots, file, tell) {
  if (earlier.origin !== head.origin)
    tell(file, `is of another log, ${earlier.origin}; the pack is of ${head.origin}.`);
  else if (earlier.size > head.size)
    tell(
      file,
      `is of a later state of the log, with ${earlier.size} records; the pack's has ${head.size}. Either it was made later than the pack, or the log was cut off.`,
    );
  else if (!roots.has(earlier.size))
    tell(
      file,
      `is of the log with ${earlier.size} records, and the pack has no proof from there: export the pack again, it will have one if that checkpoint was Rollcall's.`,
    );
  else if (roots.get(earlier.size) !== earlier.root)
    tell(
      file,
      `has another root for the first ${earlier.size} records: the log was changed or forked since.`,
    );
}

/**
 * Checks a pack. Whatever a file holds is never thrown but told as a problem. Memory grows by some fifty bytes a record.
 * @param {string} path of the pack
 * @param {Wishes} [wishes]
 * @returns {Promise<Verification>}
 * @throws {CannotVerify} when the file can't be opened or a key is none
 */
export async function verifyPack(path, wishes = {}) {
  const given = (wishes.keys ?? []).map(readKey);
  const kept =
    wishes.checkpoint === undefined
      ? null
      : await readFile(wishes.checkpoint, "utf8").catch((error) => {
          throw new CannotVerify(`The checkpoint ${wishes.checkpoint} can't be read: ${messageOf(error)}.`);
        });
  const run = new Run();
  const name = basename(path);
  const zip = await Zip.open(path);
  try {
    const files = run.check("files");
    const entries = await zip.entries(name, files).catch((error) => {
      files(name, `is not a zip file that can be read: ${messageOf(error)}.`);
      return null;
    });
    const found = entries === null ? null : await readManifest(zip, entries.get(MANIFEST), files);
    if (entries === null || found === null) return run.result(null, given);
    const { manifest, sha256: manifestSha256 } = found;
    const leaves = new Leaves();
    const records = run.check("records");
    const both = (/** @type {string} */ file, /** @type {string} */ problem) =>
      (file.startsWith("records/") && problem.startsWith("line ") ? records : files)(file, problem);
    if (!(await checkFiles(zip, entries, manifest, leaves, both))) return run.result(null, given);
    checkCounts(manifest, files);
    await checkSeal(zip, name, manifestSha256, run.problems, files);

    const signature = run.check("signature");
    const keys =
      given.length > 0
        ? given
        : keysOf(await textOf(zip, entries, KEYS, MAX_NOTE_BYTES, signature), signature);
    const note = await textOf(zip, entries, CHECKPOINT, MAX_NOTE_BYTES, signature);
    const signed = await textOf(zip, entries, SIGNATURE, MAX_NOTE_BYTES, signature);
    const head = note === null ? null : signedHead(CHECKPOINT, note, keys, signature);
    const signedManifest = signed === null ? null : signedText(SIGNATURE, signed, keys, signature);
    if (head === null) return run.result(null, keys);
    if (signedManifest !== null) checkSigned(manifest, manifestSha256, head, signedManifest, signature);

    const inclusion = run.check("inclusion");
    const limit = (/** @type {string} */ file) =>
      manifest.files.find((/** @type {ListedFile} */ one) => one.path === file)?.bytes ?? MAX_NOTE_BYTES;
    const nodes = await textOf(zip, entries, INCLUSION, limit(INCLUSION), inclusion);
    if (nodes !== null) checkInclusion(head, leaves, nodes, inclusion);

    const consistency = run.check("consistency");
    const earlier = await textOf(zip, entries, CONSISTENCY, limit(CONSISTENCY), consistency);
    const roots = checkConsistency(earlier ?? "", head, keys, consistency);
    if (wishes.against !== undefined) await checkAgainst(run, wishes.against, head, roots, wishes.keys ?? []);
    if (kept !== null) {
      const tell = run.check("checkpoint");
      const other = signedHead(basename(wishes.checkpoint ?? ""), kept, keys, tell, given.length === 0);
      if (other !== null) checkContinues(other, head, roots, basename(wishes.checkpoint ?? ""), tell);
    }
    return run.result(head, keys);
  } finally {
    await zip.close();
  }
}

/**
 * What there is to say of a verification, for a person.
 * @param {string} path @param {Verification} result @param {boolean} ownKeys whether keys were given, and not taken from the pack
 */
export function describe(path, { valid, problems, checks, head, keys }, ownKeys) {
  const lines = [valid ? `${path} is valid.` : `${path} is NOT valid:`];
  for (const { file, problem } of problems) lines.push(`  ${file}: ${problem}`);
  lines.push("");
  for (const { name, holds, proves, doesNotProve } of checks) {
    if (holds === null) continue;
    lines.push(
      `${holds ? "holds " : "FAILS "} ${name}`,
      `       proves          ${proves}`,
      `       does not prove  ${doesNotProve}`,
    );
  }
  if (head !== null) lines.push("", `Log    ${head.origin}, ${head.size} records, root ${head.root}`);
  for (const key of keys) lines.push(`Key    ${key}`);
  if (head !== null && !ownKeys)
    lines.push(
      "       The key is the one that stands in the pack itself. Ask its holder for it by another way, compare, or give it with --key.",
    );
  return lines.map((line) => printable(line)).join("\n");
}

/** @param {readonly string[]} args */
async function main(args) {
  /** @type {string[]} */
  const files = [];
  /** @type {{ keys: string[], against?: string, checkpoint?: string }} */
  const wishes = { keys: [] };
  let json = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--json") json = true;
    else if (arg === "--key") wishes.keys.push(args[++i] ?? "");
    else if (arg === "--against") wishes.against = args[++i] ?? "";
    else if (arg === "--checkpoint") wishes.checkpoint = args[++i] ?? "";
    else files.push(arg);
  }
  const [file] = files;
  if (file === undefined || files.length > 1)
    throw new CannotVerify(
      "Usage: node verify.mjs PACK.zip [--key KEY]… [--against EARLIER.zip] [--checkpoint FILE] [--json]",
    );
  const result = await verifyPack(file, wishes);
  console.log(json ? JSON.stringify(result, null, 2) : describe(file, result, wishes.keys.length > 0));
  return result.valid ? 0 : 1;
}

/** Whether Node was asked to run this very file. */
const isProgram = () => {
  try {
    return (
      basename(fileURLToPath(import.meta.url)) === "verify.mjs" &&
      realpathSync(process.argv[1] ?? "") === realpathSync(fileURLToPath(import.meta.url))
    );
  } catch {
    return false;
  }
};

if (isProgram())
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      console.error(error instanceof CannotVerify ? error.message : error);
      process.exitCode = 2;
    },
  );
