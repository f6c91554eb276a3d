/** Everything that Rollcall knows of one person, for that person (GDPR Art. 15 and 20), also while they are sealed. */
import { decodeEvents } from "../../db/log/codec.ts";
import { readWholeSegments, readWithheld } from "../../db/log/rewrite.ts";
import { fingerprintAt, OWN_SOURCE, sha256At } from "../../db/log/segment.ts";
import { findSealedPerson, readAuditAbout } from "../../db/queries/sealed-people.ts";
import { act } from "../auth/act.ts";
import { identityReport } from "../reports/timeline.ts";
import { recordIn } from "../reviews/records.ts";
import { unwrap } from "./cipher.ts";
import { eachText } from "./each-text.ts";
import { findPerson, marksOf } from "./find-person.ts";
import { keysOfSealed } from "./keys-of-sealed.ts";
import { peeled } from "./layers.ts";
import { Marks } from "./marks.ts";
import { unmaskedLine } from "./mask.ts";
import { findPersonKey } from "./person-keys.ts";
import { PrivacyProblem } from "./problem.ts";
import { namedAgain, originalsOf } from "./pseudonyms.ts";
import { Concern, itemsAbout } from "./seal-log.ts";
import type { PrivacySurroundings } from "./surroundings.ts";

/** One record that concerns the person. */
interface PersonRecord {
  source: string;
  format: string;
  fingerprint: string;
  sha256: string;
  /** The bytes, as text where they are UTF-8; both null where nobody can read them any more. */
  raw: string | null;
  rawBase64: string | null;
  /** What was read from it. */
  events: unknown[];
}

export interface PersonExport {
  madeAt: string;
  subject: string;
  /** Accounts, credentials, links, departures, events: as the page of the person has them. */
  identity: unknown;
  /** What was decided of them in access reviews. */
  reviews: unknown[];
  /** Entries of the audit log about them. */
  audit: unknown[];
  records: PersonRecord[];
}

function rawOf(plain: Uint8Array | null): Pick<PersonRecord, "raw" | "rawBase64"> {
  if (plain === null) return { raw: null, rawBase64: null };
  const bytes = Buffer.from(plain);
  try {
    return { raw: new TextDecoder("utf-8", { fatal: true }).decode(bytes), rawBase64: null };
  } catch {
    return { raw: null, rawBase64: bytes.toString("base64") };
  }
}

/** What the pseudonyms of somebody sealed stand for; nothing of anybody else. */
async function originalsFor({ db, workspace, home }: PrivacySurroundings, subject: string) {
  const found = await findSealedPerson(db.sql, workspace, subject);
  if (found === null) return new Map<string, string>();
  const key = await findPersonKey(home, found.person);
  if (found.state === "erased" || key === null)
    throw new PrivacyProblem(
      "erased",
      `${subject} is erased, or the key is not in this home: nobody can read what there was.`,
    );
  return originalsOf(unwrap(key, found.dictionary).bytes);
}

/**
 * Reads the whole log once. Records about several people are given whole: whoever hands them on looks at them first.
 * @throws {PrivacyProblem} {@link AccessProblem}
 */
export async function exportPerson(
  around: PrivacySurroundings,
  { identity }: { identity: string },
): Promise<PersonExport> {
  const { db, workspace, by, home } = around;
  return act({ db, workspace, by }, "operate", "export-person", async (sql) => {
    const subject = await findPerson(sql, workspace, identity);
    const originals = await originalsFor(around, subject);
    const named = (value: unknown) => eachText(value, (text) => namedAgain(text, originals));
    const marks = await marksOf(sql, workspace, subject);
    const items = await itemsAbout(sql, workspace, marks);
    // The bytes of somebody sealed still name them as they were called.
    const called = originals.size === 0 ? marks : Marks.called(subject, originals.values());
    const [concern, before] = [new Concern(marks, items), new Concern(called, items)];
    const keys = await keysOfSealed(sql, workspace, home);
    const records: PersonRecord[] = [];
    const reviews: unknown[] = [];
    for await (const { segment, source, format, lines, hashes } of readWholeSegments(sql, workspace)) {
      const withheld = await readWithheld(sql, workspace, [segment]);
      lines.forEach((line, position) => {
        const { causes, removed } = withheld.get(`${segment} ${position}`) ?? { causes: [], removed: false };
        if (removed) return;
        const plain = peeled({ bytes: line.bytes, wrapped: causes.length > 0 }, keys);
        if (!concern.concerns(source, line, plain) && !before.inBytes(plain)) return;
        const { encoded } = unmaskedLine({ source, refs: line.refs, encoded: line.encoded }, originals);
        const fingerprint = fingerprintAt(hashes, position);
        const events = decodeEvents(encoded, fingerprint, source);
        if (source === OWN_SOURCE) reviews.push(...events.map(recordIn));
        records.push({
          source,
          format,
          fingerprint,
          sha256: sha256At(hashes, position),
          ...rawOf(plain),
          events: events.map(({ id: _id, sourceId: _source, ...event }) => event),
        });
      });
    }
    const texts = [subject, ...marks.refs, ...marks.tellingValues];
    const result: PersonExport = {
      madeAt: new Date().toISOString(),
      subject: namedAgain(subject, originals),
      identity: named(await identityReport(db, workspace, subject)),
      reviews,
      audit: (await readAuditAbout(sql, workspace, texts)).map(named),
      records,
    };
    return { result, object: subject, after: { records: records.length } };
  });
}
