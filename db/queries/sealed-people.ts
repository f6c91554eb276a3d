/** People whose records are sealed or erased, and the texts beside the log in which a person may be named. */
import { eq } from "drizzle-orm";
import type { LinkFact } from "../../lib/lifecycle/refs.ts";
import type { Db, SqlSession } from "../client.ts";
import { json } from "../json.ts";
import { sealedPeople } from "../schema.ts";
import { forgetEditions } from "./editions.ts";

export type SealedPerson = Omit<typeof sealedPeople.$inferSelect, "workspaceId">;

/** All of the workspace, the last sealed first. */
export async function readSealedPeople(db: Db, workspace: string): Promise<SealedPerson[]> {
  const rows = await db.orm.select().from(sealedPeople).where(eq(sealedPeople.workspaceId, workspace));
  return rows
    .map(({ workspaceId: _workspace, ...person }) => person)
    .sort((a, b) => b.sealedAt - a.sealedAt || (a.person < b.person ? -1 : 1));
}

/** The one who is a subject by a pseudonym; null when the subject is nobody sealed. */
export async function findSealedPerson(
  sql: SqlSession,
  workspace: string,
  subject: string,
): Promise<{ person: string; state: "sealed" | "erased"; at: number; dictionary: Buffer } | null> {
  const [row] = await sql<{ person: string; state: "sealed" | "erased"; at: string; dictionary: Buffer }[]>`
    select person, state, coalesce(erased_at, sealed_at)::text at, dictionary from sealed_people
    where workspace_id = ${workspace} and subject = ${subject}`;
  return row === undefined ? null : { ...row, at: Date.parse(row.at) };
}

/** Whether somebody is noted as sealed. */
export async function isSealed(sql: SqlSession, workspace: string, person: string): Promise<boolean> {
  const rows = await sql`select from sealed_people where workspace_id = ${workspace} and person = ${person}`;
  return rows.length > 0;
}

export async function insertSealedPerson(
  sql: SqlSession,
  workspace: string,
  { person, subject, reason, sealedAt, dictionary }: Omit<SealedPerson, "state" | "erasedAt">,
): Promise<void> {
  await sql`
    insert into sealed_people (workspace_id, person, subject, state, reason, sealed_at, dictionary)
    values (${workspace}, ${person}, ${subject}, 'sealed', ${reason}, ${new Date(sealedAt).toISOString()}, ${dictionary})`;
  await forgetEditions(sql, workspace);
}

/** Notes that the key is destroyed; what it opened goes too. */
export async function markErased(
  sql: SqlSession,
  workspace: string,
  person: string,
  at: number,
): Promise<void> {
  await sql`
    update sealed_people set state = 'erased', erased_at = ${new Date(at).toISOString()}, dictionary = ''
    where workspace_id = ${workspace} and person = ${person}`;
  await forgetEditions(sql, workspace);
}

export async function deleteSealedPerson(sql: SqlSession, workspace: string, person: string): Promise<void> {
  await sql`delete from sealed_people where workspace_id = ${workspace} and person = ${person}`;
  await forgetEditions(sql, workspace);
}

/** Puts what the log says of some refs in place of what was known of them. @param facts of these refs alone, each once. */
export async function replaceFacts(
  sql: SqlSession,
  workspace: string,
  refs: readonly string[],
  facts: readonly LinkFact[],
): Promise<void> {
  const byRef = new Map<string, Record<string, number>>();
  for (const { ref, kind, value, first } of facts) {
    const own = byRef.get(ref) ?? (Object.create(null) as Record<string, number>);
    own[`${kind} ${value}`] = first;
    byRef.set(ref, own);
  }
  const rows = [...byRef].map(([ref, own]) => ({ ref, facts: own }));
  await sql`delete from link_facts where workspace_id = ${workspace} and ref = any(${[...refs]}::text[])`;
  await sql`
    insert into link_facts (workspace_id, ref, facts)
    select ${workspace}, f.ref, f.facts from jsonb_to_recordset(${json(sql, rows)}) as f(ref text, facts jsonb)`;
}

/** Of the refs those that stand for somebody else at another time. */
export async function readSharedRefs(
  sql: SqlSession,
  workspace: string,
  refs: readonly string[],
  subject: string,
): Promise<string[]> {
  const rows = await sql<{ ref: string }[]>`
    select distinct ref from subject_refs
    where workspace_id = ${workspace} and ref = any(${[...refs]}::text[]) and subject <> ${subject}`;
  return rows.map(({ ref }) => ref);
}

/** What changes texts: refs, and words about somebody. */
export interface TextChange {
  ref(ref: string): string;
  text(text: string): string;
  /** All texts of a value of JSON. */
  json(value: unknown): unknown;
}

const ROWS_A_FETCH = 1_000;

