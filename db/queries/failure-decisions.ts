/** What people decided of failures. */
import type { TriageEntry } from "../../lib/failures/triage.ts";
import type { SqlSession } from "../client.ts";

/** A decision with the names that people know it by. */
export interface FailureDecision extends TriageEntry {
  group: string;
  /** The name of whom it was assigned to, as it is now. */
  ownerName: string | null;
}

export type NewFailureDecision = Pick<FailureDecision, "group" | "by" | "verb"> &
  Partial<Pick<FailureDecision, "until" | "owner" | "note" | "undoes">> & { member: string | null };

/**
 * Decisions in the order in which they were made.
 * @param group of one group alone; all when absent.
 */
export async function readFailureDecisions(
  sql: SqlSession,
  workspace: string,
  group: string | null = null,
): Promise<FailureDecision[]> {
  const rows = await sql<FailureDecision[]>`
    select d.decision::float8 decision, d.group_id "group", extract(epoch from d.at)::float8 * 1000 "at", d.by, d.verb,
      extract(epoch from d.until)::float8 * 1000 "until", d.owner, d.note, d.undoes::float8 undoes,
      coalesce(nullif(m.name, ''), m.email) "ownerName"
    from failure_decisions d left join members m on m.workspace_id = d.workspace_id and m.member = d.owner
    where d.workspace_id = ${workspace} and (${group}::text is null or d.group_id = ${group})
    order by d.decision`;
  return [...rows];
}

/** Some decisions by their numbers, with the numbers of those that take them back. */
export async function readFailureDecisionsByNumber(
  sql: SqlSession,
  workspace: string,
  decisions: readonly number[],
): Promise<Pick<FailureDecision, "decision" | "group" | "verb" | "undoes">[]> {
  const wanted = [...decisions];
  const rows = await sql<Pick<FailureDecision, "decision" | "group" | "verb" | "undoes">[]>`
    select decision::float8 decision, group_id "group", verb, undoes::float8 undoes from failure_decisions
    where workspace_id = ${workspace} and (decision = any(${wanted}::bigint[]) or undoes = any(${wanted}::bigint[]))
    order by decision`;
  return [...rows];
}

/** Adds decisions. @returns their numbers, in the order given. */
export async function insertFailureDecisions(
  sql: SqlSession,
  workspace: string,
  decisions: readonly NewFailureDecision[],
): Promise<number[]> {
  const numbers: number[] = [];
  for (const { group, by, member, verb, until, owner, note, undoes } of decisions) {
    const ends = until == null ? null : new Date(until).toISOString();
    const [row] = await sql<[{ decision: number }]>`
      insert into failure_decisions (workspace_id, group_id, at, by, member, verb, until, owner, note, undoes)
      values (${workspace}, ${group}, now(), ${by}, ${member}, ${verb}, ${ends}, ${owner ?? null}, ${note ?? null},
        ${undoes ?? null})
      returning decision::float8 decision`;
    numbers.push(row.decision);
  }
  return numbers;
}
