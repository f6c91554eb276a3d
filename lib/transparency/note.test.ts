/** Signed notes: made here, read by our verifier and by another's. */
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openNote, readCheckpoint, readKey } from "../evidence/verify.mjs";
import { homeAt } from "../runtime/home.ts";
import { addKey, adoptKeys, keysForBackup, knownKeys, retireOldKeys, signingKeys } from "./keys.ts";
import { checkpointText, signNote, verifierKey } from "./note.ts";
import { acceptCheckpoint } from "./testing.ts";

const ORIGIN = "rollcall/0123456789abcdef/main";
const ROOT = Buffer.alloc(32, 7);

describe("a checkpoint", () => {
  let home = homeAt("/nowhere");
  beforeAll(async () => {
    home = homeAt(await mkdtemp(join(tmpdir(), "rollcall-keys-")));
  });
  afterAll(() => rm(home.root, { recursive: true }));

  const keyTexts = async () => (await knownKeys(home)).map(({ publicKey }) => verifierKey(ORIGIN, publicKey));

  test("has the form of the standard", async () => {
    const text = checkpointText(ORIGIN, 42, ROOT);
    expect(text).toBe(`${ORIGIN}\n42\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n`);
    expect(signNote(text, ORIGIN, await signingKeys(home))).toMatch(
      /^rollcall\/0123456789abcdef\/main\n42\n[A-Za-z0-9+/]{43}=\n\n— rollcall\/0123456789abcdef\/main [A-Za-z0-9+/]{90}[A-Za-z0-9+/=]{2}\n$/u,
    );
  });

  test("is accepted by another's verifier, and one that was changed is not", async () => {
    const note = signNote(checkpointText(ORIGIN, 42, ROOT), ORIGIN, await signingKeys(home));
    const keys = await keyTexts();
    acceptCheckpoint(note, ROOT, keys);
    const larger = note.replace("\n42\n", "\n43\n");
    expect(() => acceptCheckpoint(larger, ROOT, keys)).toThrow("invalid checkpoint signature");
    expect(() => acceptCheckpoint(note, Buffer.alloc(32, 8), keys)).toThrow("root hash mismatch");
  });

  test("keys are in the home, for nobody else to read", async () => {
    const file = join(home.root, "signing-keys.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await signingKeys(home)).toHaveLength(1);
    expect(await readFile(file, "utf8")).toContain("privateKey");
  });

  test("is signed by the old and the new key until the old one is retired", async () => {
    const sign = async () => signNote(checkpointText(ORIGIN, 1, ROOT), ORIGIN, await signingKeys(home));
    const before = await sign();
    await addKey(home, Date.now());
    const between = await sign();
    const [old, fresh] = (await keyTexts()).map(readKey);
    if (!old || !fresh) throw new Error("no two keys");
    expect(openNote(between, [old])?.by).toEqual([old]);
    expect(openNote(between, [fresh])?.by).toEqual([fresh]);
    expect(await retireOldKeys(home, Date.now())).toBe(1);
    const after = await sign();
    expect(openNote(after, [old])?.by).toEqual([]);
    expect(openNote(after, [fresh])?.by).toEqual([fresh]);
    // What the old one signed stays signed, and it is still known.
    expect(openNote(before, [old])?.by).toEqual([old]);
    expect(await knownKeys(home)).toMatchObject([{ retiredAt: expect.any(String) }, { retiredAt: null }]);
    expect(await retireOldKeys(home, Date.now())).toBe(0);
  });

  test("of a restored home is signed by the backup's key; the home's own is retired", async () => {
    const backup = await keysForBackup(home);
    const other = homeAt(await mkdtemp(join(tmpdir(), "rollcall-keys-")));
    try {
      const [own] = await signingKeys(other);
      await adoptKeys(other, backup, Date.now());
      const [first] = await signingKeys(other);
      expect(first?.publicKey).toEqual((await signingKeys(home))[0]?.publicKey);
      expect((await knownKeys(other))[0]).toMatchObject({
        publicKey: own?.publicKey,
        retiredAt: expect.any(String),
      });
      await expect(adoptKeys(other, { keys: [] }, 0)).rejects.toThrow();
    } finally {
      await rm(other.root, { recursive: true });
    }
  });

  test.each([
    "",
    "name",
    "name+00000000+AAAA",
    "a b+01234567+AQ==",
    `${ORIGIN}+00000000+${Buffer.alloc(33, 1).toString("base64")}`,
  ])("%j is no key", (text) => expect(() => readKey(text)).toThrow("is no key"));

  test.each([
    "",
    "a\n1\n",
    "a\n-1\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
    "a\n01\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
  ])("%j is no checkpoint", (text) => expect(readCheckpoint(text)).toBeNull());
});
