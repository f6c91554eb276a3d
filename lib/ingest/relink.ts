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
  readRefFacts,
} from "../../db/log/read-facts.ts";
import { readDecisions } from "../../db/queries/decisions.ts";
import { eachHolding, replaceHoldings } from "../../db/queries/links.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { effective, type Holding, type Linker, linker } from "../lifecycle/linking.ts";
import { AliasGroups } from "./alias-groups.ts";
import { Divided } from "./divided.ts";

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

/** The refs of a part. */
function linkPart(part: Uint8Array, { holdings }: Linker): Relinked[] {
  const text = Buffer.from(part.buffer, part.byteOffset, part.length).toString().trimEnd();
  const rows = text.split("\n").map((line) => JSON.parse(line) as RefFacts | Holding);
  const before = byRef(rows.filter((row) => "subject" in row));
  const after = byRef(holdings(rows.filter((row) => "facts" in row).flatMap(factsOf)));
  return [...new Set([...before.keys(), ...after.keys()])].map((ref) => {
    const [was, is] = [before.get(ref) ?? [], after.get(ref) ?? []];
    return { ref, changed: !alike(was, is), before: was, after: is };
  });
}

/** @returns all refs, some at a time, once what changed of them is stored. */
export async function* relink(sql: SqlSession, workspace: string): AsyncGenerator<Relinked[]> {
  const decisions = effective(await readDecisions(sql, workspace));
  const parts = new Divided(Math.ceil((await countRefs(sql, workspace)) / PART_REFS) || 1);
  try {
    await divideFacts(sql, workspace, parts);
    const link = linker(await readFacts(sql, workspace, "p:"), decisions);
    for await (const part of parts.all()) {
      const refs = linkPart(part, link);
      const changed = refs.filter((one) => one.changed);
      await replaceHoldings(
        sql,
        workspace,
        changed.filter(({ before }) => before.length > 0).map(({ ref }) => ref),
        changed.flatMap(({ after }) => after),
      );
      yield refs;
    }
  } finally {
    await parts.close();
  }
}
