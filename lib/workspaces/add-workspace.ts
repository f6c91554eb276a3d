/** Making a workspace: the database's owner alone can. */
import { type Access, connect, connectAsOwner } from "../../db/client.ts";
import { insertWorkspace } from "../../db/queries/workspace.ts";
import { act } from "../auth/act.ts";
import { AccessProblem, commandLine } from "../auth/caller.ts";
import { ensureOperator } from "../auth/members/ensure-operator.ts";

/** Names stand in secrets and addresses. */
const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/u;

/**
 * Makes the workspace with its operator; its audit log begins with that.
 * @param ownerUrl of the database. @param access how the application comes in.
 * @throws {AccessProblem} when there is one of that name, or the name can't be used.
 */
export async function addWorkspace(
  ownerUrl: string,
  access: Access,
  name: string,
  label: string,
): Promise<void> {
  if (!NAME.test(name)) {
    throw new AccessProblem(
      "bad-workspace",
      `A workspace's name is 1 to 40 lower-case letters, digits and dashes, not "${name}".`,
    );
  }
  const owner = connectAsOwner(ownerUrl);
  const made = await insertWorkspace(owner.sql, name, label).finally(() => owner.close());
  if (!made) {
    throw new AccessProblem("known-workspace", `There is a workspace "${name}" already.`);
  }
  const db = connect(access, { workspace: name }, 1);
  try {
    await act({ db, workspace: name, by: commandLine() }, "operate", "add-workspace", async () => ({
      result: undefined,
      object: name,
      after: { label },
    }));
    await ensureOperator(db, name);
  } finally {
    await db.close();
  }
}
