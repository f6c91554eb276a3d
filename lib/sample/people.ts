/** People as the directories know them on their first day. */
import { DEPARTMENTS } from "./applications.ts";
import type { Name } from "./names.ts";
import type { Person, Plan } from "./plan.ts";

const RANKS = ["Associate", "Specialist", "Senior Specialist", "Manager", "Lead", "Director"];

/** Adds a person to the plan, known to the directories named. */
export function makePerson(plan: Plan, name: Name, domain: string, idp: "okta" | "entra" | "both"): Person {
  const random = plan.random.fork(`person ${name.local}@${domain} ${plan.people.length}`);
  const department = random.pick([...DEPARTMENTS, "Engineering", "Engineering", "Sales"]);
  const person: Person = {
    givenName: name.given,
    familyName: name.family,
    displayName: `${name.given} ${name.family}`,
    userName: `${name.local}@${domain}`,
    department,
    title: `${department} ${random.pick(RANKS)}`,
    service: false,
    oktaId: idp === "entra" ? null : random.oktaId("00u"),
    entraId: idp === "okta" ? null : random.uuid(),
    workosId: null,
    workosEmail: `${name.local}@${domain}`,
    joinedAt: null,
    accounts: [],
    credentials: [],
    departures: [],
    presence: [],
    entraDisabled: [],
    sessions: [],
  };
  plan.people.push(person);
  return person;
}

/** Identities in Okta that are no people: they own the tokens that machines use. */
export function makeServices(plan: Plan): Person[] {
  const names = ["svc-backup", "svc-directory-sync", "svc-reporting", "svc-deploy"].slice(
    0,
    plan.scaled(4, 2),
  );
  return names.map((local) => {
    const name = { given: "Service", family: "Account", local };
    const person = makePerson(plan, name, "larkspur.example", "okta");
    return Object.assign(person, {
      displayName: local,
      department: "IT",
      title: "Service account",
      service: true,
    });
  });
}
