/**
 * The record of a trial: what was tried at an application, step by step, and what came of it. It lies in the log as any other
 * record does (docs/formats/scim-trial.md). Pure.
 */
import { z } from "zod";
import { instantOf } from "../ingest/adapters/read.ts";

/** A drill of Rollcall's own, a test person whom the identity provider provisions, or a check of the protocol. */
export const TRIAL_KINDS = ["drill", "followed", "conformance"] as const;
export type TrialKind = (typeof TRIAL_KINDS)[number];

const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => value.trim() !== "", "is blank");
const time = z
  .string()
  .max(64)
  .refine((value) => instantOf(value) !== null, "is no time in ISO 8601");

const STEP = z.strictObject({
  name: text(200),
  /** The capability of the coverage map that the step proves; null for what belongs to none. */
  capability: z.enum(["joiner", "mover", "roles", "leaver"]).nullable(),
  verdict: z.enum(["passed", "failed", "skipped"]),
  /** When its verdict was known. */
  at: time,
  /** Until what was asked for could be seen; null where nothing was measured. */
  latencyMs: z.number().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
  /** The passage of a standard that asks for it: `RFC 7644 §3.5.2`. */
  requirement: text(200).nullable(),
  /** One sentence: what was seen. */
  said: text(4_000),
});

/** The most steps of one trial: a conformance check has some hundred. */
const MOST_STEPS = 1_000;

export const TRIAL = z.strictObject({
  $trial: z.literal(1),
  id: z.uuid(),
  kind: z.enum(TRIAL_KINDS),
  application: text(500),
  startedAt: time,
  endedAt: time,
  /** Who asked for it; null: the schedule. */
  by: text(500).nullable(),
  /** User name of the test identity; null where there is none. */
  identity: text(500).nullable(),
  steps: z.array(STEP).max(MOST_STEPS),
  /** Of a conformance check: the whole report (lib/conformance/finding.ts), read again by whoever shows it. */
  report: z.record(z.string(), z.unknown()).optional(),
});

export type Trial = z.infer<typeof TRIAL>;
export type TrialStep = Trial["steps"][number];
export type TrialVerdict = TrialStep["verdict"];

/** What steps come to: failed when one failed, else passed when one passed, else skipped. */
export function verdictOf(steps: readonly Pick<TrialStep, "verdict">[]): TrialVerdict {
  if (steps.some(({ verdict }) => verdict === "failed")) return "failed";
  return steps.some(({ verdict }) => verdict === "passed") ? "passed" : "skipped";
}
