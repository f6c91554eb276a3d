/** What an evidence pack is asked with: its scope, its kind, and how people stand in it. */
import type { ReportParams } from "../reports/contract.ts";
import { ParamProblem } from "../reports/params.ts";
import { type RawTemplate, type Templated, withTemplate } from "./templates.ts";

export interface EvidenceParams extends Templated {
  /** Of one access review alone: its id. */
  review?: string | undefined;
  /** The key of pseudonyms in place of people, for a pack of one customer; absent: people by their names. */
  pseudonyms?: Uint8Array | undefined;
}

/** As given: options of the command line, fields of the request. */
export interface RawEvidence extends RawTemplate {
  review?: string | undefined;
}

/**
 * What is asked for, beside what reports are asked with.
 * @param params within what the caller may see, so that a customer is known.
 * @param nameOf how the person knows a parameter: `--review` or `review`.
 * @param now in milliseconds, for an `asOf` that is not given.
 * @throws {ParamProblem} for a scope beside a review, and as {@link withTemplate}.
 */
export function evidenceParams(
  raw: RawEvidence,
  params: ReportParams,
  now: number,
  nameOf: (key: string) => string = (key) => key,
): EvidenceParams {
  const review = raw.review?.trim();
  if (!review) return withTemplate(raw, params, now, nameOf);
  if (raw.template?.trim() || params.customer !== undefined || params.application !== undefined)
    throw new ParamProblem(
      nameOf("review"),
      `A pack of one review has the review's own scope: leave ${nameOf("template")}, ${nameOf("customer")} and ${nameOf("application")} out.`,
    );
  return { ...params, review };
}
