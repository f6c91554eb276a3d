/** The stored rows as a process last read them: what has changed since is read, and no more. */
import type { Db } from "../../db/client.ts";
import { type Document, readDocuments, readRevision } from "../../db/queries/projection.ts";
import { addRows, emptyProjection } from "../lifecycle/project.ts";
import type { Projection, SubjectId } from "../lifecycle/types.ts";

interface Stored {
  revision: number;
  /** Which subjects are withheld, as `readDocuments` tells it. */
  withheld: string;
  documents: Map<SubjectId, Document>;
  /** The rows of all documents, ordered by subject. */
  projection: Projection;
  /** The reading that is under way: whoever asks meanwhile waits for it. */
  reading: Promise<void> | null;
}

/** Of each pool and workspace: pages ask for the same rows again and again. */
const known = new WeakMap<Db, Map<string, Stored>>();

function storedOf(db: Db, workspace: string): Stored {
  const own = known.get(db) ?? new Map<string, Stored>();
  known.set(db, own);
  const stored = own.get(workspace) ?? {
    revision: -1,
    withheld: "",
    documents: new Map<SubjectId, Document>(),
    projection: emptyProjection(),
    reading: null,
  };
  own.set(workspace, stored);
  return stored;
}

/** The rows of all subjects, in the order of their ids. */
export function rowsOf(documents: ReadonlyMap<SubjectId, Document>): Projection {
  const all = emptyProjection();
  for (const subject of [...documents.keys()].sort()) addRows(all, documents.get(subject) ?? {});
  return all;
}

async function readChanges(db: Db, workspace: string, stored: Stored): Promise<void> {
  const take = (subject: SubjectId, document: Document) => stored.documents.set(subject, document);
  let read = await readDocuments(db, workspace, stored.revision, take);
  if (read.withheld !== stored.withheld) {
    // Of whom is withheld nothing tells that they are gone: what is there is read anew.
    stored.documents.clear();
    read = await readDocuments(db, workspace, -1, take);
  }
  if (read.revision === stored.revision) return;
  stored.revision = read.revision;
  stored.withheld = read.withheld;
  stored.projection = rowsOf(stored.documents);
}

/** The rows of the workspace at one moment, ordered by subject, with the revision that they stand for. */
export async function storedProjection(
  db: Db,
  workspace: string,
): Promise<{ revision: number; projection: Projection }> {
  const stored = storedOf(db, workspace);
  const revision = await readRevision(db, workspace);
  while (stored.revision < revision) {
    stored.reading ??= readChanges(db, workspace, stored).finally(() => {
      stored.reading = null;
    });
    await stored.reading;
  }
  return { revision: stored.revision, projection: stored.projection };
}
