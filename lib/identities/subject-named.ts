/** Who has a name, among all people of a workspace. */
import type { Db } from "../../db/client.ts";
import { subjectsPerhapsNamed } from "../../db/queries/subjects.ts";
import { normaliseName } from "../lifecycle/refs.ts";
import type { SubjectId } from "../lifecycle/types.ts";

/** @returns the first subject, in the order of their ids, whose user name or e-mail it is; null: nobody's. */
export async function subjectNamed(db: Db, workspace: string, name: string): Promise<SubjectId | null> {
  const wanted = normaliseName(name);
  for await (const some of subjectsPerhapsNamed(db, workspace, wanted)) {
    const found = some.find(({ userName, email }) =>
      [userName, email].some((own) => own !== null && normaliseName(own) === wanted),
    );
    if (found !== undefined) return found.subject;
  }
  return null;
}
