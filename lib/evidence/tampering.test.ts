/**
 * Somebody alters a pack. First by somebody without the key, who makes all hashes fit; then by somebody who has the key and
 * signs it anew, so that only the log itself can tell. Each alteration is told, with the name of what is wrong.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { signNote } from "../transparency/note.ts";
import type { Manifest, RecordLine } from "./manifest.ts";
import {
  byInsider,
  changed as changedIn,
  type Files,
  joined,
  linesOf,
  relisted,
  signed,
  textOf as textIn,
  verify,
} from "./testing/altered.ts";
import {
  ELEVEN as ALL,
  KEY,
  keyText,
  manifestOf,
  ORIGIN,
  packOf,
  sha256,
  signingKey,
} from "./testing/packs.ts";
import { CHECKPOINT, CONSISTENCY, INCLUSION, KEYS, openNote, SIGNATURE } from "./verify.mjs";

const OKTA = "records/okta.ndjson";
const OTHER = signingKey();

let files: Files;
/** The same log as it was with seven records, and signed then. */
let earlier: Files;

beforeAll(async () => {
  files = await packOf(ALL, [7]);
  earlier = await packOf(ALL.slice(0, 7));
});

const textOf = (path: string, from: Files = files) => textIn(from, path);
const changed = (changes: Record<string, string | Buffer | null>) => changedIn(files, changes);
const lines = (path: string): string[] => linesOf(files, path);
const withLine = (path: string, at: number, change: (line: RecordLine) => RecordLine): string =>
  joined(
    lines(path).map((line, i) => (i === at ? JSON.stringify(change(JSON.parse(line) as RecordLine)) : line)),
  );

/** A manifest that names another log. */
const withLog =
  (log: Partial<Manifest["log"]>) =>
  (manifest: Manifest): Manifest => ({ ...manifest, log: { ...manifest.log, ...log } });

test("the pack itself is valid, with the key and without, against the earlier one and its checkpoint", async () => {
  const result = await verify(files, {
    keys: [keyText(KEY)],
    against: earlier,
    checkpoint: textOf(CHECKPOINT, earlier),
  });
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
    () => byInsider(changed({ [CHECKPOINT]: textOf(CHECKPOINT, earlier) }), withLog(manifestOf(earlier).log)),
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
    () => byInsider(files, withLog({ origin: "rollcall/other/main" })),
    CHECKPOINT,
    "is of the log",
  ],
  [
    "the manifest names another root",
    () => byInsider(files, withLog({ root: "0".repeat(64) })),
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
    OKTA,
    "records/entra.ndjson",
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
