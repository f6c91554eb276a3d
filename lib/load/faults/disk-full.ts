/** The disk that PostgreSQL's data lie on is full; then there is room again. */
import { open, rm, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "../client.ts";
import type { Fault } from "./fault.ts";

const PIECE = Buffer.alloc(256 * 1024);
/** Whatever PostgreSQL had set aside for its log is used up by then. */
const LONGEST_MS = 60_000;

/** Takes all that is free there. */
async function fill(file: string): Promise<void> {
  const handle = await open(file, "a");
  try {
    for (;;) {
      const { bavail, bsize } = await statfs(dirname(file));
      if (bavail * bsize < PIECE.length) return;
      await handle.write(PIECE).catch(() => {});
    }
  } finally {
    await handle.close();
  }
}

/** @param folder on the file system of PostgreSQL's data. */
export const diskFull = (folder: string): Fault => ({
  name: "disk full",
  what: "the disk that PostgreSQL's data lie on is full, and has room again after a while",
  isFelt: true,
  async befall({ at, traffic, seconds }) {
    const ballast = join(folder, "ballast");
    const wrong: string[] = [];
    try {
      const full = () => traffic.told.has("503 disk_full") || traffic.told.has("503 unavailable");
      for (const end = performance.now() + LONGEST_MS; !full() && performance.now() < end; ) {
        await fill(ballast);
        await sleep(200);
      }
      if (!full()) wrong.push("nobody was told of the full disk");
      // What needs no room is there, unless PostgreSQL itself has stopped.
      await sleep(seconds * 1000);
      for (const web of at.webs()) {
        const { status } = await ask(web.origin, at.operator, "/healthz");
        if (status !== 200) wrong.push(`a web process does not answer /healthz: ${status}`);
      }
    } finally {
      await rm(ballast, { force: true });
      // Without room for its own log PostgreSQL ends itself: whoever makes room starts it again.
      await at.postgres.start();
    }
    return wrong;
  },
});
