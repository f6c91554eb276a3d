/** What is set of drills, what runs now, what is left to clean up, and what they have shown. */
import type { Db } from "../../db/client.ts";
import {
  type DrillRow,
  type DrillSettingsRow,
  type DrillTurn,
  readDrillSettings,
  readDrills,
  readDrillTurns,
} from "../../db/queries/drills.ts";
import { readScimConnections } from "../../db/queries/scim-connections.ts";
import { type KeptTrial, readTrials } from "../trials/read-trials.ts";
import type { TrialStep } from "../trials/record.ts";
import { applicationNamed } from "./named.ts";
import { UNSET } from "./set-drills.ts";
import type { GroupWish } from "./state.ts";
import { STEPS } from "./steps.ts";

/** A drill that has not come to its end. */
export interface RunningDrill {
  identity: string;
  startedAt: string;
  /** What it does now, in words; null: it ends. */
  now: string | null;
  steps: TrialStep[];
}

/** What a drill has left, and could not be cleaned up. */
export interface LeftOver {
  identity: string;
  startedAt: string;
  /** Why, in a sentence. */
  problem: string;
  tries: number;
  nextTryAt: string | null;
}

export interface ApplicationDrills {
  application: string;
  /** Whether drills are on. */
  active: boolean;
  everyHours: number | null;
  domain: string;
  group: GroupWish;
  /** The test person who is followed. */
  follow: string | null;
  followHours: number;
  setAt: string | null;
  setBy: string | null;
  /** Whether there is a SCIM connection that allows writing: without it drills can't be run. */
  connected: boolean;
  nextRunAt: string | null;
  /** Why the last turn came to nothing. */
  problem: string | null;
  running: RunningDrill | null;
  left: LeftOver[];
}

export interface DrillsOfApplication extends ApplicationDrills {
  /** Drills and followed changes, the newest first. */
  trials: KeptTrial[];
}

const MOST_OPEN = 1_000;
const MOST_TRIALS = 50;

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** Until what its trial shows is worked out, and nothing is left of it: then it is cleaned up, or it is known why it can't be. */
const isRunning = ({ keptAt, cleanedAt, problem }: DrillRow): boolean =>
  keptAt === null || (cleanedAt === null && problem === null);

const runningOf = ({ identity, startedAt, keptAt, state }: DrillRow): RunningDrill => ({
  identity,
  startedAt: iso(startedAt),
  now: state.step === null || keptAt !== null ? null : STEPS[state.step].what,
  steps: state.steps,
});

interface Known {
  label: string;
  settings: DrillSettingsRow | undefined;
  turn: DrillTurn | undefined;
  open: readonly DrillRow[];
  connected: boolean;
}

function told({ label, settings, turn, open, connected }: Known): ApplicationDrills {
  const { active, everyHours, domain, groupWish, follow, followHours } = settings ?? UNSET;
  const running = open.find(isRunning);
  return {
    application: settings?.label ?? label,
    active,
    everyHours,
    domain,
    group: groupWish,
    follow,
    followHours,
    setAt: isoOrNull(settings?.setAt ?? null),
    setBy: settings?.setBy ?? null,
    connected,
    nextRunAt: active ? isoOrNull(turn?.nextRunAt ?? null) : null,
    problem: turn?.problem ?? null,
    running: running === undefined ? null : runningOf(running),
    left: open.flatMap(({ identity, startedAt, problem, tries, nextTryAt }) =>
      problem === null
        ? []
        : [{ identity, startedAt: iso(startedAt), problem, tries, nextTryAt: isoOrNull(nextTryAt) }],
    ),
  };
}

/** Of all applications for which something is set. */
export async function listDrills(db: Db, workspace: string): Promise<ApplicationDrills[]> {
  const settings = await readDrillSettings(db.sql, workspace);
  const turns = await readDrillTurns(db.sql, workspace);
  const open = await readDrills(db.sql, workspace, { open: true, limit: MOST_OPEN });
  const writing = (await readScimConnections(db.sql, workspace)).filter(({ writes }) => writes);
  return settings.map((row) => {
    const isOwn = ({ application }: { application: string }) => application === row.application;
    return told({
      label: row.label,
      settings: row,
      turn: turns.find(isOwn),
      open: open.filter(isOwn),
      connected: writing.some(isOwn),
    });
  });
}

/** @param label of the application, in any spelling; one for which nothing is set is told as off. */
export async function showDrills(db: Db, workspace: string, label: string): Promise<DrillsOfApplication> {
  const application = applicationNamed(label);
  const [settings] = await readDrillSettings(db.sql, workspace, application);
  const [turn] = await readDrillTurns(db.sql, workspace, application);
  const open = await readDrills(db.sql, workspace, { application, open: true, limit: MOST_OPEN });
  const [connection] = await readScimConnections(db.sql, workspace, [application]);
  const known = { label: label.trim(), settings, turn, open, connected: connection?.writes === true };
  const kinds = ["drill", "followed"] as const;
  return {
    ...told(known),
    trials: await readTrials(db, workspace, application, { kinds, limit: MOST_TRIALS }),
  };
}
