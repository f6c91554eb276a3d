/** Takes back that a person is sealed: every byte is what it was before. */
import type postgres from "postgres";
import { markLinksChanged } from "../../db/log/dirty.ts";
import { readWholeSegments, removeWithheld, rewriteSegment, withheldFor } from "../../db/log/rewrite.ts";
import type { SegmentLine } from "../../db/log/segment.ts";
import { readHoldingsOf } from "../../db/queries/links.ts";
import { forgetSubjects } from "../../db/queries/projection.ts";
import {
  changeRejected,
  changeTexts,
  deleteSealedPerson,
  findSealedPerson,
  replaceFacts,
} from "../../db/queries/sealed-people.ts";
import { act } from "../auth/act.ts";
import { requirePermission } from "../auth/caller.ts";
import { refreshIn } from "../ingest/refresh.ts";
import { refoldReviews } from "../reviews/refold.ts";
import { unwrap } from "./cipher.ts";
import { eachText } from "./each-text.ts";
import { factsOf } from "./facts-of.ts";
import { findPerson, marksOf } from "./find-person.ts";
import { holdLog } from "./hold-log.ts";
import { keysOfSealed } from "./keys-of-sealed.ts";
import { type Keys, withoutLayer } from "./layers.ts";
import { namedIn } from "./marks.ts";
import { unmaskedLine } from "./mask.ts";
import { destroyPersonKey, readPersonKey } from "./person-keys.ts";
import { PrivacyProblem } from "./problem.ts";
import { namedAgain, originalsOf } from "./pseudonyms.ts";
import type { PrivacySurroundings } from "./surroundings.ts";

interface Opening {
  person: string;
  originals: ReadonlyMap<string, string>;
  keys: Keys;
}

/** @returns how many records are as they were, and how many stay sealed on account of somebody whose key is destroyed. */
async function openLog(
  sql: postgres.TransactionSql,
  workspace: string,
  refs: readonly string[],
  { person, originals, keys }: Opening,
): Promise<{ records: number; kept: number }> {
  const withheld = await withheldFor(sql, workspace, person);
  const named = new Set([...refs, ...refs.map((ref) => namedAgain(ref, originals))]);
  const touched = new Set(named);
  let [records, kept] = [0, 0];
  for await (const { segment, source, lines } of readWholeSegments(sql, workspace, withheld.keys())) {
    const own = withheld.get(segment);
    const opened = lines.map((line, position): SegmentLine => {
      // Of what retention has removed nothing is left to open.
      if (own?.has(position) !== true || line.bytes.length === 0) return line;
      const inner = withoutLayer({ bytes: line.bytes, wrapped: true }, person, keys);
      if (inner === null) kept += 1;
      else records += 1;
      const { refs: again, encoded } = unmaskedLine(
        { source, refs: line.refs, encoded: line.encoded },
        originals,
      );
      for (const ref of [...line.refs, ...again]) if (ref !== null) touched.add(ref);
      return { refs: again, encoded, bytes: inner?.bytes ?? line.bytes };
    });
    await rewriteSegment(sql, workspace, segment, opened);
  }
  const facts = await factsOf(sql, workspace, named);
  await removeWithheld(sql, workspace, person);
  await changeRejected(sql, workspace, ({ bytes, sealed }) => {
    const inner = sealed ? withoutLayer({ bytes, wrapped: true }, person, keys) : null;
    return inner && { bytes: Buffer.from(inner.bytes), sealed: inner.wrapped };
  });
  await replaceFacts(sql, workspace, [...named], facts);
  await markLinksChanged(sql, workspace, touched);
  return { records, kept };
}

export interface Unsealed {
  /** By which they are known again. */
  subject: string;
  records: number;
  /** Records that stay sealed: they also concern somebody who was erased. */
  kept: number;
}

/**
 * @param identity the pseudonym by which they are known, or a ref of theirs.
 * @throws {PrivacyProblem} when they are not sealed, or their key is not in this home; {@link AccessProblem}.
 */
export async function unsealPerson(
  { db, workspace, by, home }: PrivacySurroundings,
  { identity }: { identity: string },
): Promise<Unsealed> {
  requirePermission(by, "operate");
  const { result, person } = await act({ db, workspace, by }, "operate", "unseal-person", async (sql) => {
    await holdLog(sql, workspace);
    const subject = await findPerson(sql, workspace, identity);
    const found = await findSealedPerson(sql, workspace, subject);
    if (found === null) throw new PrivacyProblem("not-sealed", `${subject} is not sealed.`);
    const { person, state, dictionary } = found;
    if (state === "erased")
      throw new PrivacyProblem(
        "erased",
        `${subject} is erased: the key is destroyed, and nobody can take that back.`,
      );
    const key = await readPersonKey(home, person);
    const originals = originalsOf(unwrap(key, dictionary).bytes);
    const keys = new Map(await keysOfSealed(sql, workspace, home)).set(person, key);
    const marks = await marksOf(sql, workspace, subject);
    const done = await openLog(sql, workspace, marks.refs, { person, originals, keys });
    const text = (words: string) => namedAgain(words, originals);
    await changeTexts(sql, workspace, { ref: text, text, json: (value) => eachText(value, text) });
    await deleteSealedPerson(sql, workspace, person);
    await refoldReviews(sql, workspace);
    await refreshIn(sql, workspace);
    await forgetSubjects(sql, workspace, [subject]);
    const now = text(subject);
    if (namedIn(now) === null || (await readHoldingsOf(sql, workspace, [now])).length === 0)
      throw new Error(`Unsealing ${subject} did not give the person back, so nothing was changed.`);
    return { result: { result: { subject: now, ...done }, person }, object: now, after: { person, ...done } };
  });
  // What it opened is open now.
  await destroyPersonKey(home, person);
  return result;
}
