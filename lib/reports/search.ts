/** The search behind the command menu. */
import type { Db } from "../../db/client.ts";
import { searchApplications, searchPeople } from "../../db/queries/search.ts";
import type { SearchHit } from "./contract.ts";

/** @param query part of a user name, a display name, an e-mail or an application's label; empty finds nothing. */
export async function search(db: Db, workspace: string, query: string): Promise<SearchHit[]> {
  const part = query.trim().slice(0, 200);
  // No name holds NUL, and the database can't be asked for it.
  if (part === "" || part.includes("\0")) return [];
  const [applications, people] = await Promise.all([
    searchApplications(db, workspace, part, 5),
    searchPeople(db, workspace, part, 10),
  ]);
  return [
    ...applications.map(
      ({ label }): SearchHit => ({
        kind: "application",
        label,
        detail: null,
        href: `/accounts?application=${encodeURIComponent(label)}`,
      }),
    ),
    ...people.map(
      ({ subject, kind, userName, displayName, active }): SearchHit => ({
        kind,
        label: displayName ?? userName,
        detail: active ? userName : `${userName}, left`,
        href: `/identities/${encodeURIComponent(subject)}`,
      }),
    ),
  ];
}
