/** Threads that read pieces, a few pieces ahead of whoever takes the results. */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import type { PieceResult, PieceSettings } from "./piece.ts";

/** Nearly all that a thread makes is short-lived; what it keeps are the facts that it has told. */
const LIMITS = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 160 };

let bundled: Promise<string> | null = null;

/**
 * The threads' program as one plain script: they start without the loader by which this process reads TypeScript, and in the
 * web server this very file is somewhere else. ROLLCALL_ROOT is set by whatever started the process.
 */
function program(): Promise<string> {
  bundled ??= build({
    entryPoints: [join(process.env.ROLLCALL_ROOT ?? process.cwd(), "lib/ingest/parallel/worker.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "iife",
    target: "node20",
    logLevel: "silent",
  }).then(({ outputFiles: [file] }) => file?.text ?? "");
  return bundled;
}

/** One thread and those who wait for its answers, which come in the order of the questions. */
class Thread {
  private readonly worker: Worker;
  private readonly waiting: { resolve(result: PieceResult): void; reject(error: Error): void }[] = [];
  private failure: Error | null = null;

  constructor(code: string, settings: PieceSettings) {
    this.worker = new Worker(code, { eval: true, workerData: settings, resourceLimits: LIMITS });
    this.worker.on("message", (result: PieceResult) => this.waiting.shift()?.resolve(result));
    this.worker.on("error", (error) => this.fail(error));
    this.worker.on("exit", () => this.fail(new Error("A reading thread ended.")));
  }

  read(piece: Uint8Array<ArrayBuffer>): Promise<PieceResult> {
    if (this.failure !== null) return Promise.reject(this.failure);
    this.worker.postMessage(piece, [piece.buffer]);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(this.failure);
  }
}

export class Pool {
  private next = 0;

  private constructor(private readonly threads: readonly Thread[]) {}

  static async start(threads: number, settings: PieceSettings): Promise<Pool> {
    const code = await program();
    return new Pool(Array.from({ length: threads }, () => new Thread(code, settings)));
  }

  /** Pieces that may be under way at once: each thread reads one, and one waits for it. */
  get ahead(): number {
    return this.threads.length * 2;
  }

  /** Has the next thread in turn read a piece, which is lent to it whole. */
  read(piece: Uint8Array<ArrayBuffer>): Promise<PieceResult> {
    return (this.threads[this.next++ % this.threads.length] as Thread).read(piece);
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.end()));
  }
}
