import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { packed as packedAs, unpacked, written } from "../files/testing.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import type { Manifest } from "./manifest.ts";
import { byInsider, type Files } from "./testing/altered.ts";
import { inputOf, manifestOf, pack, RECORDS, record, sha256, verified } from "./testing/packs.ts";
import { MANIFEST, SIGNATURE, verifyPack } from "./verify.mjs";

const packed = (content: Iterable<readonly [string, string | Buffer]>) => packedAs(content, "evidence");

let zip: Buffer;
let files: Files;

beforeAll(async () => {
  zip = await pack(await inputOf([...RECORDS, record("{}", "entra")]));
  files = await unpacked(zip);
});

/** The pack with one file changed, in a zip that is whole. */
const withFile = (path: string, change: (text: string) => string): Files =>
  new Map([...files, [path, Buffer.from(change(files.get(path)?.toString("utf8") ?? ""))]]);

/** A manifest that agrees in size and hash, signed by whoever has the key; what it says of rows stays. */
const relisted = (content: Files, change?: (manifest: Manifest) => Manifest): Files =>
  byInsider(content, change, false);

const problemsOf = async (content: Files | Buffer) =>
  (await verified(Buffer.isBuffer(content) ? content : await packed(content))).problems;

const withoutLine = (number: number) => (text: string) => text.split("\n").toSpliced(number, 1).join("\n");

/** The JSON of a report without its first row. */
const withoutRow = (text: string) => text.replace(/\n\{"application".*/u, "");

describe("a changed byte", () => {
  test("anywhere in the zip makes it invalid", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(zip.length - 1), fc.integer({ min: 1, max: 255 }), async (offset, flip) => {
        const changed = Buffer.from(zip);
        changed[offset] = (changed[offset] ?? 0) ^ flip;
        const { valid, problems } = await verified(changed);
        expect(valid).toBe(false);
        expect(problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  test("in a file's content is told by the name of that file", async () => {
    const paths = manifestOf(files).files.flatMap(({ path, bytes }) => (bytes > 0 ? [path] : []));
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, where, flip) => {
        const path = paths[which % paths.length] ?? "";
        const content = Buffer.from(files.get(path) ?? "");
        const offset = where % content.length;
        content[offset] = (content[offset] ?? 0) ^ flip;
        const { problems } = await verified(await zipped(new Map([...files, [path, content]])));
        expect(problems.map((problem) => problem.file)).toContain(path);
      }),
    );
  });

  test("in the manifest is told, also where the manifest can still be read", async () => {
    const changed = await packed(withFile(MANIFEST, (text) => text.replace("2026-04-02", "2026-04-03")));
    const resealed = changed.toString("latin1").replace(/manifest.json: [0-9a-f]{64}/u, () => {
      const hash = sha256(files.get(MANIFEST) ?? "");
      return `manifest.json: ${hash}`;
    });
    expect(await problemsOf(Buffer.from(resealed, "latin1"))).toEqual([
      { file: MANIFEST, problem: expect.stringContaining("was changed: its SHA-256 is") },
      { file: SIGNATURE, problem: expect.stringContaining("is of another manifest") },
    ]);
  });

  test("outside every file is told too", async () => {
    const changed = Buffer.from(zip);
    // The time in the first local header: no content depends on it.
    changed[10] = (changed[10] ?? 0) ^ 1;
    expect(await problemsOf(changed)).toEqual([
      { file: "pack.zip", problem: expect.stringContaining("outside its files") },
    ]);
  });

  test("a zip that was cut off or packed again by another program is told", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(zip.length - 1), async (length) => {
        expect((await verified(zip.subarray(0, length))).valid).toBe(false);
      }),
      { numRuns: 50 },
    );
    const again = await zipped(files);
    expect(await problemsOf(again)).toEqual([
      { file: "pack.zip", problem: expect.stringContaining("packed again") },
    ]);
  });
});

