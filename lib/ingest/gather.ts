/**
 * Events gathered by subject, from a reading of the log in the order in which it came. They are kept as the text they are
 * stored as; what does not fit in memory goes to files, divided by subject, and comes back a part at a time.
 */

import type { FileHandle } from "node:fs/promises";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventsOf } from "../../db/log/read.ts";
import type { LoggedEvent } from "./event.ts";

/** One record of which some events are a subject's. */
interface Entry {
  source: string;
  fingerprint: string;
  encoded: string;
  /** Which of its events. */
  ordinals: number[];
}

/** Text held in memory: a quarter of a gigabyte of log. */
const MAX_HELD = 48 * 1024 * 1024;
/** Each part is read back as a whole: a 64th of ten million events fits in memory. */
const PARTS = 64;

function partOf(subject: string): number {
  // FNV-1a, 32 bits: spreads ids that differ in their last characters only.
  let hash = 0x811c9dc5;
  for (let i = 0; i < subject.length; i++) hash = Math.imul(hash ^ subject.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % PARTS;
}

const subjectEvents = (entries: readonly Entry[]): LoggedEvent[] =>
  entries.flatMap((entry) => {
    const events = eventsOf(entry);
    return entry.ordinals.map((ordinal) => events[ordinal] as LoggedEvent);
  });

export class Gathered {
  private held = new Map<string, Entry[]>();
  private size = 0;
  private folder: string | null = null;
  private files: FileHandle[] = [];

  /** @param ordinals which of the record's events are the subject's. */
  async add(
    subject: string,
    { source, fingerprint, encoded }: Omit<Entry, "ordinals">,
    ordinals: number[],
  ): Promise<void> {
    const entry = { source, fingerprint, encoded, ordinals };
    const list = this.held.get(subject);
    if (list === undefined) this.held.set(subject, [entry]);
    else list.push(entry);
    this.size += encoded.length;
    if (this.size > MAX_HELD) await this.spill();
  }

  /** The subjects with their events, each once. To be called once. */
  async *subjects(): AsyncGenerator<[subject: string, events: LoggedEvent[]]> {
    if (this.folder === null) {
      for (const [subject, entries] of this.held) yield [subject, subjectEvents(entries)];
      return;
    }
    await this.spill();
    for (const [part, file] of this.files.entries()) {
      await file.close();
      const subjects = new Map<string, Entry[]>();
      for (const line of (await readFile(this.fileOf(part), "utf8")).split("\n")) {
        if (line === "") continue;
        const [subject, source, fingerprint, ordinals, encoded] = line.split("\t") as [
          string,
          string,
          string,
          string,
          string,
        ];
        const entry = { source, fingerprint, encoded, ordinals: JSON.parse(ordinals) as number[] };
        const id = JSON.parse(subject) as string;
        const list = subjects.get(id);
        if (list === undefined) subjects.set(id, [entry]);
        else list.push(entry);
      }
      for (const [subject, entries] of subjects) yield [subject, subjectEvents(entries)];
    }
  }

  /** Removes the files; to be called whatever happened. */
  async close(): Promise<void> {
    await Promise.all(this.files.map((file) => file.close().catch(() => {})));
    if (this.folder !== null) await rm(this.folder, { recursive: true, force: true });
  }

  private fileOf(part: number): string {
    return join(this.folder ?? "", `${part}`);
  }

  private async spill(): Promise<void> {
    if (this.folder === null) {
      this.folder = await mkdtemp(join(tmpdir(), "rollcall-refresh-"));
      // They hold people's data: for this user alone, as the folder is.
      for (let part = 0; part < PARTS; part++) this.files.push(await open(this.fileOf(part), "a", 0o600));
    }
    const parts: string[][] = Array.from({ length: PARTS }, () => []);
    for (const [subject, entries] of this.held) {
      const lines = parts[partOf(subject)] as string[];
      const id = JSON.stringify(subject);
      for (const { source, fingerprint, encoded, ordinals } of entries)
        lines.push(`${id}\t${source}\t${fingerprint}\t${JSON.stringify(ordinals)}\t${encoded}\n`);
    }
    await Promise.all(
      parts.map((lines, part) => (this.files[part] as FileHandle).appendFile(lines.join(""))),
    );
    this.held = new Map();
    this.size = 0;
  }
}
