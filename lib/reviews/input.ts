/** What somebody asks for when they open a review, as input of a stranger. Pure. */
import { z } from "zod";
import { instant } from "../reports/params.ts";
import { EVERY, REVIEWER_RULES, type ReviewInput } from "./contract.ts";
import { ReviewProblem } from "./problem.ts";

/** What PostgreSQL's text can't hold: NUL, half a surrogate pair. */
const UNSTORABLE = /\0|\p{Surrogate}/u;
/** A text that can be kept, 1 to `max` characters without the white space around it. */
export const storable = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !UNSTORABLE.test(text), "holds a character that no text has");

const names = z.array(storable(500)).max(1_000).default([]);

const SCOPE = z
  .object({
    kinds: z
      .array(z.enum(["account", "credential"]))
      .min(1)
      .max(2)
      .default(["account"]),
    applications: names,
    customers: names,
    departments: names,
    flaggedOnly: z.boolean().default(false),
    nonHumanOnly: z.boolean().default(false),
    items: z.array(storable(4_000)).max(20_000).default([]),
  })
  .strict();

/** The input of `POST /api/v1/reviews`; what is absent takes its default. */
export const REVIEW_INPUT = z
  .object({
    name: storable(200),
    scope: SCOPE.prefault({}),
    asOf: z.string().max(40).nullable().default(null),
    dueAt: z.string().max(40),
    rules: z.array(z.enum(REVIEWER_RULES)).max(3).default(["manager", "owner"]),
    named: z.array(z.uuid()).max(1_000).default([]),
    fallback: z.uuid(),
    secondShare: z.number().min(0).max(100).default(0),
    second: z.uuid().nullable().default(null),
    every: z.enum(EVERY).nullable().default(null),
  })
  .strict();

const bad = (message: string) => new ReviewProblem("bad-input", message);

/**
 * @param now milliseconds.
 * @returns the input with its times written out.
 * @throws {ReviewProblem} with the sentence for the field that is wrong.
 */
export function reviewInputOf(raw: unknown, now: number): ReviewInput {
  const parsed = REVIEW_INPUT.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw bad(`${issue?.path.join(".") || "The input"}: ${issue?.message ?? "can't be understood"}.`);
  }
  const { asOf: past, dueAt, ...input } = parsed.data;
  const due = instant(dueAt, "end");
  if (due === null)
    throw bad(`The due date takes a day or a time with its offset, like 2026-03-31, not "${dueAt}".`);
  if (due <= now) throw bad("The due date lies in the past.");
  const asOf = past === null ? null : instant(past, "end");
  if (past !== null && asOf === null)
    throw bad(
      `The day of the population is a day or a time with its offset, like 2026-03-31, not "${past}".`,
    );
  if (asOf !== null && asOf > now) throw bad("The day of the population lies ahead: nobody knows it yet.");
  if (input.rules.includes("named") && input.named.length === 0)
    throw bad("The rule “named” needs at least one member.");
  if (input.secondShare > 0 && input.second === null)
    throw bad("A second review needs the member who makes it.");
  return {
    ...input,
    asOf: asOf === null ? null : new Date(asOf).toISOString(),
    dueAt: new Date(due).toISOString(),
  };
}
