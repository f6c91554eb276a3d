import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayRound, withExactIntegers } from "./integers.ts";

describe("an integer that would be rounded", () => {
  it("is found wherever it stands, and nothing else is changed", () => {
    const number = fc.oneof(
      fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
      fc.constantFrom("1e20", "0.12345678901234567", "12345678901234567.5", "-0", "1700000000000000"),
    );
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[ :,"\\-]?\d{14,40}[ ,}"\\]?$/u));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, number, fc.constantFrom("", " ", "\n"))), (members) => {
        const write = (numberOf: (digits: string) => string) =>
          `{${members.map(([text, digits, gap], i) => `"${i}${JSON.stringify(text).slice(1)}:${gap}${numberOf(digits)}${gap}`).join(",")}}`;
        const isRounded = (digits: string) =>
          /^-?\d+$/u.test(digits) && !Number.isSafeInteger(Number(digits)) && digits !== "-0";
        const json = write((digits) => digits);
        expect(withExactIntegers(json)).toBe(
          write((digits) => (isRounded(digits) ? JSON.stringify(digits) : digits)),
        );
        if (members.some(([, digits]) => isRounded(digits))) expect(mayRound(Buffer.from(json))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is not looked for where digits stand in strings, in fractions, or in great number", () => {
    for (const json of [
      '{"a":"1234567890123456"}',
      '{"a":0.12345678901234567}',
      `{"a":"${"1".repeat(1e6)}"}`,
    ]) {
      expect(mayRound(Buffer.from(json))).toBe(false);
    }
  });
});
