/** Progress as server-sent events (WHATWG HTML, 9.2): what changed, as it changes. */
import type { Db } from "../../db/client.ts";
import { onJobs, type Viewer } from "./jobs.ts";
import { listJobs } from "./list-jobs.ts";

/** Ingests write to the database, perhaps from another process: they are asked for so often. */
const ASK_MS = 1_000;
/** Jobs of this process tell of each step: this often is smooth. */
const STEP_MS = 250;
/** A line that says nothing keeps proxies from giving up the connection. */
const BEAT_MS = 15_000;
/** Then the browser asks anew, and whether it may is asked anew. */
const LIFE_MS = 5 * 60_000;
/** The browser waits so long before it asks anew. */
const RETRY_MS = 2_000;
/** Open at once in this process; whoever comes then polls. */
const MOST_STREAMS = 100;

const holder = globalThis as { rollcallStreams?: number };

/**
 * The work that the viewer may know of, at once and whenever it changes, as events named `jobs` with the JSON of
 * GET /api/v1/jobs.
 * @param stop ends it: the browser has gone, or the process stops.
 * @returns null when too many are open.
 */
export function jobsStream(
  db: Db,
  viewer: Viewer,
  stop: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> | null {
  if ((holder.rollcallStreams ?? 0) >= MOST_STREAMS) return null;
  holder.rollcallStreams = (holder.rollcallStreams ?? 0) + 1;
  const encoder = new TextEncoder();
  const timers: NodeJS.Timeout[] = [];
  let forget = () => {};
  let ended = false;
  let end = () => {};
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        let last = "";
        let lastAt = 0;
        let waiting: NodeJS.Timeout | undefined;
        let asking = false;
        end = () => {
          if (ended) return;
          ended = true;
          holder.rollcallStreams = (holder.rollcallStreams ?? 1) - 1;
          for (const timer of [...timers, waiting]) clearTimeout(timer);
          forget();
          stop.removeEventListener("abort", close);
        };
        const close = () => {
          if (ended) return;
          end();
          controller.close();
        };
        const write = (text: string) => {
          // Who does not read what was sent gets the newest when they do.
          if (!ended && (controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(text));
        };
        const tell = async () => {
          if (asking || ended) return;
          asking = true;
          lastAt = Date.now();
          try {
            const text = JSON.stringify(await listJobs(db, viewer));
            if (text !== last && (controller.desiredSize ?? 0) > 0) {
              write(`event: jobs\ndata: ${text}\n\n`);
              last = text;
            }
          } catch {
            // The browser asks anew, and is told by that answer what is wrong.
            close();
          } finally {
            asking = false;
          }
        };
        forget = onJobs(() => {
          if (waiting !== undefined || ended) return;
          waiting = setTimeout(
            () => {
              waiting = undefined;
              void tell();
            },
            Math.max(lastAt + STEP_MS - Date.now(), 0),
          );
        });
        timers.push(
          setInterval(() => void tell(), ASK_MS),
          setInterval(() => write(":\n\n"), BEAT_MS),
          setTimeout(close, LIFE_MS),
        );
        if (stop.aborted) return close();
        stop.addEventListener("abort", close, { once: true });
        write(`retry: ${RETRY_MS}\n\n`);
        void tell();
      },
      cancel: () => end(),
    },
    new CountQueuingStrategy({ highWaterMark: 8 }),
  );
}
