/** Leaving as Okta records it: the prompt, the late, the forgotten, and those who come back. */
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../calendar.ts";
import type { Career } from "../careers.ts";
import { OKTA_FAULTS } from "../faults.ts";
import type { Account, Departure, Person, Plan } from "../plan.ts";
import {
  accountAt,
  grant,
  hasEnded,
  heldBy,
  restore,
  revoke,
  startUse,
  stopUse,
  type TakingAway,
} from "./access.ts";
import { attempt } from "./delivery.ts";
import { arrive, depart, say } from "./directory.ts";

/** What is special about the end of this account in this story. */
function howToEnd(kind: string, account: Account): TakingAway {
  const { name, reach } = account.application;
  const server = OKTA_FAULTS.server;
  if (kind === "retried" && name === "GitHub Enterprise")
    return { way: "trouble", trouble: { fault: server, times: 3 } };
  if (kind === "retried" && name === "Notion") {
    return { way: "trouble", trouble: { fault: OKTA_FAULTS.timeout, times: 1 } };
  }
  if (kind === "failing" && name === "Dropbox Business") {
    return { way: "trouble", trouble: { fault: server, times: 4, forGood: true } };
  }
  if (kind === "ticked-off" && name === "Box") {
    return { way: "by-hand", after: 31 * HOUR, trouble: { fault: server, times: 2, forGood: true } };
  }
  const left = ["forgotten", "rehired-soon", "rehired-later", "suspended-still", "access-after"].includes(
    kind,
  );
  if (left && reach === "tasks") return { way: "forgotten" };
  if (kind === "forgotten" && name === "Asana") return { way: "forgotten" };
  if (kind === "suspended-still" && reach !== "full") return { way: "forgotten" };
  if (kind === "suspended-today") return { way: "forgotten" };
  return { way: "usual" };
}

function takeAll(plan: Plan, person: Person, kind: string, at: Instant): void {
  for (const account of heldBy(person)) revoke(plan, account, at, howToEnd(kind, account));
}

/** Okta takes the person back, and gives back what it can. */
function rehire(plan: Plan, person: Person, departure: Departure, at: Instant): void {
  if (plan.future(at)) return;
  departure.rehiredAt = say(plan, person, "reactivate", at);
  arrive(person, departure.rehiredAt + HOUR);
  for (const account of person.accounts.filter(({ uses }) => uses.length > 0)) {
    if (hasEnded(account)) restore(plan, account, departure.rehiredAt + 2 * MINUTE);
    else startUse(account, departure.rehiredAt + HOUR);
  }
}

/** Sign-ins of somebody who has left: a session that outlived the account. */
function accessAfter(plan: Plan, person: Person, leftAt: Instant): void {
  plan.add(leftAt + HOUR, { kind: "session", person, ok: true });
  const slack = accountAt(person, "Slack");
  if (slack !== undefined)
    plan.add(leftAt + 3 * HOUR, { kind: "sign-in", account: slack, ok: true, bare: false });
  const adobe = accountAt(person, "Adobe Creative Cloud");
  if (adobe === undefined) return;
  plan.add(leftAt + 2.1 * DAY, { kind: "sign-in", account: adobe, ok: true, bare: true });
  plan.add(leftAt + 5.3 * DAY, { kind: "task", account: adobe, action: "deactivate" });
  plan.planted.push({
    story: "Signed in after leaving",
    userName: person.userName,
    application: "Adobe Creative Cloud",
  });
}

/** Entra carries one more change of somebody whom it still takes for active, before it hears of the leaving. */
function lagInEntra(plan: Plan, person: Person, leftAt: Instant): void {
  const account = accountAt(person, "ServiceNow");
  if (account !== undefined) attempt(plan, account, "update", leftAt + 2 * MINUTE);
  person.entraDisabled.push({ from: leftAt + 4 * MINUTE, to: Number.POSITIVE_INFINITY });
}

/** Somebody ends by hand, when its person is back already, what he should have lost on leaving. */
function endLate(plan: Plan, person: Person, at: Instant): void {
  const adobe = accountAt(person, "Adobe Creative Cloud");
  if (adobe !== undefined)
    plan.add(plan.calendar.clear(at), { kind: "task", account: adobe, action: "deactivate" });
}

/** An account made two days after its person left. */
function lateCreate(plan: Plan, person: Person, leftAt: Instant): void {
  const name = ["Miro", "Notion", "Box", "Figma"].find((one) => accountAt(person, one) === undefined);
  if (name === undefined) return;
  const account = grant(plan, person, plan.application(name), plan.calendar.clear(leftAt + 2.2 * DAY));
  if (account === null) return;
  stopUse(account, leftAt);
  plan.planted.push({
    story: "An account made after its person left",
    userName: person.userName,
    application: name,
  });
}

/** Plans how an Okta person leaves. */
export function leaveOkta(plan: Plan, { person, exit }: Career): void {
  if (exit === null) return;
  const { kind, at } = exit;
  const early = kind === "early" ? 3.3 * DAY : kind === "long-before" ? 9.2 * DAY : 0;
  if (early > 0) {
    const names = kind === "early" ? ["Notion", "Miro"] : ["Miro"];
    for (const account of heldBy(person).filter(({ application }) => names.includes(application.name))) {
      revoke(plan, account, at - early);
    }
  }
  if (kind.startsWith("suspended")) {
    const leftAt = say(plan, person, "suspend", at);
    const departure = depart(person, leftAt, "suspend");
    const confirmed = kind === "suspended-first" || kind === "suspended-back";
    const decided = confirmed ? say(plan, person, "deactivate", leftAt + 3.2 * DAY) : leftAt;
    takeAll(plan, person, kind, decided);
    if (kind === "suspended-back") rehire(plan, person, departure, plan.calendar.clear(leftAt + 31.3 * DAY));
    return;
  }
  if (kind === "deleted") {
    const leftAt = say(plan, person, "delete-initiated", at);
    say(plan, person, "delete-completed", leftAt + 4 * MINUTE);
    depart(person, leftAt, "delete");
    takeAll(plan, person, kind, leftAt + 10 * SECOND);
    return;
  }
  const leftAt = say(plan, person, "deactivate", at);
  const departure = depart(person, leftAt, "deactivate");
  if (person.entraId !== null) lagInEntra(plan, person, leftAt);
  takeAll(plan, person, kind, leftAt);
  if (kind === "access-after") accessAfter(plan, person, leftAt);
  if (kind === "late-create") lateCreate(plan, person, leftAt);
  if (kind === "rehired-soon") {
    endLate(plan, person, leftAt + 5.1 * DAY);
    rehire(plan, person, departure, plan.calendar.clear(leftAt + 3.2 * DAY));
  }
  if (kind === "rehired-later") rehire(plan, person, departure, plan.calendar.clear(leftAt + 45.1 * DAY));
  if (kind === "left-again") {
    rehire(plan, person, departure, plan.calendar.clear(leftAt + 45.1 * DAY));
    const again = say(plan, person, "deactivate", plan.calendar.clear(leftAt + 106.3 * DAY));
    depart(person, again, "deactivate");
    takeAll(plan, person, "prompt", again);
  }
}
