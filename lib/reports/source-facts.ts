/** What the log holds of each source, and how complete it is. */
import type { Db } from "../../db/client.ts";
import { readSpans } from "../../db/queries/completeness.ts";
import { type RetentionRule, readRetention } from "../../db/queries/retention.ts";
import { readSources, type SourceCounts } from "../../db/queries/sources.ts";
import { beginningOf, eventsPerDay, type Gap, gapsOf, keptOf } from "../lifecycle/completeness.ts";

export interface SourceFacts extends SourceCounts {
  gaps: Gap[];
  /** Where the log begins later than the provider could have told: a sentence. */
  beginning: string | null;
  perDay: number;
}

/**
 * @param to only events up to this time count; null: all, judged as of `asOf`.
 * @param retention how long records are kept, where the caller has asked for it.
 */
export async function loadSources(
  db: Db,
  workspace: string,
  to: number | null,
  asOf: number,
  retention: Promise<RetentionRule[]> = readRetention(db.sql, workspace),
): Promise<SourceFacts[]> {
  const [sources, spans, rules] = await Promise.all([
    readSources(db, workspace, to),
    readSpans(db, workspace, to),
    retention,
  ]);
  const removedBefore = new Map(rules.map((rule) => [rule.source, rule.removedBefore]));
  return sources.map((source) => {
    const { format } = source;
    const kept = keptOf(
      { format, asOf, hours: source.hours, ingests: spans.get(source.source) ?? [] },
      removedBefore.get(source.source) ?? null,
    );
    return {
      ...source,
      gaps: gapsOf(kept),
      beginning: beginningOf(kept),
      perDay: eventsPerDay(kept.hours),
    };
  });
}
