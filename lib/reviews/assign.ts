/** Whom each item is given to: by rule, never to the person whose access it is. Pure. */
import { createHash } from "node:crypto";
import { applicationKey, normaliseName } from "../lifecycle/refs.ts";
import type { MemberName, ReviewerRule, ReviewInput, ReviewItemRow } from "./contract.ts";
import { itemId } from "./item-id.ts";
import { ReviewProblem } from "./problem.ts";
import type { Assigned, FrozenItem } from "./records.ts";

/** A member who may review, with the names by which the records know them. */
export interface Reviewer extends MemberName {
  email: string | null;
}

export interface Directory {
  reviewers: readonly Reviewer[];
  /** The manager of a subject, by any name that the directory gives them, those of the manager's own records included. */
  managerNames: (subject: string) => readonly string[];
  /** The names of a subject, as compared: lower-case. */
  namesOf: (subject: string) => ReadonlySet<string>;
  /** The member who owns an application, by its key. */
  ownerOf: (application: string) => string | undefined;
}

const nameOf = ({ member, name }: MemberName): MemberName => ({ member, name });

/** Whether the access is the member's own. @param names of the person, as {@link Directory.namesOf} gives them. */
export const isOwnAccess = ({ email }: Pick<Reviewer, "email">, names: ReadonlySet<string>): boolean =>
  email !== null && names.has(normaliseName(email));

/**
 * Whether a second reviewer is asked: by a number between 0 and 1 that follows from the population and the item, so that
 * nobody chooses and anybody can check.
 */
export function isSampled(populationSha256: string, item: string, percent: number): boolean {
  const digest = createHash("sha256").update(`${populationSha256}:${item}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32 < percent / 100;
}

class Assigner {
  private readonly byEmail = new Map<string, Reviewer>();
  private readonly byId = new Map<string, Reviewer>();
  private turn = 0;

  constructor(
    private readonly input: ReviewInput,
    private readonly directory: Directory,
  ) {
    for (const reviewer of directory.reviewers) {
      this.byId.set(reviewer.member, reviewer);
      if (reviewer.email !== null) this.byEmail.set(normaliseName(reviewer.email), reviewer);
    }
  }

  reviewer(member: string | null, what: string): Reviewer {
    const found = member === null ? undefined : this.byId.get(member);
    if (found !== undefined) return found;
    throw new ReviewProblem("unknown-member", `The ${what} is no member who may review.`);
  }

  private byRule(rule: ReviewerRule, { application, subject }: FrozenItem): Reviewer | undefined {
    switch (rule) {
      case "manager":
        for (const name of subject === null ? [] : this.directory.managerNames(subject)) {
          const found = this.byEmail.get(normaliseName(name));
          if (found !== undefined) return found;
        }
        return undefined;
      case "owner":
        return this.byId.get(this.directory.ownerOf(applicationKey(application)) ?? "");
      case "named": {
        const { named } = this.input;
        const member = named[this.turn++ % Math.max(named.length, 1)];
        return member === undefined ? undefined : this.reviewer(member, "named reviewer");
      }
    }
  }

  assign(frozen: FrozenItem): Pick<Assigned, "reviewer" | "reviewerBy" | "ownOf"> {
    const names = frozen.subject === null ? new Set<string>() : this.directory.namesOf(frozen.subject);
    let ownOf: MemberName | null = null;
    const fallback = this.reviewer(this.input.fallback, "fallback reviewer");
    const tried: [Reviewer | undefined, ReviewItemRow["reviewerBy"]][] = [
      ...this.input.rules.map((rule): [Reviewer | undefined, ReviewerRule] => [
        this.byRule(rule, frozen),
        rule,
      ]),
      [fallback, "fallback"],
      // It is the fallback's own access: anybody else who was named, else anybody who may.
      ...this.input.named.map((member): [Reviewer | undefined, "named"] => [this.byId.get(member), "named"]),
      ...this.directory.reviewers.map((reviewer): [Reviewer, "fallback"] => [reviewer, "fallback"]),
    ];
    for (const [reviewer, reviewerBy] of tried) {
      if (reviewer === undefined) continue;
      if (!isOwnAccess(reviewer, names)) return { reviewer: nameOf(reviewer), reviewerBy, ownOf };
      ownOf ??= nameOf(reviewer);
    }
    throw new ReviewProblem(
      "own-access",
      `Nobody but ${fallback.name} may review, and ${frozen.application} has an account of theirs. Invite a second reviewer.`,
    );
  }

  second(frozen: FrozenItem, reviewer: MemberName): MemberName | null {
    const names = frozen.subject === null ? new Set<string>() : this.directory.namesOf(frozen.subject);
    const candidates = [this.input.second, this.input.fallback].map((member) => this.byId.get(member ?? ""));
    const found = candidates.find(
      (one) => one !== undefined && one.member !== reviewer.member && !isOwnAccess(one, names),
    );
    return found === undefined ? null : nameOf(found);
  }
}

/**
 * @param items in the order of their keys: `named` members get them in turn.
 * @throws {ReviewProblem} when somebody named may not review, or nobody is left to review an access but its owner.
 */
export function assignItems(
  items: readonly FrozenItem[],
  input: ReviewInput,
  directory: Directory,
  populationSha256: string,
): Pick<Assigned, "reviewer" | "reviewerBy" | "ownOf" | "second">[] {
  const assigner = new Assigner(input, directory);
  if (input.secondShare > 0) assigner.reviewer(input.second, "second reviewer");
  return items.map((frozen) => {
    const assigned = assigner.assign(frozen);
    const sampled = isSampled(populationSha256, itemId(frozen.key), input.secondShare);
    return { ...assigned, second: sampled ? assigner.second(frozen, assigned.reviewer) : null };
  });
}
