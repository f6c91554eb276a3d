/** Ends of things that may not come. */
import { setTimeout as delay } from "node:timers/promises";

/**
 * @param ms milliseconds to wait at most.
 * @returns whether it ended by then.
 * @throws what it ended with, when it failed in time.
 */
export async function endsWithin(ending: Promise<unknown>, ms: number): Promise<boolean> {
  const waiting = new AbortController();
  // Where it fails too late, nobody waits for it any more.
  ending.catch(() => {});
  const late = delay(ms, false, { signal: waiting.signal }).catch(() => false);
  try {
    return await Promise.race([ending.then(() => true), late]);
  } finally {
    waiting.abort();
  }
}
