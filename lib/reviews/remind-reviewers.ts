/** Reminds reviewers of what waits for them: by mail, and by the ticket system where one is set. */
import type { Db } from "../../db/client.ts";
import { mayComeIn, readMembers } from "../../db/queries/members.ts";
import { readWaiting } from "../../db/queries/review-waiting.ts";
import { readReviewState } from "../../db/queries/reviews.ts";
import { readTicketWebhook } from "../../db/queries/ticket-webhooks.ts";
import { act } from "../auth/act.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import { FailureProblem } from "../failures/problem.ts";
import { callTicketSystem, ticketSystem } from "../failures/ticket-system.ts";
import { type MailAnswer, sendMail } from "../mail/send-mail.ts";
import { mailSettings } from "../mail/settings.ts";
import { answerLine } from "../net/call-webhook.ts";
import { shown } from "../net/shown.ts";
import { stopping } from "../runtime/stopping.ts";
import { appendToReview, lockReview, requireReviewId } from "./append.ts";
import type { Review } from "./fold.ts";
import { ReviewProblem } from "./problem.ts";
import type { ReviewAct } from "./records.ts";
import { reminderText } from "./reminder-text.ts";
import { type Reminder, remindersDue, type Waiting } from "./reminders-due.ts";

export interface Surroundings {
  /** Of a review: where people find it. */
  linkOf: (review: string) => string;
  /** The secret of this installation, under which others' secrets are kept. */
  installation: string;
}

interface To extends Reminder {
  email: string | null;
}

/** Whoever is named, as long as they may come in. */
async function waitingMembers(db: Db, workspace: string, review: string, now: number) {
  const members = (await readMembers(db, workspace)).filter((member) => mayComeIn(member, now));
  const byId = new Map(members.map((one) => [one.member, one]));
  const { waiting, open } = await readWaiting(db.sql, workspace, review);
  const named = waiting.flatMap(({ member, items }): Waiting[] => {
    const known = byId.get(member);
    return known === undefined ? [] : [{ member, items, name: known.name || (known.email ?? member) }];
  });
  return { named, open, byId };
}

/** The call to the ticket system with all of them; null where none is set. */
async function tell(
  db: Db,
  workspace: string,
  { review, opened }: Review,
  to: readonly To[],
  open: number,
  { linkOf, installation }: Surroundings,
): Promise<MailAnswer | null> {
  if ((await readTicketWebhook(db.sql, workspace)) === null) return null;
  const { name, dueAt } = opened.input;
  const reminders = to.map(({ name: reviewer, email, kind, items, escalated }) => ({
    reviewer,
    email,
    kind,
    items,
    escalated,
  }));
  try {
    const target = await ticketSystem(db, workspace, installation);
    const content = {
      type: "review-reminder",
      review: { id: review, name, dueAt, open },
      reminders,
      link: linkOf(review),
    };
    const answer = await callTicketSystem(target, content);
    return { ok: answer.ok, answer: answerLine(target, answer) };
  } catch (error) {
    if (!(error instanceof FailureProblem)) throw error;
    return { ok: false, answer: error.message };
  }
}

/**
 * Sends what is due by the rule (`reminders-due.ts`), or at once, and appends what was sent to the review.
 * @param when `due`; `now`: to everybody who has items to decide.
 * @returns how many members were reminded.
 * @throws {AccessProblem} {@link ReviewProblem} {@link RuntimeProblem} when the settings of mail can't be used.
 */
export async function remindReviewers(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
  when: "due" | "now",
  surroundings: Surroundings,
): Promise<number> {
  requirePermission(by, "run-reviews");
  requireReviewId(review);
  const state = await readReviewState(db.sql, workspace, review);
  if (state === null) throw new ReviewProblem("unknown-review", "There is no review of this id.");
  if (when === "now" && state.state !== "running")
    throw new ReviewProblem("not-running", "This review has ended: nothing in it waits for anybody.");
  const now = Date.now();
  const { named, open, byId } = await waitingMembers(db, workspace, review, now);
  const due =
    when === "due"
      ? remindersDue(state, named, now)
      : named.map((one) => ({ ...one, kind: "asked", escalated: false }));
  const all = due.map((one): To => ({ ...one, email: byId.get(one.member)?.email ?? null }));
  const settings = mailSettings();
  const webhook = all.length === 0 ? null : await tell(db, workspace, state, all, open, surroundings);
  // Whom nothing reaches is not tried: there is nothing to tell of it.
  const reachable = all.filter(({ email }) => webhook !== null || (settings !== null && email !== null));
  if (when === "now" && all.length > 0 && reachable.length === 0) {
    throw new ReviewProblem(
      "bad-input",
      "Nobody can be reminded: no mail server is set (ROLLCALL_SMTP_URL), and no ticket system.",
    );
  }
  const { name, dueAt } = state.opened.input;
  const acts: ReviewAct[] = [];
  for (const one of reachable) {
    // What was sent so far is written down.
    if (stopping().aborted) break;
    const mail = reminderText(one, { name, dueAt, open, link: surroundings.linkOf(review) }, now);
    const mailed =
      settings === null || one.email === null ? null : await sendMail({ to: one.email, ...mail }, settings);
    const answers = [mailed, webhook].filter((answer) => answer !== null);
    acts.push({
      verb: "reminded",
      to: one.name,
      member: one.member,
      kind: one.kind,
      ok: answers.some(({ ok }) => ok),
      answer: shown(answers.map(({ answer }) => answer).join(" ")),
    });
  }
  if (acts.length > 0) await note({ db, workspace, by }, review, acts);
  return acts.filter((one) => one.verb === "reminded" && one.ok).length;
}

/** Writes down what was sent. */
async function note(
  { db, workspace, by }: { db: Db; workspace: string; by: Caller },
  review: string,
  acts: readonly ReviewAct[],
): Promise<void> {
  await act({ db, workspace, by }, "run-reviews", "remind-reviewers", async (sql) => {
    const state = await lockReview(sql, workspace, review);
    const before = { review: state, items: new Map() };
    await appendToReview(sql, { workspace, by, review, at: Date.now() }, before, acts);
    return { result: undefined, object: state.opened.input.name, after: { reminders: acts } };
  });
}
