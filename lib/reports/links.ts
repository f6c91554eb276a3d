/** Who is who: what waits to be decided, and what was. */
import type { Db } from "../../db/client.ts";
import { readFacts } from "../../db/log/read-facts.ts";
import { readDecisions, type StoredDecision } from "../../db/queries/decisions.ts";
import { readHoldingsOfRefs } from "../../db/queries/links.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { effective, type Holding, linker } from "../lifecycle/linking.ts";
import { type Conflict, pairKey } from "../lifecycle/people.ts";
import type { SubjectId } from "../lifecycle/types.ts";
import { iso, isoOrNull } from "./base.ts";
import type { LinkConflict, LinksReport, Party } from "./contract.ts";
import { keptDocument } from "./editions/documents.ts";
import { isKept } from "./editions/large.ts";
import { loadModel, type Model } from "./model.ts";

/** A party of which nothing but its ref is known here. */
const unknownParty = (ref: string): Party => {
  const [kind, part = ""] = ref.split(":");
  return {
    ref,
    subject: ref,
    source: kind === "p" || kind === "c" ? decodeURIComponent(part) : "",
    userName: ref,
    displayName: null,
    active: true,
    firstSeen: null,
    leftAt: null,
  };
};

/** The newest holder of a ref and what is known of them. */
function partyOf(model: Model, holdings: ReadonlyMap<string, Holding[]>, ref: string): Party {
  const subject = holdings.get(ref)?.at(-1)?.subject ?? ref;
  const person = model.people.get(subject);
  const left = model.cases.findLast((leaver) => leaver.subject === subject && leaver.rehiredAt === null);
  return {
    ...unknownParty(ref),
    subject,
    ...(person && { userName: person.userName, displayName: person.displayName, active: person.active }),
    firstSeen: isoOrNull(person?.firstSeen ?? null),
    leftAt: isoOrNull(left?.leftAt ?? null),
  };
}

const day = (time: string): string => time.slice(0, 10);

function conflictOf(conflict: Conflict, a: Party, b: Party): LinkConflict {
  const { value } = conflict;
  if (conflict.kind === "blocked") {
    const shared = value === null ? "A decision" : `"${value}"`;
    const why = `${shared} says that they are one person, but that would merge two people of one source, or two whom somebody decided to be different.`;
    return { kind: "blocked", a, b, value, why };
  }
  const since = day(iso(conflict.at));
  if (a.leftAt !== null && a.leftAt <= iso(conflict.at)) {
    const why = `The first left on ${day(a.leftAt)}; since ${since} the second has the name "${value}". Did the same person come back, or was the name given to another?`;
    return { kind: "returned", a, b, value, why };
  }
  const why = `Two ids of one source go by "${value}", the second since ${since}. One person with two accounts, or two people?`;
  return { kind: "together", a, b, value, why };
}

/** Gives the rows of people by their ids: of these, or of more. */
type ModelsOf = (subjects: readonly SubjectId[]) => Promise<Model>;

/** The pair's newest decision, by the pair. */
const newestOf = (made: readonly StoredDecision[]) =>
  new Map(made.map((decision) => [pairKey(decision.a, decision.b), decision]));

function decisionsTold(
  made: readonly StoredDecision[],
  party: (ref: string) => Party,
): LinksReport["decisions"] {
  const newest = newestOf(made);
  return made.toReversed().map((decision) => ({
    ...decision,
    a: party(decision.a),
    b: party(decision.b),
    at: iso(decision.at),
    holds: newest.get(pairKey(decision.a, decision.b)) === decision,
  }));
}

/** What {@link linksReport} tells, worked out of all that is known of who is who. */
export async function linksOf(db: Db, workspace: string, modelsOf: ModelsOf): Promise<LinksReport> {
  const made = await readDecisions(db.sql, workspace);
  const people = await readFacts(db.sql, workspace, "p:");
  const { holdings, conflicts } = linker(people, effective(made));
  const refs = [...conflicts, ...made].flatMap(({ a, b }) => [a, b]);
  const [named, others] = [new Set(refs), refs.filter((ref) => !ref.startsWith("p:"))];
  const held = [
    ...holdings(people.filter(({ ref }) => named.has(ref))),
    // Of accounts and the like, of which decisions tell, what they follow from is not read: they stand as they were linked.
    ...(others.length > 0 ? await readHoldingsOfRefs(db.sql, workspace, others) : []),
  ];
  const byRef = groupBy(held, (holding) => holding.ref);
  const model = await modelsOf(refs.map((ref) => byRef.get(ref)?.at(-1)?.subject ?? ref));
  const party = (ref: string) => partyOf(model, byRef, ref);
  const rank: Record<LinkConflict["kind"], number> = { together: 0, blocked: 1, returned: 2 };
  return {
    asOf: iso(model.asOf),
    summary: { conflicts: conflicts.length, decisions: made.length },
    conflicts: conflicts
      .map((conflict) => conflictOf(conflict, party(conflict.a), party(conflict.b)))
      .sort((x, y) => rank[x.kind] - rank[y.kind]),
    decisions: decisionsTold(made, party),
  };
}

/** As it was last worked out, with what was decided since. */
async function keptLinks(db: Db, workspace: string): Promise<LinksReport> {
  const { content, renewing } = await keptDocument<LinksReport>(db, workspace, "links");
  const made = await readDecisions(db.sql, workspace);
  const since = new Set(made.slice(content.decisions.length).map(({ a, b }) => pairKey(a, b)));
  const parties = new Map(
    [...content.conflicts, ...content.decisions].flatMap(({ a, b }) => [
      [a.ref, a],
      [b.ref, b],
    ]),
  );
  const conflicts = content.conflicts.filter(({ a, b }) => !since.has(pairKey(a.ref, b.ref)));
  return {
    ...content,
    summary: { conflicts: conflicts.length, decisions: made.length },
    conflicts,
    decisions: decisionsTold(made, (ref) => parties.get(ref) ?? unknownParty(ref)),
    ...(renewing ? { renewing } : {}),
  };
}

/** @throws {ReportPending} of a large workspace, when it is not there yet. */
export const linksReport = async (db: Db, workspace: string): Promise<LinksReport> =>
  (await isKept(db, workspace, {}))
    ? keptLinks(db, workspace)
    : linksOf(db, workspace, () => loadModel(db, workspace, {}));
