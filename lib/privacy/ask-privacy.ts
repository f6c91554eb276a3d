/** Asks for a person to be sealed, unsealed or erased: pages may not change the log, the database's owner does it. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { insertRequest, readRequests } from "../../db/queries/privacy-requests.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { findPerson } from "./find-person.ts";
import { PrivacyProblem, requireReason } from "./problem.ts";
import type { PrivacyRequest } from "./request.ts";

/** @returns the request's id. @throws {PrivacyProblem} {@link AccessProblem} */
export async function askPrivacy(
  db: Db,
  workspace: string,
  by: Caller,
  { verb, subject: named, reason }: Pick<PrivacyRequest, "verb" | "subject" | "reason">,
): Promise<string> {
  return act({ db, workspace, by }, "operate", "ask-privacy", async (sql) => {
    if (verb !== "unseal") requireReason(reason);
    const subject = await findPerson(sql, workspace, named);
    const open = (await readRequests(sql, workspace)).filter(
      ({ done, problem }) => !done && problem === null,
    );
    if (open.some(({ wish }) => wish.subject === subject))
      throw new PrivacyProblem("asked", "It has been asked for already, and will be done in a moment.");
    const request = randomUUID();
    await insertRequest(sql, workspace, request, { verb, subject, reason, by });
    // Neither the name nor the reason, in which it may stand: what is done has its own entry.
    return { result: request, object: request, after: { verb } };
  });
}