async function changeAudit(sql: SqlSession, workspace: string, change: TextChange): Promise<number> {
  let changed = 0;
  for (let after = 0; ; ) {
    const rows = await sql<{ entry: string; object: string; before: unknown; after: unknown }[]>`
      select entry, object, before, after from audit_entries
      where workspace_id = ${workspace} and entry > ${after} order by entry limit ${ROWS_A_FETCH}`;
    for (const row of rows) {
      const object = change.text(change.ref(row.object));
      const values = { before: change.json(row.before), after: change.json(row.after) };
      if (
        object === row.object &&
        JSON.stringify(values) === JSON.stringify({ before: row.before, after: row.after })
      )
        continue;
      const value = (of: unknown) => (of === null ? null : json(sql, of));
      await sql`
        update audit_entries set object = ${object}, before = ${value(values.before)}, after = ${value(values.after)}
        where workspace_id = ${workspace} and entry = ${row.entry}`;
      changed += 1;
    }
    const last = rows.at(-1);
    if (last === undefined) return changed;
    after = Number(last.entry);
  }
}

async function changeDecisions(sql: SqlSession, workspace: string, change: TextChange): Promise<void> {
  const links = await sql<{ decision: string; a: string; b: string; reason: string }[]>`
    select decision, a, b, reason from link_decisions where workspace_id = ${workspace} order by decision`;
  for (const { decision, a, b, reason } of links) {
    const now = { a: change.ref(a), b: change.ref(b), reason: change.text(reason) };
    if (now.a === a && now.b === b && now.reason === reason) continue;
    await sql`
      update link_decisions set a = ${now.a}, b = ${now.b}, reason = ${now.reason}
      where workspace_id = ${workspace} and decision = ${decision}`;
  }
  const notes = await sql<{ decision: string; note: string }[]>`
    select decision, note from failure_decisions
    where workspace_id = ${workspace} and note is not null order by decision`;
  for (const { decision, note } of notes) {
    const now = change.text(note);
    if (now !== note)
      await sql`
        update failure_decisions set note = ${now} where workspace_id = ${workspace} and decision = ${decision}`;
  }
}

/** Whom drills follow. */
async function changeFollowed(sql: SqlSession, workspace: string, change: TextChange): Promise<void> {
  const followed = await sql<{ application: string; follow: string }[]>`
    select application, follow from drill_settings
    where workspace_id = ${workspace} and follow is not null order by application`;
  for (const { application, follow } of followed) {
    const now = change.text(follow);
    if (now !== follow)
      await sql`
        update drill_settings set follow = ${now} where workspace_id = ${workspace} and application = ${application}`;
  }
}

/**
 * Changes what people wrote and decided beside the log: the audit log, who is who, notes on failures, whom drills follow. As the
 * owner.
 */
export async function changeTexts(sql: SqlSession, workspace: string, change: TextChange): Promise<number> {
  await changeDecisions(sql, workspace, change);
  await changeFollowed(sql, workspace, change);
  return changeAudit(sql, workspace, change);
}

interface RejectedBytes {
  source: string;
  sha256: Buffer;
  bytes: Buffer;
  sealed: boolean;
}

/**
 * Changes the bytes of records that could not be read. As the owner.
 * @param change gives what they are to be, null to leave them.
 */
export async function changeRejected(
  sql: SqlSession,
  workspace: string,
  change: (row: RejectedBytes) => { bytes: Buffer; sealed: boolean } | null,
): Promise<void> {
  let after: { source: string; sha256: Buffer } = { source: "", sha256: Buffer.alloc(0) };
  for (;;) {
    const rows = await sql<RejectedBytes[]>`
      select source, sha256, bytes, sealed from rejected_records
      where workspace_id = ${workspace} and (source, sha256) > (${after.source}, ${after.sha256}::bytea)
      order by source, sha256 limit 50`;
    for (const row of rows) {
      const now = change(row);
      if (now === null) continue;
      await sql`
        update rejected_records set bytes = ${now.bytes}, sealed = ${now.sealed}
        where workspace_id = ${workspace} and source = ${row.source} and sha256 = ${row.sha256}`;
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

/** Those who are sealed and not erased. */
export async function sealedNames(sql: SqlSession, workspace: string): Promise<string[]> {
  const rows = await sql<{ person: string }[]>`
    select person from sealed_people where workspace_id = ${workspace} and state = 'sealed' order by person`;
  return rows.map(({ person }) => person);
}

/** The entries of the audit log in which any of the texts stands, the oldest first. */
export async function readAuditAbout(
  sql: SqlSession,
  workspace: string,
  texts: readonly string[],
): Promise<unknown[]> {
  const rows = await sql<{ entry: unknown }[]>`
    select to_jsonb(e) - 'workspace_id' - 'tx' entry from audit_entries e
    where workspace_id = ${workspace} and exists (select from unnest(${[...texts]}::text[]) t
      where position(lower(t) in lower(concat_ws(' ', e.object, e.before::text, e.after::text))) > 0)
    order by e.entry`;
  return rows.map(({ entry }) => entry);
}
