/** Cuts a stream of unknown layout into frames: what to scan next, and what a scanned value turns out to be. */
import {
  CLOSE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  COMMA_BYTE,
  isSpace,
  KIND,
  LINE_FEED,
  OPEN_BRACE,
  OPEN_BRACKET,
} from "./bytes.ts";
import type { Frame, FramingOptions } from "./frame.ts";
import {
  CUT_OFF,
  deeperThan,
  MAX_DEPTH,
  memberOf,
  objectOf,
  partOf,
  reasonAgainst,
  TOO_DEEP,
  UNCLOSED,
} from "./reading.ts";
import { type Place, Scanner } from "./scanner.ts";
import { Window } from "./window.ts";
import { type Level, looksWrapped } from "./wrapper.ts";

const MAX_RECORD_BYTES = 16 * 1024 * 1024;

/** How much of an object is read before a list in it is streamed: above the size of the records and pages known. */
const PEEK_BYTES = 1024 * 1024;

/** How far to look whether a bracket opens an array or is the start of a log line. */
const LOOK_AHEAD_BYTES = 256;

/** `[2026-01-05 10:00:00] started`: a bracket that closes on its line, with more text behind it. */
const LOG_LINE = /^\[[^\n"{}[\]]*\][ \t]*[^\s,\]}]/u;

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Brackets around what is read now that hold no record themselves. */
type Context = { place: "array" } | { place: "members"; level: Level };

/** The value that is read now. */
interface Unit {
  start: number;
  place: Place;
  /** As JSON; or up to where JSON can begin again; or as a line of text; or as a run of zeros. */
  mode: "strict" | "skip" | "line" | "zeros";
  scanner: Scanner;
  /** Read to its end as far as `peek` goes; then on to a list of records, if one comes; or it is known to be no wrapper. */
  stage: "peek" | "seek" | "read";
  /** How many parts of it were told, once it is known to be too long; what is left begins at `from`, on `line`. */
  parts: number;
  from: number;
  line: number;
}

export class Framer {
  private readonly window = new Window();
  private readonly contexts: Context[] = [];
  private readonly isRecord: (value: unknown) => boolean;
  private readonly maxBytes: number;
  private readonly peekBytes: number;
  private unit: Unit | null = null;
  /** Offset of the next byte that no frame and no bracket has taken. */
  private at = 0;
  private count = 0;
  /** Whether the input ended within a value, which was told. */
  private cut = false;
  private out: Frame[] = [];

  constructor({ isRecord, maxRecordBytes = MAX_RECORD_BYTES }: FramingOptions) {
    this.isRecord = isRecord;
    this.maxBytes = maxRecordBytes;
    this.peekBytes = Math.min(PEEK_BYTES, maxRecordBytes);
  }

  /** Takes the next bytes of the stream and gives the frames that they complete. */
  push(bytes: Uint8Array): Frame[] {
    const { unit } = this;
    // The scanner may wait a byte before what is left of a value.
    this.window.append(bytes, unit === null ? this.at : Math.min(unit.from, unit.scanner.at));
    return this.run(false);
  }

  /** Takes the end of the stream and gives the last frames. */
  end(): Frame[] {
    return this.run(true);
  }

  /** Whether all bytes so far are in frames, and what comes next stands for itself: as if the stream began there. */
  get idle(): boolean {
    return this.unit === null && this.contexts.length === 0 && this.at === this.window.end;
  }

  private run(eof: boolean): Frame[] {
    // No decision below may depend on how much happens to be in the window: each waits until its bytes are there.
    while (this.unit === null ? this.begin(eof) : this.resume(this.unit, eof));
    const frames = this.out;
    this.out = [];
    return frames;
  }

  /** Takes brackets and commas up to the next value. @returns false when more bytes are needed. */
  private begin(eof: boolean): boolean {
    const context = this.contexts.at(-1);
    const { view, base } = this.window;
    let i = this.at - base;
    while (isSpace(view[i]) || (context !== undefined && view[i] === COMMA_BYTE)) i++;
    this.at = base + i;
    this.window.moveTo(this.at);
    const byte = view[i];
    if (byte === undefined) {
      if (eof) this.closeAll();
      return false;
    }
    if (context === undefined) return this.beginTop(byte, eof);
    if (context.place === "array") {
      if (byte === CLOSE_BRACKET) return this.leave();
      if (byte === OPEN_BRACKET && this.contexts.length < MAX_DEPTH) {
        return this.enter({ place: "array" }, this.at + 1);
      }
      return this.open("array", byte === OPEN_BRACE ? "strict" : "skip");
    }
    if (byte === CLOSE_BRACE) return this.leave();
    if (byte !== OPEN_BRACE) return this.open("members", "strict");
    // No member begins so: the wrapper was cut off, and this is the next value of what surrounds it.
    while (this.contexts.at(-1)?.place === "members") this.contexts.pop();
    this.broken(this.window.slice(this.at, this.at), UNCLOSED, this.at, this.window.line);
    return true;
  }

  private beginTop(byte: number, eof: boolean): boolean {
    const { window, at } = this;
    if (byte === OPEN_BRACE) return this.wholeLine(eof);
    if (byte === OPEN_BRACKET) {
      const ahead = window.slice(at, at + LOOK_AHEAD_BYTES);
      if (ahead.length < LOOK_AHEAD_BYTES && !eof) return false;
      if (!LOG_LINE.test(ahead.toString("latin1"))) return this.enter({ place: "array" }, at + 1);
    }
    if (byte === BYTE_ORDER_MARK[0]) {
      const mark = window.slice(at, at + BYTE_ORDER_MARK.length);
      if (mark.length < BYTE_ORDER_MARK.length && !eof) return false;
      if (mark.equals(BYTE_ORDER_MARK)) {
        this.at += BYTE_ORDER_MARK.length;
        return true;
      }
    }
    if (byte === 0) return this.open("top", "zeros");
    // What is left between two values on one line must not take the second with it.
    return this.open("top", KIND[byte] === COMMA || KIND[byte] === CLOSE ? "skip" : "line");
  }

  /** The usual case, without the scanner: a line that is one record. */
  private wholeLine(eof: boolean): boolean {
    const { window, at } = this;
    const newline = window.lineEnd();
    if (newline < 0 && !eof && window.end - at <= this.peekBytes) return false;
    const lineEnd = newline < 0 ? window.end : newline;
    if (lineEnd - at <= this.peekBytes) {
      const bytes = trimmed(window.slice(at, lineEnd));
      const value = wholeRecord(bytes, this.isRecord);
      if (value !== undefined) {
        this.record(bytes, value, at, window.line);
        this.at = lineEnd;
        return true;
      }
    }
    return this.open("top", "strict");
  }

  private open(place: Place, mode: Unit["mode"]): true {
    const { window, at: start } = this;
    const context = this.contexts.at(-1);
    const level = context?.place === "members" ? context.level : "wrapper";
    const scanner = new Scanner(start, start - window.lineStart, place, level);
    const stage = place === "members" ? "read" : "peek";
    this.unit = { start, place, mode, scanner, stage, parts: 0, from: start, line: window.line };
    return true;
  }

  private enter(context: Context, at: number): true {
    this.contexts.push(context);
    this.unit = null;
    this.at = at;
    return true;
  }

  private leave(): true {
    this.contexts.pop();
    this.at += 1;
    return true;
  }

  private closeAll(): void {
    if (this.contexts.length > 0 && !this.cut) {
      this.broken(this.window.slice(this.at, this.at), UNCLOSED, this.at, this.window.line);
    }
    this.contexts.length = 0;
  }

  /** Goes on with the value. @returns false when more bytes are needed. */
  private resume(unit: Unit, eof: boolean): boolean {
    if (unit.mode === "strict") return this.resumeStrict(unit, eof);
    const { window } = this;
    const limit = unit.from + this.maxBytes;
    if (this.passOver(unit, Math.min(window.end, limit))) return this.finish(unit, unit.scanner.at);
    if (window.end > limit) return this.tellPart(unit);
    return eof && this.finishAtEnd(unit);
  }

  /** Goes on to the end of what is no JSON. @returns whether it is reached. */
  private passOver({ mode, scanner }: Unit, until: number): boolean {
    const { view, base } = this.window;
    if (mode === "skip") return scanner.passOver(view, base, until) === "end";
    if (mode === "line") {
      const newline = this.window.lineEnd();
      scanner.at = newline >= 0 && newline <= until ? newline : until;
      return scanner.at === newline;
    }
    while (scanner.at < until && view[scanner.at - base] === 0) scanner.at += 1;
    return scanner.at < until;
  }

  private resumeStrict(unit: Unit, eof: boolean): boolean {
    const { window } = this;
    const { scanner, start } = unit;
    const limit = start + (unit.stage === "peek" ? this.peekBytes : this.maxBytes);
    scanner.stopAtList = unit.stage === "seek";
    switch (scanner.strict(window.view, window.base, Math.min(window.end, limit))) {
      case "end":
        return this.complete(unit);
      case "fault":
        return this.unwrap(unit) || this.recover(unit);
      case "data":
        return this.enter({ place: "members", level: "data" }, scanner.at);
      case "list":
        if (unit.place === "members") return this.enter({ place: "array" }, scanner.at);
        unit.stage = "read";
        return this.unwrap(unit) || true;
    }
    if (window.end > limit) {
      if (unit.stage !== "peek") return scanner.nextValue < 0 ? this.tooLong(unit) : this.recover(unit);
      unit.stage = scanner.listMember < 0 ? "seek" : "read";
      return this.unwrap(unit) || true;
    }
    if (!eof) return false;
    if (this.unwrap(unit)) return true;
    return scanner.nextValue < 0 ? this.finishAtEnd(unit, CUT_OFF) : this.recover(unit);
  }

  /** The value's brackets have closed: whether it is one is for the parser to say. */
  private complete(unit: Unit): true {
    const { window } = this;
    const { start, scanner } = unit;
    const bytes = window.slice(start, scanner.at);
    const value = unit.place === "members" ? memberOf(bytes) : objectOf(bytes);
    if (unit.place !== "members" && this.unwrap(unit, value)) return true;
    if (value === undefined) {
      unit.mode = "skip";
      return true;
    }
    if (unit.place !== "members") this.record(bytes, value, start, unit.line);
    this.unit = null;
    this.at = scanner.at;
    return true;
  }

  /**
   * Takes an object for a wrapper if it leads to a list of records and is no record itself; what is in it is then read
   * from its first member on. Of an object that is too long to wait for, or broken, the members before the list decide.
   */
  private unwrap({ start, scanner }: Unit, whole?: object): boolean {
    if (scanner.listMember < 0 || this.contexts.length >= MAX_DEPTH) return false;
    if (this.isRecord(whole ?? this.membersBefore(start, scanner.listMember))) return false;
    return this.enter({ place: "members", level: "wrapper" }, start + 1);
  }

  private membersBefore(start: number, member: number): object | undefined {
    const bytes = trimmed(this.window.slice(start + 1, member));
    return memberOf(bytes.at(-1) === COMMA_BYTE ? bytes.subarray(0, -1) : bytes);
  }

  /** Gives up on a value as JSON, and looks for its end. */
  private recover(unit: Unit): true {
    if (unit.scanner.nextValue >= 0) return this.finish(unit, unit.scanner.nextValue);
    unit.mode = "skip";
    return true;
  }

  /** From here on only the end of the value is looked for; what is passed over is told in parts, so that none is lost. */
  private tooLong(unit: Unit): true {
    unit.mode = "skip";
    return this.tellPart(unit);
  }

  private tellPart(unit: Unit): true {
    const end = unit.from + this.maxBytes;
    unit.parts += 1;
    const reason = partOf(unit.parts, this.maxBytes);
    this.broken(this.window.slice(unit.from, end), reason, unit.from, unit.line);
    this.window.moveTo(end);
    unit.from = end;
    unit.line = this.window.line;
    return true;
  }

  private finishAtEnd(unit: Unit, why?: string): true {
    this.cut = true;
    return this.finish(unit, this.window.end, why);
  }

  /** Ends a value that is no record. */
  private finish(unit: Unit, end: number, why?: string): true {
    const bytes = trimmed(this.window.slice(unit.from, end));
    if (unit.parts === 0) {
      const reason = unit.scanner.tooDeepAt < end ? TOO_DEEP : why;
      this.broken(bytes, reason ?? reasonAgainst(bytes, unit.place === "members"), unit.start, unit.line);
    } else if (bytes.length > 0) {
      this.broken(bytes, partOf(unit.parts + 1, this.maxBytes), unit.from, unit.line);
    }
    this.unit = null;
    this.at = end;
    return true;
  }

  private record(bytes: Buffer, value: object, offset: number, line: number): void {
    this.count += 1;
    this.out.push({ kind: "record", bytes, value, position: { record: this.count, offset, line } });
  }

  private broken(bytes: Buffer, reason: string, offset: number, line: number): void {
    this.count += 1;
    this.out.push({ kind: "broken", bytes, reason, position: { record: this.count, offset, line } });
  }
}

/** The object that a line, without the white space around it, is as a whole; undefined where more has to be looked at. */
function wholeRecord(line: Buffer, isRecord: FramingOptions["isRecord"]): object | undefined {
  const value = line.at(-1) === CLOSE_BRACE ? objectOf(line) : undefined;
  if (value === undefined || deeperThan(value, MAX_DEPTH)) return undefined;
  return isRecord(value) || !looksWrapped(value) ? value : undefined;
}

/**
 * Takes the frames of a text in which each line is a record, the usual case, without the machinery for all others.
 * @param text ends with a line end.
 * @returns how many; null where some line is not a record by itself: what was taken counts for nothing then.
 */
export function takeLines(
  text: Buffer,
  isRecord: FramingOptions["isRecord"],
  take: (frame: Frame) => void,
): number | null {
  let record = 0;
  for (let start = 0, line = 1; start < text.length; line++) {
    const end = text.indexOf(LINE_FEED, start);
    if (end < 0) return null;
    let from = start;
    while (from < end && isSpace(text[from])) from++;
    start = end + 1;
    if (from === end) continue;
    if (text[from] !== OPEN_BRACE || end - from > PEEK_BYTES) return null;
    const bytes = trimmed(text.subarray(from, end));
    const value = wholeRecord(bytes, isRecord);
    if (value === undefined) return null;
    record += 1;
    take({ kind: "record", bytes, value, position: { record, offset: from, line } });
  }
  return record;
}

function trimmed(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && isSpace(bytes[end - 1])) end--;
  return bytes.subarray(0, end);
}
