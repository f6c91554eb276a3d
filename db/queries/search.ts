/** People, unlinked accounts and applications by their names and ids. */
import type { Db } from "../client.ts";
import { numbers } from "../log/numbers.ts";

/** How well a hit fits, the best first: an id, a whole name, the beginning of one, of a word in it, or the middle of one. */
type Rank = 0 | 1 | 2 | 3 | 4;

export interface SubjectHit {
  subject: string;
  kind: "identity" | "account";
  userName: string;
  displayName: string | null;
  active: boolean;
  rank: Rank;
  /** The ref by which it was found; null: by its name or e-mail. */
  ref: string | null;
}

/**
 * The best first; those of equal rank by their names.
 * @param wanted without NUL.
 */
export async function searchSubjects(
  db: Db,
  workspace: string,
  wanted: string,
  limit: number,
): Promise<SubjectHit[]> {
  const found = await db.sql<{ subject: string; rank: number; ref: string | null }[]>`
    -- Where an id and a name fit alike, the name is told.
    select distinct on (subject) subject, rank, ref from search_subjects(${wanted}, ${limit})
    order by subject, rank, ref nulls first`;
  if (found.length === 0) return [];
  return db.sql<SubjectHit[]>`
    select s.subject, s.kind, s.user_name "userName", s.display_name "displayName",
      (s.inactive_from is null or s.inactive_from > now()) active, f.rank, f.ref
    from unnest(${found.map(({ subject }) => subject)}::text[], ${numbers(found.map(({ rank }) => rank))}::text::int[],
      ${found.map(({ ref }) => ref)}::text[]) f(subject, rank, ref)
    join subjects s on s.workspace_id = ${workspace} and s.subject = f.subject
    where s.kind is not null
    order by f.rank, coalesce(s.display_name, s.user_name) collate "C", s.subject
    limit ${limit}`;
}

export interface ApplicationHit {
  label: string;
  rank: Rank;
}

/** Applications by their label: a company has some hundred of them. */
export async function searchApplications(
  db: Db,
  workspace: string,
  wanted: string,
  limit: number,
): Promise<ApplicationHit[]> {
  return db.sql<ApplicationHit[]>`
    select label, case
      when lower(label) = lower(${wanted}) then 1
      when starts_with(lower(label), lower(${wanted})) then 2
      when strpos(regexp_replace(lower(label), '[^[:alnum:]]+', ' ', 'g'), ' ' || lower(${wanted})) > 0 then 3
      else 4 end rank
    from application_labels
    where workspace_id = ${workspace} and strpos(lower(label), lower(${wanted})) > 0
    order by rank, label collate "C" limit ${limit}`;
}
