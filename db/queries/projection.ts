/** The read models: the rows of each subject as one document, replaced and read as a whole. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { IdentityRow, Projection, Sighting, SubjectId } from "../../lib/lifecycle/types.ts";
import type { Db, SqlSession } from "../client.ts";
import { CopyRows, copyInto } from "../copy.ts";
import { json } from "../json.ts";
import { type SubjectRecords, storeSubjectRecords } from "./subject-records.ts";

/** Rows by kind, kinds without rows left out. */
export type Document = Partial<Projection>;

/**
 * Level 1: a document is small, and written far more often than the others' tenth of its size is missed. In bytes of its own, as
 * another thread can be given them.
 */
export const packRows = (document: Document): Uint8Array<ArrayBuffer> =>
  new Uint8Array(deflateRawSync(JSON.stringify(document), { level: 1 }));

/** @param bytes as {@link packRows} makes them. */
export const unpackRows = (bytes: Uint8Array): Document => JSON.parse(inflateRawSync(bytes).toString("utf8"));

const documentOf = (rows: Projection): Document =>
  Object.fromEntries(Object.entries(rows).filter(([, list]) => list.length > 0));

/** A subject's document with what is kept beside it. Made of values that threads can hand over. */
export interface StoredSubject {
  subject: SubjectId;
  kind: IdentityRow["kind"] | null;
  userName: string | null;
  displayName: string | null;
  email: string | null;
  inactiveFrom: number | null;
  rows: Uint8Array<ArrayBuffer>;
  /** The spellings of the applications that it was seen in. */
  labels: Pick<Sighting, "application" | "label" | "labelAt">[];
  /** Its records, to be kept side by side; null: none are. */
  records: { holdings: string; bytes: Uint8Array<ArrayBuffer> } | null;
}

/**
 * The longest name by which somebody is found, in characters: PostgreSQL's indexes hold entries of 2,704 bytes at most, and a name that
 * is longer must not stop all others. Rows keep it whole.
 */
const MOST_FOUND_BY = 500;

const foundBy = (name: string | null | undefined): string | null =>
  name == null ? null : name.length <= MOST_FOUND_BY ? name : [...name].slice(0, MOST_FOUND_BY).join("");

/** @param rows none: the subject keeps an empty document, which tells readers that the others are gone. */
export function storedSubject(subject: SubjectId, rows: Projection): StoredSubject {
  const [identity] = rows.identities;
  return {
    subject,
    kind: identity?.kind ?? null,
    userName: foundBy(identity?.userName),
    displayName: foundBy(identity?.displayName),
    email: foundBy(identity?.email),
    inactiveFrom: identity?.inactiveFrom ?? null,
    rows: packRows(documentOf(rows)),
    labels: rows.sightings.map(({ application, label, labelAt }) => ({ application, label, labelAt })),
    records: null,
  };
}

/** Which segments the records of a subject have been read from. */
export type ReadFrom = (subject: SubjectId) => Pick<SubjectRecords, "coverage" | "segments">;

/** Replaces the documents of subjects, and the copies of their records. */
export async function storeSubjects(
  sql: SqlSession,
  workspace: string,
  revision: number,
  subjects: readonly StoredSubject[],
  readFrom: ReadFrom,
): Promise<void> {
  if (subjects.length === 0) return;
  await sql`
    delete from subjects where workspace_id = ${workspace}
      and subject = any(${subjects.map((row) => row.subject)}::text[])`;
  const copy = new CopyRows();
  for (const row of subjects) {
    copy.row(9);
    copy.text(workspace);
    copy.text(row.subject);
    copy.int8(revision);
    copy.text(row.kind);
    copy.text(row.userName);
    copy.text(row.displayName);
    copy.text(row.email);
    copy.timestamptz(row.inactiveFrom);
    copy.bytes(row.rows);
  }
  await copyInto(
    sql,
    "subjects",
    [
      "workspace_id",
      "subject",
      "revision",
      "kind",
      "user_name",
      "display_name",
      "email",
      "inactive_from",
      "rows",
    ],
    copy,
    workspace,
  );
  await storeSubjectRecords(
    sql,
    workspace,
    subjects.map(({ subject }) => subject),
    subjects.flatMap(({ subject, records }) =>
      records === null
        ? []
        : [{ subject, holdings: records.holdings, records: records.bytes, ...readFrom(subject) }],
    ),
  );
  await storeLabels(
    sql,
    workspace,
    subjects.flatMap(({ labels }) => labels),
  );
}

