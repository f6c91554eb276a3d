/**
 * Somebody alters a pack. First by somebody without the key, who makes all hashes fit; then by somebody who has the key and
 * signs it anew, so that only the log itself can tell. Each alteration is told, with the name of what is wrong.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { packed as packedAs, unpacked } from "../files/testing.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import type { SigningKey } from "../transparency/keys.ts";
import { checkpointText, signNote } from "../transparency/note.ts";
import {
  inputOf,
  KEY,
  keyText,
  logOf,
  manifestOf,
  ORIGIN,
  pack,
  record,
  sha256,
  signingKey,
} from "./fixtures.ts";
import type { Manifest, RecordLine } from "./manifest.ts";
import {
  CHECKPOINT,
  CONSISTENCY,
  INCLUSION,
  KEYS,
  MANIFEST,
  openNote,
  SIGNATURE,
  SIGNED_MANIFEST,
  verifyPack,
  type Wishes,
} from "./verify.mjs";

type Files = Map<string, Buffer>;

/** A log of eleven records, of which a pack holds those of one source. */
const ALL = Array.from({ length: 11 }, (_, i) => record(`{"uuid":"${i}"}`, i % 4 === 3 ? "entra" : "okta"));
const OKTA = "records/okta.ndjson";
const OTHER = signingKey();
const RECORDS_FILES = [OKTA, "records/entra.ndjson"];

let files: Files;
/** The same log as it was with seven records, and signed then. */
let earlier: Files;

const packOf = async (
  count: number,
  before: number[],
  keys: readonly SigningKey[] = [KEY],
  createdAt?: string,
) => unpacked(await pack(await inputOf(ALL.slice(0, count), 4, createdAt, { keys, before })));

beforeAll(async () => {
  files = await packOf(11, [7]);
  earlier = await packOf(7, []);
});

const textOf = (path: string, from: Files = files) => from.get(path)?.toString("utf8") ?? "";

/** Puts other content into a file, or takes it away. */
const changed = (changes: Record<string, string | Buffer | null>, from: Files = files): Files => {
  const result = new Map(from);
  for (const [path, content] of Object.entries(changes))
    if (content === null) result.delete(path);
    else result.set(path, Buffer.from(content));
  return result;
};

/** A manifest that agrees with its files again, but for what `change` does to it. */
function relisted(content: Files, change: (manifest: Manifest) => Manifest = (same) => same): Files {
  const manifest = manifestOf(content);
  const known = new Map(manifest.files.map((file) => [file.path, file]));
  const list = [...content].filter(([path]) => path !== MANIFEST && path !== SIGNATURE);
  const count = (path: string, bytes: Buffer) =>
    path.startsWith("records/") ? bytes.toString("utf8").split("\n").length - 1 : known.get(path)?.rows;
  const listed = list.map(([path, bytes]) => ({
    ...known.get(path),
    path,
    bytes: bytes.length,
    sha256: sha256(bytes),
    rows: count(path, bytes),
  }));
  const records = listed.reduce(
    (sum, { path, rows }) => sum + (path.startsWith("records/") ? (rows ?? 0) : 0),
    0,
  );
  const text = `${JSON.stringify(change({ ...manifest, records, files: listed }), null, 2)}\n`;
  return changed({ [MANIFEST]: text }, content);
}

/** Signs a manifest. */
const signed = (content: Files, keys: readonly SigningKey[], origin = ORIGIN): Files =>
  changed(
    {
      [SIGNATURE]: signNote(
        `${SIGNED_MANIFEST}\n${origin}\n${sha256(content.get(MANIFEST) ?? "")}\n`,
        origin,
        keys,
      ),
    },
    content,
  );

/** All that somebody with the key can do. */
const byInsider = (content: Files, change?: (manifest: Manifest) => Manifest): Files =>
  signed(relisted(content, change), [KEY]);

async function verify(content: Files | Buffer, wishes: Wishes = {}) {
  return inFolder(async (folder) => {
    const file = join(folder, "pack.zip");
    await writeFile(file, Buffer.isBuffer(content) ? content : await packedAs(content, "evidence"));
    return verifyPack(file, wishes);
  });
}

