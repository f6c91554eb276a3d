/** The read models worked out anew from the log, for a past moment or a part of its sources: the same rules that keep the stored rows. */
import type { Db } from "../../db/client.ts";
import { decodeEvents } from "../../db/log/codec.ts";
import { type LogScope, readSegments } from "../../db/log/read.ts";
import { eachRecord } from "../../db/log/segment.ts";
import { readDecisions } from "../../db/queries/decisions.ts";
import type { Document } from "../../db/queries/projection.ts";
import { countEvents } from "../../db/queries/sources.ts";
import { FactFilter } from "../ingest/fact-filter.ts";
import { gather } from "../ingest/gather.ts";
import { readSubjects } from "../ingest/subject-lines.ts";
import { effective, type Holding, link } from "../lifecycle/linking.ts";
import { projectSubject } from "../lifecycle/project.ts";
import { type LinkFact, mergeFacts } from "../lifecycle/refs.ts";
import type { SubjectId } from "../lifecycle/types.ts";

type Scope = Pick<LogScope, "to" | "sources">;

/** What the events of the scope say of who is who. */
async function factsOf(db: Db, workspace: string, scope: Scope, to: number): Promise<LinkFact[]> {
  const facts: LinkFact[] = [];
  const filter = new FactFilter();
  for await (const { normal, source } of readSegments(db.sql, workspace, scope)) {
    eachRecord(normal, (_position, _length, _refs, encoded) => {
      const events = decodeEvents(encoded, "", source).filter((event) => event.at <= to);
      for (const fact of filter.fresh(events, source)) facts.push(fact);
    });
  }
  return mergeFacts(facts);
}

/**
 * Reads the log twice, first for who is who and then for what they did, and holds a part of it at a time.
 * @param scope times and sources; all when absent.
 * @param take given the rows of each subject that has events in the scope, in no order.
 * @returns who is who in it.
 */
export async function projectEach(
  db: Db,
  workspace: string,
  scope: Scope,
  take: (subject: SubjectId, document: Document) => void,
): Promise<Holding[]> {
  const to = scope.to ?? Infinity;
  const decisions = effective(await readDecisions(db.sql, workspace));
  const { holdings } = link(await factsOf(db, workspace, scope, to), decisions);
  for await (const part of gather(
    db.sql,
    workspace,
    scope,
    [holdings],
    await countEvents(db.sql, workspace, scope.sources),
  )) {
    for (const [subject, events] of readSubjects(part)) {
      const past = events.filter((event) => event.at <= to);
      if (past.length > 0) take(subject, projectSubject(subject, past));
    }
  }
  return holdings;
}

/** What {@link projectEach} gives, held whole. */
export async function projectLog(
  db: Db,
  workspace: string,
  scope: Scope,
): Promise<{ documents: Map<SubjectId, Document>; holdings: Holding[] }> {
  const documents = new Map<SubjectId, Document>();
  const holdings = await projectEach(db, workspace, scope, (subject, document) =>
    documents.set(subject, document),
  );
  return { documents, holdings };
}
