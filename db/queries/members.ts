/** People who may sign in. */
import { asc, eq } from "drizzle-orm";
import type { Db, SqlSession } from "../client.ts";
import { members } from "../schema.ts";

export type Member = Omit<typeof members.$inferSelect, "workspaceId">;
export type NewMember = Pick<Member, "member" | "name" | "email" | "role" | "customer" | "endsAt"> &
  Partial<Pick<Member, "issuer" | "subject" | "byProvider">>;

const select = (sql: SqlSession) => sql`
  select member, name, email, role, customer, issuer, subject, by_provider "byProvider", active,
    extract(epoch from ends_at)::float8 * 1000 "endsAt", extract(epoch from created_at)::float8 * 1000 "createdAt"
  from members`;

/** All, by name. */
export async function readMembers(db: Db, workspace: string): Promise<Member[]> {
  const rows = await db.orm
    .select()
    .from(members)
    .where(eq(members.workspaceId, workspace))
    .orderBy(asc(members.name), asc(members.member));
  return rows.map(({ workspaceId: _workspace, ...member }) => member);
}

/** Whether they may come in at a moment, in milliseconds. */
export const mayComeIn = ({ active, endsAt }: Pick<Member, "active" | "endsAt">, now: number): boolean =>
  active && (endsAt === null || endsAt > now);

/** One, locked until the transaction ends; null when there is none of that id. */
export async function lockMember(sql: SqlSession, workspace: string, member: string): Promise<Member | null> {
  const [row] = await sql<Member[]>`
    ${select(sql)} where workspace_id = ${workspace} and member = ${member} for update`;
  return row ?? null;
}

/** One; null when there is none of that id. */
export async function memberById(sql: SqlSession, workspace: string, member: string): Promise<Member | null> {
  const [row] = await sql<Member[]>`${select(sql)} where workspace_id = ${workspace} and member = ${member}`;
  return row ?? null;
}

/** Whom a provider knows by `sub`; null when nobody. */
export async function memberBySubject(
  sql: SqlSession,
  workspace: string,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<Member | null> {
  const [row] = await sql<
    Member[]
  >`${select(sql)} where workspace_id = ${workspace} and issuer = ${issuer} and subject = ${subject}`;
  return row ?? null;
}

/** @param email lower-case. */
export async function memberByEmail(
  sql: SqlSession,
  workspace: string,
  email: string,
): Promise<Member | null> {
  const [row] = await sql<Member[]>`${select(sql)} where workspace_id = ${workspace} and email = ${email}`;
  return row ?? null;
}

/** Active members with one of some addresses. @param emails lower-case. @param customer of these alone; null: all. */
export async function activeMembersOf(
  sql: SqlSession,
  workspace: string,
  emails: readonly string[],
  customer: string | null,
): Promise<string[]> {
  const rows = await sql<{ member: string }[]>`
    select member from members
    where workspace_id = ${workspace} and active and email = any(${[...emails]}::text[])
      and (${customer}::text is null or customer = ${customer}) order by member`;
  return rows.map(({ member }) => member);
}

export async function insertMember(sql: SqlSession, workspace: string, member: NewMember): Promise<void> {
  const ends = member.endsAt === null ? null : new Date(member.endsAt).toISOString();
  await sql`
    insert into members (workspace_id, member, name, email, role, customer, issuer, subject, by_provider, ends_at, created_at)
    values (${workspace}, ${member.member}, ${member.name}, ${member.email}, ${member.role},
      ${member.customer}, ${member.issuer ?? null}, ${member.subject ?? null}, ${member.byProvider ?? false}, ${ends}, now())`;
}

/** Stores a member as given, in place of what was there. */
export async function updateMember(sql: SqlSession, workspace: string, member: Member): Promise<void> {
  const ends = member.endsAt === null ? null : new Date(member.endsAt).toISOString();
  await sql`
    update members set name = ${member.name}, email = ${member.email}, role = ${member.role},
      customer = ${member.customer}, issuer = ${member.issuer}, subject = ${member.subject},
      by_provider = ${member.byProvider}, active = ${member.active}, ends_at = ${ends}
    where workspace_id = ${workspace} and member = ${member.member}`;
}

/** How many active admins there are besides one. */
export async function otherAdmins(sql: SqlSession, workspace: string, member: string): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int count from members where workspace_id = ${workspace} and role = 'admin' and active
      and (ends_at is null or ends_at > now()) and member <> ${member}`;
  return row.count;
}

/** The operator's id; null before there is one. */
export async function operatorOf(sql: SqlSession, workspace: string): Promise<string | null> {
  const [row] = await sql<{ member: string }[]>`
    select member from members where workspace_id = ${workspace} and email is null and issuer is null
    order by created_at limit 1`;
  return row?.member ?? null;
}
