/** Keeps everybody from adding to the log until a transaction ends, and brings the read models up to it. */
import type postgres from "postgres";
import { lockLog, lockSources } from "../../db/log/append.ts";
import { OWN_SOURCE } from "../../db/log/segment.ts";
import { sourceNames } from "../../db/queries/sources.ts";
import { refreshIn } from "../ingest/refresh.ts";

export async function holdLog(sql: postgres.TransactionSql, workspace: string): Promise<void> {
  await lockLog(sql, workspace);
  // Who is of an older version knows only these.
  await lockSources(sql, workspace, [...(await sourceNames(sql, workspace)), OWN_SOURCE]);
  await refreshIn(sql, workspace);
}
