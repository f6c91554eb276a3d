/** Kinds of packs that people ask for again and again: a template sets the scope, and adds a document. */
import { z } from "zod";
import type { ReportParams } from "../reports/contract.ts";
import { ParamProblem } from "../reports/params.ts";
import { type Manifest, TEMPLATES } from "./manifest.ts";

export type Template = NonNullable<Manifest["template"]>;

/** What a report is asked with, and the template. */
export type Templated = ReportParams & { template?: Template | undefined };

/** As given: options of the command line, fields of the request. */
export interface RawTemplate {
  template?: string | undefined;
  sample?: string | undefined;
  seed?: string | undefined;
}

/** Auditors sample 25 of a population of some hundred; it can be set. */
const SAMPLE = 25;
const MOST = 1000;

const SampleSize = z.coerce.number().int().min(1).max(MOST);

/** The last quarter, in UTC, that is over at `asOf`: its first and its last millisecond. */
export function quarterBefore(asOf: number): { from: number; to: number } {
  const after = new Date(asOf + 1);
  const first = Math.floor(after.getUTCMonth() / 3) * 3;
  const year = after.getUTCFullYear();
  return { from: Date.UTC(year, first - 3, 1), to: Date.UTC(year, first, 1) - 1 };
}

/**
 * The parameters with what their template sets.
 * @param params within what the caller may see, so that a customer is known.
 * @param nameOf how the person knows a parameter: `--template` or `template`.
 * @param now in milliseconds, for an `asOf` that is not given.
 * @throws {ParamProblem} for a template that is none, or whose scope doesn't fit.
 */
export function withTemplate(
  raw: RawTemplate,
  params: ReportParams,
  now: number,
  nameOf: (key: string) => string = (key) => key,
): Templated {
  const named = raw.template?.trim();
  for (const key of ["sample", "seed"] as const)
    if (named !== "offboarding-sample" && raw[key]?.trim())
      throw new ParamProblem(
        nameOf(key),
        `${nameOf(key)} needs ${nameOf("template")} to be offboarding-sample.`,
      );
  if (!named) return params;
  const name = TEMPLATES.find((template) => template === named);
  if (name === undefined)
    throw new ParamProblem(
      nameOf("template"),
      `${nameOf("template")} takes ${TEMPLATES.join(", ")}, not "${named}".`,
    );
  const asOf = params.asOf ?? now;
  switch (name) {
    case "quarterly-review": {
      if (params.customer !== undefined || params.application !== undefined)
        throw new ParamProblem(
          nameOf("template"),
          "A quarterly review is of the whole workspace: a pack of one customer or one application has no access reviews.",
        );
      const given = params.from !== undefined || params.to !== undefined;
      return { ...params, asOf, ...(given ? {} : quarterBefore(asOf)), template: { name, parameters: {} } };
    }
    case "offboarding-sample": {
      const size = raw.sample?.trim() ? SampleSize.safeParse(raw.sample) : { success: true, data: SAMPLE };
      if (!size.success || size.data === undefined)
        throw new ParamProblem(
          nameOf("sample"),
          `${nameOf("sample")} takes a whole number from 1 to ${MOST}, not "${raw.sample}".`,
        );
      const seed = raw.seed?.trim() || new Date(asOf).toISOString().slice(0, 10);
      return { ...params, asOf, template: { name, parameters: { sample: size.data, seed } } };
    }
    case "assurance-letter": {
      if (params.customer === undefined)
        throw new ParamProblem(
          nameOf("customer"),
          `An assurance letter is for one customer: give ${nameOf("customer")}.`,
        );
      return { ...params, asOf, template: { name, parameters: {} } };
    }
  }
}
