/** Whose access an item is, by the names that the directory knows them by now. */
import type { Db } from "../../db/client.ts";
import { normaliseName } from "../lifecycle/refs.ts";
import type { Projection } from "../lifecycle/types.ts";
import { storedProjection } from "../reports/stored.ts";

/** All people of the workspace. Before an act, and not in its transaction: that holds a connection, and would wait for another. */
export async function readIdentities(db: Db, workspace: string): Promise<Projection["identities"]> {
  return (await storedProjection(db, workspace)).projection.identities;
}

/**
 * @param identities all of them ({@link readIdentities}).
 * @param subjects of items; null: nobody's.
 * @returns the names of a subject, lower-case; none where nobody is known.
 */
export function namesOfSubjects(
  identities: Projection["identities"],
  subjects: readonly (string | null)[],
): (subject: string | null) => ReadonlySet<string> {
  const wanted = new Set(subjects);
  const names = new Map<string, ReadonlySet<string>>();
  for (const { subject, userName, email } of identities) {
    if (!wanted.has(subject)) continue;
    const own = [userName, email].filter((name) => name !== null).map(normaliseName);
    names.set(subject, new Set(own));
  }
  const nobody: ReadonlySet<string> = new Set();
  return (subject) => (subject === null ? nobody : (names.get(subject) ?? nobody));
}
