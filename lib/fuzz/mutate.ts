/** Breaks values, texts and bytes in the ways that files are broken, by chance or on purpose. Pure: the same numbers, the same damage. */
import type { Random } from "../sample/random.ts";

/** Names that reach into what every object inherits, and others that code may trip over. */
const KEYS = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "length",
  "0",
  "",
  "a".repeat(300),
  "\u0000",
];

const deepJson = (levels: number, open: string, close: string) =>
  `${open.repeat(levels)}0${close.repeat(levels)}`;

/** Names of parameters that reports take. */
export const PARAMETERS: readonly string[] = [
  "asOf",
  "from",
  "to",
  "days",
  "application",
  "customer",
  "limit",
  "cursor",
  "only",
  "curves",
];

/** Texts that something further on may take for more than text. */
export const TEXTS: readonly string[] = [
  "",
  " ",
  "\u0000",
  "\ud83d",
  "\udc00x",
  "\u202eevil",
  "\ufeff",
  "null",
  "true",
  "False",
  "0",
  "-1",
  "1e400",
  "9007199254740993",
  "__proto__",
  "constructor",
  "=1+1",
  "' or 1=1 --",
  "<img src=x onerror=alert(1)>",
  "javascript:alert(1)",
  "../../etc/passwd",
  "%00%ff%zz",
  "a@b",
  "@",
  "🧑‍🚀".repeat(40),
  "é".repeat(3_000),
  "(".repeat(2_000),
  "a".repeat(5_000),
  "2026-02-30T25:61:61Z",
  "0000-00-00T00:00:00Z",
  "0001-01-01T00:00:00+23:59",
  "9999-12-31T23:59:59-23:59",
  "-271821-04-20T00:00:00Z",
  "2026-03-01T09:00:00.12345678901234567890Z",
  "1772355600",
  "1e12",
  '{"__proto__":{"id":"x"},"userName":{"a":[]}}',
  '{"active":"False","Operations":[{"op":"add","value":{"active":false}}]}',
  '[{"id":"1"}]',
  "{",
  deepJson(5_000, '{"a":', "}"),
  deepJson(20_000, "[", "]"),
  "eyJhbGciOiJub25lIn0.eyJldmVudHMiOnt9LCJqdGkiOiIxIn0.",
  "eyJ.eyJ.",
  "/scim/v2/Users/%E0%A4%A",
  'roles[value eq "',
  "urn:ietf:params:scim:schemas:core:2.0:User:",
];

const NUMBERS: readonly number[] = [
  0,
  -0,
  -1,
  1,
  0.1,
  2 ** 31,
  2 ** 53,
  -(2 ** 53) - 2,
  1e21,
  1e308,
  Number.MIN_VALUE,
  253402300800000,
  -62135596800001,
  1772355600,
];

/** Gives an object an own member of any name: an assignment to `__proto__` would set the prototype instead. */
const define = (object: object, key: string, value: unknown): object =>
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });

const nested = (random: Random): unknown => {
  let value: unknown = random.pick(TEXTS);
  for (let level = random.int(2, 150); level > 0; level--)
    value = random.chance(0.5) ? [value] : { a: value };
  return value;
};

/** Any JSON value, most often one that nobody would send. */
export function anyValue(random: Random, depth = 3): unknown {
  switch (random.int(0, depth > 0 ? 8 : 4)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return random.pick(NUMBERS);
    case 3:
    case 4:
      return random.pick(TEXTS);
    case 5:
      return nested(random);
    case 6:
      return Array.from({ length: random.pick([0, 1, 2, 50]) }, () => anyValue(random, depth - 1));
    default: {
      const object = {};
      for (let i = random.int(0, 4); i > 0; i--) {
        define(object, random.pick(KEYS), anyValue(random, depth - 1));
      }
      return object;
    }
  }
}

type Entry = [key: string, value: unknown];

const isTree = (value: unknown): value is object => typeof value === "object" && value !== null;

const rebuilt = (like: object, entries: readonly Entry[]): object => {
  if (Array.isArray(like)) return entries.map(([, value]) => value);
  return Object.fromEntries(entries);
};

