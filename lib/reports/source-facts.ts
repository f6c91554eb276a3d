/** What the log holds of each source, and how complete it is. */
import type { Db } from "../../db/client.ts";
import { readSpans } from "../../db/queries/completeness.ts";
import { readSources, type SourceCounts } from "../../db/queries/sources.ts";
import { beginningOf, eventsPerDay, type Gap, gapsOf } from "../lifecycle/completeness.ts";

export interface SourceFacts extends SourceCounts {
  gaps: Gap[];
  /** Where the log begins later than the provider could have told: a sentence. */
  beginning: string | null;
  perDay: number;
}

/** @param to only events up to this time count; null: all, judged as of `asOf`. */
export async function loadSources(
  db: Db,
  workspace: string,
  to: number | null,
  asOf: number,
): Promise<SourceFacts[]> {
  const [sources, spans] = await Promise.all([readSources(db, workspace, to), readSpans(db, workspace, to)]);
  return sources.map((source) => {
    const { format, hours } = source;
    const history = { format, asOf, hours, ingests: spans.get(source.source) ?? [] };
    return {
      ...source,
      gaps: gapsOf(history),
      beginning: beginningOf(history),
      perDay: eventsPerDay(hours),
    };
  });
}