describe("rows and files", () => {
  test.each(["reports/accounts.csv", "reports/accounts.json", "records/okta.ndjson"])(
    "a row taken out of %s is told, also when the manifest was made to agree in size and hash",
    async (path) => {
      const changed = withFile(path, path.endsWith(".json") ? withoutRow : withoutLine(1));
      expect((await problemsOf(changed)).map(({ file }) => file)).toContain(path);
      expect(await problemsOf(relisted(changed))).toContainEqual({
        file: path,
        problem: expect.stringMatching(/has \d rows; the manifest says \d/u),
      });
    },
  );

  test("a report whose JSON and CSV have different rows is told, whatever the manifest says", async () => {
    const path = "reports/accounts.csv";
    const changed = relisted(withFile(path, withoutLine(1)), (manifest) => ({
      ...manifest,
      files: manifest.files.map((file) => (file.path === path ? { ...file, rows: 1 } : file)),
    }));
    expect(await problemsOf(changed)).toEqual([
      { file: path, problem: "has 1 rows; the manifest says that the report has 2." },
    ]);
  });

  test("a record that lost its hash is told by its line, in a pack that agrees otherwise", async () => {
    const changed = withFile("records/okta.ndjson", (text) =>
      text.replace('\\"uuid\\":\\"3', '\\"uuid\\":\\"4'),
    );
    expect(await problemsOf(relisted(changed))).toEqual([
      {
        file: "records/okta.ndjson",
        problem: expect.stringMatching(/^line 3: the record [0-9a-f]{40} does not/u),
      },
    ]);
  });

  test("two files that changed places are both told", async () => {
    const [one, other] = ["records/okta.ndjson", "records/entra.ndjson"] as const;
    const content = (path: string) => files.get(path) ?? Buffer.alloc(0);
    const swapped = new Map([...files, [one, content(other)], [other, content(one)]] as [string, Buffer][]);
    expect((await problemsOf(swapped)).map(({ file }) => file)).toEqual(expect.arrayContaining([one, other]));
  });

  test("a file that is missing and one that is too much are told", async () => {
    const changed = new Map([...files, ["reports/extra.csv", Buffer.from("a\n")]] as [string, Buffer][]);
    changed.delete("reports/coverage.csv");
    expect(await problemsOf(changed)).toEqual([
      { file: "reports/coverage.csv", problem: "is in the manifest and not in the zip." },
      { file: "reports/extra.csv", problem: "is in the zip and not in the manifest." },
    ]);
  });

  test("a file that lost the manifest's count of records is told", async () => {
    const changed = relisted(files, (manifest) => ({ ...manifest, records: 5 }));
    expect(await problemsOf(changed)).toEqual([
      { file: MANIFEST, problem: "says that the pack has 5 records, and lists files with 4." },
    ]);
  });
});

/** A zip made without Rollcall: nothing checks what goes into it. */
function zipped(content: Iterable<readonly [string, Buffer]>, options = {}): Promise<Buffer> {
  return written(async (target) => {
    const made = new ZipFile();
    made.outputStream.pipe(target);
    for (const [path, bytes] of content) made.addBuffer(bytes, path, options);
    made.end();
  });
}

const TWICE = "is in the zip more than once, or differs from another name by its case only.";

/** Where an entry's header stands in the directory (APPNOTE 4.3.12). */
function directoryEntry(bytes: Buffer, path: string): number {
  const at = bytes.lastIndexOf(path) - 46;
  expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
  return at;
}

