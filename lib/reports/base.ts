/** What all reports share: their head, and the words of the contract. */
import type { IsoTime, ReportBase, SourceCompleteness } from "./contract.ts";
import type { About } from "./model.ts";
import type { SourceFacts } from "./source-facts.ts";

export const iso = (at: number): IsoTime => new Date(at).toISOString();
export const isoOrNull = (at: number | null): IsoTime | null => (at === null ? null : iso(at));

/** Whole seconds, rounded down. */
export const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** How complete a source is, as every report says it. */
export function sourceOf(facts: SourceFacts): SourceCompleteness {
  const { source, format, records, rejected, firstEventAt, lastEventAt, gaps } = facts;
  return {
    source,
    format,
    records,
    rejected,
    firstEventAt: isoOrNull(firstEventAt),
    lastEventAt: isoOrNull(lastEventAt),
    gaps: gaps.map((gap) => ({ ...gap, from: iso(gap.from), to: iso(gap.to) })),
  };
}

/** The head of a report. */
export function baseOf(model: About, settings: Record<string, number>): ReportBase {
  const sources = model.sources.map(sourceOf);
  const rejected = sources.reduce((sum, source) => sum + source.rejected, 0);
  const gaps = sources.reduce((sum, source) => sum + source.gaps.length, 0);
  return { asOf: iso(model.asOf), completeness: { sources, rejected, gaps }, settings };
}

/** An application's label; its key where nothing but failures of its connection names it. */
export const labelOf = ({ across }: About, application: string): string =>
  across.labels.get(application) ?? application;

/** Orders text by its code units: the same on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
