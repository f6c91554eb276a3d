/** Who is who: what waits to be decided, and what was. */
import type { Db } from "../../db/client.ts";
import { readFacts } from "../../db/log/read-facts.ts";
import { readDecisions } from "../../db/queries/decisions.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { effective, type Holding, link } from "../lifecycle/linking.ts";
import { type Conflict, pairKey } from "../lifecycle/people.ts";
import { iso, isoOrNull } from "./base.ts";
import type { LinkConflict, LinksReport, Party } from "./contract.ts";
import { loadModel, type Model } from "./model.ts";

/** The newest holder of a ref and what is known of them. */
function partyOf(model: Model, holdings: ReadonlyMap<string, Holding[]>, ref: string): Party {
  const subject = holdings.get(ref)?.at(-1)?.subject ?? ref;
  const person = model.people.get(subject);
  const left = model.cases.findLast((leaver) => leaver.subject === subject && leaver.rehiredAt === null);
  const [kind, part = ""] = ref.split(":");
  return {
    ref,
    subject,
    source: kind === "p" || kind === "c" ? decodeURIComponent(part) : "",
    userName: person?.userName ?? ref,
    displayName: person?.displayName ?? null,
    active: person?.active ?? true,
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

export async function linksReport(db: Db, workspace: string): Promise<LinksReport> {
  const model = await loadModel(db, workspace, {});
  const made = await readDecisions(db.sql, workspace);
  const { holdings, conflicts } = link(await readFacts(db.sql, workspace), effective(made));
  const byRef = groupBy(holdings, (holding) => holding.ref);
  const party = (ref: string) => partyOf(model, byRef, ref);
  const rank: Record<LinkConflict["kind"], number> = { together: 0, blocked: 1, returned: 2 };
  const newest = new Map(made.map((decision) => [pairKey(decision.a, decision.b), decision]));
  return {
    asOf: iso(model.asOf),
    summary: { conflicts: conflicts.length, decisions: made.length },
    conflicts: conflicts
      .map((conflict) => conflictOf(conflict, party(conflict.a), party(conflict.b)))
      .sort((x, y) => rank[x.kind] - rank[y.kind]),
    decisions: made.toReversed().map((decision) => ({
      ...decision,
      a: party(decision.a),
      b: party(decision.b),
      at: iso(decision.at),
      holds: newest.get(pairKey(decision.a, decision.b)) === decision,
    })),
  };
}
