import fc from "fast-check";
import { expect, test } from "vitest";
import { printable } from "./printable.ts";

const anyGlyph = () => true;
const latin = (codePoint: number) => codePoint < 0x250;

test.each([
  ["Zoë Müller", "Zoë Müller"],
  ["Ωμέγα Жанна", "Ωμέγα Жанна"],
  ["  two \n lines\t", " two lines "],
  ["a\u0000b\u001b[2J", "a�b�[2J"],
  // Turned around, "exe" would read as the end of another name.
  ["safe\u202eexe.txt", "safe�exe.txt"],
  ["zero\u200bwidth", "zero�width"],
  ["\ud800 alone", "� alone"],
  ["محمد", "����"],
  ["漢字", "��"],
  ["z\u0301\u0302\u0303\u0304\u0305", "z\u0301\u0302\u0303".normalize("NFC")],
])("%j is printed as %j", (given, wanted) => {
  expect(printable(given, anyGlyph)).toBe(wanted);
});

test("a character that the font lacks is replaced", () => {
  expect(printable("aЖ", latin)).toBe("a�");
});

test("a long text is cut, and shows it", () => {
  expect(printable("x".repeat(1_000_000), anyGlyph)).toBe(`${"x".repeat(400)}…`);
});

test("whatever is given, what comes can be printed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 1000 }), (text) => {
      expect(printable(text, anyGlyph)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u);
    }),
  );
});
