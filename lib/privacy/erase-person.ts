/** Erases a person (GDPR Art. 17): the key of what is sealed is destroyed, and with it everything that only it opened. */
import { findSealedPerson, markErased } from "../../db/queries/sealed-people.ts";
import { act } from "../auth/act.ts";
import { requirePermission } from "../auth/caller.ts";
import { unwrap } from "./cipher.ts";
import { findPerson } from "./find-person.ts";
import { destroyPersonKey, readPersonKey } from "./person-keys.ts";
import { PrivacyProblem, requireReason } from "./problem.ts";
import { pseudonymOf } from "./pseudonym.ts";
import { originalsOf } from "./pseudonyms.ts";
import type { Sealed } from "./seal-person.ts";
import { sealPerson } from "./seal-person.ts";
import type { PrivacySurroundings } from "./surroundings.ts";
import { wordsPattern } from "./words.ts";

export interface Erased {
  person: string;
  subject: string;
}

/** Those who are not sealed yet are sealed first. */
async function sealedFirst(
  surroundings: PrivacySurroundings,
  input: { identity: string; reason: string },
): Promise<Erased> {
  const { db, workspace } = surroundings;
  const subject = await db.sql.begin((sql) => findPerson(sql, workspace, input.identity));
  const found = await findSealedPerson(db.sql, workspace, subject);
  if (found?.state === "erased") {
    // A crash may have come between the entry and the key.
    await destroyPersonKey(surroundings.home, found.person);
    throw new PrivacyProblem("erased", `${subject} is erased already.`);
  }
  if (found !== null) return { person: found.person, subject };
  const sealed: Sealed = await sealPerson(surroundings, input);
  return { person: sealed.person, subject: sealed.subject };
}

/**
 * First it is noted that they are erased, then the key goes: cut off in between, the next call destroys it.
 * @param input.identity as {@link sealPerson} takes it, or the pseudonym of somebody sealed.
 * @throws {PrivacyProblem} {@link AccessProblem}
 */
export async function erasePerson(
  surroundings: PrivacySurroundings,
  input: { identity: string; reason: string },
): Promise<Erased> {
  const { db, workspace, by, home } = surroundings;
  requirePermission(by, "operate");
  requireReason(input.reason);
  const { person, subject } = await sealedFirst(surroundings, input);
  // It has to be this home's, else another one would still have it.
  const key = await readPersonKey(home, person);
  await act({ db, workspace, by }, "operate", "erase-person", async (sql) => {
    const found = await findSealedPerson(sql, workspace, subject);
    if (found?.state !== "sealed")
      throw new PrivacyProblem("not-sealed", `${subject} is not sealed any more.`);
    // The reason may name them.
    const names = [...originalsOf(unwrap(key, found.dictionary).bytes).values()].filter(
      (name) => name.length > 3,
    );
    const words = wordsPattern(names);
    const reason =
      words === null ? input.reason : input.reason.replace(words, (name) => pseudonymOf(key, name));
    await markErased(sql, workspace, person, Date.now());
    return { result: undefined, object: subject, after: { person, reason } };
  });
  await destroyPersonKey(home, person);
  return { person, subject };
}
