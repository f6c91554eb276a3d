/** Report completeness: what each source has told, and where something is likely to be missing. docs/semantics.md, "Completeness". */
import { baseOf, isoOrNull, sourceOf } from "./base.ts";
import type { CompletenessReport, CompletenessRow, ReportParams } from "./contract.ts";
import type { Model } from "./model.ts";
import type { SourceFacts } from "./source-facts.ts";

function rowOf(source: SourceFacts, asOf: number): CompletenessRow {
  const silent = source.gaps.some((gap) => gap.kind === "silence" && gap.to === asOf);
  return {
    ...sourceOf(source),
    customer: source.customer,
    events: source.events,
    perDay: source.perDay,
    nothingSince: silent ? isoOrNull(source.lastEventAt) : null,
    beginning: source.beginning,
  };
}

/** One row a source, in the order of their names. */
export function completenessReport(model: Model, _params: ReportParams): CompletenessReport {
  const base = baseOf(model, {});
  const sum = (of: (source: SourceFacts) => number) =>
    model.sources.reduce((total, source) => total + of(source), 0);
  return {
    ...base,
    summary: {
      sources: model.sources.length,
      records: sum((source) => source.records),
      rejected: base.completeness.rejected,
      gaps: base.completeness.gaps,
    },
    rows: model.sources.map((source) => rowOf(source, model.asOf)),
  };
}
