/** Hands tasks of a review to whoever does them: the ticket system, the application itself, or a person with a list. */
import type { Db } from "../../db/client.ts";
import { act } from "../auth/act.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import { callTicketSystem, ticketSystem } from "../failures/ticket-system.ts";
import { answerLine } from "../net/call-webhook.ts";
import { shown } from "../net/shown.ts";
import { writableTarget } from "../scim/connection.ts";
import { endAccount, leaveGroup } from "../scim/end-access.ts";
import { ScimProblem } from "../scim/problem.ts";
import { appendToReview, itemsNamed, lockReview } from "./append.ts";
import type { Item, Review } from "./fold.ts";
import { itemName } from "./item-name.ts";
import { ReviewProblem } from "./problem.ts";
import type { ItemActRecord } from "./records.ts";
import type { Surroundings } from "./remind-reviewers.ts";
import { stateOf } from "./rows.ts";
import { readVerified } from "./verified.ts";

export const WAYS = ["webhook", "scim", "export"] as const;
export type Way = (typeof WAYS)[number];

export const MOST_TASKS = 500;
/** Written down at once: what was sent and is not yet written is lost when the process is killed. */
const AT_ONCE = 10;

export interface HandOff {
  /** Ids. */
  items: readonly string[];
  way: Way;
  /** Access is ended there by this very call: somebody says that they mean it. */
  confirm: boolean;
}

export interface HandedOff {
  item: string;
  /** The other side has taken it. Whether it is done, later events show. */
  ok: boolean;
  answer: string;
}

interface Outcome {
  ok: boolean;
  answer: string;
  /** Else there is nothing to write down. */
  sent: boolean;
}
type Send = (item: Item) => Promise<Outcome>;

/** The items as they stand, all of them to do. @throws {ReviewProblem} */
async function itemsToDo(db: Db, workspace: string, review: string, ids: readonly string[]) {
  const found = await db.sql.begin(async (sql) => ({
    state: await lockReview(sql, workspace, review),
    items: await itemsNamed(sql, workspace, review, ids),
  }));
  const verifiedOf = await readVerified(db, workspace, review);
  for (const item of found.items.values()) {
    if (stateOf(item, { now: Date.now(), verifiedOf }) !== "to-do")
      throw new ReviewProblem("not-to-do", `Nothing is to be done about ${itemName(item.frozen)}.`);
  }
  return { ...found, items: ids.map((id) => found.items.get(id) as Item) };
}

/** One that does not answer, or takes no more, is not asked on and on. */
const notTried = (why: string): Outcome => ({ ok: false, answer: `Not tried: ${why}`, sent: false });

/** What a ticket tells of a task. */
function ticketOf({ review, opened }: Review, item: Item, link: string) {
  const { frozen, first } = item;
  const change = first?.decision === "change";
  return {
    type: "review-task",
    review: { id: review, name: opened.input.name },
    task: {
      item: item.item,
      todo: change ? "remove" : "revoke",
      kind: frozen.kind,
      application: frozen.application,
      account: frozen.account,
      userName: frozen.userName,
      person: frozen.identity.displayName ?? frozen.identity.userName,
      entitlements: change ? [...(first?.remove ?? [])] : [],
      reason: first?.reason ?? null,
      decidedBy: first?.by ?? null,
      decidedAt: first?.at ?? null,
    },
    link,
  };
}

async function byWebhook(
  db: Db,
  workspace: string,
  state: Review,
  { linkOf, installation }: Surroundings,
): Promise<Send> {
  const target = await ticketSystem(db, workspace, installation);
  let silent: string | null = null;
  return async (item) => {
    if (silent !== null) return notTried(silent);
    const answer = await callTicketSystem(target, ticketOf(state, item, linkOf(state.review)));
    const line = answerLine(target, answer);
    if (answer.status === null) silent = line;
    return { ok: answer.ok, answer: line, sent: true };
  };
}

