/** Looking at something from outside while it goes on. */
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Looks every so often while `work` goes on, and once more at its end.
 * @returns what `work` gives. @throws what it or a look throws, when `work` has ended.
 */
export async function watching<T>(work: Promise<T>, everyMs: number, look: () => Promise<void>): Promise<T> {
  let ended = false;
  const looking = (async () => {
    while (!ended) {
      await look();
      await sleep(everyMs);
    }
    await look();
  })();
  // Whoever awaits it below hears of a failure; until then it is no unhandled one.
  looking.catch(() => {});
  try {
    return await work;
  } finally {
    ended = true;
    await looking;
  }
}
