/** Signals that ask this process to end. */

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** npm passes on the Ctrl-C that the terminal has sent to its child already: within this they are one. */
const SAME_MS = 1_000;

/**
 * Resolves at the first signal. A second one is left to whoever heard of signals before, and without any to the
 * operating system: both end the process at once.
 */
export function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    const heard = () => {
      resolve();
      setTimeout(() => {
        for (const signal of SIGNALS) process.removeListener(signal, heard);
      }, SAME_MS).unref();
    };
    for (const signal of SIGNALS) process.on(signal, heard);
  });
}
