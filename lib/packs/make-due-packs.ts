/** Makes the packs whose time has come, one after another. */
import type { Db } from "../../db/client.ts";
import { type Pack, type PackSchedule, readPackSchedules, readPacks } from "../../db/queries/packs.ts";
import { type Caller, rollcallItself } from "../auth/caller.ts";
import type { EvidenceWriter } from "../evidence/export-evidence.ts";
import { alone } from "../runtime/alone.ts";
import { makeScheduledPack } from "./make-scheduled-pack.ts";
import { duePeriods, type Period } from "./periods.ts";

interface Due {
  period: Period;
  /** Its pack, where it was tried before. */
  tried: Pack | null;
}

/**
 * What a schedule has yet to make: the period that ended last, and those before it that were missed, as when nothing ran;
 * but for what failed and waits for its next turn. The oldest first.
 * @param packs of the schedule.
 */
function dueOf(schedule: PackSchedule, packs: readonly Pack[], now: number): Due[] {
  const known = new Map(packs.map((pack) => [pack.asOf, pack]));
  return duePeriods(schedule.every, schedule.setAt, now, schedule.keep).flatMap((period) => {
    const tried = known.get(period.asOf) ?? null;
    if (tried !== null && (tried.madeAt !== null || (tried.nextTryAt ?? 0) > now)) return [];
    return [{ period, tried }];
  });
}

export interface DueContext {
  /** Sees the whole workspace. */
  db: Db;
  /** Opens a connection that sees one customer's records alone, or all. */
  scoped: (customer: string | null) => Db;
  /** Writes packs of what one customer may see, or of all; in this process when absent. */
  writer?: (customer: string | null) => EvidenceWriter;
  /** Where packs lie. */
  folder: string;
  /** The secret of this installation. */
  installation: string;
  by?: Caller;
  /** Milliseconds since 1970. */
  now?: number;
  /** Ends the work between two packs. */
  stop?: AbortSignal;
}

/** @returns what was made and what was tried in vain; null when another process is at it. */
export async function makeDuePacks(
  workspace: string,
  { db, scoped, writer, folder, installation, by = rollcallItself(), now = Date.now(), stop }: DueContext,
): Promise<Pack[] | null> {
  return alone(db, `rollcall packs ${workspace}`, async () => {
    const done: Pack[] = [];
    for (const schedule of await readPackSchedules(db.sql, workspace)) {
      const packs = await readPacks(db.sql, workspace, schedule.schedule);
      for (const due of dueOf(schedule, packs, now)) {
        if (stop?.aborted) return done;
        done.push(
          await makeScheduledPack({
            db,
            scoped: scoped(schedule.customer),
            write: writer?.(schedule.customer),
            workspace,
            by,
            folder,
            installation,
            schedule,
            ...due,
            now,
          }),
        );
      }
    }
    return done;
  });
}