/** Verifies with other files beside the pack. */
const verifyBeside = (
  content: Files,
  beside: { against?: Files; checkpoint?: string },
  keys: string[] = [],
) =>
  inFolder(async (folder) => {
    const wishes: { keys: string[]; against?: string; checkpoint?: string } = { keys };
    if (beside.against !== undefined) {
      wishes.against = join(folder, "earlier.zip");
      await writeFile(wishes.against, await packedAs(beside.against, "evidence"));
    }
    if (beside.checkpoint !== undefined) {
      wishes.checkpoint = join(folder, "kept.txt");
      await writeFile(wishes.checkpoint, beside.checkpoint);
    }
    return verify(content, wishes);
  });

const lines = (path: string): string[] => textOf(path).trimEnd().split("\n");
const joined = (list: readonly string[]) => `${list.join("\n")}\n`;
const withLine = (path: string, at: number, change: (line: RecordLine) => RecordLine): string =>
  joined(
    lines(path).map((line, i) => (i === at ? JSON.stringify(change(JSON.parse(line) as RecordLine)) : line)),
  );

test("the pack itself is valid, with the key and without, against the earlier one and its checkpoint", async () => {
  const result = await verifyBeside(files, { against: earlier, checkpoint: textOf(CHECKPOINT, earlier) }, [
    keyText(KEY),
  ]);
  expect(result.problems).toEqual([]);
  expect(result.checks.map(({ name, holds }) => [name, holds])).toEqual(
    [
      "Files",
      "Records",
      "Signature",
      "Inclusion",
      "Consistency",
      "Earlier pack",
      "Checkpoint kept elsewhere",
    ].map((name) => [name, true]),
  );
  expect((await verify(files)).problems).toEqual([]);
});

/** What is done, which file is named, and some of the words. */
type Alteration = [what: string, () => Files, file: string, words: string];

/** By somebody without the key: the manifest is made to agree. */
const OUTSIDER: Alteration[] = [
  [
    "a record is changed, its hash too",
    () => relisted(changed({ [OKTA]: withLine(OKTA, 1, forgedRecord) })),
    SIGNATURE,
    "is of another manifest",
  ],
  [
    "a record is dropped",
    () => relisted(changed({ [OKTA]: joined(lines(OKTA).slice(1)) })),
    SIGNATURE,
    "is of another manifest",
  ],
  [
    "a row of a report is dropped",
    () => relisted(changed({ "reports/accounts.csv": joined(lines("reports/accounts.csv").slice(0, -1)) })),
    SIGNATURE,
    "is of another manifest",
  ],
  [
    "a file is dropped",
    () => relisted(changed({ "reports/dormant.csv": null })),
    SIGNATURE,
    "is of another manifest",
  ],
  [
    "a file is added",
    () => relisted(changed({ "reports/more.txt": "more" })),
    SIGNATURE,
    "is of another manifest",
  ],
  [
    "the manifest says another asOf",
    () => relisted(files, (manifest) => ({ ...manifest, asOf: "2026-05-01T00:00:00.000Z" })),
    SIGNATURE,
    "is of another manifest",
  ],
  [
    "the manifest says fewer rejected records",
    () =>
      relisted(files, (manifest) => ({
        ...manifest,
        sources: manifest.sources.map((source) => ({ ...source, rejected: 0, records: 99 })),
      })),
    SIGNATURE,
    "is of another manifest",
  ],
  ["the signature is taken away", () => changed({ [SIGNATURE]: null }), SIGNATURE, "is missing"],
  [
    "the signature is of an older manifest",
    () => changed({ [SIGNATURE]: textOf(SIGNATURE, earlier) }),
    SIGNATURE,
    "is of another manifest",
  ],
  [
    "a byte of the signature is changed",
    () => changed({ [SIGNATURE]: flipped(SIGNATURE) }),
    SIGNATURE,
    "that is not true",
  ],
  [
    "the signature is of something else",
    () => changed({ [SIGNATURE]: textOf(CHECKPOINT) }),
    SIGNATURE,
    "signs something else",
  ],
  [
    "the checkpoint is an older one",
    () => relisted(changed({ [CHECKPOINT]: textOf(CHECKPOINT, earlier) })),
    CHECKPOINT,
    "is of the log",
  ],
  [
    "the checkpoint's size is changed",
    () => relisted(changed({ [CHECKPOINT]: textOf(CHECKPOINT).replace("\n11\n", "\n12\n") })),
    CHECKPOINT,
    "that is not true",
  ],
  [
    "the checkpoint is no note",
    () => relisted(changed({ [CHECKPOINT]: "hello\n" })),
    CHECKPOINT,
    "is no signed note",
  ],
  [
    "the pack is signed with another key, which stands in it",
    () => signedByOther(),
    CHECKPOINT,
    "is not signed by",
  ],
];

