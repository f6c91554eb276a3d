/** A PostgreSQL that a test can stop, start again and slow down, always under the same address. */
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transform } from "node:stream";
import { homeAt } from "../lib/runtime/home.ts";
import { listenOn } from "../lib/runtime/port.ts";
import { openEmbedded, type PostgresHandle } from "../lib/runtime/postgres.ts";

export interface StoppableDatabase {
  /** For DATABASE_URL. */
  url: string;
  /** Stops the server: connections end, and nothing listens any more. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Milliseconds by which every piece of an answer comes later. */
  slow(milliseconds: number): void;
  /** Stops it for good. */
  end(): Promise<void>;
}

/**
 * PostgreSQL takes another port at each start; what listens under the one address hands on to it, and listens only while
 * it runs, so that whoever connects meanwhile is refused as by a server that is down.
 */
export async function startDatabase(): Promise<StoppableDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-e2e-database-"));
  const home = homeAt(join(folder, "home"));
  // As root, PostgreSQL runs as another user and must reach its data.
  await mkdir(home.root, { mode: 0o711 });
  await chmod(folder, 0o711);
  let delay = 0;
  let port = 0;
  let running: { handle: PostgresHandle; front: Server; sockets: Set<Socket> } | null = null;

  const later = () =>
    new Transform({
      transform: (piece, _encoding, done) =>
        delay === 0 ? done(null, piece) : void setTimeout(() => done(null, piece), delay),
    });
  const start = async () => {
    const handle = await openEmbedded(home, () => {});
    const target = Number(new URL(handle.url).port);
    const sockets = new Set<Socket>();
    const front = createServer((client) => {
      const server = connect(target, "127.0.0.1");
      for (const [one, other] of [
        [client, server],
        [server, client],
      ] as const) {
        sockets.add(one.setNoDelay());
        one.on("error", () => other.destroy()).on("close", () => other.destroy());
      }
      client.pipe(server);
      server.pipe(later()).pipe(client);
    });
    port = await listenOn(front, port);
    running = { handle, front, sockets };
    return handle.url;
  };
  const stop = async () => {
    if (running === null) return;
    const { handle, front, sockets } = running;
    running = null;
    const closed = new Promise<void>((resolve) => front.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await Promise.all([closed, handle.release()]);
  };

  const url = new URL(await start());
  url.port = String(port);
  return {
    url: url.href,
    stop,
    start: async () => void (await start()),
    slow: (milliseconds) => {
      delay = milliseconds;
    },
    end: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
