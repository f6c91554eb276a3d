/** Checks an application's SCIM service, and keeps what was found as a trial of the log. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { act } from "../auth/act.ts";
import { type Caller, requirePermission, rollcallItself } from "../auth/caller.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { alone } from "../runtime/alone.ts";
import { readableTarget, writableTarget } from "../scim/connection.ts";
import { keepTrial } from "../trials/keep-trial.ts";
import type { ConformanceReport, Level } from "./finding.ts";
import type { ProbeLimits } from "./probe.ts";
import { ConformanceProblem } from "./problem.ts";
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
  stop?: AbortSignal | undefined;
}

/**
 * Name of the lock of whoever checks an application's service: two at once would ask twice as often as is promised.
 * @param application its key.
 */
export const conformanceLock = (workspace: string, application: string): string =>
  `rollcall conformance ${workspace} ${application}`;

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

/** Checks it; the caller holds the lock. @param by who asked for it; null: its schedule. */
async function check(
  db: Db,
  workspace: string,
  by: Caller | null,
  { application, level, id = randomUUID(), limits, onProgress, stop }: ConformanceInput,
  installation: string,
): Promise<ConformanceReport> {
  const doer = by ?? rollcallItself();
  // Before the act, whose transaction holds a connection and would wait for another.
  const { url, token, label } = await conformanceTarget(db, workspace, { application, level }, installation);
  await act({ db, workspace, by: doer }, "operate", "check-conformance", async () => ({
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
    ...(stop === undefined ? {} : { stop }),
  });
  await keepTrial(db, workspace, doer, trialOf(report, label, by?.actor.name ?? null));
  return report;
}

/**
 * @param installation the secret of this installation, under which the connection's token is kept.
 * @throws {AccessProblem} {@link ScimProblem} where it has no connection, that allows no writing, or no SCIM service answers;
 *   {@link ConformanceProblem} while another check of it runs.
 */
export async function checkConformance(
  db: Db,
  workspace: string,
  by: Caller,
  input: ConformanceInput,
  installation: string,
): Promise<ConformanceReport> {
  requirePermission(by, "operate");
  const { application } = input;
  const report = await alone(db, conformanceLock(workspace, applicationKey(application)), () =>
    check(db, workspace, by, input, installation),
  );
  if (report !== null) return report;
  throw new ConformanceProblem(
    "running",
    `${application} is being checked already. Begin this check when that one is done.`,
  );
}

/** The same by its schedule, where the caller holds the lock. @throws {ScimProblem} */
export const checkBySchedule = (
  db: Db,
  workspace: string,
  input: ConformanceInput,
  installation: string,
): Promise<ConformanceReport> => check(db, workspace, null, input, installation);
