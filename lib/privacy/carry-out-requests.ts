/** Does what was asked for from the pages, as the database's owner. */
import { endRequest, forgetRequests, readRequests } from "../../db/queries/privacy-requests.ts";
import { AccessProblem } from "../auth/caller.ts";
import { erasePerson } from "./erase-person.ts";
import { PrivacyProblem } from "./problem.ts";
import type { PrivacyRequest } from "./request.ts";
import { sealPerson } from "./seal-person.ts";
import type { PrivacySurroundings } from "./surroundings.ts";
import { unsealPerson } from "./unseal-person.ts";

/** @returns the subject by which the person is known now. */
async function carryOut(around: Omit<PrivacySurroundings, "by">, wish: PrivacyRequest): Promise<string> {
  const input = { identity: wish.subject, reason: wish.reason };
  const own = { ...around, by: wish.by };
  switch (wish.verb) {
    case "seal":
      return (await sealPerson(own, input)).subject;
    case "unseal":
      return (await unsealPerson(own, input)).subject;
    case "erase":
      return (await erasePerson(own, input)).subject;
  }
}

/** @returns what went wrong that nobody foresaw; the requests say so too, and the others are done all the same. */
export async function carryOutRequests(around: Omit<PrivacySurroundings, "by">): Promise<unknown[]> {
  const { db, workspace } = around;
  const errors: unknown[] = [];
  for (const { request, wish, done, problem } of await readRequests(db.sql, workspace)) {
    if (done || problem !== null) continue;
    try {
      const subject = await carryOut(around, wish);
      // What may stay of it names nobody any more.
      await endRequest(db.sql, workspace, request, { wish: { ...wish, subject, reason: "" }, problem: null });
    } catch (error) {
      const foreseen = error instanceof PrivacyProblem || error instanceof AccessProblem;
      if (!foreseen) errors.push(error);
      const why = foreseen
        ? error.message
        : "It could not be done, and nothing was changed. Rollcall's log says more.";
      await endRequest(db.sql, workspace, request, { wish, problem: why });
    }
  }
  await forgetRequests(db.sql, workspace);
  return errors;
}
