/** A drill as a machine: from where it is to what is asked next, and from the answer to where it is then. Pure. */
import type { ScimRequest } from "../scim/call.ts";
import type { TrialStep, TrialVerdict } from "../trials/record.ts";
import { detailIn, groupIn, userIn } from "./resources.ts";
import type { DrillState, StepName } from "./state.ts";
import { findGroupNamed, groupNamed, STEPS } from "./steps.ts";

/** How long it is looked whether something shows, and how often. */
export interface Pace {
  /** Milliseconds after which what does not show has failed. */
  patienceMs: number;
  /** Before the second look; each further one waits twice as long. */
  firstMs: number;
  mostMs: number;
}

/** An application that shows a change later than this leaves a leaver's access open that long. */
export const PACE: Pace = { patienceMs: 30_000, firstMs: 200, mostMs: 5_000 };

export interface Move {
  step: StepName;
  /** It changes something there. */
  writes: boolean;
  request: ScimRequest;
  /** Milliseconds to wait before it is asked. */
  waitMs: number;
}

/** What came back. */
export type Answer =
  | { status: number; json: unknown; at: number; sentAt: number }
  /** No answer, or nothing was asked: why, in a sentence. */
  | { status: null; said: string; at: number; sentAt: number };

/** Milliseconds before a look. */
export const waitBefore = (looks: number, { firstMs, mostMs }: Pace): number =>
  looks === 0 ? 0 : Math.min(firstMs * 2 ** (looks - 1), mostMs);

/** The next move; null when the drill is done. */
export function nextMove(state: DrillState, pace: Pace): Move | null {
  const { step, sent, looks } = state;
  if (step === null) return null;
  if (step === "group" && state.group.kind === "named")
    return { step, writes: false, request: findGroupNamed(state.group.name), waitMs: 0 };
  const { write, look } = STEPS[step];
  if (sent === null && write !== null) return { step, writes: true, request: write(state), waitMs: 0 };
  return { step, writes: false, request: look(state), waitMs: waitBefore(looks, pace) };
}

/** The state to be kept before a move is made: from then on what it makes may be there. */
export function before(state: DrillState, { step, writes }: Move): DrillState {
  if (!writes) return state;
  if (step === "create") return { ...state, mayExist: true };
  if (step === "group") return { ...state, groupMayExist: true };
  if (step === "enter") return { ...state, mayBeMember: true };
  return state;
}

/** What follows when a step has come to an end, all things being as they are. */
function following(state: DrillState, step: StepName, verdict: TrialVerdict): StepName | null {
  const own = state.group.kind === "own" && state.groupThere !== null;
  switch (step) {
    case "create":
      // What may be there all the same is cleaned up.
      return verdict === "passed" ? "find" : null;
    case "find":
      return "change";
    case "change":
      return state.group.kind === "none" ? "deactivate" : "group";
    case "group":
      return verdict === "passed" ? "enter" : "deactivate";
    case "enter":
      return verdict === "passed" ? "leave" : "deactivate";
    case "leave":
      return "deactivate";
    case "deactivate":
      return verdict === "passed" ? "reactivate" : "delete";
    case "reactivate":
      return "delete";
    case "delete":
      if (verdict !== "passed") return "retire";
      return own ? "remove-group" : null;
    case "retire":
      return own ? "remove-group" : null;
    case "remove-group":
      return null;
  }
}

/** Why steps between two of them are left out, where that is to be told. */
const LEFT_OUT: readonly { after: StepName; steps: readonly StepName[]; said: string }[] = [
  {
    after: "create",
    steps: ["find", "change", "enter", "leave", "deactivate", "reactivate", "delete"],
    said: "Left out: the test account was not there.",
  },
  { after: "group", steps: ["enter", "leave"], said: "Left out: there was no group." },
  { after: "enter", steps: ["leave"], said: "Left out: the test account never was in the group." },
  { after: "deactivate", steps: ["reactivate"], said: "Left out: the test account never was inactive." },
];

const stepOf = (
  name: StepName,
  at: number,
  { verdict, latencyMs = null, said }: { verdict: TrialVerdict; latencyMs?: number | null; said: string },
): TrialStep => {
  const { capability, requirement } = STEPS[name];
  return { name, capability, verdict, at: new Date(at).toISOString(), latencyMs, requirement, said };
};

type Ended = { verdict: TrialVerdict; latencyMs?: number | null; said: string };

/** Notes how the step went, and goes on to what follows. */
function ended(state: DrillState, step: StepName, at: number, how: Ended): DrillState {
  const next = following(state, step, how.verdict);
  const left = how.verdict === "passed" ? undefined : LEFT_OUT.find(({ after }) => after === step);
  const none = state.group.kind === "none";
  const out = (left?.steps ?? []).filter((name) => !(none && (name === "enter" || name === "leave")));
  const groupless: TrialStep[] =
    step === "change" && none
      ? [stepOf("enter", at, { verdict: "skipped", said: "Left out: no group is set for drills." })]
      : [];
  return {
    ...state,
    step: next,
    sent: null,
    looks: 0,
    steps: [
      ...state.steps,
      stepOf(step, at, how),
      ...out.map((name) => stepOf(name, at, { verdict: "skipped", said: left?.said ?? "" })),
      ...groupless,
    ],
  };
}

