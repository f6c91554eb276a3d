/** Rollcall's own processes, web and worker, started by their commands. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { PROJECT_ROOT } from "../runtime/home.ts";

export interface RollcallProcess {
  kind: "web" | "worker";
  pid: number;
  /** The web process's; empty of a worker. */
  origin: string;
  /** The link that signs in the operator; empty of a worker. */
  link: string;
  /** Megabytes that it holds now; null when it is gone. */
  memory(): Promise<number | null>;
  /** Resolves when it has ended, with its exit code; null: by a signal. */
  ended: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
  /** What it wrote to its log by now. */
  log(): string;
}

const ADDRESS = /http:\/\/localhost:\d+\/open\/\S+/u;
const RUNS = /The worker runs/u;
/** The pages are built by whoever starts them first. */
const START_MS = 5 * 60_000;
/** Of its log: the end tells. */
const LOG_CHARACTERS = 200_000;

/**
 * The end of a text that goes on growing. It is put together when it is asked for: with a line for each request that would be the most
 * of what the load itself takes of the machine that is measured.
 */
class TextEnd {
  readonly #pieces: string[] = [];
  #length = 0;

  add(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    while (this.#length - (this.#pieces[0]?.length ?? 0) >= LOG_CHARACTERS)
      this.#length -= this.#pieces.shift()?.length ?? 0;
  }

  get text(): string {
    return this.#pieces.join("");
  }
}

const megabytesOf = async (pid: number): Promise<number | null> => {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kilobytes = /^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
};

/**
 * Starts one and waits until it is at work.
 * @param env its settings, beside those of this process.
 * @param preload a module that Node loads before it; its address.
 * @throws what it said, when it ended instead.
 */
export async function startProcess(
  kind: RollcallProcess["kind"],
  env: Readonly<Record<string, string>>,
  preload?: string,
): Promise<RollcallProcess> {
  const args = kind === "web" ? ["start", "--port", "0"] : ["rollcall", "worker"];
  const node = preload === undefined ? [] : ["--import", preload];
  const child: ChildProcess = spawn(
    process.execPath,
    [...node, join(PROJECT_ROOT, "lib/cli/start.mjs"), ...args],
    // As in a container: what goes wrong is a line of JSON each.
    {
      env: { ...process.env, NODE_ENV: "production", ROLLCALL_LOG: "json", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const said = { out: new TextEnd(), log: new TextEnd() };
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const found = await new Promise<string | null>((resolve, reject) => {
    const fail = (why: string) =>
      reject(new Error(`A ${kind} process ${why}:\n${said.log.text.slice(-4_000)}`));
    const late = setTimeout(() => fail("did not start in time"), START_MS);
    let starts = true;
    const look = () => {
      const there = kind === "web" ? ADDRESS.exec(said.out.text)?.[0] : RUNS.exec(said.log.text)?.[0];
      if (there === undefined) return;
      starts = false;
      clearTimeout(late);
      resolve(there);
    };
    const follow = (stream: Readable | null, end: TextEnd) =>
      stream?.setEncoding("utf8").on("data", (text: string) => {
        end.add(text);
        if (starts) look();
      });
    follow(child.stdout, said.out);
    follow(child.stderr, said.log);
    child.once("error", reject);
    child.once("close", () => {
      clearTimeout(late);
      fail("ended instead of starting");
    });
  });
  const link = kind === "web" ? (found ?? "") : "";
  return {
    kind,
    pid: child.pid ?? 0,
    origin: link === "" ? "" : new URL(link).origin,
    link,
    memory: () => megabytesOf(child.pid ?? 0),
    ended,
    signal: (name) => void child.kill(name),
    log: () => said.log.text,
  };
}
