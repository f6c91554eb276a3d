/** A push source by its name. */
import type { SqlSession } from "../../db/client.ts";
import { type PushSource, readPushSources } from "../../db/queries/push-sources.ts";
import { PushProblem } from "./problem.ts";

/** @throws {PushProblem} when nothing is pushed into a source of that name. */
export async function pushSourceNamed(
  sql: SqlSession,
  workspace: string,
  source: string,
): Promise<PushSource> {
  const [found] = await readPushSources(sql, workspace, { source });
  if (found !== undefined) return found;
  throw new PushProblem("unknown-source", `Nothing is pushed into a source "${source.slice(0, 100)}".`);
}
