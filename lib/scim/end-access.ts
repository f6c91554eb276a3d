/** Takes access away at an application, by SCIM. */
import { callScim, type ScimTarget } from "./call.ts";
import { type AccountThere, eq, findGroup, findUser, pathOf } from "./find.ts";
import { ScimProblem } from "./problem.ts";

/** How accounts of an application are ended. */
export const ENDINGS = ["deactivate", "delete"] as const;
export type Ending = (typeof ENDINGS)[number];

const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** A change of one resource (RFC 7644 §3.5.2). */
const patch = (operation: Readonly<Record<string, unknown>>) => ({
  schemas: [PATCH_OP],
  Operations: [operation],
});

const gone = (target: ScimTarget) =>
  new ScimProblem(
    "not-done",
    `${new URL(target.url).host} knew it a moment ago, and knows nothing of it now (HTTP 404).`,
  );

/**
 * Deactivates the user (PATCH, RFC 7644 §3.5.2) or deletes it (§3.6).
 * @returns what was done, in a sentence.
 * @throws {ScimProblem}
 */
export async function endAccount(target: ScimTarget, account: AccountThere, how: Ending): Promise<string> {
  const { host } = new URL(target.url);
  const user = await findUser(target, account);
  const path = pathOf("Users", user.id);
  const { version } = user;
  if (how === "delete") {
    const { status } = await callScim(target, { method: "DELETE", path, version });
    if (status === 404) throw gone(target);
    return `${host} deleted ${user.name ?? user.id} (HTTP ${status}).`;
  }
  if (user.active === false) return `${user.name ?? user.id} was inactive at ${host} already.`;
  const body = patch({ op: "replace", path: "active", value: false });
  const { status, body: after } = await callScim(target, { method: "PATCH", path, body, version });
  if (status === 404) throw gone(target);
  // Without content (204) it has only said that it did it.
  const active = after !== null && typeof after === "object" && "active" in after ? after.active : false;
  if (active === true || (typeof active === "string" && active.toLowerCase() === "true")) {
    throw new ScimProblem(
      "not-done",
      `${host} answered HTTP ${status}, and says that ${user.name ?? user.id} is still active.`,
    );
  }
  return `${host} deactivated ${user.name ?? user.id} (HTTP ${status}).`;
}

/**
 * Takes an account out of a group.
 * @param name of the group, as its displayName has it.
 * @returns what was done, in a sentence.
 * @throws {ScimProblem}
 */
export async function leaveGroup(target: ScimTarget, account: AccountThere, name: string): Promise<string> {
  const user = await findUser(target, account);
  const group = await findGroup(target, name);
  const { status } = await callScim(target, {
    method: "PATCH",
    path: pathOf("Groups", group.id),
    body: patch({ op: "remove", path: `members[${eq("value", user.id)}]` }),
    version: group.version,
  });
  if (status === 404) throw gone(target);
  return `${new URL(target.url).host} took ${user.name ?? user.id} out of ${group.name ?? name} (HTTP ${status}).`;
}
