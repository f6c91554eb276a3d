/** Streams a shared pack to whoever fetches it: a few at once, and to nobody who has stopped reading. */
import { Transform } from "node:stream";
import { bodyOf } from "../runtime/body-of.ts";
import { log } from "../runtime/log.ts";
import type { SharedPack } from "./download-share.ts";

/** In this process: packs share the database with the pages. */
const MOST_AT_ONCE = 4;
/** Whoever takes no byte for so long, while some are there, has gone: a pack that waits holds connections. */
const SILENT_MS = 120_000;

// Next compiles each route apart: the count hangs on the process, so that all of them share it.
const holder = globalThis as { rollcallSharedPacks?: number };
const count = (change: 1 | -1): void => {
  holder.rollcallSharedPacks = (holder.rollcallSharedPacks ?? 0) + change;
};

/** Whether another pack may be begun now. */
export const mayStream = (): boolean => (holder.rollcallSharedPacks ?? 0) < MOST_AT_ONCE;

/**
 * The pack's bytes as they are made. What goes wrong cuts them off, and is told to the log.
 * @param stop aborted when the browser has gone.
 * @param silentMs how long nobody may read before it is given up.
 */
export function streamPack(
  pack: Pick<SharedPack, "write">,
  stop: AbortSignal,
  silentMs = SILENT_MS,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let written = 0;
  const target = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      written += chunk.length;
      done(null, chunk);
    },
  });
  const giveUp = () => target.destroy();
  let before = -1;
  const watch = setInterval(() => {
    const taken = written - target.readableLength;
    if (target.readableLength > 0 && taken === before) giveUp();
    before = taken;
  }, silentMs);
  watch.unref();
  stop.addEventListener("abort", giveUp, { once: true });
  count(1);
  const bytes = bodyOf(target);
  if (stop.aborted) giveUp();
  void pack
    .write(target)
    .catch((err: unknown) => {
      if (!stop.aborted) log().error({ err }, "A pack of a shared link was cut off.");
      target.destroy(err instanceof Error ? err : undefined);
    })
    .finally(() => {
      count(-1);
      clearInterval(watch);
      stop.removeEventListener("abort", giveUp);
    });
  return bytes;
}
