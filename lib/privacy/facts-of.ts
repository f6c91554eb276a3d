/** What the log says of some refs, read from all of it. */

import type { SqlSession } from "../../db/client.ts";
import { decodeEvents } from "../../db/log/codec.ts";
import { readWholeSegments } from "../../db/log/rewrite.ts";
import { OWN_SOURCE } from "../../db/log/segment.ts";
import { type LinkFact, linkFactsOf, mergeFacts } from "../lifecycle/refs.ts";

/** The link facts of the refs, each once. */
export async function factsOf(
  sql: SqlSession,
  workspace: string,
  refs: ReadonlySet<string>,
): Promise<LinkFact[]> {
  const facts: LinkFact[] = [];
  for await (const { source, lines } of readWholeSegments(sql, workspace)) {
    if (source === OWN_SOURCE) continue;
    for (const { encoded } of lines)
      for (const event of decodeEvents(encoded, "", source))
        for (const fact of linkFactsOf(event, source)) if (refs.has(fact.ref)) facts.push(fact);
  }
  return mergeFacts(facts);
}
