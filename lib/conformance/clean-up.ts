/** Takes test users and groups away: those of a run at its end, and those that an earlier run left when it was killed. */

import type { ConformanceReport } from "./finding.ts";
import { MARK, MARKED_GROUP, MARKED_USER } from "./identity.ts";
import { type Exchange, NotTried, Stopped } from "./probe.ts";
import { endpointOf, type Made, type MadeType, type Run } from "./run.ts";
import { idOf, isOk, type Json, resourcesOf } from "./shapes.ts";

type LeftOver = ConformanceReport["leftOver"][number];

/** Why one is still there; null where it is gone. */
async function removed(run: Run, { type, id }: Made): Promise<string | null> {
  const gone = await run.change("DELETE", type, id);
  if (gone.status !== 404 && !isOk(gone)) return `DELETE was answered with HTTP ${gone.status}.`;
  const read = await run.read(id, type);
  return read.status === 404 ? null : `It was deleted, and is still answered with HTTP ${read.status}.`;
}

/** Takes away whatever the run has made, the newest first. Does not throw. @returns what is still there. */
export async function cleanUp(run: Run): Promise<LeftOver[]> {
  run.probe.forCleanup();
  const left: LeftOver[] = [];
  for (const made of run.made.toReversed()) {
    let why: string | null;
    try {
      why = await removed(run, made);
    } catch (error) {
      why = error instanceof NotTried || error instanceof Stopped ? error.message : "The clean-up failed.";
    }
    if (why === null) run.isGone(made.type, made.id);
    else left.push({ ...made, why });
  }
  run.probe.take();
  return left;
}

/** Longer than any run may take: younger ones may be another run's. */
const LEFT_MS = 15 * 60_000;

/** Whether a resource was left by an earlier run. @param now milliseconds. */
export function isLeftBehind(resource: Json, type: MadeType, now: number): boolean {
  const { userName, displayName, externalId, meta } = resource;
  const name = type === "User" ? userName : displayName;
  if (typeof name !== "string" || !(type === "User" ? MARKED_USER : MARKED_GROUP).test(name)) return false;
  if (externalId !== undefined && externalId !== null && !String(externalId).startsWith(`${MARK}:`))
    return false;
  const { created } = Object(meta) as { created?: unknown };
  const at = typeof created === "string" ? Date.parse(created) : Number.NaN;
  return Number.isNaN(at) || at < now - LEFT_MS;
}

async function listMarked(run: Run, type: MadeType): Promise<Exchange> {
  const attribute = type === "User" ? "userName" : "displayName";
  return run.ask({
    method: "GET",
    path: `/${endpointOf(type)}`,
    query: { filter: `${attribute} sw "${MARK}-"`, count: "20" },
  });
}

/** Takes away what earlier runs left; a service that can't be asked for it keeps it. */
export async function sweep(run: Run): Promise<void> {
  for (const type of ["Group", "User"] as const) {
    try {
      for (const resource of resourcesOf(await listMarked(run, type))) {
        const id = idOf(resource);
        if (id === null || !isLeftBehind(resource, type, Date.now())) continue;
        await run.removeLeftBehind(type, id);
      }
    } catch (error) {
      if (!(error instanceof NotTried)) throw error;
    }
  }
  run.probe.take();
}