function byScim(db: Db, workspace: string, { installation }: Surroundings): Send {
  /** By application: why it can't be asked just now. */
  const silent = new Map<string, string>();
  return async ({ frozen, first }) => {
    const why = silent.get(frozen.application);
    if (why !== undefined) return notTried(why);
    if (frozen.kind === "credential") {
      return { ok: false, answer: "SCIM knows no credentials: revoke it where it was made.", sent: false };
    }
    const account = { id: frozen.account, userName: frozen.userName };
    const done: string[] = [];
    try {
      const { ending, ...target } = await writableTarget(db, workspace, frozen.application, installation);
      if (first?.decision !== "change") done.push(await endAccount(target, account, ending));
      else for (const name of first.remove) done.push(await leaveGroup(target, account, name));
      return { ok: true, answer: done.join(" "), sent: true };
    } catch (error) {
      if (!(error instanceof ScimProblem)) throw error;
      if (error.code === "unreachable" || error.code === "not-now")
        silent.set(frozen.application, error.message);
      return { ok: false, answer: [...done, error.message].join(" "), sent: error.code !== "no-connection" };
    }
  };
}

const byExport: Send = async () => ({ ok: true, answer: "in a list", sent: true });

/**
 * Sends each task, one after another, and appends what was sent and answered to the review. No answer makes an item done.
 * @throws {AccessProblem} {@link ReviewProblem} {@link FailureProblem} and nothing was sent.
 */
export async function handOffTasks(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
  { items: named, way, confirm }: HandOff,
  surroundings: Surroundings,
): Promise<HandedOff[]> {
  requirePermission(by, "run-reviews");
  const ids = [...new Set(named)];
  if (ids.length === 0 || ids.length > MOST_TASKS)
    throw new ReviewProblem("bad-input", `Name 1 to ${MOST_TASKS} items.`);
  if (way === "scim" && !confirm) {
    throw new ReviewProblem(
      "bad-input",
      "Access ends at the applications at once: confirm that this is meant.",
    );
  }
  const { state, items } = await itemsToDo(db, workspace, review, ids);
  const send =
    way === "webhook"
      ? await byWebhook(db, workspace, state, surroundings)
      : way === "scim"
        ? byScim(db, workspace, surroundings)
        : byExport;
  const answers: HandedOff[] = [];
  for (let i = 0; i < items.length; i += AT_ONCE) {
    const outcomes: (Outcome & { item: Item })[] = [];
    for (const item of items.slice(i, i + AT_ONCE)) outcomes.push({ item, ...(await send(item)) });
    await noteSent({ db, workspace, by }, review, way, outcomes);
    answers.push(...outcomes.map(({ item, ok, answer }) => ({ item: item.item, ok, answer: shown(answer) })));
  }
  return answers;
}

/** Writes down what was sent. */
async function noteSent(
  { db, workspace, by }: { db: Db; workspace: string; by: Caller },
  review: string,
  way: Way,
  outcomes: readonly (Outcome & { item: Item })[],
): Promise<void> {
  const sent = outcomes.filter((outcome) => outcome.sent);
  await act({ db, workspace, by }, "run-reviews", "hand-off-tasks", async (sql) => {
    const state = await lockReview(sql, workspace, review);
    // As they stand by now: somebody may have decided while the other side was answering.
    const items = await itemsNamed(
      sql,
      workspace,
      review,
      sent.map(({ item }) => item.item),
    );
    const records = sent.map(({ item, ok, answer }): ItemActRecord => {
      const version = (items.get(item.item)?.version ?? item.version) + 1;
      return { verb: "handed-off", item: item.item, version, way, ok, answer: shown(answer) };
    });
    if (records.length > 0)
      await appendToReview(sql, { workspace, by, review, at: Date.now() }, { review: state, items }, records);
    return {
      nothing: records.length === 0,
      result: undefined,
      object: `${state.opened.input.name}: ${records.length} by ${way}`,
      after: Object.fromEntries(
        sent.map(({ item, ok, answer }) => [item.frozen.key, { ok, answer: shown(answer) }]),
      ),
    };
  });
}
