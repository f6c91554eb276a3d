/** A PostgreSQL for one run, beside everybody's data. */
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Home, homeAt } from "./home.ts";
import { openEmbedded } from "./postgres.ts";

/** What a run has to itself. */
export interface OwnPostgres {
  /** Of the server, as its owner. */
  url: string;
  home: Home;
  /** For files; taken away at the end. */
  folder: string;
}

/** Starts a server in a folder of its own, and takes both away after `work`. @param name begins the folder's name. */
export async function withOwnPostgres<T>(name: string, work: (own: OwnPostgres) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `rollcall-${name}-`));
  try {
    const home = homeAt(join(folder, "home"));
    // As root, PostgreSQL runs as another user and must reach its data.
    await mkdir(home.root, { mode: 0o711 });
    await chmod(folder, 0o711);
    const server = await openEmbedded(home, () => {});
    try {
      return await work({ url: server.url, home, folder });
    } finally {
      await server.release();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
