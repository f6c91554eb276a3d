/** Pseudonyms: what stands in place of what tells who somebody is, the same for the same value under the same key. */
import { createHmac } from "node:crypto";
import { normaliseName } from "../lifecycle/refs.ts";

/** RFC 4648's base 32 in lower case: no two of its characters look alike to a database that compares without case. */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
/** 100 bits: nobody meets two values with one pseudonym (2^50 values), nor finds the value by trying without the key. */
const LENGTH = 20;
const PREFIX = "anon-";

/** Pseudonyms within a text, in any spelling. */
export const PSEUDONYMS = /anon-[a-z2-7]{20}/giu;

/** @returns true only for a text that is a pseudonym and nothing else. */
export const isPseudonym = (text: string): boolean => /^anon-[a-z2-7]{20}$/iu.test(text);

const digest = (key: Uint8Array, purpose: string, value: string): Buffer =>
  createHmac("sha256", key).update(`${purpose}\0${value}`).digest();

/**
 * A key of its own for one purpose: what is made with it says nothing of what another is made with.
 * @returns 32 bytes.
 */
export const keyFor = (key: Uint8Array, purpose: string): Buffer => digest(key, "key", purpose);

/**
 * The pseudonym of a value. Rollcall compares names without regard to case and to white space around them, and ids as they
 * stand: so values that are one name have pseudonyms that are one name, and values that differ have pseudonyms that differ,
 * by the case of their letters.
 * @param key 32 bytes, kept outside of the database.
 */
export function pseudonymOf(key: Uint8Array, value: string): string {
  const name = normaliseName(value);
  const letters = [...digest(key, "name", name).subarray(0, LENGTH)].map((byte) => ALPHABET[byte & 31] ?? "");
  if (value === name) return PREFIX + letters.join("");
  const spelling = digest(key, "spelling", value);
  const spelt = letters.map((letter, i) => ((spelling[i] ?? 0) & 1 ? letter.toUpperCase() : letter));
  if (spelt.every((letter, i) => letter === letters[i])) {
    const first = letters.findIndex((letter) => letter !== letter.toUpperCase());
    spelt[first] = (letters[first] ?? "").toUpperCase();
  }
  return PREFIX + spelt.join("");
}
