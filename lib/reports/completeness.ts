/** Report completeness: what each source has told, and where something is likely to be missing. docs/semantics.md, "Completeness". */
import { baseOf, isoOrNull, sourceOf } from "./base.ts";
import type { CompletenessRow } from "./contract.ts";
import type { NewFold } from "./fold.ts";
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
export const completenessFold: NewFold<"completeness"> = (about) => ({
  take() {
    // Of sources alone, whoever their records are about.
  },
  result() {
    const base = baseOf(about, {});
    const sum = (of: (source: SourceFacts) => number) =>
      about.sources.reduce((total, source) => total + of(source), 0);
    return {
      ...base,
      summary: {
        sources: about.sources.length,
        records: sum((source) => source.records),
        rejected: base.completeness.rejected,
        gaps: base.completeness.gaps,
      },
      rows: about.sources.map((source) => rowOf(source, about.asOf)),
    };
  },
});
