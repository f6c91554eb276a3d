/** What is kept beside the reports of a large workspace, each read whole by the page that it is for. */
import { LRUCache } from "lru-cache";
import type { Db } from "../../../db/client.ts";
import { readHead } from "../../../db/queries/editions.ts";
import type { SubjectId } from "../../lifecycle/types.ts";
import type { ApplicationReport } from "../contract.ts";
import { unpackDocument } from "./head.ts";
import { whenThere } from "./kept.ts";
import type { AskedParams } from "./question.ts";

/** By name: what all people tell, the items of failures, one application, who is who, somebody at a past moment. */
export const DOCUMENT_NAMES = ["about", "failure-items", "application", "links", "identity"] as const;
export type DocumentName = (typeof DOCUMENT_NAMES)[number];

/** An application as its page has it, and who was seen in it. */
export interface ApplicationDocument {
  /** Null: nobody knows it. */
  report: ApplicationReport | null;
  /** Null: many. */
  subjects: SubjectId[] | null;
}

/** Some are some megabytes. */
const CACHED = 40;

// Next compiles each route apart: they share what is kept.
const holder = globalThis as { rollcallDocuments?: WeakMap<Db, LRUCache<string, Promise<object>>> };
holder.rollcallDocuments ??= new WeakMap();
const known = holder.rollcallDocuments;

export interface KeptDocument<T> {
  content: T;
  edition: string;
  asOf: number;
  /** Something has changed since. */
  renewing: boolean;
}

/**
 * A document as it was last worked out.
 * @throws {ReportPending} when it is not there yet.
 */
export const keptDocument = <T>(
  db: Db,
  workspace: string,
  name: DocumentName,
  params: AskedParams = {},
): Promise<KeptDocument<T>> =>
  whenThere(db, workspace, { report: name, params }, async ({ edition: { edition, asOf }, renewing }) => {
    const own = known.get(db) ?? new LRUCache<string, Promise<object>>({ max: CACHED });
    known.set(db, own);
    const read = async () => ({ content: unpackDocument<T>(await readHead(db.sql, workspace, edition)) });
    const reading = (own.get(edition) as ReturnType<typeof read> | undefined) ?? read();
    own.set(edition, reading);
    // One that could not be read is none.
    reading.catch(() => own.delete(edition));
    return { ...(await reading), edition, asOf, renewing };
  });
