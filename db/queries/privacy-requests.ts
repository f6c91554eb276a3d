/** What was asked for from the pages, to be done by the database's owner. */
import type { PrivacyRequest } from "../../lib/privacy/request.ts";
import type { Db, SqlSession } from "../client.ts";
import { json } from "../json.ts";

export interface StoredRequest {
  request: string;
  wish: PrivacyRequest;
  problem: string | null;
  done: boolean;
}

const requests = (sql: SqlSession, workspace: string) => sql<StoredRequest[]>`
  select request, wish, problem, done_at is not null done from privacy_requests
  where workspace_id = ${workspace} order by asked_at, request`;

/** All of the workspace, the oldest first. */
export const readRequests = async (sql: SqlSession, workspace: string): Promise<StoredRequest[]> => [
  ...(await requests(sql, workspace)),
];

/** Whether any waits to be done. */
export async function anyRequest(db: Db, workspace: string): Promise<boolean> {
  const rows = await db.sql`
    select from privacy_requests
    where workspace_id = ${workspace} and done_at is null and problem is null limit 1`;
  return rows.length > 0;
}

export async function insertRequest(
  sql: SqlSession,
  workspace: string,
  request: string,
  wish: PrivacyRequest,
): Promise<void> {
  await sql`
    insert into privacy_requests (workspace_id, request, wish, asked_at)
    values (${workspace}, ${request}, ${json(sql, wish)}, now())`;
}

/** Notes what became of a request. @param wish as it may be kept: with the person's pseudonym. */
export async function endRequest(
  sql: SqlSession,
  workspace: string,
  request: string,
  { wish, problem }: { wish: PrivacyRequest; problem: string | null },
): Promise<void> {
  await sql`
    update privacy_requests set wish = ${json(sql, wish)}, problem = ${problem},
      done_at = case when ${problem === null} then now() end
    where workspace_id = ${workspace} and request = ${request}`;
}

/** Forgets those that ended more than an hour ago. */
export async function forgetRequests(sql: SqlSession, workspace: string): Promise<void> {
  await sql`
    delete from privacy_requests where workspace_id = ${workspace}
      and (done_at is not null or problem is not null) and asked_at < now() - interval '1 hour'`;
}
