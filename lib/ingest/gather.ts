/**
 * The log's records divided by subject into parts, each small enough to be worked out at once. Segments are opened by
 * threads; what does not fit in memory goes to files.
 */
import { type FileHandle, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SqlSession } from "../../db/client.ts";
import { type LogScope, type LogSegment, readSegments } from "../../db/log/read.ts";
import type { Holding } from "../lifecycle/linking.ts";
import { type DivideSettings, divider } from "./divide.ts";
import { Pool } from "./parallel/pool.ts";

/** Text held in memory before it goes to files. */
const MAX_HELD = 96 * 1024 * 1024;
/** Events in one part, on average: some dozen people's, a few megabytes once they are read. */
const PART_EVENTS = 5_000;
/** Fewer events are divided before threads have started. */
const THREADS_FROM = 20_000;
/** Each part may be a file. */
const MAX_PARTS = 512;

/** Text of parts, in memory or in a folder of files. */
class Parts {
  private held: string[][];
  private size = 0;
  private folder: string | null = null;

  constructor(private readonly count: number) {
    this.held = Array.from({ length: count }, () => []);
  }

  async add(texts: readonly string[]): Promise<void> {
    texts.forEach((text, part) => {
      if (text === "") return;
      (this.held[part] as string[]).push(text);
      this.size += text.length;
    });
    if (this.size > MAX_HELD) await this.spill();
  }

  /** The parts that hold anything. To be called once. */
  async *texts(): AsyncGenerator<string> {
    for (let part = 0; part < this.count; part++) {
      const kept = this.folder === null ? "" : await readFile(join(this.folder, `${part}`), "utf8");
      const text = kept + (this.held[part] as string[]).join("");
      this.held[part] = [];
      if (text !== "") yield text;
    }
  }

  /** Removes the files; to be called whatever happened. */
  async close(): Promise<void> {
    if (this.folder !== null) await rm(this.folder, { recursive: true, force: true });
  }

  private async spill(): Promise<void> {
    // They hold people's data: the folder is this user's alone.
    this.folder ??= await mkdtemp(join(tmpdir(), "rollcall-refresh-"));
    for (let part = 0; part < this.count; part++) {
      const file: FileHandle = await open(join(this.folder, `${part}`), "a", 0o600);
      await file.appendFile((this.held[part] as string[]).join("")).finally(() => file.close());
      this.held[part] = [];
    }
    this.size = 0;
  }
}

/**
 * Reads the segments of a scope and divides their records by subject.
 * @param holdings of the subjects that are wanted; records of others are left out.
 * @param events how many there are about: the number of parts follows from it.
 * @returns texts of `subjectLine`s; each subject is in one of them, with all of its records.
 */
export async function* gather(
  sql: SqlSession,
  workspace: string,
  scope: LogScope,
  holdings: readonly Holding[],
  events: number,
): AsyncGenerator<string> {
  const count = Math.min(Math.max(Math.ceil(events / PART_EVENTS), 1), MAX_PARTS);
  const parts = new Parts(count);
  const settings: DivideSettings = { holdings, parts: count };
  try {
    if (events < THREADS_FROM) {
      const divide = divider(settings);
      for await (const segment of readSegments(sql, workspace, scope)) await parts.add(divide(segment));
    } else {
      const pool = await Pool.start<LogSegment, string[]>("divide-thread", settings);
      try {
        for await (const texts of pool.each(readSegments(sql, workspace, scope))) await parts.add(texts);
      } finally {
        await pool.close();
      }
    }
    yield* parts.texts();
  } finally {
    await parts.close();
  }
}
