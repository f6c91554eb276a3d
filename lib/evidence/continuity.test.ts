/** A pack held against what somebody kept elsewhere: an earlier pack, a checkpoint, a key. */
import { beforeAll, describe, expect, test } from "vitest";
import { checkpointText, signNote } from "../transparency/note.ts";
import { changed, type Files, joined, linesOf, textOf, verify } from "./testing/altered.ts";
import { ELEVEN, KEY, keyText, logOf, packOf, record, signingKey } from "./testing/packs.ts";
import { CHECKPOINT } from "./verify.mjs";

const OKTA = "records/okta.ndjson";
const OTHER = signingKey();

let files: Files;
/** Of the same log as it was with seven records. */
let earlier: Files;

beforeAll(async () => {
  files = await packOf(ELEVEN, [7]);
  earlier = await packOf(ELEVEN.slice(0, 7));
});

describe("held against what was kept elsewhere", () => {
  test("a log that was forked is told, though each pack by itself is valid", async () => {
    // Rewritten from its third record on, and signed by the true key at seven too.
    const others = ELEVEN.map((one, i) => (i < 2 ? one : record(`{"uuid":"other ${i}"}`, one.source)));
    const fork = await packOf(others, [7]);
    expect((await verify(fork)).valid).toBe(true);
    for (const beside of [{ against: earlier }, { checkpoint: textOf(earlier, CHECKPOINT) }]) {
      const { valid, problems } = await verify(fork, beside);
      expect(valid).toBe(false);
      expect(problems.map(({ problem }) => problem).join()).toContain(
        "has another root for the first 7 records",
      );
    }
  });

  test("a log that was cut off is told", async () => {
    const { problems } = await verify(earlier, { checkpoint: textOf(files, CHECKPOINT) });
    expect(problems).toEqual([
      { file: "kept.txt", problem: expect.stringContaining("or the log was cut off") },
    ]);
  });

  test("another log, an earlier pack that was changed, and a size without a proof are told", async () => {
    const name = "rollcall/other/main";
    const other = signNote(checkpointText(name, 7, Buffer.alloc(32)), name, [KEY]);
    expect((await verify(files, { checkpoint: other })).problems).toEqual([
      { file: "kept.txt", problem: expect.stringContaining("is of another log, rollcall/other/main") },
    ]);
    const broken = changed(earlier, { [OKTA]: joined(linesOf(files, OKTA).slice(1)) });
    expect((await verify(files, { against: broken })).problems).toContainEqual({
      file: `earlier.zip: ${OKTA}`,
      problem: expect.stringContaining("is longer than"),
    });
    const { checkpoint } = await logOf(ELEVEN.slice(0, 5));
    expect((await verify(files, { checkpoint })).problems).toEqual([
      { file: "kept.txt", problem: expect.stringContaining("has no proof from there") },
    ]);
  });

  test("during a rotation either key is enough, and a retired key's packs stay valid", async () => {
    const both = await packOf(ELEVEN, [7], [KEY, OTHER]);
    for (const key of [KEY, OTHER])
      expect((await verify(both, { keys: [keyText(key)] })).problems).toEqual([]);
    const after = await packOf(ELEVEN, [7], [OTHER]);
    expect((await verify(after, { keys: [keyText(OTHER)] })).problems).toEqual([]);
    expect((await verify(after, { keys: [keyText(KEY)] })).valid).toBe(false);
    expect((await verify(files, { keys: [keyText(KEY)] })).problems).toEqual([]);
  });
});
