/** Joining, moving and being away: the ordinary year of everybody. */
import { type Application, DEPARTMENTS } from "../applications.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../calendar.ts";
import type { Career } from "../careers.ts";
import type { Account, Plan } from "../plan.ts";
import { accountAt, grant, groupOf, heldBy, revoke, seeOlder, startUse } from "./access.ts";
import { deliver, lag } from "./delivery.ts";
import { arrive, goAway, say } from "./directory.ts";

/** Applications that the person works with, from department, chance, and what the story needs. */
function applicationsFor(plan: Plan, { person, needs }: Career): Application[] {
  if (person.service) return [];
  const random = plan.random.fork(`applications ${person.userName} ${person.oktaId ?? person.entraId}`);
  return plan.applications.filter((application) => {
    const drawn = random.next();
    if (needs.includes(application.name)) return true;
    if (application.idp === "okta" && person.oktaId === null) return false;
    if (application.idp === "entra" && person.entraId === null) return false;
    if (application.everybody) return true;
    // Of the subsidiary's applications, people of both directories have only everybody's.
    if (application.idp === "entra" && person.oktaId !== null) return false;
    return application.departments.includes(person.department) || drawn < application.share;
  });
}

/** Plans the person's arrival, or how one who was there already comes to be seen. */
export function join(plan: Plan, career: Career): void {
  const { person, troubles } = career;
  const applications = applicationsFor(plan, career);
  if (person.joinedAt === null) {
    arrive(person, plan.calendar.start + DAY);
    for (const application of applications) seeOlder(plan, person, application);
    return;
  }
  let at: Instant = person.joinedAt;
  if (person.oktaId !== null) {
    at = say(plan, person, "create", at);
    say(plan, person, "activate", at + 20 * SECOND);
    plan.add(at + 40 * SECOND, { kind: "group", person, action: "add", group: person.department });
    person.joinedAt = at;
  }
  arrive(person, at + HOUR);
  const random = plan.random.fork(`join ${person.userName} ${person.oktaId ?? person.entraId}`);
  for (const application of applications) {
    const moment = at + random.int(2 * MINUTE, 50 * MINUTE);
    grant(plan, person, application, moment, troubles[`${application.name} create`]);
  }
}

interface Change {
  at: Instant;
  from: { department: string; title: string };
  to: { department: string; title: string };
}

/** Whether the old department's group stays with the account: the first mover's in Slack, and one in ten of the others'. */
function leftBehind(plan: Plan, { id, application, person }: Account): boolean {
  const story = "A group left behind after a move";
  const first = application.name === "Slack" && plan.planted.every((one) => one.story !== story);
  if (first) plan.planted.push({ story, userName: person?.userName ?? null, application: application.name });
  return first || plan.random.fork(`left behind ${id}`).chance(0.1);
}

/** Carries a move to one account, or takes the account away with the old department. */
function moveAccount(
  plan: Plan,
  account: Account,
  { at, from, to }: Change,
  troubles: Career["troubles"],
): void {
  const { application } = account;
  const { name, departments, reach } = application;
  const random = plan.random.fork(`move ${account.id} ${at}`);
  const changed = from.department !== to.department;
  const lost = changed && departments.includes(from.department) && !departments.includes(to.department);
  const planned = Object.keys(troubles).some((key) => key.startsWith(name));
  if (lost && !planned && random.chance(0.5)) {
    revoke(plan, account, at + 2 * MINUTE);
    return;
  }
  if (reach === "tasks") plan.add(at + MINUTE, { kind: "assignment", account, action: "update" });
  const moment = at + lag(plan, account, `move ${at}`);
  deliver(plan, account, "update", moment, troubles[`${name} update`]);
  if (!changed || !application.groups || application.idp !== "okta") return;
  if (!leftBehind(plan, account)) {
    const old = groupOf(application, from.department);
    deliver(plan, account, "member-remove", moment + 20 * SECOND, undefined, old);
  }
  const trouble = troubles[`${name} member-add`];
  deliver(plan, account, "member-add", moment + 45 * SECOND, trouble, groupOf(application, to.department));
}

/** Plans a move: a new title, often a new department; profiles and groups change, some accounts come and go. */
export function move(plan: Plan, { person, troubles, movedAt }: Career): void {
  if (movedAt === null) return;
  const random = plan.random.fork(`move ${person.userName}`);
  const from = { department: person.department, title: person.title };
  const roleTrouble = Object.keys(troubles).some((key) => key.endsWith("member-add"));
  const elsewhere = DEPARTMENTS.filter((department) => department !== from.department);
  const department = roleTrouble || random.chance(0.6) ? random.pick(elsewhere) : from.department;
  const to = { department, title: `${department} ${random.pick(["Lead", "Manager", "Principal"])}` };
  Object.assign(person, to);
  const at = person.oktaId === null ? movedAt : say(plan, person, "update", movedAt, { from, to });
  const changed = from.department !== to.department;
  if (changed && person.oktaId !== null) {
    plan.add(at + 5 * SECOND, { kind: "group", person, action: "remove", group: from.department });
    plan.add(at + 8 * SECOND, { kind: "group", person, action: "add", group: to.department });
  }
  for (const account of heldBy(person)) moveAccount(plan, account, { at, from, to }, troubles);
  if (!changed || person.oktaId === null) return;
  const wanted = plan.applications.filter(
    ({ idp, name, departments }) =>
      idp === "okta" && departments.includes(to.department) && accountAt(person, name) === undefined,
  );
  for (const application of wanted) grant(plan, person, application, at + random.int(5, 50) * MINUTE);
}

/** Plans a leave of absence: suspended and back, which is no leaving. */
export function takeLeave(plan: Plan, { person, absence }: Career): void {
  if (absence === null) return;
  goAway(person, say(plan, person, "suspend", absence.from));
  const back = say(plan, person, "unsuspend", plan.calendar.clear(absence.to));
  arrive(person, back + HOUR);
  for (const account of heldBy(person)) startUse(account, back + HOUR);
  plan.planted.push({ story: "A leave of absence, no leaver", userName: person.userName, application: null });
}
