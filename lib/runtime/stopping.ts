/** Whether this process is being stopped: long work ends itself then, so that it is told what became of it. */

// Next compiles each route apart: the signal hangs on the process, so that all of them share it.
const holder = globalThis as { rollcallStopping?: AbortController };

function controller(): AbortController {
  holder.rollcallStopping ??= new AbortController();
  return holder.rollcallStopping;
}

/** Aborted once the process is asked to stop. */
export const stopping = (): AbortSignal => controller().signal;

export const beginStopping = (): void => controller().abort();
