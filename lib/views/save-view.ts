/** Keeping an address of a table under a name. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { countViews, insertView } from "../../db/queries/views.ts";
import { act } from "../auth/act.ts";
import { AccessProblem, type Caller } from "../auth/caller.ts";
import { isReportName } from "../reports/run.ts";

/** Of one member: what a menu can still show. */
const MOST_VIEWS = 200;
const MOST_NAME = 80;
/** No browser is sure to take a longer address. */
const MOST_QUERY = 4_000;

/**
 * @param input `page` is the report that the table shows, `query` the address behind the question mark; a shared view is
 *   seen by everybody of the workspace.
 * @throws {AccessProblem}
 */
export async function saveView(
  db: Db,
  workspace: string,
  by: Caller,
  input: { page: string; name: string; query: string; shared: boolean },
): Promise<{ view: string }> {
  const { page, shared } = input;
  const name = input.name.trim();
  const { member } = by;
  if (member === null)
    throw new AccessProblem("no-member", "A view belongs to a member: sign in, and save it there.");
  if (!isReportName(page)) throw new AccessProblem("bad-page", `There is no table "${page.slice(0, 100)}".`);
  if (name === "" || name.length > MOST_NAME || name.includes("\0"))
    throw new AccessProblem("bad-name", `Give the view a name of 1 to ${MOST_NAME} characters.`);
  if (input.query.length > MOST_QUERY)
    throw new AccessProblem("bad-query", `The address is longer than ${MOST_QUERY} characters.`);
  // What is no parameter of an address does not come back out of it.
  const query = new URLSearchParams(input.query.replaceAll("\0", "")).toString();
  return act({ db, workspace, by }, shared ? "settings" : "workspace", "save-view", async (sql) => {
    if ((await countViews(sql, workspace, member)) >= MOST_VIEWS)
      throw new AccessProblem("too-many", `You have ${MOST_VIEWS} views. Delete one first.`);
    const row = { view: randomUUID(), page, name, query, member, shared };
    await insertView(sql, workspace, row);
    return { result: { view: row.view }, object: name, after: { page, query, shared } };
  });
}
