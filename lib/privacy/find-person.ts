/** Whom somebody means, and by what the log knows them. */
import type { SqlSession } from "../../db/client.ts";
import { readRefs } from "../../db/log/read.ts";
import { factsOf, readRefFacts } from "../../db/log/read-facts.ts";
import { findRefs, readHoldingsOf, readSubjectsOf } from "../../db/queries/links.ts";
import { readSharedRefs } from "../../db/queries/sealed-people.ts";
import { Marks, namedIn } from "./marks.ts";
import { PrivacyProblem } from "./problem.ts";

/**
 * The subject that a text names: its id, a ref that stands for it, or its user name.
 * @throws {PrivacyProblem} when there is none, there are several, or it is no person.
 */
export async function findPerson(sql: SqlSession, workspace: string, text: string): Promise<string> {
  const wanted = text.trim();
  if (wanted === "" || wanted.includes("\0"))
    throw new PrivacyProblem("unknown", "Say who: a user name, or an id.");
  const subjects = await readSubjectsOf(sql, workspace, await findRefs(sql, workspace, wanted));
  const [subject] = subjects;
  if (subject === undefined) throw new PrivacyProblem("unknown", `Nobody here is known as "${wanted}".`);
  if (subjects.length > 1) {
    throw new PrivacyProblem(
      "ambiguous",
      `"${wanted}" are several: ${subjects.sort().join(", ")}. Name one of these.`,
    );
  }
  if (namedIn(subject) === null)
    throw new PrivacyProblem("no-person", `${subject} is no person and no account of one.`);
  return subject;
}

/** By what the log knows a person. Reads their events, and of all others what they are called. */
export async function marksOf(sql: SqlSession, workspace: string, subject: string): Promise<Marks> {
  const holdings = await readHoldingsOf(sql, workspace, [subject]);
  const marks = new Marks(subject, holdings);
  for (const event of await readRefs(sql, workspace, holdings)) marks.learn(event, event.sourceId, event.ref);
  for (const ref of await readSharedRefs(sql, workspace, marks.refs, subject))
    marks.share(namedIn(ref) ?? "");
  for await (const rows of readRefFacts(sql, workspace)) {
    for (const row of rows) {
      if (marks.has(row.ref)) continue;
      const named = namedIn(row.ref);
      // An id is a person's only beside its source; a name is whoever's bears it.
      if (named !== null && !row.ref.startsWith("p:")) marks.share(named);
      for (const { kind, value } of factsOf(row)) if (kind === "name") marks.share(value);
    }
  }
  return marks;
}
