/** What people search for, and how long it takes. */
import type { Db } from "../../db/client.ts";
import { type Times, timesOf } from "./measure.ts";

export interface SearchTimes extends Times {
  /** What kind of text was searched for. */
  what: string;
  hits: number;
}

/** A text to search for, and what kind it is. */
export type SearchText = [what: string, text: string];

interface Somebody {
  userName: string;
  displayName: string;
  ref: string;
}

/** What people type, of somebody in the middle of the company. */
function textsOf({ userName, displayName, ref }: Somebody): SearchText[] {
  const [first = "", last = ""] = displayName.split(" ");
  const id = ref.split(":").at(-1) ?? "";
  return [
    ["an id", id],
    ["the beginning of an id", id.slice(0, 7)],
    ["a user name", userName],
    ["a name", displayName],
    ["the beginnings of two words", `${last} ${first.slice(0, 2)}`],
    ["one letter", first.slice(0, 1)],
    ["three letters", last.slice(0, 3)],
    ["the middle of a word", last.slice(1)],
    ["what nobody is called", "zzzzqq"],
  ];
}

/** @param owner of the database. @throws when it has nobody. */
export async function searchTexts({ sql }: Db): Promise<SearchText[]> {
  const [somebody] = await sql<Somebody[]>`
    select s.user_name "userName", s.display_name "displayName", r.ref from subjects s
    join subject_refs r on r.workspace_id = s.workspace_id and r.subject = s.subject and starts_with(r.ref, 'p:')
    where s.kind = 'identity' and s.display_name like '% %' order by s.subject
    offset (select count(*) / 2 from subjects where kind = 'identity' and display_name like '% %') limit 1`;
  if (somebody === undefined) throw new Error("There is nobody to search for.");
  return textsOf(somebody);
}

/** Searches for each text so often. @param find gives the hits. */
export async function searchTimes(
  texts: readonly SearchText[],
  runs: number,
  find: (text: string) => Promise<readonly unknown[]>,
): Promise<SearchTimes[]> {
  const searches: SearchTimes[] = [];
  for (const [what, text] of texts) {
    const { length: hits } = await find(text);
    searches.push({ what, hits, ...(await timesOf(runs, () => find(text))) });
  }
  return searches;
}
