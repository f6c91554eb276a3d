/** People, unlinked accounts and applications by a part of their name. */
import type { Db } from "../client.ts";

export interface PersonHit {
  subject: string;
  kind: "identity" | "account";
  userName: string;
  displayName: string | null;
  active: boolean;
}

/** The part as a pattern for `ilike`, its own wildcards taken literally. */
const pattern = (part: string): string => `%${part.replace(/[\\%_]/gu, "\\$&")}%`;

/** Those whose name begins with it come first. */
export async function searchPeople(
  db: Db,
  workspace: string,
  part: string,
  limit: number,
): Promise<PersonHit[]> {
  return db.sql<PersonHit[]>`
    select subject, kind, user_name "userName", display_name "displayName",
      (inactive_from is null or inactive_from > now()) active
    from subjects
    where workspace_id = ${workspace} and kind is not null
      and (user_name ilike ${pattern(part)} or display_name ilike ${pattern(part)} or email ilike ${pattern(part)})
    order by starts_with(lower(user_name), lower(${part})) desc, user_name collate "C", subject
    limit ${limit}`;
}

export async function searchApplications(
  db: Db,
  workspace: string,
  part: string,
  limit: number,
): Promise<{ label: string }[]> {
  return db.sql<{ label: string }[]>`
    select label from application_labels
    where workspace_id = ${workspace} and label ilike ${pattern(part)}
    order by 1 limit ${limit}`;
}
