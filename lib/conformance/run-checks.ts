/** Runs the checks against a service, and takes away what they have made there. Knows no database. */
import type { ScimTarget } from "../scim/call.ts";
import { ScimProblem } from "../scim/problem.ts";
import { type Check, findingOf, type Ruling } from "./check.ts";
import { CHECKS } from "./checks/all.ts";
import { cleanUp, sweep } from "./clean-up.ts";
import type { ConformanceReport, Finding, Level } from "./finding.ts";
import { identityOf, MARK } from "./identity.ts";
import { People } from "./people.ts";
import { NotTried, PROBE_LIMITS, Probe, type ProbeLimits, Stopped } from "./probe.ts";
import { reportOf } from "./report.ts";
import { Run } from "./run.ts";

export interface RunInput {
  target: ScimTarget;
  /** Of the run; a UUID. */
  id: string;
  application: string | null;
  level: Level;
  limits?: Partial<ProbeLimits>;
  onProgress?: (done: number, all: number) => void;
  /** Ends the run before its next check: what it made is taken away, and there is no report. */
  stop?: AbortSignal;
}

/**
 * Whether there is a SCIM service that takes the token: without one each check would fail for the same reason.
 * @throws {ScimProblem}
 */
async function requireService(run: Run, host: string): Promise<void> {
  try {
    const users = await run.users();
    if (users.status === 401 || users.status === 403)
      throw new ScimProblem("not-now", `${host} does not take the token (HTTP ${users.status}).`);
    const config = await run.config();
    if (users.json === undefined && config.json === undefined)
      throw new ScimProblem(
        "no-scim",
        `${host} did not answer in JSON: is the address that of its SCIM service?`,
      );
  } catch (error) {
    if (error instanceof NotTried || error instanceof Stopped)
      throw new ScimProblem("unreachable", error.message);
    throw error;
  }
}

async function tried(check: Check, run: Run): Promise<Finding> {
  run.probe.take();
  let ruling: Ruling;
  try {
    ruling = await check.perform(run);
  } catch (error) {
    if (!(error instanceof NotTried)) throw error;
    ruling = { verdict: error.verdict, said: error.message };
  }
  return findingOf(check, ruling, run.probe.take());
}

/**
 * Checks a service. Writes only where the level is `write`, and then only to what it made itself.
 * @throws {ScimProblem} where no SCIM service answers, or it does not take the token; the reason of `stop` once it says so.
 */
export async function runChecks({
  target,
  id,
  application,
  level,
  limits = {},
  onProgress,
  stop,
}: RunInput): Promise<ConformanceReport> {
  const startedAt = new Date().toISOString();
  const identity = identityOf(id);
  const people = new People(MARK);
  const probe = new Probe(target, people, { ...PROBE_LIMITS, ...limits });
  const run = new Run(probe, people, identity);
  await requireService(run, new URL(target.url).host);
  const checks = CHECKS.filter((check) => level === "write" || check.level === "read");
  const findings: Finding[] = [];
  let stopped: string | null = null;
  let leftOver: ConformanceReport["leftOver"] = [];
  try {
    if (level === "write") await sweep(run);
    for (const check of checks) {
      if (stop?.aborted) break;
      onProgress?.(findings.length, checks.length);
      findings.push(await tried(check, run));
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    stopped = error.message;
  } finally {
    leftOver = await cleanUp(run);
  }
  if (stopped === null && findings.length < checks.length) stop?.throwIfAborted();
  for (const check of checks.slice(findings.length))
    findings.push(findingOf(check, { verdict: "not-tried", said: stopped }, []));
  onProgress?.(checks.length, checks.length);
  const about = { id, application, service: target.url, level, startedAt, endedAt: new Date().toISOString() };
  const made = level === "write" ? identity.userName : null;
  return reportOf({ ...about, requests: probe.requests, identity: made, stopped, leftOver }, findings);
}
