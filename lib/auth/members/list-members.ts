/** Who may come in, as the API and the page Access tell it. */
import type { Db } from "../../../db/client.ts";
import { type Member, readMembers } from "../../../db/queries/members.ts";
import { type OpenSession, readLastSeen, readSessions } from "../../../db/queries/sessions.ts";

export interface MemberRow extends Member {
  /** When they were last here, ISO 8601; null when they never came in. */
  lastSeenAt: string | null;
}

export interface MembersList {
  members: MemberRow[];
  /** Those that can still be used. */
  sessions: OpenSession[];
}

/** All members by name, and all open sessions. */
export async function listMembers(db: Db, workspace: string): Promise<MembersList> {
  const [members, sessions, seen] = await Promise.all([
    readMembers(db, workspace),
    readSessions(db, workspace),
    readLastSeen(db, workspace),
  ]);
  return {
    members: members.map((member) => ({ ...member, lastSeenAt: seen.get(member.member) ?? null })),
    sessions,
  };
}
