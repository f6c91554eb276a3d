/** Who the subjects are, asked of the table's columns: their documents are left where they are. */
import type { SubjectId } from "../../lib/lifecycle/types.ts";
import type { Db, SqlSession } from "../client.ts";

/** The white space of ASCII, as a trim takes it away. */
const WHITE_SPACE = " \t\n\v\f\r";
const ROWS_A_FETCH = 1_000;

export interface SubjectNames {
  subject: SubjectId;
  userName: string | null;
  email: string | null;
}

/**
 * Those who may have a user name or e-mail, in the order of their ids, some at a time; whether they do, who asks compares.
 * @param name trimmed and lower-case.
 */
export async function* subjectsPerhapsNamed(
  { sql }: Db,
  workspace: string,
  name: string,
): AsyncGenerator<SubjectNames[]> {
  // PostgreSQL folds the letters of ASCII as JavaScript does, whatever its locale; what has others is left to be compared.
  const mayBe = (column: "user_name" | "email") => sql`
    (lower(btrim(${sql(column)}, ${WHITE_SPACE}) collate "C") = ${name}
      or octet_length(${sql(column)}) > char_length(${sql(column)}))`;
  yield* sql<SubjectNames[]>`
    select subject, user_name "userName", email from subjects
    where workspace_id = ${workspace} and (${mayBe("user_name")} or ${mayBe("email")})
    order by subject collate "C"`.cursor(ROWS_A_FETCH);
}

/** The names of some subjects; of those that nobody knows none. */
export async function readNamesOf(
  sql: SqlSession,
  workspace: string,
  subjects: readonly SubjectId[],
): Promise<SubjectNames[]> {
  const rows = await sql<SubjectNames[]>`
    select subject, user_name "userName", email from subjects
    where workspace_id = ${workspace} and subject = any(${[...subjects]}::text[])`;
  return [...rows];
}
