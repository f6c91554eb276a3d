/**
 * Seals a person (GDPR Art. 18): what the log has of them can be read with their key alone, and pseudonyms stand where they
 * were named. Linking and every figure stay as they are. `unseal-person.ts` takes it back, `erase-person.ts` destroys the key.
 */
import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { markLinksChanged } from "../../db/log/dirty.ts";
import { readHoldingsOf, readSubjectsOf } from "../../db/queries/links.ts";
import { forgetSubjects, readDocumentsOf } from "../../db/queries/projection.ts";
import {
  changeTexts,
  findSealedPerson,
  insertSealedPerson,
  isSealed,
  type TextChange,
} from "../../db/queries/sealed-people.ts";
import { act } from "../auth/act.ts";
import { requirePermission } from "../auth/caller.ts";
import { refreshIn } from "../ingest/refresh.ts";
import { refoldReviews } from "../reviews/refold.ts";
import { wrap } from "./cipher.ts";
import { eachText } from "./each-text.ts";
import { findPerson, marksOf } from "./find-person.ts";
import { holdLog } from "./hold-log.ts";
import { keysOfSealed } from "./keys-of-sealed.ts";
import { destroyPersonKey, makePersonKey } from "./person-keys.ts";
import { PrivacyProblem, requireReason } from "./problem.ts";
import { Pseudonyms, PseudonymsMet } from "./pseudonyms.ts";
import { rowTexts } from "./same-rows.ts";
import { sealLog } from "./seal-log.ts";
import type { PrivacySurroundings } from "./surroundings.ts";

/** The pseudonyms came in an order in which ties between people fall otherwise: another key gives another order. */
class RowsDiffer extends Error {
  override name = "RowsDiffer";
}

/** A tie falls as before with every second key; in all these only one time in a million otherwise. */
const KEYS_TRIED = 20;

export interface Sealed {
  person: string;
  /** By which they are known from now on. */
  subject: string;
  records: number;
}

/** Refs stand alone or among words. */
const wordByWord = (text: string, ref: (ref: string) => string): string =>
  text
    .split(/(\s+)/u)
    .map((word) => (/^[pnx]:/u.test(word) ? ref(word) : word))
    .join("");

async function sealWith(
  sql: postgres.TransactionSql,
  { workspace, home }: PrivacySurroundings,
  { identity, reason }: { identity: string; reason: string },
  { person, key }: { person: string; key: Uint8Array },
): Promise<Sealed & { reason: string; at: number }> {
  await holdLog(sql, workspace);
  const subject = await findPerson(sql, workspace, identity);
  if ((await findSealedPerson(sql, workspace, subject)) !== null)
    throw new PrivacyProblem("sealed", `${subject} is sealed or erased already.`);
  const marks = await marksOf(sql, workspace, subject);
  const pseudonyms = new Pseudonyms(key);
  const at = Date.now();
  const { records, refs, mask } = await sealLog(sql, workspace, at, {
    person,
    key,
    marks,
    pseudonyms,
    keys: await keysOfSealed(sql, workspace, home),
  });
  // The read models are still those from before.
  const subjects = await readSubjectsOf(sql, workspace, [...refs]);
  const before = rowTexts((await readDocumentsOf(sql, workspace, subjects)).values());
  const change: TextChange = {
    ref: (ref) => (marks.has(ref) ? mask.ref(ref) : ref),
    text: (text) => mask.text(wordByWord(text, (ref) => change.ref(ref))),
    json: (value) => eachText(value, (text) => change.text(text)),
  };
  await changeTexts(sql, workspace, change);
  await refoldReviews(sql, workspace);
  await markLinksChanged(sql, workspace, refs);
  await refreshIn(sql, workspace);
  await forgetSubjects(sql, workspace, [subject]);

  const now = mask.ref(subject);
  const holdings = await readHoldingsOf(sql, workspace, [now]);
  const others = subjects.filter((other) => other !== subject);
  const after = await readDocumentsOf(sql, workspace, [now, ...others]);
  const texts = rowTexts(after.values(), pseudonyms.originals);
  if (holdings.length === 0 || texts.length !== before.length || texts.some((text, i) => text !== before[i]))
    throw new RowsDiffer("The pseudonyms would change what reports say.");
  const words = change.text(reason);
  await insertSealedPerson(sql, workspace, {
    person,
    subject: now,
    reason: words,
    sealedAt: at,
    dictionary: wrap(person, key, { bytes: pseudonyms.dictionary, wrapped: false }),
  });
  return { person, subject: now, records, reason: words, at };
}

/**
 * @param input.identity the subject's id, a ref of theirs, or their user name. @param input.reason kept with it.
 * @throws {PrivacyProblem} {@link AccessProblem} and nothing has changed then.
 */
export async function sealPerson(
  surroundings: PrivacySurroundings,
  input: { identity: string; reason: string },
): Promise<Sealed> {
  const { db, workspace, by, home } = surroundings;
  requirePermission(by, "operate");
  requireReason(input.reason);
  for (let tried = 1; ; tried++) {
    const person = randomUUID();
    // Before the first record is sealed the key is on the disk: a crash after it leaves a key that opens nothing.
    const key = await makePersonKey(home, person);
    try {
      return await act({ db, workspace, by }, "operate", "seal-person", async (sql) => {
        const { reason, at: _at, ...sealed } = await sealWith(sql, surroundings, input, { person, key });
        return { result: sealed, object: sealed.subject, after: { person, records: sealed.records, reason } };
      });
    } catch (error) {
      // A connection that broke while it was committed may have sealed all the same.
      if (await isSealed(db.sql, workspace, person).catch(() => true)) throw error;
      await destroyPersonKey(home, person);
      const another = error instanceof PseudonymsMet || error instanceof RowsDiffer;
      if (another && tried < KEYS_TRIED) continue;
      if (!another) throw error;
      throw new PrivacyProblem(
        "figures",
        "Sealing this person would change what reports say of others, so nothing was changed. Decide first who is who among those that share a name with them (rollcall identity conflicts).",
      );
    }
  }
}
