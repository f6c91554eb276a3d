/** Whose access an item is, by the names that the directory knows them by now. */
import type { Db } from "../../db/client.ts";
import { normaliseName } from "../lifecycle/refs.ts";
import { storedProjection } from "../reports/stored.ts";

/**
 * @param subjects of items; null: nobody's.
 * @returns the names of a subject, lower-case; none where nobody is known.
 */
export async function namesOfSubjects(
  db: Db,
  workspace: string,
  subjects: readonly (string | null)[],
): Promise<(subject: string | null) => ReadonlySet<string>> {
  const wanted = new Set(subjects);
  const { projection } = await storedProjection(db, workspace);
  const names = new Map<string, ReadonlySet<string>>();
  for (const { subject, userName, email } of projection.identities) {
    if (!wanted.has(subject)) continue;
    const own = [userName, email].filter((name) => name !== null).map(normaliseName);
    names.set(subject, new Set(own));
  }
  const nobody: ReadonlySet<string> = new Set();
  return (subject) => (subject === null ? nobody : (names.get(subject) ?? nobody));
}
