/**
 * Links anew and stores what changed. It holds what is known of people; all else it takes part by part, each with all that
 * its refs' holdings follow from: the facts of the refs and of their aliases, and what the refs stood for before.
 */
import type { SqlSession } from "../../db/client.ts";
import {
  countRefs,
  factsOf,
  type RefFacts,
  readAliases,
  readFacts,
  readFactsNear,
  readFactsOf,
  readRefFacts,
} from "../../db/log/read-facts.ts";
import { refHash } from "../../db/log/segment.ts";
import { readDecisions } from "../../db/queries/decisions.ts";
import {
  eachHolding,
  type Placed,
  placed,
  readHoldingsOfRefs,
  removeHoldings,
  storeHoldings,
} from "../../db/queries/links.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { effective, type Holding, type Linker, linker } from "../lifecycle/linking.ts";
import { AliasGroups } from "./alias-groups.ts";
import { Divided } from "./divided.ts";
import { neighboursOf } from "./neighbours.ts";

/** Refs in one part: a few megabytes once they are read. */
const PART_REFS = 5_000;

const byRef = (holdings: readonly Holding[]) => groupBy(holdings, (holding) => holding.ref);

function alike(a: readonly Holding[] = [], b: readonly Holding[] = []): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i] as Holding;
      return (
        one.subject === other.subject &&
        one.rule === other.rule &&
        one.from === other.from &&
        one.to === other.to
      );
    })
  );
}

/** A ref whose holdings may have changed: what it stood for before and stands for now. */
export interface Relinked {
  ref: string;
  changed: boolean;
  before: readonly Holding[];
  after: readonly Holding[];
}

/** Divides facts and present holdings so that whatever is linked together is in one part. */
async function divideFacts(sql: SqlSession, workspace: string, parts: Divided): Promise<void> {
  const groups = new AliasGroups();
  for await (const some of readAliases(sql, workspace))
    for (const { ref, alias } of some) groups.unite(ref, alias);
  const add = async <Row extends { ref: string }>(rows: AsyncIterable<readonly Row[]>) => {
    for await (const some of rows) {
      for (const row of some) parts.add(groups.of(row.ref) % parts.count, `${JSON.stringify(row)}\n`);
      if (parts.full) await parts.spill();
    }
  };
  await add(readRefFacts(sql, workspace));
  await add(eachHolding(sql, workspace));
}

/** What refs stood for, held against what they stand for. */
function compared(before: readonly Holding[], after: readonly Holding[]): Relinked[] {
  const [was, is] = [byRef(before), byRef(after)];
  return [...new Set([...was.keys(), ...is.keys()])].map((ref) => {
    const [old, now] = [was.get(ref) ?? [], is.get(ref) ?? []];
    return { ref, changed: !alike(old, now), before: old, after: now };
  });
}

/** The rows of a part, which has a line for each. */
function rowsOf<Row>(part: Uint8Array): Row[] {
  const text = Buffer.from(part.buffer, part.byteOffset, part.length).toString().trimEnd();
  return text.split("\n").map((line) => JSON.parse(line) as Row);
}

/** The refs of a part. */
function linkPart(part: Uint8Array, { holdings }: Linker): Relinked[] {
  const rows = rowsOf<RefFacts | Holding>(part);
  return compared(
    rows.filter((row) => "subject" in row),
    holdings(rows.filter((row) => "facts" in row).flatMap(factsOf)),
  );
}

/** Takes away what refs stood for that changed. @returns what these stand for. */
async function removeChanged(
  sql: SqlSession,
  workspace: string,
  refs: readonly Relinked[],
): Promise<Placed[]> {
  const changed = refs.filter((one) => one.changed);
  await removeHoldings(
    sql,
    workspace,
    changed.filter(({ before }) => before.length > 0).map(({ ref }) => ref),
  );
  return placed(changed.flatMap(({ after }) => after));
}

/** @returns all refs, some at a time; once they have been taken, what changed of them is stored. */
export async function* relink(sql: SqlSession, workspace: string): AsyncGenerator<Relinked[]> {
  const decisions = effective(await readDecisions(sql, workspace));
  const count = Math.ceil((await countRefs(sql, workspace)) / PART_REFS) || 1;
  const [parts, stored] = [new Divided(count), new Divided(count)];
  try {
    await divideFacts(sql, workspace, parts);
    const link = linker(await readFacts(sql, workspace, "p:"), decisions);
    for await (const part of parts.all()) {
      const refs = linkPart(part, link);
      // A person's refs are of many parts: they are divided anew, so that all of a subject's are stored side by side.
      for (const row of await removeChanged(sql, workspace, refs))
        stored.add((refHash(row.subject) >>> 0) % count, `${JSON.stringify(row)}\n`);
      if (stored.full) await stored.spill();
      yield refs;
    }
    for await (const part of stored.all()) await storeHoldings(sql, workspace, rowsOf<Placed>(part));
  } finally {
    await parts.close();
    await stored.close();
  }
}

/** So many refs are looked at around a few: some megabytes. */
const NEAR_REFS = 5_000;

/**
 * Links anew those whom what is new of some refs can touch.
 * @param changed the refs of which something new is said; nothing else that linking reads has changed.
 * @returns them, once what changed is stored; null, and nothing is stored, where they are too many.
 */
export async function relinkNear(
  sql: SqlSession,
  workspace: string,
  changed: Iterable<string>,
): Promise<Relinked[] | null> {
  const decisions = effective(await readDecisions(sql, workspace));
  const lookup = {
    of: (refs: readonly string[]) => readFactsOf(sql, workspace, refs),
    near: (sayings: readonly string[], ends: readonly string[]) =>
      readFactsNear(sql, sayings, ends, NEAR_REFS),
  };
  const near = await neighboursOf(changed, lookup, decisions, NEAR_REFS);
  if (near === null) return null;
  const after = linker(near.facts, decisions)
    .holdings(near.facts)
    .filter(({ ref }) => near.refs.has(ref));
  const refs = compared(await readHoldingsOfRefs(sql, workspace, [...near.refs]), after);
  await storeHoldings(sql, workspace, await removeChanged(sql, workspace, refs));
  return refs;
}
