/** Whose access an item is, by the names that the directory knows them by now. */
import type { SqlSession } from "../../db/client.ts";
import { readNamesOf } from "../../db/queries/subjects.ts";
import { normaliseName } from "../lifecycle/refs.ts";

/**
 * @param sql of the act: it holds a connection, and would wait for another.
 * @param subjects of items; null: nobody's.
 * @returns the names of a subject, lower-case; none where nobody is known.
 */
export async function namesOfSubjects(
  sql: SqlSession,
  workspace: string,
  subjects: readonly (string | null)[],
): Promise<(subject: string | null) => ReadonlySet<string>> {
  const wanted = [...new Set(subjects)].filter((subject) => subject !== null);
  const names = new Map<string, ReadonlySet<string>>();
  for (const { subject, userName, email } of await readNamesOf(sql, workspace, wanted)) {
    const own = [userName, email].filter((name) => name !== null).map(normaliseName);
    names.set(subject, new Set(own));
  }
  const nobody: ReadonlySet<string> = new Set();
  return (subject) => (subject === null ? nobody : (names.get(subject) ?? nobody));
}
