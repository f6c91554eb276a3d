/** The search behind the command menu. */
import type { Db } from "../../db/client.ts";
import { readEvent } from "../../db/log/read-records.ts";
import {
  type ApplicationHit,
  type SubjectHit,
  searchApplications,
  searchSubjects,
} from "../../db/queries/search.ts";
import type { SearchHit } from "./contract.ts";
import { timelineEvent } from "./timeline-event.ts";

const APPLICATIONS = 5;
const SUBJECTS = 12;
/** Longer than any name or id. */
const LONGEST = 200;

/** What kind of id a ref is, and the id as its source or application has it. */
function idOf(ref: string): string {
  const [, kind = "", place = "", id = ref] = /^([pxc]):([^:]*):#?(.*)$/su.exec(ref) ?? [];
  const where = decodeURIComponent(place);
  if (kind === "p") return `${id} at ${where}`;
  if (kind === "x") return `account ${id} at ${where}`;
  return kind === "c" ? `credential ${id} of ${where}` : ref.slice(2);
}

function subjectHit({ subject, kind, userName, displayName, active, ref }: SubjectHit): SearchHit {
  const name = ref === null || ref === `n:${userName.toLowerCase()}` ? userName : `${userName}, ${idOf(ref)}`;
  return {
    kind,
    label: displayName ?? userName,
    detail: active ? name : `${name}, left`,
    href: `/identities/${encodeURIComponent(subject)}`,
  };
}

const applicationHit = ({ label }: ApplicationHit): SearchHit => ({
  kind: "application",
  label,
  detail: null,
  href: `/applications/${encodeURIComponent(label)}`,
});

/** The event of that id, as the address of its page has it. */
async function eventHit(db: Db, workspace: string, id: string): Promise<SearchHit[]> {
  const found = await readEvent(db, workspace, id.toLowerCase());
  if (found === null) return [];
  const { summary, at } = timelineEvent(found.event);
  return [
    { kind: "event", label: summary, detail: at, href: `/events/${encodeURIComponent(found.event.id)}` },
  ];
}

/**
 * @param query an id, a name, an e-mail, or the beginning or a part of one; the id of an event; empty finds nothing.
 * @returns the best first: ids, whole names, beginnings of names, of words, then what stands in the middle of a word.
 */
export async function search(db: Db, workspace: string, query: string): Promise<SearchHit[]> {
  const wanted = query.trim().replace(/\s+/gu, " ").slice(0, LONGEST);
  // No name holds NUL, and the database can't be asked for it.
  if (wanted === "" || wanted.includes("\0")) return [];
  const [events, applications, subjects] = await Promise.all([
    eventHit(db, workspace, wanted),
    searchApplications(db, workspace, wanted, APPLICATIONS),
    searchSubjects(db, workspace, wanted, SUBJECTS),
  ]);
  const ranked = [
    ...applications.map((hit) => ({ rank: hit.rank, hit: applicationHit(hit) })),
    ...subjects.map((hit) => ({ rank: hit.rank, hit: subjectHit(hit) })),
  ].sort((a, b) => a.rank - b.rank);
  return [...events, ...ranked.map(({ hit }) => hit)];
}
