/** Finds where a JSON value ends without parsing it: byte by byte, over as many chunks as it takes. */
import {
  BACKSLASH,
  CLOSE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  closerOf,
  KIND,
  LINE_FEED,
  NEWLINE,
  OPEN,
  OPEN_BRACE,
  OPEN_BRACKET,
  PLAIN,
  QUOTE,
  QUOTE_BYTE,
  SPACE,
} from "./bytes.ts";
import { MAX_DEPTH } from "./reading.ts";
import { holdsRecords, type Level, leadsToRecords } from "./wrapper.ts";

/** Where a value stands: at the top level, as element of a list of records, or as member of a wrapper. */
export type Place = "top" | "array" | "members";

/**
 * `end`: the value ends before `at`. `more`: it goes on after the limit. `fault`: what stands at `at` can't be JSON.
 * `list`, `data`: a list of records, or the object that leads to one, has been opened just before `at`.
 */
export type Stop = "end" | "more" | "fault" | "list" | "data";

/** What may come next. ATOM: within a number or a word such as `true`; JSON.parse says later whether it is one. */
const VALUE = 0;
const FIRST_ITEM = 1;
const KEY = 2;
const FIRST_KEY = 3;
const AFTER_KEY = 4;
const AFTER_VALUE = 5;
const ATOM = 6;

export class Scanner {
  /** Offset of the next byte to look at. */
  at: number;
  /** Offset of the first member that leads to a list of records, or -1. */
  listMember = -1;
  /** Whether `strict` stops where such a list opens; in a member it always does. */
  stopAtList = false;
  /** Offset of the first line that looks like the start of another value although this one has not ended, or -1. */
  nextValue = -1;
  /** Offset of the first bracket that nests too deep. */
  tooDeepAt = Number.POSITIVE_INFINITY;

  private readonly column: number;
  private readonly place: Place;
  private readonly level: Level;
  /** The openers that are not closed; a member's first is its wrapper's, which it must not close. */
  private readonly stack = new Uint8Array(MAX_DEPTH);
  private readonly floor: number;
  private depth: number;
  /** How many openers `passOver` met above the height of the stack. */
  private above = 0;
  private expect: number;
  private inString = false;
  private isKey = false;
  /** Start of the line whose first byte that is no space is still to come, or -1. */
  private freshLine = -1;
  private keyStart = 0;
  private keyEnd = 0;
  /** Offset of the member `data` while within it, or -1. */
  private dataMember = -1;

  /**
   * @param at offset of the value's first byte.
   * @param column its distance from the start of its line: a line that begins deeper belongs to the value.
   * @param level for a member, whose it is.
   */
  constructor(at: number, column: number, place: Place, level: Level) {
    this.at = at;
    this.column = column;
    this.place = place;
    this.level = level;
    const member = place === "members";
    this.floor = member ? 1 : 0;
    this.depth = this.floor;
    this.stack[0] = OPEN_BRACE;
    this.expect = member ? KEY : VALUE;
  }

  /** Goes on through an object or member for as long as its tokens follow each other as JSON's do, up to `limit`. */
  strict(view: Buffer, base: number, limit: number): Stop {
    const end = limit - base;
    let i = this.at - base;
    // Locals, since this runs for every byte.
    let { expect, inString } = this;
    const halt = (next: number, stop: Stop): Stop => {
      this.at = base + next;
      this.expect = expect;
      this.inString = inString;
      return stop;
    };
    while (i < end) {
      if (inString) {
        while (i < end && PLAIN[view[i] as number] === 1) i++;
        if (i >= end) break;
        if (view[i] === BACKSLASH) {
          if (i + 1 >= end) break;
          if ((view[i + 1] as number) < 0x20) return halt(i + 1, "fault");
          i += 2;
          continue;
        }
        // A string holds no control characters: most often the line was cut off here, and with it the record.
        if (view[i] !== QUOTE_BYTE) return halt(i, "fault");
        inString = false;
        if (this.isKey) this.keyEnd = base + i;
        expect = this.isKey ? AFTER_KEY : AFTER_VALUE;
        i++;
        continue;
      }
      const byte = view[i] as number;
      const kind = KIND[byte] as number;
      if (kind === SPACE || kind === NEWLINE) {
        if (expect === ATOM) expect = AFTER_VALUE;
        if (kind === NEWLINE) this.freshLine = base + i + 1;
        i++;
        continue;
      }
      if (this.freshLine >= 0 && this.startsValue(byte, base + i) && this.nextValue < 0) {
        this.nextValue = base + i;
      }
      switch (kind) {
        case QUOTE:
          if (expect > FIRST_KEY) return halt(i, "fault");
          inString = true;
          this.isKey = expect === KEY || expect === FIRST_KEY;
          this.keyStart = this.isKey ? base + i + 1 : this.keyStart;
          break;
        case OPEN: {
          if (expect > FIRST_ITEM) return halt(i, "fault");
          if (this.depth === MAX_DEPTH) {
            this.tooDeepAt = base + i;
            return halt(i, "fault");
          }
          const stop = this.depth <= 2 ? this.opens(byte, view, base) : "more";
          this.stack[this.depth] = byte;
          this.depth += 1;
          expect = byte === OPEN_BRACE ? FIRST_KEY : FIRST_ITEM;
          if (stop !== "more") return halt(i + 1, stop);
          break;
        }
        case CLOSE: {
          const empty = byte === CLOSE_BRACE ? FIRST_KEY : FIRST_ITEM;
          const top = this.stack[this.depth - 1] as number;
          if ((expect < AFTER_VALUE && expect !== empty) || byte !== closerOf(top)) return halt(i, "fault");
          // The brace that closes a member's wrapper is left to whom it belongs to.
          if (this.depth === this.floor) return halt(i, "end");
          this.depth -= 1;
          expect = AFTER_VALUE;
          if (this.depth === 0) return halt(i + 1, "end");
          break;
        }
        case COLON:
          if (expect !== AFTER_KEY) return halt(i, "fault");
          expect = VALUE;
          break;
        case COMMA:
          if (expect < AFTER_VALUE) return halt(i, "fault");
          if (this.depth === this.floor) return halt(i, "end");
          expect = this.stack[this.depth - 1] === OPEN_BRACE ? KEY : VALUE;
          break;
        default:
          if (expect > FIRST_ITEM && expect !== ATOM) return halt(i, "fault");
          expect = ATOM;
      }
      i++;
    }
    return halt(i, "more");
  }

