/** How far a streaming replica is, held against what somebody has to see. */
import type { Db } from "../client.ts";

/** What a replica must have, for somebody not to miss what they did themselves. */
export interface Mark {
  /** Where the database's log of changes (WAL) is, as PostgreSQL writes it. */
  lsn: string;
  /** The number of their last entry in the audit log: it came with what they did, in one transaction. */
  entry: string | null;
  /** When the last ingest ended, whosever. */
  ingested: string | null;
}

/** @param actor as the audit log names them; null: of nobody in particular. */
export async function readMark(
  db: Db,
  workspace: string,
  actor: { kind: string; id: string } | null,
): Promise<Mark> {
  const [row] = await db.sql<[Mark]>`
    select pg_current_wal_lsn()::text as lsn,
      (select max(entry)::text from audit_entries
        where workspace_id = ${workspace} and actor_kind = ${actor?.kind ?? ""} and actor_id = ${actor?.id ?? ""}) as entry,
      (select max(finished_at)::text from ingests where workspace_id = ${workspace}) as ingested`;
  return row;
}

export interface ReplicaState {
  /** Whether it is a replica at all. */
  follows: boolean;
  /** How old what it has may be, seconds; 0 when it has all; null when it has never had anything to follow. */
  behind: number | null;
  /** Whether it has what the mark asks for. */
  has: boolean;
}

/** @param replica a connection to it. */
export async function readReplicaState(replica: Db, workspace: string, mark: Mark): Promise<ReplicaState> {
  const [row] = await replica.sql<[ReplicaState]>`
    select pg_is_in_recovery() as follows,
      case when pg_wal_lsn_diff(${mark.lsn}::pg_lsn, pg_last_wal_replay_lsn()) <= 0 then 0
        else extract(epoch from now() - pg_last_xact_replay_timestamp())::float8 end as behind,
      (${mark.entry}::bigint is null or exists(select from audit_entries
        where workspace_id = ${workspace} and entry = ${mark.entry}::bigint))
      and (${mark.ingested}::timestamptz is null or exists(select from ingests
        where workspace_id = ${workspace} and finished_at >= ${mark.ingested}::timestamptz)) as has`;
  return row;
}
