/** The read models: the rows of each subject as one document, replaced and read as a whole. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Projection, SubjectId } from "../../lib/lifecycle/types.ts";
import type { Db, SqlSession } from "../client.ts";
import { json } from "../json.ts";

/** Rows by kind, kinds without rows left out. */
export type Document = Partial<Projection>;

/** Level 1: a document is small, and written far more often than the others' tenth of its size is missed. */
const pack = (document: Document): Buffer => deflateRawSync(JSON.stringify(document), { level: 1 });

const unpack = (bytes: Buffer): Document => JSON.parse(inflateRawSync(bytes).toString("utf8"));

const documentOf = (rows: Projection): Document =>
  Object.fromEntries(Object.entries(rows).filter(([, list]) => list.length > 0));

const isoOrNull = (at: number | null | undefined): string | null =>
  at == null ? null : new Date(at).toISOString();

/** Replaces the rows of subjects; one without rows keeps an empty document, which tells readers that the others are gone. */
export async function storeSubjects(
  sql: SqlSession,
  workspace: string,
  revision: number,
  subjects: readonly (readonly [SubjectId, Projection])[],
): Promise<void> {
  if (subjects.length === 0) return;
  const documents = subjects.map(([, rows]) => pack(documentOf(rows)));
  let start = 1;
  const rows = subjects.map(
    (
      [
        subject,
        {
          identities: [identity],
        },
      ],
      i,
    ) => {
      const length = (documents[i] as Buffer).length;
      const row = {
        subject,
        kind: identity?.kind ?? null,
        user_name: identity?.userName ?? null,
        display_name: identity?.displayName ?? null,
        email: identity?.email ?? null,
        inactive_from: isoOrNull(identity?.inactiveFrom),
        start,
        length,
      };
      start += length;
      return row;
    },
  );
  await sql`
    insert into subjects (workspace_id, subject, revision, kind, user_name, display_name, email, inactive_from, rows)
    select ${workspace}, s.subject, ${revision}, s.kind, s.user_name, s.display_name, s.email, s.inactive_from,
      substring(${Buffer.concat(documents)}::bytea from s.start for s.length)
    from jsonb_to_recordset(${json(sql, rows)}) as s(subject text, kind text, user_name text, display_name text,
      email text, inactive_from timestamptz, start int, length int)
    on conflict (workspace_id, subject) do update set revision = excluded.revision, kind = excluded.kind,
      user_name = excluded.user_name, display_name = excluded.display_name, email = excluded.email,
      inactive_from = excluded.inactive_from, rows = excluded.rows`;
  await storeLabels(
    sql,
    workspace,
    subjects.flatMap(([, { sightings }]) => sightings),
  );
}

/** Keeps the newest spelling of each application. What was once seen stays: the log forgets nothing. */
async function storeLabels(
  sql: SqlSession,
  workspace: string,
  sightings: Projection["sightings"],
): Promise<void> {
  const newest = new Map<string, Projection["sightings"][number]>();
  for (const sighting of sightings) {
    const known = newest.get(sighting.application);
    const later =
      known === undefined ||
      sighting.labelAt > known.labelAt ||
      (sighting.labelAt === known.labelAt && sighting.label > known.label);
    if (later) newest.set(sighting.application, sighting);
  }
  const rows = [...newest.values()].map(({ application, label, labelAt }) => ({
    application,
    label,
    label_at: isoOrNull(labelAt),
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

/**
 * Reads the documents that were worked out after a revision, all at one moment.
 * @returns the revision they lead to.
 */
export async function readDocuments(
  db: Db,
  workspace: string,
  after: number,
  take: (subject: SubjectId, document: Document) => void,
): Promise<number> {
  return db.sql.begin("isolation level repeatable read read only", async (sql) => {
    const [row] = await sql<{ revision: string }[]>`
      select revision from workspaces where workspace_id = ${workspace}`;
    const cursor = sql<{ subject: string; rows: Buffer }[]>`
      select subject, rows from subjects
      where workspace_id = ${workspace} and revision > ${after}`.cursor(DOCUMENTS_A_FETCH);
    for await (const batch of cursor) for (const { subject, rows } of batch) take(subject, unpack(rows));
    return Number(row?.revision ?? 0);
  });
}
