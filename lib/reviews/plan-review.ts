/** A review before it is opened: its population, and whom each item goes to. */
import type { Db } from "../../db/client.ts";
import { readApplicationOwners } from "../../db/queries/application-owners.ts";
import { mayComeIn, readMembers } from "../../db/queries/members.ts";
import { readPrior } from "../../db/queries/reviews.ts";
import { may } from "../auth/permissions.ts";
import { normaliseName } from "../lifecycle/refs.ts";
import { iso, isoOrNull } from "../reports/base.ts";
import { loadModel, type Model } from "../reports/model.ts";
import { assignItems, type Directory, type Reviewer } from "./assign.ts";
import type { MemberName, Population, ReviewInput } from "./contract.ts";
import { itemId } from "./item-id.ts";
import { populationHash, populationOf } from "./population.ts";
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

/** Members who may review now, by name. */
export async function readReviewers(db: Db, workspace: string, now = Date.now()): Promise<Reviewer[]> {
  const members = await readMembers(db, workspace);
  return members
    .filter((one) => mayComeIn(one, now) && one.customer === null && may(one.role, "review"))
    .map(({ member, name, email }) => ({ member, name: name || (email ?? member), email }));
}

/** The models of a moment: one of all records, or one of each customer that is meant. */
export async function modelsOf(
  db: Db,
  workspace: string,
  { asOf, scope }: Pick<ReviewInput, "asOf" | "scope">,
): Promise<Model[]> {
  const at = asOf === null ? {} : { asOf: Date.parse(asOf) };
  if (scope.customers.length === 0) return [await loadModel(db, workspace, at)];
  const models: Model[] = [];
  for (const customer of scope.customers) models.push(await loadModel(db, workspace, { ...at, customer }));
  return models;
}

function directoryOf(
  models: readonly Model[],
  reviewers: readonly Reviewer[],
  owners: ReadonlyMap<string, string>,
): Directory {
  const people = models.flatMap((model) => [...model.people.values()]);
  const bySubject = new Map(people.map((person) => [person.subject, person]));
  /** The names of people by each way in which a directory may name a manager. */
  const byName = new Map<string, string[]>();
  for (const { userName, email, displayName, kind } of people) {
    if (kind !== "identity") continue;
    const names = [userName, email].filter((name) => name !== null);
    for (const name of [userName, email, displayName]) {
      if (name === null) continue;
      const key = normaliseName(name);
      byName.set(key, [...(byName.get(key) ?? []), ...names]);
    }
  }
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

function sourcesOf(models: readonly Model[]): Population["sources"] {
  return models
    .flatMap((model) => model.sources)
    .map(({ source, lastEventAt, rejected }) => ({ source, lastEventAt: isoOrNull(lastEventAt), rejected }));
}

/**
 * @param input as `reviewInputOf` gives it.
 * @throws {ReviewProblem} when there is nothing to review, too much, or nobody who may.
 */
export async function planReview(db: Db, workspace: string, input: ReviewInput): Promise<PlannedReview> {
  const models = await modelsOf(db, workspace, input);
  const frozen = populationOf(models, input.scope);
  if (frozen.length === 0) {
    throw new ReviewProblem("nothing-to-review", "No account and no credential fits this scope.");
  }
  if (frozen.length > MOST_ITEMS) {
    throw new ReviewProblem(
      "bad-input",
      `These are ${frozen.length} items, and a review takes ${MOST_ITEMS}. Divide it, by applications for instance.`,
    );
  }
  const reviewers = await readReviewers(db, workspace);
  const owners = await readApplicationOwners(db.sql, workspace);
  const sha256 = populationHash(frozen);
  const assigned = assignItems(frozen, input, directoryOf(models, reviewers, owners), sha256);
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
      asOf: iso(models[0]?.asOf ?? 0),
      rows: frozen.length,
      sha256,
      scope: input.scope,
      sources: sourcesOf(models),
    },
    items,
  };
}