function forgedRecord(line: RecordLine): RecordLine {
  const raw = '{"uuid":"forged"}';
  return { ...line, raw, sha256: sha256(raw) };
}

/** One character of the first signature is another. */
function flipped(path: string): string {
  const text = textOf(path);
  const at = text.lastIndexOf(" ") + 20;
  return text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
}

/** The whole pack as somebody makes it who has a key of his own. */
function signedByOther(): Files {
  const head = openNote(textOf(CHECKPOINT), [])?.text ?? "";
  return signed(
    relisted(changed({ [CHECKPOINT]: signNote(head, ORIGIN, [OTHER]), [KEYS]: `${keyText(OTHER)}\n` })),
    [OTHER],
  );
}

/** By somebody with the key, who signs what he made: only the log's root, signed before, is against it. */
const INSIDER: Alteration[] = [
  [
    "a record is changed, its hash too",
    () => byInsider(changed({ [OKTA]: withLine(OKTA, 1, forgedRecord) })),
    INCLUSION,
    "does not lead from the pack's records",
  ],
  [
    "a record's bytes are changed alone",
    () => byInsider(changed({ [OKTA]: withLine(OKTA, 1, (line) => ({ ...line, raw: "{}" })) })),
    OKTA,
    "line 2: the record",
  ],
  [
    "a record is dropped",
    () => byInsider(changed({ [OKTA]: joined(lines(OKTA).slice(1)) })),
    INCLUSION,
    "does not fit the records",
  ],
  [
    "a record is added behind the end",
    () => byInsider(changed({ [OKTA]: joined([...lines(OKTA), newLine(11)]) })),
    INCLUSION,
    "leaf 11 of a log of 11",
  ],
  [
    "a record is added in another's place",
    () => byInsider(changed({ [OKTA]: joined([...lines(OKTA), newLine(2)]) })),
    INCLUSION,
    "two records say that they are leaf 2",
  ],
  [
    "two records change places in the log",
    () => byInsider(changed({ [OKTA]: swappedLeaves() })),
    INCLUSION,
    "does not lead from the pack's records",
  ],
  [
    "a record is given another source",
    () => byInsider(changed({ [OKTA]: withLine(OKTA, 0, (line) => ({ ...line, source: "entra" })) })),
    INCLUSION,
    "does not lead from the pack's records",
  ],
  [
    "a record is given another format",
    () => byInsider(changed({ [OKTA]: withLine(OKTA, 0, (line) => ({ ...line, format: "entra" })) })),
    INCLUSION,
    "does not lead from the pack's records",
  ],
  [
    "a record is given another fingerprint",
    () =>
      byInsider(changed({ [OKTA]: withLine(OKTA, 0, (line) => ({ ...line, fingerprint: "0".repeat(40) })) })),
    INCLUSION,
    "does not lead from the pack's records",
  ],
  [
    "a record is said to be removed, with another hash",
    () => byInsider(changed({ [OKTA]: joined([removedLine(), ...lines(OKTA).slice(1)]) })),
    INCLUSION,
    "does not lead from the pack's records",
  ],
  [
    "a source's records are dropped, with a proof of old hashes",
    () =>
      byInsider(
        changed({ "records/entra.ndjson": null, [INCLUSION]: joined([Buffer.alloc(32).toString("base64")]) }),
      ),
    INCLUSION,
    "does not fit the records",
  ],
  [
    "a hash of the proof is changed",
    () => byInsider(changed({ "records/entra.ndjson": null, [INCLUSION]: joined(["x"]) })),
    INCLUSION,
    "has a line that is no hash",
  ],
  [
    "the log is cut off and signed again",
    () => byInsider(changed({ [CHECKPOINT]: textOf(CHECKPOINT, earlier) }), manifestOfEarlier),
    INCLUSION,
    "of a log of 7",
  ],
  [
    "the earlier heads' proof is changed",
    () => byInsider(changed({ [CONSISTENCY]: proofChanged() })),
    CONSISTENCY,
    "line 1 does not prove",
  ],
  [
    "an earlier head is forged",
    () => byInsider(changed({ [CONSISTENCY]: textOf(CONSISTENCY).replace("\\n7\\n", "\\n6\\n") })),
    `${CONSISTENCY} line 1`,
    "that is not true",
  ],
  [
    "the consistency file is no list of proofs",
    () => byInsider(changed({ [CONSISTENCY]: "{}\n" })),
    CONSISTENCY,
    "line 1 is no checkpoint",
  ],
  [
    "the manifest names another log",
    () =>
      byInsider(files, (manifest) => ({
        ...manifest,
        log: { ...manifest.log, origin: "rollcall/other/main" },
      })),
    CHECKPOINT,
    "is of the log",
  ],
  [
    "the manifest names another root",
    () => byInsider(files, (manifest) => ({ ...manifest, log: { ...manifest.log, root: "0".repeat(64) } })),
    CHECKPOINT,
    "another root",
  ],
  [
    "a report's JSON and CSV differ",
    () =>
      byInsider(
        changed({
          "reports/accounts.json": textOf("reports/accounts.json").replace(
            /,\n\{"application".*\n\]/u,
            "\n]",
          ),
        }),
      ),
    "reports/accounts.json",
    "rows; the manifest says",
  ],
  ["the keys' file is no list of keys", () => byInsider(changed({ [KEYS]: "a key\n" })), KEYS, "is no key"],
];

