/** Decides items of a review: keep, revoke, change, can't say; or takes that back. */
import type { Db } from "../../db/client.ts";
import { memberById } from "../../db/queries/members.ts";
import { act } from "../auth/act.ts";
import { AccessProblem, allowed, type Caller, requirePermission } from "../auth/caller.ts";
import { appendToReview, itemsNamed, lockReview } from "./append.ts";
import { isOwnAccess, type Reviewer } from "./assign.ts";
import type { DecisionInput, DecisionsAnswer } from "./contract.ts";
import type { Item } from "./fold.ts";
import { itemName } from "./item-name.ts";
import { namesOfSubjects } from "./own-access.ts";
import { ReviewProblem } from "./problem.ts";
import type { ItemActRecord } from "./records.ts";
import { rowOf } from "./rows.ts";

/** Of one act: what a body of 1 MiB holds. */
export const MOST_DECISIONS = 2_000;
const MAX_SECONDS = 86_400;

type Role = "first" | "second";

/** In which part the caller decides an item; null: it is not theirs. A manager of reviews decides for the first reviewer. */
function roleOf({ reviewer, assigned }: Item, by: Caller): Role | null {
  if (by.member !== null && reviewer.member === by.member) return "first";
  if (by.member !== null && assigned.second?.member === by.member) return "second";
  return allowed(by, "run-reviews") ? "first" : null;
}

/** The sentence for a decision that lacks its reason, or names what the account does not hold; null when it is whole. */
function faultOf(
  { decision, reason, remove = [] }: Pick<DecisionInput, "decision" | "reason" | "remove">,
  { frozen }: Pick<Item, "frozen">,
): string | null {
  const given = (reason ?? "").trim() !== "";
  if (decision === "revoke" && !given) return "Say why it is to be revoked.";
  if (decision === "change" && !given) return "Say why it is to be changed.";
  if (decision === "keep" && frozen.flags.length > 0 && !given)
    return `It is flagged (${frozen.flags.join(", ")}): say why it is to be kept.`;
  if (decision !== "change") return null;
  const held = new Set(frozen.entitlements.map(({ name }) => name));
  if (remove.length === 0) return "Name the entitlements that are to go.";
  const unknown = remove.find((name) => !held.has(name));
  return unknown === undefined ? null : `It does not hold “${unknown}”.`;
}

/**
 * @param decisions each with the version of the item that it is based on; items that somebody changed meanwhile come back
 *   as conflicts, all others are decided.
 * @throws {AccessProblem} {@link ReviewProblem} and nothing is decided: the review has ended, an item is not the caller's or
 *   the caller's own access, a reason is missing.
 */
export async function decideItems(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
  decisions: readonly DecisionInput[],
): Promise<DecisionsAnswer> {
  requirePermission(by, "review");
  if (decisions.length === 0 || decisions.length > MOST_DECISIONS)
    throw new ReviewProblem("bad-input", `Decide 1 to ${MOST_DECISIONS} items at once.`);
  const ids = decisions.map(({ item }) => item);
  if (new Set(ids).size < ids.length) throw new ReviewProblem("bad-input", "An item is named twice.");
  return act({ db, workspace, by }, "review", "decide-items", async (sql) => {
    const state = await lockReview(sql, workspace, review);
    if (state.state === "closed")
      throw new ReviewProblem("not-running", "This review is closed: it takes no more decisions.");
    // What is left when it has ended is settled by whoever runs it.
    if (state.state === "ended" && !allowed(by, "run-reviews"))
      throw new ReviewProblem(
        "not-running",
        "This review has ended: only who runs reviews decides in it now.",
      );
    const items = await itemsNamed(sql, workspace, review, ids);
    const self = by.member === null ? null : await memberById(sql, workspace, by.member);
    const own = await namesOfSubjects(
      sql,
      workspace,
      [...items.values()].map(({ frozen }) => frozen.subject),
    );
    const records: ItemActRecord[] = [];
    const conflicts: Item[] = [];
    const chosen = decisions.filter(({ item, version }) => {
      const known = items.get(item) as Item;
      if (known.version === version) return true;
      conflicts.push(known);
      return false;
    });
    for (const decision of chosen) {
      const item = items.get(decision.item) as Item;
      const role = roleOf(item, by);
      if (role === null)
        throw new AccessProblem(
          "forbidden",
          `${itemName(item.frozen)} is for ${item.reviewer.name} to decide.`,
        );
      const names = own(item.frozen.subject);
      if (self !== null && isOwnAccess(self as Reviewer, names)) {
        throw new ReviewProblem(
          "own-access",
          `${itemName(item.frozen)} is your own access: nobody reviews that themselves. Give it to somebody else.`,
        );
      }
      const fault = faultOf(decision, item);
      if (fault !== null) throw new ReviewProblem("reason-needed", `${itemName(item.frozen)}: ${fault}`);
      const { seconds } = decision;
      records.push({
        verb: "decided",
        item: item.item,
        version: item.version + 1,
        role,
        decision: decision.decision,
        reason: decision.reason?.trim() || null,
        remove: decision.decision === "change" ? (decision.remove ?? []) : [],
        seconds: seconds === undefined ? null : Math.min(Math.max(Math.round(seconds), 0), MAX_SECONDS),
        bulk: chosen.length,
        opened: seconds !== undefined,
      });
    }
    const before = { review: state, items };
    const now = Date.now();
    const after =
      records.length === 0
        ? new Map<string, Item>()
        : (await appendToReview(sql, { workspace, by, review, at: now }, before, records)).items;
    const [first] = after.values();
    return {
      nothing: records.length === 0,
      result: {
        decided: [...after.keys()],
        conflicts: conflicts.map((item) => rowOf(item, { now, verifiedOf: () => null, member: by.member })),
      },
      object: `${state.opened.input.name}: ${first === undefined ? "" : itemName(first.frozen)}${
        after.size > 1 ? ` and ${after.size - 1} more` : ""
      }`,
      before: saidOf(items, after),
      after: saidOf(after, after),
    };
  });
}

/** What stands decided of items, for the audit log: by the item's key. */
function saidOf(items: ReadonlyMap<string, Item>, which: ReadonlyMap<string, Item>) {
  return Object.fromEntries(
    [...which.keys()].map((id) => {
      const { frozen, first, second } = items.get(id) as Item;
      return [
        frozen.key,
        {
          decision: first?.decision ?? null,
          ...(first?.reason == null ? {} : { reason: first.reason }),
          ...(second === null ? {} : { second: second.decision }),
        },
      ];
    }),
  );
}
