/** One pass over the log that seals what concerns a person: bytes encrypted, pseudonyms in the normal form. As the owner. */
import type postgres from "postgres";
import { decodeEvents, decodeTimes } from "../../db/log/codec.ts";
import { readGovernance } from "../../db/log/governance.ts";
import {
  addWithheld,
  type NewWithheld,
  readWholeSegments,
  readWithheld,
  rewriteSegment,
  type WholeSegment,
} from "../../db/log/rewrite.ts";
import { OWN_SOURCE, type SegmentLine } from "../../db/log/segment.ts";
import { changeRejected, replaceFacts } from "../../db/queries/sealed-people.ts";
import { type LinkFact, linkFactsOf, mergeFacts } from "../lifecycle/refs.ts";
import { isItemAct, recordIn } from "../reviews/records.ts";
import { wrap } from "./cipher.ts";
import { type Keys, peeled } from "./layers.ts";
import type { Marks } from "./marks.ts";
import { type Line, Mask, unmaskedLine } from "./mask.ts";
import type { Pseudonyms } from "./pseudonyms.ts";

/** Ids of the items of reviews that are about a person. */
export async function itemsAbout(
  sql: postgres.TransactionSql,
  workspace: string,
  marks: Marks,
): Promise<Set<string>> {
  const items = new Set<string>();
  for await (const events of readGovernance(sql, workspace)) {
    for (const event of events) {
      const record = recordIn(event);
      if (record?.verb === "put" && marks.has(record.frozen.subject)) items.add(record.item);
    }
  }
  return items;
}

const found = (text: string, words: RegExp | null): boolean => words !== null && text.search(words) >= 0;

/** Tells of each record whether it concerns a person: one of its events is theirs, or it names them. */
export class Concern {
  private readonly telling: RegExp | null;
  private readonly any: RegExp | null;

  constructor(
    private readonly marks: Marks,
    private readonly items: ReadonlySet<string>,
  ) {
    this.telling = marks.tellingInJson();
    this.any = marks.anyInJson();
  }

  private isTheirs({ refs, encoded }: SegmentLine): boolean {
    if (!refs.some((ref) => this.marks.has(ref))) return false;
    return decodeTimes(encoded).some((at, i) => this.marks.isTheirs(refs[i] ?? null, at));
  }

  private isDecision(source: string, encoded: string): boolean {
    if (source !== OWN_SOURCE || this.items.size === 0) return false;
    return decodeEvents(encoded, "", source).some((event) => {
      const record = recordIn(event);
      return record !== null && isItemAct(record) && this.items.has(record.item);
    });
  }

  /** @param plain its bytes, without what they are sealed by; null where nobody can read them. */
  concerns(source: string, line: SegmentLine, plain: Uint8Array | null): boolean {
    return (
      this.isTheirs(line) ||
      this.isDecision(source, line.encoded) ||
      found(line.encoded, this.telling) ||
      (plain !== null && found(Buffer.from(plain).toString(), this.telling))
    );
  }

  /** Whether a value that names them stands in it at all, be it theirs or not. */
  mentions({ encoded }: SegmentLine): boolean {
    return found(encoded, this.any);
  }

  /** The same of bytes that nobody could read as a record. */
  inBytes(plain: Uint8Array | null): boolean {
    return plain !== null && found(Buffer.from(plain).toString(), this.telling);
  }
}

export interface Sealing {
  person: string;
  key: Uint8Array;
  marks: Marks;
  pseudonyms: Pseudonyms;
  /** Of those who are sealed already. */
  keys: Keys;
}

export interface SealedLog {
  /** How many records were sealed. */
  records: number;
  /** The refs that stood in them, and stand there now. */
  refs: ReadonlySet<string>;
  mask: Mask;
}

function masked(mask: Mask, line: Line, pseudonyms: Pseudonyms): Line {
  const result = mask.line(line);
  const again = unmaskedLine(result, pseudonyms.originals);
  if (again.encoded !== line.encoded || JSON.stringify(again.refs) !== JSON.stringify(line.refs))
    throw new Error("A record could not be made again from what would be sealed, so nothing was changed.");
  return result;
}

/** Seals in the caller's transaction, which holds all sources. The read models are left to the next refresh. */
export async function sealLog(
  sql: postgres.TransactionSql,
  workspace: string,
  at: number,
  { person, key, marks, pseudonyms, keys }: Sealing,
): Promise<SealedLog> {
  const items = await itemsAbout(sql, workspace, marks);
  const concern = new Concern(marks, items);
  const mask = new Mask(marks, pseudonyms, items);
  const refs = new Set(marks.refs.flatMap((ref) => [ref, mask.ref(ref)]));
  const touched = new Set(refs);
  const facts: LinkFact[] = [];
  const sealed: NewWithheld[] = [];

  const sealSegment = async (segment: WholeSegment): Promise<void> => {
    const { source } = segment;
    const withheld = await readWithheld(sql, workspace, [segment.segment]);
    let changed = false;
    const lines = segment.lines.map((line, position): SegmentLine => {
      const { causes, removed } = withheld.get(`${segment.segment} ${position}`) ?? {
        causes: [],
        removed: false,
      };
      if (removed) return line;
      const layer = { bytes: line.bytes, wrapped: causes.length > 0 };
      const concerns = concern.concerns(source, line, peeled(layer, keys));
      if (!concerns && !concern.mentions(line)) return line;
      const now = masked(mask, { source, refs: line.refs, encoded: line.encoded }, pseudonyms);
      if (source !== OWN_SOURCE) {
        for (const event of decodeEvents(now.encoded, "", source))
          for (const fact of linkFactsOf(event, source)) if (refs.has(fact.ref)) facts.push(fact);
      }
      if (!concerns && now.encoded === line.encoded) return line;
      changed = true;
      for (const ref of [...line.refs, ...now.refs]) if (ref !== null) touched.add(ref);
      sealed.push({ segment: segment.segment, position });
      return { refs: now.refs, encoded: now.encoded, bytes: wrap(person, key, layer) };
    });
    if (changed) await rewriteSegment(sql, workspace, segment.segment, lines);
  };

  for await (const segment of readWholeSegments(sql, workspace)) await sealSegment(segment);
  await addWithheld(sql, workspace, person, at, sealed);
  await changeRejected(sql, workspace, ({ bytes, sealed: wrapped }) =>
    concern.inBytes(peeled({ bytes, wrapped }, keys))
      ? { bytes: wrap(person, key, { bytes, wrapped }), sealed: true }
      : null,
  );
  await replaceFacts(sql, workspace, [...refs], mergeFacts(facts));
  return { records: sealed.length, refs: touched, mask };
}
