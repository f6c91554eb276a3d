/** Schedules of packs and what was made of them, as the page, the API and the command line tell it. */
import { existsSync } from "node:fs";
import type { Db } from "../../db/client.ts";
import { type Pack, type PackSchedule, readPackSchedules, readPacks } from "../../db/queries/packs.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import { iso, isoOrNull } from "../reports/base.ts";
import { packPath } from "./pack-files.ts";
import { nextDue } from "./periods.ts";

export interface ScheduleRow extends Omit<PackSchedule, "setAt"> {
  setAt: string;
  /** When the next pack is due. */
  nextAt: string;
}

/** `made`: it can be fetched; `deleted`: for newer ones; `missing`: its file is not on this machine. */
export type PackState = "made" | "failed" | "deleted" | "missing";

export interface PackRow
  extends Pick<
    Pack,
    | "pack"
    | "schedule"
    | "every"
    | "customer"
    | "application"
    | "name"
    | "failures"
    | "error"
    | "bytes"
    | "sha256"
  > {
  state: PackState;
  /** The period, its first and its last moment, and the moment that the pack is as of. */
  from: string;
  to: string;
  asOf: string;
  madeAt: string | null;
  nextTryAt: string | null;
  deletedAt: string | null;
}

/** The JSON of `GET /api/v1/packs` and of `evidence schedule list --json`. */
export interface PacksList {
  asOf: string;
  schedules: ScheduleRow[];
  /** The newest first. */
  packs: PackRow[];
}

function stateOf(pack: Pack, isThere: (pack: string) => boolean): PackState {
  if (pack.madeAt === null) return "failed";
  if (pack.deletedAt !== null) return "deleted";
  return isThere(pack.pack) ? "made" : "missing";
}

/**
 * @param db of a customer viewer, it shows what is of that customer.
 * @param folder where packs lie.
 * @throws {AccessProblem}
 */
export async function listPacks(db: Db, workspace: string, by: Caller, folder: string): Promise<PacksList> {
  requirePermission(by, "evidence");
  const now = Date.now();
  const isThere = (pack: string) => existsSync(packPath(folder, workspace, pack));
  const [schedules, packs] = await Promise.all([
    readPackSchedules(db.sql, workspace),
    readPacks(db.sql, workspace),
  ]);
  return {
    asOf: iso(now),
    schedules: schedules.map((row) => ({
      ...row,
      setAt: iso(row.setAt),
      nextAt: iso(nextDue(row.every, now)),
    })),
    packs: packs.map(({ periodFrom, ...pack }) => ({
      ...pack,
      state: stateOf({ ...pack, periodFrom }, isThere),
      from: iso(periodFrom),
      to: iso(pack.asOf - 1),
      asOf: iso(pack.asOf),
      madeAt: isoOrNull(pack.madeAt),
      nextTryAt: isoOrNull(pack.nextTryAt),
      deletedAt: isoOrNull(pack.deletedAt),
    })),
  };
}
