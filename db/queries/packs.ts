/** Evidence packs made by the calendar, and their schedules. */
import type { Every } from "../../lib/packs/periods.ts";
import type { SqlSession } from "../client.ts";

export interface PackSchedule {
  schedule: string;
  every: Every;
  customer: string | null;
  application: string | null;
  /** So many packs are kept. */
  keep: number;
  /** Milliseconds since 1970. */
  setAt: number;
  setBy: string;
}

/** All schedules that the connection may see, those of the whole workspace first. */
export async function readPackSchedules(sql: SqlSession, workspace: string): Promise<PackSchedule[]> {
  return sql<PackSchedule[]>`
    select schedule, every, customer, application, keep, extract(epoch from set_at)::float8 * 1000 "setAt", set_by "setBy"
    from pack_schedules where workspace_id = ${workspace}
    order by customer nulls first, application nulls first, schedule`;
}

/** Puts a schedule in place of what it was. */
export async function storePackSchedule(
  sql: SqlSession,
  workspace: string,
  { schedule, every, customer, application, keep, setAt, setBy }: PackSchedule,
): Promise<void> {
  await sql`
    insert into pack_schedules (workspace_id, schedule, every, customer, application, keep, set_at, set_by)
    values (${workspace}, ${schedule}, ${every}, ${customer}, ${application}, ${keep}, ${new Date(setAt).toISOString()}, ${setBy})
    on conflict (workspace_id, schedule) do update set every = excluded.every, keep = excluded.keep,
      set_at = excluded.set_at, set_by = excluded.set_by`;
}

/** Takes a schedule away; packs that were made stay. */
export async function deletePackSchedule(
  sql: SqlSession,
  workspace: string,
  schedule: string,
): Promise<void> {
  await sql`delete from pack_schedules where workspace_id = ${workspace} and schedule = ${schedule}`;
}

/** Packs of a schedule that could not be made are not tried again. */
export async function giveUpPacks(sql: SqlSession, workspace: string, schedule: string): Promise<void> {
  await sql`
    update packs set next_try_at = null
    where workspace_id = ${workspace} and schedule = ${schedule} and next_try_at is not null`;
}

/** A pack as it was made, or tried. Times in milliseconds since 1970. */
export interface Pack {
  pack: string;
  schedule: string;
  every: Every;
  customer: string | null;
  application: string | null;
  periodFrom: number;
  asOf: number;
  name: string;
  failures: number;
  error: string | null;
  nextTryAt: number | null;
  madeAt: number | null;
  bytes: number | null;
  /** In hexadecimal digits. */
  sha256: string | null;
  deletedAt: number | null;
}

const MOST = 500;

/** Packs that the connection may see, of one schedule or of all; the newest first. */
export async function readPacks(
  sql: SqlSession,
  workspace: string,
  schedule: string | null = null,
): Promise<Pack[]> {
  const ms = (column: string) => sql`extract(epoch from ${sql(column)})::float8 * 1000`;
  return sql<Pack[]>`
    select pack, schedule, every, customer, application, ${ms("period_from")} "periodFrom", ${ms("as_of")} "asOf", name,
      failures, error, ${ms("next_try_at")} "nextTryAt", ${ms("made_at")} "madeAt", bytes::float8 bytes,
      encode(sha256, 'hex') sha256, ${ms("deleted_at")} "deletedAt"
    from packs where workspace_id = ${workspace} and (${schedule}::uuid is null or schedule = ${schedule})
    order by as_of desc, pack limit ${MOST}`;
}

/** Puts a pack in place of what it was. */
export async function storePack(sql: SqlSession, workspace: string, row: Pack): Promise<void> {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  await sql`
    insert into packs (workspace_id, pack, schedule, every, customer, application, period_from, as_of, name, failures, error,
      next_try_at, made_at, bytes, sha256, deleted_at)
    values (${workspace}, ${row.pack}, ${row.schedule}, ${row.every}, ${row.customer}, ${row.application},
      ${time(row.periodFrom)}, ${time(row.asOf)}, ${row.name}, ${row.failures}, ${row.error}, ${time(row.nextTryAt)},
      ${time(row.madeAt)}, ${row.bytes}, decode(${row.sha256}, 'hex'), ${time(row.deletedAt)})
    on conflict (workspace_id, pack) do update set failures = excluded.failures, error = excluded.error,
      next_try_at = excluded.next_try_at, made_at = excluded.made_at, bytes = excluded.bytes, sha256 = excluded.sha256,
      deleted_at = excluded.deleted_at`;
}

/** Notes of packs that their files are deleted. */
export async function markPacksDeleted(
  sql: SqlSession,
  workspace: string,
  packs: readonly string[],
): Promise<void> {
  await sql`
    update packs set deleted_at = now() where workspace_id = ${workspace} and pack = any(${[...packs]}::uuid[])`;
}
