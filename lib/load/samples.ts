/** What an installation holds while it works, looked at again and again: memory of each process, connections to PostgreSQL. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Running } from "./installation.ts";

export interface Sample {
  /** Seconds since the first. */
  at: number;
  /** Megabytes of each process that runs, by its kind and number. */
  memory: Record<string, number>;
  /** Rollcall's to its database; null while that does not answer. */
  connections: number | null;
}

export class Sampler {
  readonly samples: Sample[] = [];
  #stopped = false;
  readonly #running: Promise<void>;

  /** @param everyMs between two looks. */
  constructor(at: Running, everyMs: number) {
    this.#running = this.#run(at, everyMs);
  }

  async #run(at: Running, everyMs: number): Promise<void> {
    const began = performance.now();
    const owner = at.owner();
    while (!this.#stopped) {
      const now = (performance.now() - began) / 1000;
      const memory: Record<string, number> = {};
      for (const one of [...at.processes]) {
        const megabytes = await one.memory();
        if (megabytes !== null) memory[`${one.kind} ${one.pid}`] = Math.round(megabytes);
      }
      // Those of the sampler and of the run itself are Rollcall's too, but not of its processes.
      const connections = await owner.sql<{ n: number }[]>`
        select count(*)::int n from pg_stat_activity
        where datname = current_database() and application_name = 'rollcall' and pid <> pg_backend_pid()`.then(
        ([row]) => row?.n ?? 0,
        () => null,
      );
      this.samples.push({ at: now, memory, connections });
      const end = performance.now() + everyMs;
      while (!this.#stopped && performance.now() < end) await sleep(Math.min(100, everyMs));
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }
}

/** The most that a process held, by its kind and number. */
export function peaksOf(samples: readonly Sample[]): Record<string, number> {
  const peaks: Record<string, number> = {};
  for (const { memory } of samples)
    for (const [name, megabytes] of Object.entries(memory))
      peaks[name] = Math.max(peaks[name] ?? 0, megabytes);
  return peaks;
}

export const mostConnections = (samples: readonly Sample[]): number =>
  samples.reduce((most, { connections }) => Math.max(most, connections ?? 0), 0);