const newLine = (leaf: number): string =>
  JSON.stringify({ ...(JSON.parse(lines(OKTA)[0] ?? "") as RecordLine), ...lineOf("more"), leaf });
const lineOf = (text: string) => ({
  raw: text,
  sha256: sha256(text),
  fingerprint: sha256(text).slice(0, 40),
});

function removedLine(): string {
  const { raw: _, ...line } = JSON.parse(lines(OKTA)[0] ?? "") as RecordLine;
  return JSON.stringify({
    ...line,
    sha256: "0".repeat(64),
    removed: { at: "2026-01-01T00:00:00.000Z", why: "retention" },
  });
}

function swappedLeaves(): string {
  const [one, two, ...rest] = lines(OKTA).map((line) => JSON.parse(line) as RecordLine);
  if (!one || !two) throw new Error("no two records");
  return joined(
    [{ ...one, leaf: two.leaf }, { ...two, leaf: one.leaf }, ...rest].map((line) => JSON.stringify(line)),
  );
}

function manifestOfEarlier(manifest: Manifest): Manifest {
  return { ...manifest, log: manifestOf(earlier).log };
}

function proofChanged(): string {
  const line = JSON.parse(lines(CONSISTENCY)[0] ?? "") as { checkpoint: string; proof: string[] };
  return joined([
    JSON.stringify({ ...line, proof: line.proof.map(() => Buffer.alloc(32).toString("base64")) }),
  ]);
}

const named = (list: readonly Alteration[]) =>
  list.map(([what, alter, file, words]) => ({ what, alter, file, words }));

/** With the key of the true log given, where only that helps. */
const WITH_KEY = ["the pack is signed with another key, which stands in it"];

