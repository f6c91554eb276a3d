/** Makes the pack of one period of a schedule. */
import { randomUUID } from "node:crypto";
import { rm, stat } from "node:fs/promises";
import type { Db } from "../../db/client.ts";
import {
  markPacksDeleted,
  type Pack,
  type PackSchedule,
  readPacks,
  storePack,
} from "../../db/queries/packs.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { type EvidenceWriter, exportEvidence } from "../evidence/export-evidence.ts";
import { withPseudonyms } from "../evidence/with-pseudonyms.ts";
import { inFileName } from "../files/in-file-name.ts";
import { sha256OfFile } from "../files/sha256.ts";
import { explain } from "../jobs/explain.ts";
import { makePacksFolder, packPath } from "./pack-files.ts";
import { type Period, periodName } from "./periods.ts";

const FIRST_WAIT_MS = 15 * 60_000;
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** When a pack that could not be made is tried again: after a quarter of an hour, then twice as long each time, up to a day. */
export const retryAt = (failures: number, now: number): number =>
  now + Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);

export interface Making {
  /** Sees the whole workspace: what was made is noted there. */
  db: Db;
  /** Sees what the pack is of and nothing else. */
  scoped: Db;
  /** Writes it; in this process when absent. */
  write: EvidenceWriter | undefined;
  workspace: string;
  by: Caller;
  /** The secret of this installation: in a customer's pack people stand by pseudonyms, which are made of it. */
  installation: string;
  /** Where packs lie. */
  folder: string;
  schedule: PackSchedule;
  period: Period;
  /** The pack of that period, where it was tried before. */
  tried: Pack | null;
  now: number;
}

/** The pack's row before anything is known of it. */
function fresh({ schedule, period }: Making): Pack {
  const { every, customer, application } = schedule;
  const scope = inFileName(customer ?? application ?? "");
  return {
    pack: randomUUID(),
    schedule: schedule.schedule,
    every,
    customer,
    application,
    periodFrom: period.from,
    asOf: period.asOf,
    name: `${["rollcall-evidence", scope, periodName(every, period.from)].filter(Boolean).join("-")}.zip`,
    failures: 0,
    error: null,
    nextTryAt: null,
    madeAt: null,
    bytes: null,
    sha256: null,
    deletedAt: null,
  };
}

/** Packs beyond those that the schedule keeps, of which the file is still there; the one just made is the newest. */
const surplus = (packs: readonly Pack[], keep: number): Pack[] =>
  packs.filter(({ madeAt, deletedAt }) => madeAt !== null && deletedAt === null).slice(keep);

/** Writes the pack into its file. @returns its row as made, or as failed with the reason and when it is tried again. */
async function attempt(making: Making): Promise<Pack> {
  const { scoped, write, workspace, by, folder, period, now } = making;
  const row = making.tried ?? fresh(making);
  const { customer, application } = row;
  try {
    await makePacksFolder(folder, workspace);
    const path = packPath(folder, workspace, row.pack);
    const times = { asOf: period.asOf, from: period.from, to: period.to };
    const params =
      customer === null
        ? { ...times, ...(application === null ? {} : { application }) }
        : withPseudonyms(making.installation, workspace, { ...times, customer });
    await exportEvidence(scoped, workspace, by, params, path, { object: row.name, write });
    const { size } = await stat(path);
    const sha256 = await sha256OfFile(path);
    return { ...row, error: null, nextTryAt: null, madeAt: Date.now(), bytes: size, sha256 };
  } catch (error) {
    const failures = row.failures + 1;
    return { ...row, failures, error: explain(error), nextTryAt: retryAt(failures, now) };
  }
}

/**
 * Makes a pack, or notes why it could not be made. Older ones than the schedule keeps lose their files.
 * @returns the pack as it stands now.
 */
export async function makeScheduledPack(making: Making): Promise<Pack> {
  const { db, workspace, by, folder, schedule } = making;
  const row = await attempt(making);
  const old = await act({ db, workspace, by }, "evidence", "make-scheduled-pack", async (sql) => {
    await storePack(sql, workspace, row);
    const old =
      row.madeAt === null ? [] : surplus(await readPacks(sql, workspace, schedule.schedule), schedule.keep);
    await markPacksDeleted(
      sql,
      workspace,
      old.map(({ pack }) => pack),
    );
    const { pack, bytes, sha256, error, failures } = row;
    return {
      result: old,
      object: row.name,
      after: {
        pack,
        ...(error === null ? { bytes, sha256 } : { error, failures }),
        deleted: old.map(({ name }) => name),
      },
    };
  });
  for (const { pack } of old) await rm(packPath(folder, workspace, pack), { force: true });
  return row;
}
