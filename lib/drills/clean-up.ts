/** Takes away what a drill has made and left: by id, and by its marked name where the id was never told. */
import { setTimeout as delay } from "node:timers/promises";
import { exchangeScim, type ScimRequest, type ScimTarget } from "../scim/call.ts";
import { guardedWrite } from "./guard.ts";
import { type Pace, waitBefore } from "./plan.ts";
import { detailIn, groupsIn, sameName, userIn, usersIn } from "./resources.ts";
import type { DrillState } from "./state.ts";
import {
  deactivateIt,
  deleteGroup,
  deleteIt,
  findGroupNamed,
  findUser,
  lookAtGroup,
  lookAtUser,
  removeMember,
} from "./steps.ts";

/** What could not be cleaned up; the message says why, for the person who must act. */
export class CleanUpProblem extends Error {
  override name = "CleanUpProblem";
}

/** What became of the test account: none was there, it was deleted, or it is left inactive, where none is deleted. */
export type Cleaned = "nothing" | "deleted" | "inactive";

export interface CleanUpContext {
  target: ScimTarget;
  pace: Pace;
  /** Keeps what was found out, before anything follows from it. */
  keep: (state: DrillState) => Promise<void>;
}

type Seen = { status: number; json: unknown };

const isOk = ({ status }: Seen): boolean => status >= 200 && status < 300;

function problem(what: string, { status, json }: Seen): CleanUpProblem {
  const detail = detailIn(json).slice(0, 300);
  return new CleanUpProblem(`${what} (HTTP ${status}${detail === "" ? "" : `: ${detail}`}).`);
}

/** Looks until it is so, or patience is over. @returns whether it came to be so. */
async function comesToBe(
  { target, pace }: CleanUpContext,
  request: ScimRequest,
  isSo: (seen: Seen) => boolean,
): Promise<boolean> {
  const until = Date.now() + pace.patienceMs;
  for (let looks = 0; ; looks++) {
    await delay(waitBefore(looks, pace));
    if (isSo(await exchangeScim(target, request))) return true;
    if (Date.now() >= until) return false;
  }
}

/** The account's id: the one that is known, if it still is the drill's, else that of its name. Null: there is none. */
async function idOf({ target }: CleanUpContext, state: DrillState): Promise<string | null> {
  const { userName, externalId } = state.marks;
  if (state.user !== null) {
    const seen = await exchangeScim(target, lookAtUser(state));
    const user = seen.status === 200 ? userIn(seen.json) : null;
    if (user !== null && (sameName(user.userName, userName) || user.externalId === externalId))
      return user.id;
    if (!isOk(seen) && seen.status !== 404) throw problem("The test account can't be looked for", seen);
  }
  const seen = await exchangeScim(target, findUser(state));
  if (seen.status === 404) return null;
  if (!isOk(seen)) throw problem("The test account can't be looked for by its user name", seen);
  const found = usersIn(seen.json).filter((user) => sameName(user.userName, userName));
  if (found.length > 1) throw new CleanUpProblem("Several accounts bear the test account's user name.");
  return found[0]?.id ?? null;
}

/** No one may sign in with it meanwhile, and where none is deleted that is all. @throws {CleanUpProblem} when it stays active. */
async function retire(around: CleanUpContext, state: DrillState): Promise<void> {
  const seen = await guardedWrite(around.target, state, deactivateIt(state));
  if (seen.status === 404) return;
  if (!isOk(seen)) throw problem("The test account can be neither deleted nor deactivated", seen);
  const isInactive = ({ status, json }: Seen) => status === 404 || userIn(json)?.active === false;
  if (!(await comesToBe(around, lookAtUser(state), isInactive)))
    throw new CleanUpProblem("The test account was deactivated, and is still active.");
}

/** The application deletes none, or not by this token. */
const DELETES_NOT = new Set([403, 405, 501]);

async function removeUser(around: CleanUpContext, state: DrillState): Promise<Cleaned> {
  const seen = await guardedWrite(around.target, state, deleteIt(state));
  const isGone = ({ status }: Seen) => status === 404;
  if (isGone(seen)) return "deleted";
  if (isOk(seen) && (await comesToBe(around, lookAtUser(state), isGone))) return "deleted";
  await retire(around, state);
  if (isOk(seen) || DELETES_NOT.has(seen.status)) return "inactive";
  throw problem("The test account is inactive, and could not be deleted", seen);
}

async function removeOwnGroup(around: CleanUpContext, state: DrillState): Promise<void> {
  const { target } = around;
  let { groupThere } = state;
  if (groupThere === null) {
    const seen = await exchangeScim(target, findGroupNamed(state.marks.groupName));
    if (seen.status !== 404 && !isOk(seen)) throw problem("The drill's group can't be looked for", seen);
    const found = groupsIn(seen.json).find(({ displayName }) => sameName(displayName, state.marks.groupName));
    if (found === undefined) return;
    groupThere = { id: found.id, own: true };
  }
  const known = { ...state, groupThere };
  await around.keep(known);
  const seen = await guardedWrite(target, known, deleteGroup(known));
  if (seen.status !== 404 && !isOk(seen)) throw problem("The drill's group could not be deleted", seen);
  if (!(await comesToBe(around, lookAtGroup(known), ({ status }) => status === 404)))
    throw new CleanUpProblem("The drill's group was deleted, and is still there.");
}

/**
 * Takes away what the drill has made, as far as it may still be there.
 * @throws {CleanUpProblem} {@link ScimProblem} {@link GuardProblem}: it is to be tried again.
 */
export async function cleanUp(around: CleanUpContext, state: DrillState): Promise<Cleaned> {
  let cleaned: Cleaned = "nothing";
  if (state.mayExist) {
    const user = await idOf(around, state);
    if (user !== null) {
      const known = { ...state, user };
      await around.keep(known);
      // Whoever is deleted leaves their groups; of whom is left inactive that is not certain. What fails here is no reason to stop.
      if (known.mayBeMember && known.groupThere?.own === false)
        await guardedWrite(around.target, known, removeMember(known)).catch(() => {});
      cleaned = await removeUser(around, known);
    }
  }
  if (state.groupMayExist) await removeOwnGroup(around, state);
  return cleaned;
}
