/** The graceful end of a server. */
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { beginStopping } from "../stopping.ts";

/** How often connections that have just become idle are ended. */
const IDLE_CHECK_MS = 50;

/**
 * Says that the process stops, takes no new connections after `stopDelayMs`, and lets requests under way end for `stopMs`;
 * what is left then is cut off.
 */
export async function drain(
  server: Server,
  { stopDelayMs, stopMs }: { stopDelayMs: number; stopMs: number },
): Promise<void> {
  beginStopping();
  if (stopDelayMs > 0) await sleep(stopDelayMs);
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    // Node ends those that are idle now, but not those that become so.
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
    const late = setTimeout(() => server.closeAllConnections(), stopMs);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(late);
      resolve();
    });
  });
}
