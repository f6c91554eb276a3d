/** Troubles of whole applications: a storm of rate limits, a quarantine, accounts that nobody owns, groups pushed. */
import { DEPARTMENTS } from "../applications.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../calendar.ts";
import type { Career } from "../careers.ts";
import { ENTRA_FAULTS, OKTA_FAULTS } from "../faults.ts";
import type { Plan } from "../plan.ts";
import { accountAt, groupOf, heldBy, startUse } from "./access.ts";
import { attempt, deliver, lag } from "./delivery.ts";
import { say } from "./directory.ts";

/** People with nothing planned: what happens to them here can't cross another story. */
function steady(careers: Career[]): Career[] {
  return careers.filter(
    ({ person, exit, absence, movedAt }) =>
      !person.service && exit === null && absence === null && movedAt === null && person.joinedAt === null,
  );
}

/** Ordinary changes of name, title or telephone through the year, carried to every application. */
export function smallChanges(plan: Plan, careers: Career[]): void {
  const random = plan.random.fork("small changes");
  for (const { person } of random.shuffled(steady(careers)).slice(0, plan.scaled(420, 36))) {
    const at = plan.calendar.atWork(random, plan.calendar.start + 20 * DAY, plan.calendar.ago(1.6));
    const said = person.oktaId === null ? at : say(plan, person, "update", at);
    for (const account of heldBy(person)) {
      deliver(plan, account, "update", said + lag(plan, account, `small change ${at}`));
    }
  }
}

/** A mass change of profiles at Google Workspace: refused for an hour, then let through. */
export function rateLimitStorm(plan: Plan, careers: Career[]): void {
  const name = "Google Workspace";
  const application = plan.application(name);
  const start = plan.calendar.ago(61.4);
  const affected = steady(careers).filter(({ person }) => accountAt(person, name) !== undefined);
  affected.slice(0, plan.scaled(60, 8)).forEach(({ person }, i) => {
    const account = accountAt(person, name);
    if (account === undefined) return;
    const at = start + i * 9 * SECOND;
    attempt(plan, account, "update", at, OKTA_FAULTS.rateLimited);
    if (i % 3 === 0) attempt(plan, account, "update", at + 20 * MINUTE, OKTA_FAULTS.rateLimited);
    attempt(plan, account, "update", at + 70 * MINUTE);
    if (i % 6 === 0)
      plan.add(at + SECOND, { kind: "connection", application, fault: OKTA_FAULTS.rateLimited });
  });
  plan.planted.push({ story: "A storm of rate limits that ended", userName: null, application: name });
}

/** The job of SAP SuccessFactors loses its credentials: quarantined, tried again ever more rarely. */
export function quarantine(plan: Plan): void {
  const application = plan.application("SAP SuccessFactors");
  if (application.brokenSince === null) return;
  const gaps = [0, 6, 18, 42];
  for (let hours = 66; hours < 13 * 24; hours += 24) gaps.push(hours);
  for (const hours of gaps) {
    const at = plan.calendar.clear(application.brokenSince + hours * HOUR + 7 * MINUTE);
    plan.add(at, { kind: "connection", application, fault: ENTRA_FAULTS.quarantine });
  }
  plan.planted.push({ story: "A quarantine", userName: null, application: application.name });
}

/** Accounts found at applications that match nobody in Okta. */
export function orphans(plan: Plan): void {
  const found: [string, string, string][] = [
    ["Salesforce", "integration.user@larkspur.example", "Integration User"],
    ["Salesforce", "old.admin@larkspur.example", "Old Admin"],
    ["GitHub Enterprise", "larkspur-build-bot", "Build Bot"],
    ["Box", "scanner@larkspur.example", "Office Scanner"],
    ["PagerDuty", "pager.fallback@larkspur.example", "Pager Fallback"],
  ];
  for (const [i, [name, userName, displayName]] of found.entries()) {
    const account = plan.account(plan.application(name), null, userName, displayName);
    plan.add(plan.calendar.ago(260.3 - i * 31), { kind: "import", account });
    plan.add(plan.calendar.ago(105.6 - i * 7), { kind: "import", account });
  }
  plan.planted.push({
    story: "An account that nobody owns",
    userName: "old.admin@larkspur.example",
    application: "Salesforce",
  });
}

/** Groups of the directories pushed to applications, and kept up. */
export function pushGroups(plan: Plan): void {
  const random = plan.random.fork("group push");
  for (const application of plan.applications.filter(({ groups }) => groups)) {
    for (const department of DEPARTMENTS.slice(0, 4)) {
      const group = groupOf(application, department);
      const from = plan.calendar.between(random, plan.calendar.start + HOUR, plan.calendar.start + 10 * DAY);
      plan.add(from, { kind: "group-push", application, action: "create", group });
      for (let i = 0; i < plan.scaled(6, 2); i++) {
        const at = plan.calendar.between(random, from + DAY, plan.calendar.ago(2));
        plan.add(at, { kind: "group-push", application, action: "update", group });
      }
    }
  }
}

/** Accounts on the shadow applications of people who found them on their own, late in the year. */
export function shadowAccounts(plan: Plan, careers: Career[]): void {
  const shadows = plan.applications.filter(({ reach }) => reach === "unmanaged");
  const random = plan.random.fork("shadow");
  const staff = steady(careers).filter(({ person }) => person.oktaId !== null);
  for (const { person } of random.shuffled(staff).slice(0, plan.scaled(40, 6))) {
    const application = random.pick(shadows);
    if (accountAt(person, application.name) !== undefined) continue;
    const account = plan.account(application, person, person.userName, person.displayName);
    startUse(account, plan.calendar.ago(random.int(20, 160)));
  }
}
