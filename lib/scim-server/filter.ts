/** Filters and PATCH paths as they are written (RFC 7644 §3.4.2.2, §3.5.2), read into trees. Nothing here knows a schema. */
import { bad, type ScimType } from "./error.ts";

const COMPARISONS = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const;
export type Comparison = (typeof COMPARISONS)[number];
export type Scalar = string | number | boolean | null;

export type Filter =
  | { op: "and" | "or"; filters: Filter[] }
  | { op: "not"; filter: Filter }
  | { op: "pr"; path: string }
  | { op: Comparison; path: string; value: Scalar }
  /** One value of a multi-valued attribute that fits as a whole. */
  | { op: "[]"; path: string; filter: Filter };

/** Where a PATCH changes something. */
export interface PatchPath {
  path: string;
  filter: Filter | null;
  /** Behind the brackets. */
  sub: string | null;
}

/** What identity providers send is some hundred characters; a list of members to remove is the longest. */
const MAX_LENGTH = 16 * 1024;
/** Deeper than anybody writes by hand. */
const MAX_DEPTH = 32;

type Token = { kind: "string"; value: string } | { kind: "word" | "sign"; value: string };

/** The text in quotes that begins at `from`: where it ends. @returns -1 where it doesn't. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

/** What the database's text can't hold: NUL, and half of a surrogate pair. */
const NO_TEXT = /\0|\p{Surrogate}/u;

function stringIn(quoted: string): string | null {
  try {
    const text = JSON.parse(quoted) as string;
    return NO_TEXT.test(text) ? null : text;
  } catch {
    return null;
  }
}

const SPACE = /[ \t\r\n]/u;
const WORD_END = /[\s()[\]"]/gu;

/** @returns null where it can't be cut into tokens. */
function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const sign = text[at] ?? "";
    if (SPACE.test(sign)) at++;
    else if ("()[]".includes(sign)) {
      tokens.push({ kind: "sign", value: sign });
      at++;
    } else if (sign === '"') {
      const end = endOfString(text, at);
      const value = end < 0 ? null : stringIn(text.slice(at, end));
      if (value === null) return null;
      tokens.push({ kind: "string", value });
      at = end;
    } else {
      WORD_END.lastIndex = at;
      const end = WORD_END.exec(text)?.index ?? text.length;
      // White space that is none of SCIM's.
      if (end === at) return null;
      tokens.push({ kind: "word", value: text.slice(at, end) });
      at = end;
    }
  }
  return tokens;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/iu;
const PATH = /^[a-z$][\w$.:-]*$/iu;

/** Reads tokens from front to back; `and` binds closer than `or`, both less than `not` and brackets. */
class Reader {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly refuse: (why: string) => Error,
  ) {}

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  private isSign(sign: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === "sign" && token.value === sign;
  }

  /** Whether a word comes next, in any case. */
  private isWord(word: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === "word" && token.value.toLowerCase() === word;
  }

  takeSign(sign: string): boolean {
    if (!this.isSign(sign)) return false;
    this.at++;
    return true;
  }

  takeWord(what: string): string {
    const token = this.tokens[this.at];
    if (token?.kind !== "word") throw this.refuse(`${what} is missing`);
    this.at++;
    return token.value;
  }

  path(): string {
    const word = this.takeWord("the name of an attribute");
    if (!PATH.test(word)) throw this.refuse(`"${word.slice(0, 100)}" is no name of an attribute`);
    return word;
  }

  /** @param inValue within brackets, where no others may stand. */
  filter(inValue: boolean): Filter {
    return this.joined("or", () => this.joined("and", () => this.one(inValue)));
  }

  private joined(op: "and" | "or", next: () => Filter): Filter {
    const filters = [next()];
    while (this.isWord(op)) {
      this.at++;
      filters.push(next());
    }
    const [only] = filters;
    return filters.length === 1 && only !== undefined ? only : { op, filters };
  }

  private inside(close: string, inValue: boolean): Filter {
    if (++this.depth > MAX_DEPTH) throw this.refuse(`it is nested deeper than ${MAX_DEPTH} brackets`);
    const filter = this.filter(inValue);
    if (!this.takeSign(close)) throw this.refuse(`a closing ${close} is missing`);
    this.depth--;
    return filter;
  }

  private one(inValue: boolean): Filter {
    if (this.takeSign("(")) return this.inside(")", inValue);
    const next = this.tokens[this.at + 1];
    if (this.isWord("not") && next?.kind === "sign" && next.value === "(") {
      this.at += 2;
      return { op: "not", filter: this.inside(")", inValue) };
    }
    const path = this.path();
    if (this.takeSign("[")) {
      if (inValue) throw this.refuse("square brackets stand within others");
      return { op: "[]", path, filter: this.inside("]", true) };
    }
    const op = this.takeWord("an operator").toLowerCase();
    if (op === "pr") return { op, path };
    const comparison = COMPARISONS.find((known) => known === op);
    if (comparison === undefined) throw this.refuse(`there is no operator "${op.slice(0, 20)}"`);
    return { op: comparison, path, value: this.value() };
  }

  private value(): Scalar {
    const token = this.tokens[this.at++];
    if (token === undefined) throw this.refuse("the value to compare with is missing");
    if (token.kind === "string") return token.value;
    const word = token.value.toLowerCase();
    if (word === "true") return true;
    if (word === "false") return false;
    if (word === "null") return null;
    if (token.kind === "word" && NUMBER.test(word)) return Number(word);
    throw this.refuse(`"${token.value.slice(0, 100)}" is no value: texts stand in quotes`);
  }
}

function readerOf(text: string, scimType: ScimType, what: string): Reader {
  const refuse = (why: string) => bad(scimType, `The ${what} can't be read: ${why}.`);
  if (text.length > MAX_LENGTH) throw refuse(`it is longer than ${MAX_LENGTH} characters`);
  const tokens = tokensOf(text);
  if (tokens === null) throw refuse("a text in quotes does not end, or holds a character that none has");
  return new Reader(tokens, refuse);
}

/** @throws {ScimError} invalidFilter, with what is wrong. */
export function parseFilter(text: string): Filter {
  const reader = readerOf(text, "invalidFilter", "filter");
  const filter = reader.filter(false);
  if (!reader.isAtEnd)
    throw bad("invalidFilter", "The filter can't be read: something stands behind its end.");
  return filter;
}

/** `emails[type eq "work"].value`. @throws {ScimError} invalidPath, with what is wrong. */
export function parsePath(text: string): PatchPath {
  const reader = readerOf(text, "invalidPath", "path");
  const path = reader.path();
  if (reader.isAtEnd) return { path, filter: null, sub: null };
  if (!reader.takeSign("[")) throw bad("invalidPath", "The path can't be read: it goes on behind its name.");
  const filter = reader.filter(true);
  if (!reader.takeSign("]")) throw bad("invalidPath", "The path can't be read: a closing ] is missing.");
  const sub = reader.isAtEnd ? null : reader.takeWord("a part of the attribute");
  if ((sub !== null && !/^\.[a-z$][\w$-]*$/iu.test(sub)) || !reader.isAtEnd)
    throw bad("invalidPath", "The path can't be read: behind the brackets stands no part of the attribute.");
  return { path, filter, sub: sub?.slice(1) ?? null };
}
