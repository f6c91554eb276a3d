/** All that can be fuzzed, by name. */
import { connect, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { prepareDatabase } from "../runtime/access.ts";
import { withOwnPostgres } from "../runtime/own-postgres.ts";
import type { Target } from "./target.ts";
import { adapterTargets } from "./targets/adapters.ts";
import { httpTarget } from "./targets/http.ts";
import { layerTargets } from "./targets/layers.ts";
import { logTarget } from "./targets/log.ts";
import { parameterTargets } from "./targets/parameters.ts";
import { scimServerTargets } from "./targets/scim-server.ts";

/** Targets that need nothing but this process. */
export const PURE_TARGETS: readonly Target[] = [
  ...adapterTargets,
  ...layerTargets,
  ...parameterTargets,
  ...scimServerTargets,
];

export const TARGET_NAMES: readonly string[] = [...PURE_TARGETS.map(({ name }) => name), "log", "http"];

/** Gives `work` a log target on a PostgreSQL of its own, which is taken away after. */
async function withLog<T>(work: (target: Target) => Promise<T>): Promise<T> {
  return withOwnPostgres("fuzz", async ({ url, home }) => {
    const access = await prepareDatabase(home, url);
    const db = connect(access, { workspace: DEFAULT_WORKSPACE }, 4);
    try {
      return await work(logTarget(db));
    } finally {
      await db.close();
    }
  });
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
