/** Checks an application's SCIM service, and keeps what was found as a trial of the log. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { act } from "../auth/act.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import { readableTarget, writableTarget } from "../scim/connection.ts";
import { keepTrial } from "../trials/keep-trial.ts";
import type { ConformanceReport, Level } from "./finding.ts";
import type { ProbeLimits } from "./probe.ts";
import { runChecks } from "./run-checks.ts";
import { trialOf } from "./trial.ts";

export interface ConformanceInput {
  /** In any spelling; its SCIM connection says where. */
  application: string;
  level: Level;
  /** To be known by; a UUID. */
  id?: string | undefined;
  limits?: Partial<ProbeLimits> | undefined;
  onProgress?: ((done: number, all: number) => void) | undefined;
}

/**
 * Where the service is that is to be checked.
 * @throws {ScimProblem} where the application has no connection, or it allows no writing that the level needs.
 */
export const conformanceTarget = (
  db: Db,
  workspace: string,
  { application, level }: Pick<ConformanceInput, "application" | "level">,
  installation: string,
) => (level === "write" ? writableTarget : readableTarget)(db, workspace, application, installation);

/**
 * @param installation the secret of this installation, under which the connection's token is kept.
 * @throws {AccessProblem} {@link ScimProblem} where it has no connection, that allows no writing, or no SCIM service answers.
 */
export async function checkConformance(
  db: Db,
  workspace: string,
  by: Caller,
  { application, level, id = randomUUID(), limits, onProgress }: ConformanceInput,
  installation: string,
): Promise<ConformanceReport> {
  requirePermission(by, "operate");
  // Before the act, whose transaction holds a connection and would wait for another.
  const { url, token, label } = await conformanceTarget(db, workspace, { application, level }, installation);
  await act({ db, workspace, by }, "operate", "check-conformance", async () => ({
    result: undefined,
    object: label,
    after: { trial: id, level, url },
  }));
  const report = await runChecks({
    target: { url, token },
    id,
    application: label,
    level,
    ...(limits === undefined ? {} : { limits }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  await keepTrial(db, workspace, by, trialOf(report, label, by.actor.name));
  return report;
}