const sentence = (...parts: string[]): string => parts.filter((part) => part !== "").join(" ");

const refused = (what: string, status: number, json: unknown): string => {
  const detail = detailIn(json).slice(0, 500);
  return sentence(
    `The application was asked to ${what}, and answered HTTP ${status}.`,
    detail && `It said: ${detail}`,
  );
};

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

/** The application does not delete, and says so (RFC 7231 §6.5.5 and §6.6.2). */
const DELETES_NOT = new Set([405, 501]);

/** What a write's answer has made true. */
function written(
  state: DrillState,
  step: StepName,
  answer: { status: number; json: unknown; sentAt: number },
) {
  const sent = { at: answer.sentAt, status: answer.status };
  if (step === "create") return { ...state, sent, user: userIn(answer.json)?.id ?? null };
  if (step === "group") {
    const id = groupIn(answer.json)?.id;
    return { ...state, sent, groupThere: id === undefined ? null : { id, own: true } };
  }
  return { ...state, sent };
}

function afterWrite(state: DrillState, step: StepName, answer: Answer): DrillState {
  const { what } = STEPS[step];
  const { at } = answer;
  if (answer.status === null)
    return ended(state, step, at, {
      verdict: "failed",
      said: `The application was asked to ${what}: ${answer.said}`,
    });
  const { status, json } = answer;
  if (step === "delete" && DELETES_NOT.has(status) && state.ending === "deactivate")
    return ended(state, step, at, {
      verdict: "skipped",
      said: `The application deletes no accounts (HTTP ${status}): the test account is left inactive.`,
    });
  if (status < 200 || status >= 300)
    return ended(state, step, at, { verdict: "failed", said: refused(what, status, json) });
  const next = written(state, step, answer);
  const nameless =
    (step === "create" && next.user === null) || (step === "group" && next.groupThere === null);
  return nameless
    ? ended(next, step, at, {
        verdict: "failed",
        said: `The application was asked to ${what}, answered HTTP ${status}, and gave no id.`,
      })
    : next;
}

/** What has become true by a step that passed. */
function shown(state: DrillState, step: StepName): DrillState {
  if (step === "delete") return { ...state, mayExist: false, mayBeMember: false };
  if (step === "leave") return { ...state, mayBeMember: false };
  if (step === "remove-group") return { ...state, groupMayExist: false };
  return state;
}

function afterLook(state: DrillState, step: StepName, answer: Answer, pace: Pace): DrillState {
  const { what, missing } = STEPS[step];
  const { at, sentAt } = answer;
  const sent = state.sent ?? { at: sentAt, status: 0 };
  const wrong = answer.status === null ? answer.said : missing(state, answer);
  if (wrong === null) {
    const latencyMs = Math.max(0, Math.round(at - sent.at));
    return ended(shown(state, step), step, at, {
      verdict: "passed",
      latencyMs,
      said: `Asked to ${what}, the application showed it after ${seconds(latencyMs)}.`,
    });
  }
  if (at - sent.at < pace.patienceMs) return { ...state, sent, looks: state.looks + 1 };
  const looked = `(looked at for ${seconds(at - sent.at)})`;
  return ended(state, step, at, {
    verdict: "failed",
    said:
      sent.status === 0
        ? `The application was asked to ${what}: ${wrong} ${looked}.`
        : `The application was asked to ${what}, answered HTTP ${sent.status}, and nothing changed: ${wrong} ${looked}.`,
  });
}

/** Which of the application's groups it is. */
function afterFindingGroup(state: DrillState, name: string, answer: Answer): DrillState {
  const found = answer.status === 200 ? groupNamed(answer.json, name) : null;
  if (found === null) {
    const why = answer.status === null ? answer.said : `it was answered HTTP ${answer.status}`;
    const said =
      answer.status === 200
        ? `The application has no group called ${name}.`
        : `The group ${name} could not be looked for: ${why}.`;
    return ended(state, "group", answer.at, { verdict: answer.status === 200 ? "skipped" : "failed", said });
  }
  // That it is there is no proof of anything: no step is noted.
  return { ...state, groupThere: { id: found.id, own: false }, step: "enter", sent: null, looks: 0 };
}

/** Where the drill is after the answer to its next move. */
export function after(state: DrillState, move: Move, answer: Answer, pace: Pace): DrillState {
  const { step, writes } = move;
  if (step === "group" && state.group.kind === "named")
    return afterFindingGroup(state, state.group.name, answer);
  return writes ? afterWrite(state, step, answer) : afterLook(state, step, answer, pace);
}
