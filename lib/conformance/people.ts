/**
 * Keeps people out of a report that goes to others. Whoever lives at the application is told by the kind of a value alone;
 * what the check itself has made is told as it is.
 */
import { shown } from "../net/shown.ts";

/** What of an answer is no person's, wherever it stands: words of the protocol. */
const PLAIN_KEYS = new Set(["schemas", "resourceType", "scimType", "status", "method", "type", "bulkId"]);
/** Longer ones are kept out too: they are no words of the protocol. */
const PLAIN_CHARACTERS = 120;
/** Only the id at their end is somebody's. */
const ADDRESS_KEYS = new Set(["location", "$ref"]);
const NUMBER_KEYS = new Set(["totalResults", "itemsPerPage", "startIndex", "status"]);
/** An attribute's name (RFC 7643 §2.1), or the URN of an extension. */
const KEY = /^\$?[A-Za-z][\w:.$-]{0,199}$/u;
/** What parts words of a sentence, kept. */
const BETWEEN = /([\s"'<>,;:()[\]{}]+)/u;
const DIGIT = /\d/u;
const WORD = /^[\p{L}\p{N}]$/u;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?$/u;
/** No resource is deeper; an answer that is made to break its reader may be. */
const MOST_DEPTH = 20;
/** Of a list this many are shown. */
const MOST_ITEMS = 2;
const EXCERPT_CHARACTERS = 1_200;
/** Values of people that are remembered: more than the pages hold that are read. */
const MOST_SEEN = 20_000;
/** Shorter ones name nobody, and stand in every text. */
const LEAST_CHARACTERS = 3;

type Json = { readonly [key: string]: unknown };
const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isWordAt = (text: string, at: number): boolean => WORD.test(text.charAt(at));

/** The text with each place where something stands as a whole word, case aside, replaced. */
function without(text: string, lowerCased: string): string {
  const lower = text.toLowerCase();
  // What changes its length with its case can't be found by its place.
  if (lower.length !== text.length) return lower.includes(lowerCased) ? "‹…›" : text;
  let clean = "";
  let from = 0;
  for (let at = lower.indexOf(lowerCased); at !== -1; at = lower.indexOf(lowerCased, at + 1)) {
    const end = at + lowerCased.length;
    if (at < from || isWordAt(lower, at - 1) || isWordAt(lower, end)) continue;
    clean += `${text.slice(from, at)}‹…›`;
    from = end;
  }
  return clean + text.slice(from);
}

/** What one word of a sentence is, where it may be somebody's; null for any other. */
function kindOf(word: string): string | null {
  if (word.includes("@")) return "‹e-mail›";
  const bare = word.replaceAll(/[-_]/gu, "");
  if (!DIGIT.test(bare)) return null;
  if (/^\d{6,}$/u.test(bare)) return "‹id›";
  return bare.length >= 16 && /^[\w-]+$/u.test(word) ? "‹id›" : null;
}

export class People {
  private readonly own = new Set<string>();
  private readonly seen = new Set<string>();

  /** @param mark every name that the check makes begins with it, and nothing else does. */
  constructor(private readonly mark: string) {}

  /** Says that a value is the check's own. */
  isOwn(value: string): void {
    this.own.add(value.toLowerCase());
  }

  /** Says that all values of a body are: the check has made them up. */
  isOwnAll(value: unknown): void {
    if (typeof value === "string") this.isOwn(value);
    else if (typeof value === "object" && value !== null)
      for (const one of Object.values(value)) this.isOwnAll(one);
  }

  /** Remembers a value that is somebody's, and is told nowhere. */
  see(value: string): void {
    const text = value.trim();
    if (text.length >= LEAST_CHARACTERS && this.seen.size < MOST_SEEN && !this.knows(text))
      this.seen.add(text.toLowerCase());
  }

  /** Remembers all values of a list's resources. */
  seeAll(value: unknown, key = "", depth = 0): void {
    if (depth > MOST_DEPTH) return;
    if (typeof value === "string") {
      if (!PLAIN_KEYS.has(key) && !ADDRESS_KEYS.has(key)) this.see(value);
    } else if (Array.isArray(value)) for (const one of value) this.seeAll(one, key, depth + 1);
    else if (isJson(value) && !this.isOwnResource(value))
      for (const [name, one] of Object.entries(value)) this.seeAll(one, name, depth + 1);
  }

  private isOwnResource({ userName, displayName }: Json): boolean {
    const name = userName ?? displayName;
    return typeof name === "string" && name.toLowerCase().startsWith(this.mark);
  }

  /** Whether a value is the check's own: one that it has made up, or a single word that begins with its mark. */
  private knows(text: string): boolean {
    const lower = text.toLowerCase();
    return this.own.has(lower) || (lower.startsWith(this.mark) && !/\s/u.test(lower));
  }

  /** A text of the application with everybody left out, in one line. */
  text(value: string, characters = 300): string {
    // Cut generously first: what is searched is bounded, and nobody's name is cut in half at the end.
    const line = shown(value.replace(/\p{Cf}/gu, ""), characters * 4)
      .split(BETWEEN)
      .map((word) => (this.knows(word) ? word : (kindOf(word.replace(/[.!?]$/u, "")) ?? word)))
      .join("");
    const lower = line.toLowerCase();
    let clean = line;
    for (const one of [...this.seen]
      .filter((name) => lower.includes(name))
      .sort((a, b) => b.length - a.length))
      clean = without(clean, one);
    return shown(clean, characters);
  }

  /** An address that the application gave: its path stays, an id that is not the check's own goes. */
  address(value: string): string {
    const [bare = ""] = value.split(/[?#]/u, 1);
    const parts = bare.split("/");
    const last = parts.at(-1) ?? "";
    const kept = parts.length > 1 && !/^(?:Users|Groups)$/iu.test(last) && !this.knows(decoded(last));
    return this.text(kept ? [...parts.slice(0, -1), "‹id›"].join("/") : bare);
  }

  private value(value: unknown, key: string, depth = 0): unknown {
    if (depth > MOST_DEPTH) return "‹…›";
    if (typeof value === "boolean" || value === null) return value;
    if (typeof value === "number") return NUMBER_KEYS.has(key) ? value : "‹number›";
    if (typeof value === "string") return this.string(value, key);
    if (Array.isArray(value)) {
      const some = value.slice(0, MOST_ITEMS).map((one) => this.value(one, key, depth + 1));
      return value.length > MOST_ITEMS ? [...some, `‹and ${value.length - MOST_ITEMS} more›`] : some;
    }
    if (!isJson(value)) return null;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        KEY.test(name) ? name : "‹key›",
        this.value(one, name, depth + 1),
      ]),
    );
  }

  private string(value: string, key: string): string {
    if (key === "detail") return this.text(value);
    if (this.knows(value)) return shown(value);
    if (PLAIN_KEYS.has(key) && value.length <= PLAIN_CHARACTERS) return this.text(value);
    if (ADDRESS_KEYS.has(key)) return this.address(value);
    if (DATE_TIME.test(value)) return "‹date-time›";
    if (value === "") return "";
    return value.includes("@") ? "‹e-mail›" : "‹text›";
  }

  /**
   * The beginning of an answer as it may be told.
   * @param json its content as JSON; undefined where it is none.
   * @param open of what the service says of itself: nobody is in it.
   */
  excerpt(text: string, json: unknown, open = false): string | null {
    if (text.trim() === "") return null;
    if (json === undefined) return `‹${Buffer.byteLength(text)} bytes that are no JSON›`;
    const told = open ? this.text(text, EXCERPT_CHARACTERS) : JSON.stringify(this.value(json, ""));
    return [...told].length > EXCERPT_CHARACTERS ? `${shown(told, EXCERPT_CHARACTERS)}…` : told;
  }
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
