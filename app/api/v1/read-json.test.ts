import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { problemOf } from "./answer.ts";
import { BodyProblem, parseJson, readJson } from "./read-json.ts";

const SCHEMA = z.object({ a: z.string() });
const read = (body: string | Uint8Array<ArrayBuffer>) =>
  readJson(new Request("http://a/", { method: "POST", body }), SCHEMA, "Send a as JSON.");

describe("a JSON body", () => {
  it("is what it says", async () => {
    expect(await read('{"a": "é"}')).toEqual({ a: "é" });
    expect(await read(`{"a": "${"x".repeat(1024 * 1024 - 9)}"}`)).toHaveProperty("a");
  });

  it.each([
    ["", /not JSON/u],
    ["{a: 1}", /not JSON/u],
    ['{"a": "b"} // why', /not JSON/u],
    ['{"a": 1}', /^Send a as JSON\.$/u],
    ["null", /^Send a as JSON\.$/u],
    ['{"a": "1", "a": "2"}', /same key twice/u],
    ['{"a": "1", "\\u0061": "2"}', /same key twice/u],
    ['{"a": "1", "b": [{"c": {"d": 1, "d": 1}}]}', /same key twice/u],
    ['{"a": "1", "__proto__": {}}', /named __proto__/u],
    ['{"a": "1", "b": [{"\\u005f_proto__": 1}]}', /named __proto__/u],
    ['{"a": "1", "b": {"constructor": {"prototype": {}}}}', /named constructor/u],
    ['{"a": "x\\u0000"}', /NUL/u],
    ['{"a": "1", "b": [{"c": "\\ud800"}]}', /half of a character/u],
    ['{"a": "1", "b\\u0000": 1}', /NUL/u],
    [`{"a": ${"[".repeat(32)}${"]".repeat(32)}}`, /deeper than 32/u],
    ["[".repeat(500_000) + "]".repeat(500_000), /deeper than 32/u],
    [`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, /deeper than 32/u],
  ])("%.40j is refused in a sentence", async (body, sentence) => {
    const error = await read(body).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BodyProblem);
    const answer = problemOf(error);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { error: { message: string } }).error.message).toMatch(sentence);
  });

  it("that is not UTF-8, or larger than 1 MiB, is refused", async () => {
    expect(problemOf(await read(Uint8Array.of(0x22, 0xff, 0x22)).catch((e: unknown) => e)).status).toBe(400);
    expect(problemOf(await read("1".repeat(1024 * 1024 + 1)).catch((e: unknown) => e)).status).toBe(413);
  });

  it("of any kind is read as JSON.parse does", () => {
    const plain = fc
      .jsonValue({ maxDepth: 8 })
      .filter((value) => !/__proto__|constructor|prototype|\\u0000|\\ud[89a-f]/u.test(JSON.stringify(value)));
    fc.assert(
      fc.property(plain, (value) => {
        expect(parseJson(JSON.stringify(value, null, 1))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
