/** The read models worked out anew from the log, for a past moment or a part of its sources: the same rules that keep the stored rows. */
import type { Db } from "../../db/client.ts";
import { decodeEvents } from "../../db/log/codec.ts";
import { type LogScope, readLines } from "../../db/log/read.ts";
import { readDecisions } from "../../db/queries/decisions.ts";
import type { Document } from "../../db/queries/projection.ts";
import { FactFilter } from "../ingest/fact-filter.ts";
import { Gathered } from "../ingest/gather.ts";
import { Subjects } from "../ingest/subjects.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { effective, link } from "../lifecycle/linking.ts";
import { projectSubject } from "../lifecycle/project.ts";
import { type LinkFact, mergeFacts } from "../lifecycle/refs.ts";
import type { SubjectId } from "../lifecycle/types.ts";

type Scope = Pick<LogScope, "to" | "sources">;

/** What the events of the scope say of who is who. */
async function factsOf(db: Db, workspace: string, scope: Scope, to: number): Promise<LinkFact[]> {
  const facts: LinkFact[] = [];
  const filter = new FactFilter();
  for await (const lines of readLines(db.sql, workspace, scope)) {
    for (const { encoded, source } of lines) {
      const events = decodeEvents(encoded).filter((event) => event.at <= to);
      for (const fact of filter.fresh(events, source)) facts.push(fact);
    }
  }
  return mergeFacts(facts);
}

/**
 * Reads the log twice, first for who is who and then for what they did, and holds a part of its events at a time.
 * @param scope times and sources; all when absent.
 * @returns the rows of each subject that has events in the scope.
 */
export async function projectLog(db: Db, workspace: string, scope: Scope): Promise<Map<SubjectId, Document>> {
  const to = scope.to ?? Infinity;
  const decisions = effective(await readDecisions(db.sql, workspace));
  const { holdings } = link(await factsOf(db, workspace, scope, to), decisions);
  const finder = new Subjects(groupBy(holdings, (holding) => holding.ref));
  const gathered = new Gathered();
  const documents = new Map<SubjectId, Document>();
  try {
    for await (const lines of readLines(db.sql, workspace, scope)) {
      for (const line of lines) {
        for (const [subject, ordinals] of finder.ofLine(line)) await gathered.add(subject, line, ordinals);
      }
    }
    for await (const [subject, events] of gathered.subjects()) {
      const past = events.filter((event) => event.at <= to);
      if (past.length > 0) documents.set(subject, projectSubject(subject, past));
    }
  } finally {
    await gathered.close();
  }
  return documents;
}
