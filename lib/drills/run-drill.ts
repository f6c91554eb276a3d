/** Carries a drill out, a move at a time: what may come true by a move is kept before it is made. */
import { setTimeout as delay } from "node:timers/promises";
import { exchangeScim, type ScimTarget } from "../scim/call.ts";
import { ScimProblem } from "../scim/problem.ts";
import { GuardProblem, guardedWrite } from "./guard.ts";
import { type Answer, after, before, type Move, nextMove, type Pace } from "./plan.ts";
import type { DrillState } from "./state.ts";

export interface DrillContext {
  target: ScimTarget;
  pace: Pace;
  /** Keeps the state. */
  keep: (state: DrillState) => Promise<void>;
  /** Ends it before its next move: it is cleaned up then. */
  stop?: AbortSignal | undefined;
}

/** Milliseconds since 1970 that never go backwards within one drill: latencies are differences of them. */
const clock = (): (() => number) => {
  const began = Date.now() - performance.now();
  return () => Math.round(began + performance.now());
};

async function ask(
  { target }: DrillContext,
  state: DrillState,
  move: Move,
  now: () => number,
): Promise<Answer> {
  const sentAt = now();
  try {
    const { request, writes } = move;
    const { status, json, sent } = writes
      ? await guardedWrite(target, state, request)
      : { ...(await exchangeScim(target, request)), sent: true };
    if (!sent) {
      const said = `it could not be read before (HTTP ${status}), so nothing was sent.`;
      return { status: null, said, at: now(), sentAt };
    }
    return { status, json, at: now(), sentAt };
  } catch (error) {
    if (!(error instanceof ScimProblem || error instanceof GuardProblem)) throw error;
    return { status: null, said: error.message, at: now(), sentAt };
  }
}

/**
 * @returns the state at its end; unfinished when it was stopped.
 * @throws what the keeping throws, and nothing is asked then.
 */
export async function runSteps(context: DrillContext, first: DrillState): Promise<DrillState> {
  const { pace, keep, stop } = context;
  const now = clock();
  let state = first;
  for (;;) {
    const move = nextMove(state, pace);
    if (move === null || stop?.aborted) break;
    await delay(move.waitMs);
    state = before(state, move);
    // While it is only looked again, nothing has changed.
    if (state.looks === 0) await keep(state);
    state = after(state, move, await ask(context, state, move, now), pace);
  }
  await keep(state);
  return state;
}