describe("altered by somebody without the key", () => {
  test.each(named(OUTSIDER))("$what: $file is named", async ({ what, alter, file, words }) => {
    const result = await verify(alter(), WITH_KEY.includes(what) ? { keys: [keyText(KEY)] } : {});
    expect(result.valid).toBe(false);
    expect(result.problems).toContainEqual({ file, problem: expect.stringContaining(words) });
  });

  test("and with a key of its own: without the true key nothing is wrong, and the answer says whose word that is", async () => {
    const result = await verify(signedByOther());
    // The earlier head is by the true key, which is not known then: it is not forged, only somebody else's.
    expect(result.valid).toBe(true);
    expect(result.keys).toEqual([keyText(OTHER)]);
  });

  test.each([
    ...RECORDS_FILES,
    "README.txt",
    "verify.mjs",
    CHECKPOINT,
    KEYS,
    CONSISTENCY,
    "reports/overview.json",
  ])("a byte of %s is changed: it is named", async (path) => {
    const content = Buffer.from(files.get(path) ?? "");
    content[0] = (content[0] ?? 0) ^ 1;
    expect((await verify(changed({ [path]: content }))).problems).toContainEqual({
      file: path,
      problem: expect.stringContaining("was changed: its SHA-256 is"),
    });
  });
});

describe("altered by somebody with the key", () => {
  test.each(named(INSIDER))("$what: $file is named", async ({ alter, file, words }) => {
    const result = await verify(alter());
    expect(result.valid).toBe(false);
    expect(result.problems).toContainEqual({ file, problem: expect.stringContaining(words) });
  });
});

describe("held against what was kept elsewhere", () => {
  /** A log that was rewritten from its third record on, and packs of it, all signed by the true key. */
  const forked = async (count: number, before: number[]) => {
    const others = ALL.map((one, i) => (i < 2 ? one : record(`{"uuid":"other ${i}"}`, one.source)));
    return unpacked(await pack(await inputOf(others.slice(0, count), 4, undefined, { before })));
  };

  test("a log that was forked is told, though each pack by itself is valid", async () => {
    const fork = await forked(11, [7]);
    expect((await verify(fork)).valid).toBe(true);
    for (const beside of [{ against: earlier }, { checkpoint: textOf(CHECKPOINT, earlier) }]) {
      const { valid, problems } = await verifyBeside(fork, beside);
      expect(valid).toBe(false);
      expect(problems.map(({ problem }) => problem).join()).toContain(
        "has another root for the first 7 records",
      );
    }
  });

  test("a log that was cut off is told", async () => {
    const { problems } = await verifyBeside(earlier, { checkpoint: textOf(CHECKPOINT) });
    expect(problems).toEqual([
      { file: "kept.txt", problem: expect.stringContaining("or the log was cut off") },
    ]);
  });

  test("another log, an earlier pack that was changed, and a size without a proof are told", async () => {
    const other = signNote(
      checkpointText("rollcall/other/main", 7, Buffer.alloc(32)),
      "rollcall/other/main",
      [KEY],
    );
    expect((await verifyBeside(files, { checkpoint: other })).problems).toEqual([
      { file: "kept.txt", problem: expect.stringContaining("is of another log, rollcall/other/main") },
    ]);
    const broken = changed({ [OKTA]: joined(lines(OKTA).slice(1)) }, earlier);
    expect((await verifyBeside(files, { against: broken })).problems).toContainEqual({
      file: `earlier.zip: ${OKTA}`,
      problem: expect.stringContaining("is longer than"),
    });
    const { checkpoint } = await logOf(ALL.slice(0, 5));
    expect((await verifyBeside(files, { checkpoint })).problems).toEqual([
      { file: "kept.txt", problem: expect.stringContaining("has no proof from there") },
    ]);
  });

  test("during a rotation either key is enough, and a retired key's packs stay valid", async () => {
    const both = await packOf(11, [7], [KEY, OTHER]);
    for (const key of [KEY, OTHER])
      expect((await verify(both, { keys: [keyText(key)] })).problems).toEqual([]);
    const after = await packOf(11, [7], [OTHER]);
    expect((await verify(after, { keys: [keyText(OTHER)] })).problems).toEqual([]);
    expect((await verify(after, { keys: [keyText(KEY)] })).valid).toBe(false);
    expect((await verify(files, { keys: [keyText(KEY)] })).problems).toEqual([]);
  });
});
