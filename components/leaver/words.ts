/** What a lane and its marks are called. Pure. */
import type { Leaving, LeavingLane, LeavingMark } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { duration, utc } from "../format/time.ts";
import type { Tone } from "../format/words.ts";
import { type Cluster, secondsAfter } from "./axis.ts";

export const MARK_WORDS: Record<LeavingMark["kind"], { word: string; many: string; tone: Tone }> = {
  end: { word: "Access ended", many: "ends of access", tone: "good" },
  failure: { word: "Attempt failed", many: "failed attempts", tone: "risk" },
  access: { word: "Used after leaving", many: "uses after leaving", tone: "bad" },
};

/** `3 h after leaving`, `2 days before leaving`. */
export function afterInWords(leftAt: string, at: string): string {
  const seconds = secondsAfter(leftAt, at);
  return `${duration(Math.abs(seconds))} ${seconds < 0 ? "before" : "after"} leaving`;
}

/** What a reader who can't see the mark is told, and others on hover. */
export function clusterInWords({ kind, marks }: Cluster, application: string, leftAt: string): string {
  const { word, many } = MARK_WORDS[kind];
  const last = marks.at(-1) ?? marks[0];
  if (marks.length === 1)
    return `${application}: ${word.toLowerCase()} ${afterInWords(leftAt, last.at)}, ${utc(last.at)}`;
  return `${application}: ${count(marks.length)} ${many}, the last ${afterInWords(leftAt, last.at)}, ${utc(last.at)}`;
}

/** How the lane ended, in words. */
export function laneInWords({ step }: LeavingLane): { words: string; tone: Tone } {
  if (step === null) return { words: "No account on record", tone: "none" };
  if (step.openFor !== null) {
    const words = `Still open after ${duration(step.openFor)}`;
    return step.status === "failing"
      ? { words: `${words}, failing`, tone: "bad" }
      : { words, tone: step.breached ? "bad" : "risk" };
  }
  if (step.status === "rehired") return { words: "Rehired before the end", tone: "none" };
  if (step.status === "early") return { words: "Ended before leaving", tone: "good" };
  const took = `Ended after ${duration(step.latency ?? 0)}`;
  return step.breached ? { words: `${took}, past the SLA`, tone: "risk" } : { words: took, tone: "good" };
}

const usesOf = ({ marks }: LeavingLane): number => marks.filter(({ kind }) => kind === "access").length;

/** `Used 3 times after leaving`; null when it was not. */
export function usesInWords(lane: LeavingLane): string | null {
  const uses = usesOf(lane);
  return uses === 0 ? null : `Used ${uses === 1 ? "once" : `${count(uses)} times`} after leaving`;
}

/** The departure in one sentence. */
export function leavingInWords({ lanes }: Leaving): string {
  const steps = lanes.flatMap(({ step }) => step ?? []);
  if (steps.length === 0) return "No account had to end.";
  const open = steps.filter(({ openFor }) => openFor !== null).length;
  const late = steps.filter(({ breached, openFor }) => breached && openFor === null).length;
  const ended = steps.filter(({ latency }) => latency !== null).length;
  const parts = [`${count(ended)} of ${plural(steps.length, "account")} ended`];
  if (late > 0) parts.push(`${count(late)} past the SLA`);
  if (open > 0) parts.push(`${count(open)} still open`);
  return `${parts.join(", ")}.`;
}
