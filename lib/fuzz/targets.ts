/** All that can be fuzzed, by name. */
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { prepareDatabase } from "../runtime/access.ts";
import { homeAt } from "../runtime/home.ts";
import { openEmbedded } from "../runtime/postgres.ts";
import type { Target } from "./target.ts";
import { adapterTargets } from "./targets/adapters.ts";
import { httpTarget } from "./targets/http.ts";
import { layerTargets } from "./targets/layers.ts";
import { logTarget } from "./targets/log.ts";
import { parameterTargets } from "./targets/parameters.ts";

/** Targets that need nothing but this process. */
export const PURE_TARGETS: readonly Target[] = [...adapterTargets, ...layerTargets, ...parameterTargets];

export const TARGET_NAMES: readonly string[] = [...PURE_TARGETS.map(({ name }) => name), "log", "http"];

/** Gives `work` a log target on a PostgreSQL of its own, which is taken away after. */
async function withLog<T>(work: (target: Target) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-fuzz-"));
  try {
    const home = join(folder, "home");
    // As root, PostgreSQL runs as another user and must reach its data.
    await mkdir(home, { mode: 0o711 });
    await chmod(folder, 0o711);
    const server = await openEmbedded(homeAt(home), () => {});
    try {
      const access = await prepareDatabase(homeAt(home), server.url);
      const db = connect(access, { workspace: DEFAULT_WORKSPACE }, 4);
      try {
        return await work(logTarget(db));
      } finally {
        await db.close();
      }
    } finally {
      await server.release();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Gives `work` the targets that are wanted.
 * @param wanted `name` null: all; `url`: the server for http, which is left out without one.
 */
export async function withTargets<T>(
  wanted: { name: string | null; url: URL | null },
  token: string | undefined,
  work: (targets: readonly Target[]) => Promise<T>,
): Promise<T> {
  const wants = (name: string) => wanted.name === null || wanted.name === name;
  const targets = PURE_TARGETS.filter(({ name }) => wants(name));
  if (wanted.url !== null && wants("http")) targets.push(await httpTarget(wanted.url, token));
  return wants("log") ? withLog((log) => work([...targets, log])) : work(targets);
}
