/** A small company for tests of reviews: an HR file that knows managers, and accounts that an Okta log shows. */
import type { Db } from "../../db/client.ts";
import { type Caller, commandLine } from "../auth/caller.ts";
import { inviteMember } from "../auth/members/invite-member.ts";
import type { Role } from "../auth/permissions.ts";
import { ingestText } from "../ingest/testing.ts";

const DAY = 86_400_000;

export interface Person {
  name: string;
  department: string;
  title: string;
  /** Name of the manager; empty: none. */
  manager: string;
}

export const emailOf = (name: string): string => `${name}@larkspur.example`;

/** The HR file of some people, as it stood at a moment. */
export function hrFile(people: readonly Person[], at: number): string {
  const rows = people.map(
    ({ name, department, title, manager }, i) =>
      `${i + 1},${emailOf(name)},${name},active,${department},${title},${manager && emailOf(manager)},${new Date(at).toISOString()}`,
  );
  return ["employeeId,email,displayName,status,department,title,manager,updatedAt", ...rows].join("\n");
}

/** An Okta record about somebody's account at an application. */
export function oktaRecord(
  eventType: string,
  name: string,
  application: string,
  at: number,
  result = "SUCCESS",
): string {
  return JSON.stringify({
    uuid: `${eventType}-${name}-${application}-${at}`,
    published: new Date(at).toISOString(),
    eventType,
    actor: { id: "system", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
    outcome: { result, reason: null },
    target: [
      { id: `0oa-${application}`, type: "AppInstance", alternateId: application, displayName: application },
      { id: `00u-${name}`, type: "User", alternateId: emailOf(name), displayName: name },
      { id: `0ua-${name}`, type: "AppUser", alternateId: emailOf(name), displayName: name },
    ],
  });
}

/** Okta's records of it: each person gets an account at each application ten days before `at`, and used it a day before. */
export const settledRecords = (
  people: readonly Person[],
  applications: readonly string[],
  at: number,
): string =>
  people
    .flatMap(({ name }) =>
      applications.flatMap((application) => [
        oktaRecord("application.provision.user.push", name, application, at - 10 * DAY),
        oktaRecord("user.authentication.sso", name, application, at - DAY),
      ]),
    )
    .join("\n");

/** Each person gets an account at each application, ten days before `at`, and used it a day before. */
export async function settle(
  db: Db,
  workspace: string,
  people: readonly Person[],
  applications: readonly string[],
  at: number,
): Promise<void> {
  await ingestText(db, workspace, hrFile(people, at - 20 * DAY), "hr", "hr");
  await ingestText(db, workspace, settledRecords(people, applications, at), "okta", "okta");
}

/** The accounts end, at a moment. */
export const offboard = (
  names: readonly (readonly [name: string, application: string])[],
  at: number,
): string =>
  names
    .map(([name, application]) => oktaRecord("application.provision.user.deactivate", name, application, at))
    .join("\n");

/** A new member, as they come in. */
export async function memberNamed(db: Db, workspace: string, name: string, role: Role): Promise<Caller> {
  const member = await inviteMember(db, workspace, commandLine(), { name, email: emailOf(name), role });
  return {
    actor: { kind: "member", id: member, name, address: null },
    role,
    scopes: null,
    customer: null,
    member,
  };
}