  /**
   * Goes on through what is no JSON to the place where reading can begin again, up to `limit`: a comma or bracket of the
   * list around it, the end of the line at the top level, a line that looks like the start of another value.
   */
  passOver(view: Buffer, base: number, limit: number): "end" | "more" {
    const end = limit - base;
    let i = this.at - base;
    const halt = (next: number, stop: "end" | "more") => {
      this.at = base + next;
      return stop;
    };
    while (i < end) {
      if (this.inString) {
        while (i < end && PLAIN[view[i] as number] === 1) i++;
        if (i >= end) break;
        const byte = view[i] as number;
        if (byte === BACKSLASH && i + 1 >= end) break;
        // An open string ends with its line: better to read the next line than to lose it in there.
        if (byte === QUOTE_BYTE || byte === LINE_FEED) this.inString = false;
        if (byte === LINE_FEED) continue;
        i += byte === BACKSLASH && (view[i + 1] as number) >= 0x20 ? 2 : 1;
        continue;
      }
      const byte = view[i] as number;
      const kind = KIND[byte] as number;
      const outside = this.depth === this.floor && this.above === 0;
      if (kind === NEWLINE) {
        if (outside && this.place === "top") return halt(i, "end");
        this.freshLine = base + i + 1;
      } else if (kind !== SPACE) {
        if (this.freshLine >= 0 && this.startsValue(byte, base + i)) return halt(i, "end");
        if (kind === QUOTE) this.inString = true;
        else if (kind === OPEN) {
          if (outside && this.place === "top" && byte === OPEN_BRACE) return halt(i, "end");
          this.push(byte, base + i);
        } else if (kind === CLOSE) {
          const closer = this.place === "array" ? CLOSE_BRACKET : CLOSE_BRACE;
          if (outside && this.place !== "top" && byte === closer) return halt(i, "end");
          this.pop(byte);
        } else if (kind === COMMA && outside && this.place !== "top") return halt(i, "end");
      }
      i++;
    }
    return halt(i, "more");
  }

  /**
   * Whether a line's first byte that is no space begins another value rather than going on with this one. Only asked
   * where this one turns out to be broken, so that any layout of what is whole can be read.
   */
  private startsValue(byte: number, offset: number): boolean {
    const indent = offset - this.freshLine;
    this.freshLine = -1;
    if (indent > this.column) return false;
    if (this.place === "top") return KIND[byte] !== CLOSE && KIND[byte] !== COMMA;
    return byte === OPEN_BRACE;
  }

  /** Notes whether the bracket that opens here leads to a list of records. */
  private opens(byte: number, view: Buffer, base: number): Stop {
    const key = () => view.toString("latin1", this.keyStart - base, this.keyEnd - base);
    if (this.depth === 1) {
      this.dataMember = -1;
      if (this.stack[0] !== OPEN_BRACE) return "more";
      if (byte === OPEN_BRACKET && holdsRecords(key(), this.level)) return this.list(this.keyStart - 1);
      if (byte === OPEN_BRACE && leadsToRecords(key(), this.level)) {
        if (this.place === "members") return "data";
        this.dataMember = this.keyStart - 1;
      }
    } else if (
      this.depth === 2 &&
      this.dataMember >= 0 &&
      byte === OPEN_BRACKET &&
      holdsRecords(key(), "data")
    ) {
      return this.list(this.dataMember);
    }
    return "more";
  }

  private list(member: number): Stop {
    if (this.listMember < 0) this.listMember = member;
    return this.place === "members" || this.stopAtList ? "list" : "more";
  }

  private push(opener: number, offset: number): void {
    if (this.depth === MAX_DEPTH) {
      this.above += 1;
      this.tooDeepAt = Math.min(this.tooDeepAt, offset);
    } else {
      this.stack[this.depth] = opener;
      this.depth += 1;
    }
  }

  /** Closes the nearest bracket of that kind, and what was left open within it. */
  private pop(closer: number): void {
    if (this.above > 0) {
      this.above -= 1;
      return;
    }
    for (let depth = this.depth - 1; depth >= this.floor; depth--) {
      if (closerOf(this.stack[depth] as number) === closer) {
        this.depth = depth;
        return;
      }
    }
  }
}