/** Keeps the newest spelling of each application. What was once seen stays: the log forgets nothing. */
async function storeLabels(
  sql: SqlSession,
  workspace: string,
  labels: readonly StoredSubject["labels"][number][],
): Promise<void> {
  const newest = new Map<string, StoredSubject["labels"][number]>();
  for (const one of labels) {
    const known = newest.get(one.application);
    const later =
      known === undefined ||
      one.labelAt > known.labelAt ||
      (one.labelAt === known.labelAt && one.label > known.label);
    if (later) newest.set(one.application, one);
  }
  const rows = [...newest.values()].map(({ application, label, labelAt }) => ({
    application,
    label,
    label_at: new Date(labelAt).toISOString(),
  }));
  await sql`
    insert into application_labels as a (workspace_id, application, label, label_at)
    select ${workspace}, l.* from jsonb_to_recordset(${json(sql, rows)}) as
      l(application text, label text, label_at timestamptz)
    order by 2
    on conflict (workspace_id, application) do update set label = excluded.label, label_at = excluded.label_at
    where (excluded.label_at, excluded.label collate "C") > (a.label_at, a.label collate "C")`;
}

/** Moves the workspace's revision on; returns the new one. */
export async function bumpRevision(sql: SqlSession, workspace: string): Promise<number> {
  const [row] = await sql<{ revision: string }[]>`
    update workspaces set revision = revision + 1 where workspace_id = ${workspace} returning revision`;
  return Number(row?.revision);
}

/** The revision that {@link readDocuments} would read now. */
export async function readRevision(db: Db, workspace: string): Promise<number> {
  const [row] = await db.sql<{ revision: string }[]>`
    select revision from workspaces where workspace_id = ${workspace}`;
  return Number(row?.revision ?? 0);
}

const DOCUMENTS_A_FETCH = 1_000;

/** What readers of documents have come to. */
export interface DocumentsRead {
  revision: number;
  /** Another text than before: subjects were withheld or removed, and have no document any more, not even an empty one. */
  withheld: string;
}

/**
 * Reads the documents that were worked out after a revision, all at one moment, as they are packed.
 * @returns what they lead to.
 */
export async function readPackedDocuments(
  db: Db,
  workspace: string,
  after: number,
  take: (subject: SubjectId, packed: Buffer) => void,
): Promise<DocumentsRead> {
  return db.sql.begin("isolation level repeatable read read only", async (sql) => {
    const [row] = await sql<{ revision: string; withheld: string }[]>`
      select revision, concat_ws(' ',
        (select string_agg(person::text, ',' order by person) from sealed_people where workspace_id = ${workspace}),
        (select sum(removed) from retention_rules where workspace_id = ${workspace})) withheld
      from workspaces where workspace_id = ${workspace}`;
    const cursor = sql<{ subject: string; rows: Buffer }[]>`
      select subject, rows from subjects
      where workspace_id = ${workspace} and revision > ${after}`.cursor(DOCUMENTS_A_FETCH);
    for await (const batch of cursor) for (const { subject, rows } of batch) take(subject, rows);
    return { revision: Number(row?.revision ?? 0), withheld: row?.withheld ?? "" };
  });
}

/** The same, unpacked. */
export const readDocuments = (
  db: Db,
  workspace: string,
  after: number,
  take: (subject: SubjectId, document: Document) => void,
): Promise<DocumentsRead> =>
  readPackedDocuments(db, workspace, after, (subject, packed) => take(subject, unpackRows(packed)));

/** The documents of some subjects. */
export async function readDocumentsOf(
  sql: SqlSession,
  workspace: string,
  subjects: readonly SubjectId[],
): Promise<Map<SubjectId, Document>> {
  const rows = await sql<{ subject: string; rows: Buffer }[]>`
    select subject, rows from subjects where workspace_id = ${workspace} and subject = any(${[...subjects]}::text[])`;
  return new Map(rows.map(({ subject, rows: packed }) => [subject, unpackRows(packed)]));
}

/** Takes away the documents of those of the subjects for whom no ref stands any more: their ids are withheld too. */
export async function forgetSubjects(
  sql: SqlSession,
  workspace: string,
  subjects: readonly SubjectId[],
): Promise<void> {
  await sql`
    delete from subjects s where s.workspace_id = ${workspace} and s.subject = any(${[...subjects]}::text[])
      and not exists (select from subject_refs r where r.workspace_id = s.workspace_id and r.subject = s.subject)`;
}
