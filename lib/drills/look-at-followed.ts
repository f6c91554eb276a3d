/** Looks how a followed test person fares at an application, and keeps what has come to an end as trials. */
import { v5 } from "uuid";
import { readRefs } from "../../db/log/read.ts";
import { type DrillSettingsRow, readDrillTurns, storeDrillTurn } from "../../db/queries/drills.ts";
import { readHoldings } from "../../db/queries/links.ts";
import { rollcallItself } from "../auth/caller.ts";
import { subjectNamed } from "../identities/subject-named.ts";
import type { LoggedEvent } from "../ingest/event.ts";
import { byEventOrder } from "../lifecycle/order.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { exchangeScim } from "../scim/call.ts";
import { writableTarget } from "../scim/connection.ts";
import { eq } from "../scim/find.ts";
import { ScimProblem } from "../scim/problem.ts";
import { keepTrialWithin, workOutTrials } from "../trials/keep-trial.ts";
import type { Trial } from "../trials/record.ts";
import type { DueContext } from "./due-context.ts";
import { type FollowedChange, followedChanges, type There } from "./follow.ts";
import { sameName, usersIn } from "./resources.ts";

/** Latencies are told no finer than this. */
const LOOK_MS = 60_000;
/** When nothing is on its way. */
const REST_MS = 5 * 60_000;
const HOUR = 3_600_000;
/** Names of trials (RFC 4122 §4.3). */
const NAMESPACE = "0a8e3b6c-2f0b-4d0e-8f57-6a9c5f1f2f11";
const MOST_KEPT = 500;
const MOST_SPELLINGS = 5;

async function eventsOf({ db, workspace }: DueContext, follow: string): Promise<LoggedEvent[]> {
  const subject = await subjectNamed(db, workspace, follow);
  if (subject === null) return [];
  const events = await readRefs(db.sql, workspace, await readHoldings(db.sql, workspace, subject));
  return events.sort(byEventOrder);
}

/** The spellings that records have of a name: some services tell letters apart by their case. */
function spellingsOf(follow: string, application: string, events: readonly LoggedEvent[]): string[] {
  const names = events.flatMap((event) => [
    event.person?.userName,
    event.person?.email,
    event.application !== null && applicationKey(event.application.name) === application
      ? event.account?.userName
      : null,
  ]);
  return [...new Set([follow, ...names.filter((name) => name != null)])].slice(0, MOST_SPELLINGS);
}

/** How the account is at the application, where there is a connection. */
async function thereOf(
  { db, workspace, installation }: DueContext,
  application: string,
  spellings: readonly string[],
): Promise<There> {
  try {
    const target = await writableTarget(db, workspace, application, installation);
    for (const spelling of spellings) {
      const query = { filter: eq("userName", spelling) };
      const { status, json } = await exchangeScim(target, { method: "GET", path: "/Users", query });
      if (status !== 200 && status !== 404) return "unknown";
      const user = usersIn(json).find(({ userName }) => sameName(userName, spelling));
      if (user !== undefined) return { active: user.active ?? null, title: user.title ?? null };
    }
    return "none";
  } catch (error) {
    if (error instanceof ScimProblem) return error.code === "no-connection" ? null : "unknown";
    throw error;
  }
}

const keyOf = ({ eventId, verdict }: FollowedChange): string => `${eventId} ${verdict}`;

const trialOf = (
  { application, label, follow }: DrillSettingsRow,
  change: FollowedChange,
  now: number,
): Trial => ({
  $trial: 1,
  id: v5(JSON.stringify([application, keyOf(change)]), NAMESPACE),
  kind: "followed",
  application: label,
  startedAt: new Date(change.at).toISOString(),
  endedAt: new Date(now).toISOString(),
  by: null,
  identity: follow,
  steps: change.steps,
});

/** @returns how many trials were kept. */
export async function lookAtFollowed(context: DueContext, settings: DrillSettingsRow): Promise<number> {
  const { db, workspace } = context;
  const { application, follow, followHours } = settings;
  const [turn] = await readDrillTurns(db.sql, workspace, application);
  const now = Date.now();
  if (follow === null || turn?.followed == null || turn.lookAt === null || turn.lookAt > now) return 0;
  const { since, kept } = turn.followed;
  const events = await eventsOf(context, follow);
  const wish = { application, since, now, slaMs: followHours * HOUR };
  const open = (all: readonly FollowedChange[]) =>
    all.filter((change) => !kept.some((key) => key === keyOf(change) || key === `${change.eventId} passed`));
  // The application is asked only where something is on its way to it.
  const isWaiting = open(followedChanges(events, { ...wish, there: null })).length > 0;
  const there = isWaiting
    ? await thereOf(context, application, spellingsOf(follow, application, events))
    : null;
  const changes = open(followedChanges(events, { ...wish, there }));
  const ended = changes.filter(({ verdict }) => verdict !== "pending");
  await db.sql.begin(async (sql) => {
    for (const change of ended)
      await keepTrialWithin(sql, workspace, rollcallItself(), trialOf(settings, change, now));
    await storeDrillTurn(sql, workspace, application, {
      followed: { since, kept: [...kept, ...ended.map(keyOf)].slice(-MOST_KEPT) },
      lookAt: now + (changes.length > ended.length ? LOOK_MS : REST_MS),
    });
  });
  if (ended.length > 0) await workOutTrials(db, workspace);
  return ended.length;
}