describe("a hostile zip", () => {
  test.each(["../evil", "/etc/passwd", "a\\evil", "C:/evil"])(
    "the name %s is told and nothing opened",
    async (name) => {
      const placeholder = "x".repeat(name.length);
      const made = await zipped([...files, [placeholder, Buffer.from("evil")]]);
      const forged = Buffer.from(made.toString("latin1").replaceAll(placeholder, name), "latin1");
      expect(await problemsOf(forged)).toContainEqual({
        file: name,
        problem: "has a name that leads out of the folder it is unpacked to.",
      });
    },
  );

  test("an entry whose own header has another name is told", async () => {
    const made = await packed(files);
    const forged = Buffer.from(made);
    forged.write("READ_ME.txt", made.indexOf("README.txt"), "latin1");
    expect(await problemsOf(forged)).toContainEqual({
      file: "README.txt",
      problem: "is damaged: its header gives it another name.",
    });
  });

  test("a file that is there twice is told", async () => {
    const twice = await packed([...files, ["README.txt", "another"]]);
    expect(await problemsOf(twice)).toContainEqual({
      file: "README.txt",
      problem: TWICE,
    });
    for (const name of ["readme.TXT", "README.txt"]) {
      const other = await packed([[name, "another"], ...files]);
      expect(await problemsOf(other)).toContainEqual({ file: "README.txt", problem: TWICE });
    }
    const composed = await packed([...files, ["é.txt", "a"], ["e\u0301.txt", "b"]]);
    expect((await problemsOf(composed)).map(({ problem }) => problem)).toContain(TWICE);
  });

  test.each([
    ["a folder", [["reports/", ""]], {}, "is a folder; a pack holds files only."],
    [
      "a device",
      [["null", ""]],
      { mode: 0o020666 },
      "is a link or a device; a pack holds ordinary files only.",
    ],
  ] as const)("%s is told", async (_what, content, options, problem) => {
    const [[name, text]] = content;
    // yazl makes no folders of what has bytes: it is named afterwards.
    const placeholder = "x".repeat(name.length);
    const made = await zipped([[placeholder, Buffer.from(text)]], options);
    const forged = Buffer.from(made.toString("latin1").replaceAll(placeholder, name), "latin1");
    expect(await problemsOf(forged)).toContainEqual({ file: name, problem });
  });

  test.each([
    ["encrypted", 8, (flags: number) => flags | 1, "is encrypted; a pack is not."],
    ["compressed by something else", 10, () => 99, "is compressed by a method that Rollcall does not use."],
  ] as const)("an entry that says it is %s is told", async (_what, place, change, problem) => {
    const forged = Buffer.from(zip);
    const at = directoryEntry(forged, "README.txt");
    forged.writeUInt16LE(change(forged.readUInt16LE(at + place)), at + place);
    expect(await problemsOf(forged)).toContainEqual({ file: "README.txt", problem });
  });

  test.each([
    ["more than it unpacks to", 24, 0xffff_fff0],
    ["less than it unpacks to", 24, 1],
    ["none", 24, 0],
    ["more compressed bytes than the file has", 20, 0xffff_fff0],
    ["too few compressed bytes", 20, 3],
    ["a place behind the end", 42, 0xffff_fff0],
    ["another entry's place", 42, 0],
  ] as const)("an entry that says %s is told, and does not stop the others", async (_what, place, value) => {
    const forged = Buffer.from(zip);
    const path = "reports/accounts.csv";
    forged.writeUInt32LE(value, directoryEntry(forged, path) + place);
    const problems = await problemsOf(forged);
    expect(problems).toContainEqual({
      file: path,
      problem: expect.stringMatching(/^(?:is damaged: |was |has |is longer)/u),
    });
    expect(problems.map(({ file }) => file)).not.toContain("README.txt");
  });

  test("a directory that says it has more entries than any pack, or than there are, is told", async () => {
    const end = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
    const forged = Buffer.from(zip);
    forged.writeUInt16LE(forged.readUInt16LE(forged.lastIndexOf(end) + 10) + 1, forged.lastIndexOf(end) + 10);
    expect(await problemsOf(forged)).toContainEqual({
      file: "pack.zip",
      problem: expect.stringContaining("has a directory that can't be read"),
    });
  });

  test("whatever bytes are damaged in it, it is told and nothing is thrown", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(zip.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 })), {
          minLength: 1,
          maxLength: 20,
        }),
        async (changes) => {
          const forged = Buffer.from(zip);
          for (const [at, bytes] of changes) forged.set(bytes.subarray(0, forged.length - at), at);
          if (forged.equals(zip)) return;
          expect((await verified(forged)).valid).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("a link is told", async () => {
    const made = await zipped([["README.txt", Buffer.from("/etc/passwd")]], { mode: 0o120777 });
    expect(await problemsOf(made)).toContainEqual({
      file: "README.txt",
      problem: "is a link or a device; a pack holds ordinary files only.",
    });
  });

  test("a file that unpacks to more than the manifest says is not read to its end", async () => {
    const path = "README.txt";
    const bomb = new Map([...files, [path, Buffer.alloc(50_000_000)]] as [string, Buffer][]);
    expect(await problemsOf(bomb)).toContainEqual({
      file: path,
      problem: `is longer than the ${files.get(path)?.length} bytes that the manifest says.`,
    });
  });

  test("a manifest that lists more than the zip can hold is not followed", async () => {
    const changed = relisted(files, (manifest) => ({
      ...manifest,
      files: manifest.files.map((file) => ({ ...file, bytes: 1e12 })),
    }));
    expect(await problemsOf(changed)).toEqual([
      { file: MANIFEST, problem: expect.stringContaining("more than a zip of") },
    ]);
  });

  test("a manifest too large to be one is not read", async () => {
    const changed = new Map([...files, [MANIFEST, Buffer.alloc(17 * 1024 * 1024, " ")]] as [
      string,
      Buffer,
    ][]);
    expect(await problemsOf(changed)).toEqual([
      { file: MANIFEST, problem: expect.stringContaining("is larger than") },
    ]);
  });

  test.each([
    ["is no JSON", "{", "is not JSON"],
    ["is another's", '{"name":"app"}', "is not laid out as a manifest of Rollcall: product"],
  ])("a manifest that %s is told", async (_what, text, problem) => {
    expect(await problemsOf(withFile(MANIFEST, () => text))).toEqual([
      { file: MANIFEST, problem: expect.stringContaining(problem) },
    ]);
  });

  test("a zip without a manifest is told", async () => {
    const without = new Map(files);
    without.delete(MANIFEST);
    expect(await problemsOf(without)).toEqual([
      { file: MANIFEST, problem: expect.stringContaining("is missing") },
    ]);
  });

  test("control characters of a name do not reach the terminal", async () => {
    const [problem] = await problemsOf(await packed([["\u001b[2Jevil", "x"], ...files]));
    expect(problem?.file).toBe("\\u{1b}[2Jevil");
  });
});

describe("what is no pack", () => {
  test.each([
    ["an empty file", ""],
    ["text", "hello, this is no zip"],
  ])("%s is not valid", async (_what, text) => {
    expect(await verified(Buffer.from(text))).toMatchObject({
      valid: false,
      problems: [
        { file: "pack.zip", problem: expect.stringContaining("is not a zip file that can be read") },
      ],
    });
  });

  test("a path without a file, and a folder, are refused with a sentence", async () => {
    await inFolder(async (folder) => {
      const missing = join(folder, "none.zip");
      await expect(verifyPack(missing)).rejects.toThrow(`There is no file ${missing}. Check the path.`);
      await mkdir(missing);
      await expect(verifyPack(missing)).rejects.toThrow(`${missing} is no file. Give the path of a pack.`);
    });
  });
});