function damagedText(text: string, random: Random): unknown {
  switch (random.int(0, 6)) {
    case 0:
      return random.pick(TEXTS);
    case 1:
      return text.toUpperCase();
    case 2:
      return text.slice(0, random.int(0, text.length));
    case 3: {
      const at = random.int(0, text.length);
      return text.slice(0, at) + random.pick(TEXTS).slice(0, 100) + text.slice(at);
    }
    case 4:
      return text.repeat(text.length < 1_000 ? random.int(2, 50) : 1);
    case 5:
      // What is JSON within JSON, damaged on its own.
      return JSON.stringify(anyValue(random));
    default:
      return anyValue(random);
  }
}

/** Damage to the value itself. */
function damaged(value: unknown, random: Random, donor: unknown): unknown {
  if (typeof value === "string") return damagedText(value, random);
  if (!isTree(value)) return random.chance(0.5) ? anyValue(random) : String(value);
  const entries = Object.entries(value) as Entry[];
  switch (random.int(0, 8)) {
    case 0:
      return anyValue(random);
    case 1:
      return rebuilt(
        value,
        entries.filter(() => random.chance(0.7)),
      );
    case 2:
      return rebuilt(
        value,
        entries.map(([key, member]) => [random.chance(0.2) ? random.pick(KEYS) : key, member]),
      );
    case 3:
      return rebuilt(
        value,
        entries.map(([key, member]) => [random.chance(0.3) ? key.toUpperCase() : key, member]),
      );
    case 4:
      return [value];
    case 5:
      return rebuilt(value, [...entries, [random.pick(KEYS), anyValue(random)]]);
    case 6:
      return isTree(donor) ? rebuilt(value, [...entries, ...(Object.entries(donor) as Entry[])]) : donor;
    case 7:
      return Array.isArray(value)
        ? Array.from({ length: 20 }, (_, i) => value[i % (value.length || 1)])
        : Object.values(value);
    default:
      return rebuilt(value, random.shuffled(entries));
  }
}

/** The value with damage at one place, any depth below it. */
function damagedWithin(value: unknown, random: Random, donor: unknown): unknown {
  if (!isTree(value) || random.chance(0.15)) return damaged(value, random, donor);
  const entries = Object.entries(value) as Entry[];
  if (entries.length === 0) return damaged(value, random, donor);
  const at = random.int(0, entries.length - 1);
  return rebuilt(
    value,
    entries.map(([key, member], i) => [key, i === at ? damagedWithin(member, random, donor) : member]),
  );
}

/** Damage upon damage grows: what is longer than this as JSON is given up. */
const MAX_LENGTH = 400_000;

/**
 * A JSON value with one to four places damaged; what JSON can hold, and nothing else.
 * @param donor whose members may be mixed in.
 */
export function mutatedValue(value: unknown, random: Random, donor: unknown = null): unknown {
  let json = JSON.stringify(value);
  for (let i = random.int(1, 4); i > 0; i--) {
    const next = JSON.stringify(damagedWithin(JSON.parse(json), random, donor) ?? null);
    if (next.length <= MAX_LENGTH) json = next;
  }
  return JSON.parse(json);
}

const BYTES = [0x00, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x80, 0xc0, 0xed, 0xff];

/** Bytes with up to eight places flipped, taken out, put in, or repeated. */
export function mutatedBytes(bytes: Buffer, random: Random): Buffer {
  let out = bytes;
  for (let i = random.int(0, 8); i > 0; i--) {
    const at = random.int(0, out.length);
    const length = random.pick([1, 1, 2, 3, random.int(1, 300)]);
    const [before, cut, after] = [
      out.subarray(0, at),
      out.subarray(at, at + length),
      out.subarray(at + length),
    ];
    switch (random.int(0, 5)) {
      case 0:
        out = Buffer.concat([before, cut.map((byte) => byte ^ (1 << random.int(0, 7))), after]);
        break;
      case 1:
        out = Buffer.concat([before, after]);
        break;
      case 2:
        out = Buffer.concat([before, cut, cut, after]);
        break;
      case 3:
        out = Buffer.concat([before, Buffer.from(random.pick(TEXTS).slice(0, 200)), cut, after]);
        break;
      case 4:
        out = Buffer.concat([before, Buffer.from([random.pick(BYTES)]), cut, after]);
        break;
      default:
        out = random.chance(0.1)
          ? before
          : Buffer.concat([before, Buffer.alloc(length, random.pick(BYTES)), after]);
    }
  }
  return out;
}
