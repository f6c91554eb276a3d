/** Threads that answer questions, a few questions ahead of whoever takes the answers. */
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { type TransferListItem, Worker } from "node:worker_threads";
import { keptScript } from "../../runtime/kept-script.mjs";

/** Nearly all that a thread makes is short-lived; what it keeps are the facts that it has told. */
const LIMITS = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 160 };

/** As many as the machine runs at once, but never more than the database can follow. */
const THREADS = Math.min(availableParallelism(), 4);

const root = () => process.env.ROLLCALL_ROOT ?? process.cwd();

async function made(name: string): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(root(), "lib/ingest/parallel", `${name}.ts`)],
    bundle: true,
    write: false,
    platform: "node",
    format: "iife",
    target: "node20",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

async function read(name: string): Promise<string> {
  const path = await keptScript(root(), `${basename(name)}.js`, () => made(name));
  return path === null ? made(name) : readFile(path, "utf8");
}

const programs = new Map<string, Promise<string>>();

/**
 * A thread's program as one plain script: threads start without the loader by which this process reads TypeScript, and in the
 * web server this very file is somewhere else. ROLLCALL_ROOT is set by whatever started the process.
 */
function programOf(name: string): Promise<string> {
  let program = programs.get(name);
  if (program === undefined) {
    program = read(name);
    programs.set(name, program);
  }
  return program;
}

/** One thread and those who wait for its answers, which come in the order of the questions. */
class Thread<Question, Answer> {
  private readonly worker: Worker;
  private readonly waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = [];
  private failure: Error | null = null;

  constructor(code: string, workerData: unknown) {
    this.worker = new Worker(code, { eval: true, workerData, resourceLimits: LIMITS });
    this.worker.on("message", (answer: Answer) => this.waiting.shift()?.resolve(answer));
    this.worker.on("error", (error) => this.fail(error));
    this.worker.on("exit", () => this.fail(new Error("A thread ended before its work.")));
  }

  ask(question: Question, lent: readonly TransferListItem[]): Promise<Answer> {
    if (this.failure !== null) return Promise.reject(this.failure);
    this.worker.postMessage(question, lent);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  /** Whether it answers, and nobody waits for it. */
  get isFree(): boolean {
    return this.failure === null && this.waiting.length === 0;
  }

  /** Whether the process stays alive for it. */
  hold(held: boolean): void {
    if (held) this.worker.ref();
    else this.worker.unref();
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(this.failure);
  }
}

/** What a thread is told that is kept beside the pages. */
export interface ThreadManners {
  /** Whoever answers requests goes first. */
  givesWay: boolean;
}

/** So long a thread waits for work like its last. */
const KEPT_MS = 60_000;

interface KeptThread {
  thread: Thread<never, unknown>;
  timer: NodeJS.Timeout;
}

// Next compiles each route apart: threads hang on the process, so that all of them share them.
const holder = globalThis as { rollcallThreads?: Map<string, KeptThread> };

function keptThreads(): Map<string, KeptThread> {
  holder.rollcallThreads ??= new Map();
  return holder.rollcallThreads;
}

/** A thread that has done such work before; undefined when there is none. */
function takeKept(name: string): Thread<never, unknown> | undefined {
  const kept = keptThreads().get(name);
  if (kept === undefined) return undefined;
  keptThreads().delete(name);
  clearTimeout(kept.timer);
  // It may have ended while nobody asked it anything.
  if (!kept.thread.isFree) return undefined;
  kept.thread.hold(true);
  return kept.thread;
}

/** Lets one thread of a kind wait for more. @returns false where it is not to. */
function keep(name: string, thread: Thread<never, unknown>): boolean {
  if (!thread.isFree || keptThreads().has(name)) return false;
  thread.hold(false);
  const timer = setTimeout(() => {
    keptThreads().delete(name);
    void thread.end();
  }, KEPT_MS);
  timer.unref();
  keptThreads().set(name, { thread, timer });
  return true;
}

export class Pool<Question, Answer> {
  private next = 0;

  private constructor(
    private readonly threads: readonly Thread<Question, Answer>[],
    /** Under which its thread is kept when it is done. */
    private readonly kept: string | null = null,
  ) {}

  /**
   * One thread, for what is over soon and soon comes again: to start a thread costs as much as some thousand records. It waits a
   * minute for the next, keeps no process alive meanwhile, and lets whoever answers requests go first.
   * @param name as for {@link start}.
   */
  static async one<Question, Answer>(name: string): Promise<Pool<Question, Answer>> {
    const kept = takeKept(name) as Thread<Question, Answer> | undefined;
    const manners: ThreadManners = { givesWay: true };
    return new Pool([kept ?? new Thread<Question, Answer>(await programOf(name), manners)], name);
  }

  /**
   * @param name of the thread's file, as it lies from this one; it answers each message with one message.
   * @param data what each thread knows from the start.
   */
  static async start<Question, Answer>(
    name: string,
    data: unknown = null,
    threads = THREADS,
  ): Promise<Pool<Question, Answer>> {
    const code = await programOf(name);
    return new Pool(Array.from({ length: threads }, () => new Thread<Question, Answer>(code, data)));
  }

  /** Questions that may be under way at once: each thread answers one, and one waits for it. */
  get ahead(): number {
    return this.threads.length * 2;
  }

  /** Asks the next thread in turn. @param lent what is handed over and not copied; it is gone here. */
  ask(question: Question, lent: readonly TransferListItem[] = []): Promise<Answer> {
    const answer = (this.threads[this.next++ % this.threads.length] as Thread<Question, Answer>).ask(
      question,
      lent,
    );
    // Whoever awaits it hears of a failure; until then it is no unhandled one.
    answer.catch(() => {});
    return answer;
  }

  /**
   * Answers questions in their order, as many ahead as there may be.
   * @param lentOf what of a question is handed over and not copied.
   */
  async *each(
    questions: AsyncIterable<Question>,
    lentOf: (question: Question) => readonly TransferListItem[] = () => [],
  ): AsyncGenerator<Answer> {
    const under: Promise<Answer>[] = [];
    for await (const question of questions) {
      under.push(this.ask(question, lentOf(question)));
      const first = under.length >= this.ahead ? under.shift() : undefined;
      if (first !== undefined) yield await first;
    }
    for (const answer of under) yield await answer;
  }

  async close(): Promise<void> {
    const left = this.threads.filter((thread) => this.kept === null || !keep(this.kept, thread));
    await Promise.all(left.map((thread) => thread.end()));
  }
}
