/** A review before it is opened: its population, and whom each item goes to. */
import type { Db } from "../../db/client.ts";
import { readApplicationOwners } from "../../db/queries/application-owners.ts";
import { mayComeIn, readMembers } from "../../db/queries/members.ts";
import { readPrior } from "../../db/queries/reviews.ts";
import { may } from "../auth/permissions.ts";
import { normaliseName } from "../lifecycle/refs.ts";
import { iso, isoOrNull } from "../reports/base.ts";
import type { About, ModelPart, Person } from "../reports/model.ts";
import { assignItems, type Directory, type Reviewer } from "./assign.ts";
import type { MemberName, Population, ReviewInput } from "./contract.ts";
import { itemId } from "./item-id.ts";
import { peopleOf } from "./people.ts";
import { PopulationTaker, populationHash } from "./population.ts";
import { ReviewProblem } from "./problem.ts";
import type { Assigned, FrozenItem } from "./records.ts";
import { sinceOf } from "./since.ts";

interface PlannedItem {
  item: string;
  frozen: FrozenItem;
  assigned: Assigned;
}

export interface PlannedReview {
  input: ReviewInput;
  fallback: MemberName;
  population: Population;
  items: PlannedItem[];
}

/** More are no review that anybody finishes, and no one act. */
const MOST_ITEMS = 200_000;

const tooMany = () =>
  new ReviewProblem(
    "bad-input",
    `These are more than ${MOST_ITEMS} items, and a review takes no more. Divide it, by applications for instance.`,
  );

/** Members who may review now, by name. */
export async function readReviewers(db: Db, workspace: string, now = Date.now()): Promise<Reviewer[]> {
  const members = await readMembers(db, workspace);
  return members
    .filter((one) => mayComeIn(one, now) && one.customer === null && may(one.role, "review"))
    .map(({ member, name, email }) => ({ member, name: name || (email ?? member), email }));
}

/** Who people are, as far as somebody is to be found by it. */
type Known = Pick<Person, "userName" | "email" | "manager">;

/** Whom items may go to, by what is known of people. */
class DirectoryTaker {
  private readonly bySubject = new Map<string, Known>();
  /** The names of people by each way in which a directory may name a manager. */
  private readonly byName = new Map<string, string[]>();

  take({ people }: ModelPart): void {
    for (const { subject, kind, userName, email, displayName, manager } of people.values()) {
      this.bySubject.set(subject, { userName, email, manager });
      if (kind !== "identity") continue;
      const names = [userName, email].filter((name) => name !== null);
      for (const name of [userName, email, displayName]) {
        if (name === null) continue;
        const key = normaliseName(name);
        const known = this.byName.get(key);
        if (known === undefined) this.byName.set(key, [...names]);
        else known.push(...names);
      }
    }
  }

  result(reviewers: readonly Reviewer[], owners: ReadonlyMap<string, string>): Directory {
    const { bySubject, byName } = this;
    return {
      reviewers,
      ownerOf: (application) => owners.get(application),
      namesOf: (subject) => {
        const person = bySubject.get(subject);
        const names = [person?.userName, person?.email].filter((name) => name != null);
        return new Set(names.map(normaliseName));
      },
      managerNames: (subject) => {
        const manager = bySubject.get(subject)?.manager;
        if (manager == null) return [];
        return [manager, ...new Set(byName.get(normaliseName(manager)) ?? [])];
      },
    };
  }
}

function sourcesOf(all: readonly About[]): Population["sources"] {
  return all
    .flatMap(({ sources }) => sources)
    .map(({ source, lastEventAt, rejected }) => ({ source, lastEventAt: isoOrNull(lastEventAt), rejected }));
}

/**
 * @param input as `reviewInputOf` gives it.
 * @throws {ReviewProblem} when there is nothing to review, too much, or nobody who may.
 */
export async function planReview(db: Db, workspace: string, input: ReviewInput): Promise<PlannedReview> {
  const taker = new PopulationTaker(input.scope);
  const directory = new DirectoryTaker();
  const abouts: About[] = [];
  for await (const people of peopleOf(db, workspace, input)) {
    abouts.push(people.about);
    await taker.take(people, (part) => {
      if (taker.size > MOST_ITEMS) throw tooMany();
      directory.take(part);
    });
  }
  const frozen = taker.sorted();
  if (frozen.length === 0) {
    throw new ReviewProblem("nothing-to-review", "No account and no credential fits this scope.");
  }
  const reviewers = await readReviewers(db, workspace);
  const owners = await readApplicationOwners(db.sql, workspace);
  const sha256 = populationHash(frozen);
  const assigned = assignItems(frozen, input, directory.result(reviewers, owners), sha256);
  const prior = await readPrior(
    db.sql,
    workspace,
    frozen.map(({ key }) => itemId(key)),
  );
  const items = frozen.map((one, i): PlannedItem => {
    const item = itemId(one.key);
    return {
      item,
      frozen: one,
      assigned: { ...(assigned[i] as (typeof assigned)[number]), ...sinceOf(one, prior.get(item)) },
    };
  });
  const fallback = reviewers.find(({ member }) => member === input.fallback);
  return {
    input,
    fallback: { member: input.fallback, name: fallback?.name ?? "" },
    population: {
      asOf: iso(abouts[0]?.asOf ?? 0),
      rows: frozen.length,
      sha256,
      scope: input.scope,
      sources: sourcesOf(abouts),
    },
    items,
  };
}
