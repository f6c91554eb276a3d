/** The trials of an application, as the log has them. */
import type { Db } from "../../db/client.ts";
import { findSegments, readSegmentsBack } from "../../db/log/read.ts";
import { scimTrial } from "../ingest/adapters/scim-trial/adapter.ts";
import type { LoggedEvent } from "../ingest/event.ts";
import { byEventOrder } from "../lifecycle/order.ts";
import { applicationKey, refOf } from "../lifecycle/refs.ts";
import { TRIAL, type Trial, type TrialKind, type TrialVerdict, verdictOf } from "./record.ts";

/** A trial that was kept. */
export interface KeptTrial extends Omit<Trial, "$trial"> {
  verdict: TrialVerdict;
  /** The event of the log that tells of it. */
  eventId: string;
}

export interface TrialsWish {
  /** Of these kinds alone. */
  kinds?: readonly TrialKind[] | undefined;
  /** The newest so many. */
  limit?: number | undefined;
}

const LIMIT = 100;

/** What an event tells of a trial as a whole; null for any other event. */
function trialIn(event: LoggedEvent): KeptTrial | null {
  const text = event.attributes?.record;
  if (event.detail !== "trial" || event.operation !== "other" || text === undefined) return null;
  const read = TRIAL.safeParse(JSON.parse(text));
  if (!read.success) return null;
  const { $trial: _, ...trial } = read.data;
  return { ...trial, verdict: verdictOf(trial.steps), eventId: event.id };
}

/**
 * The newest trials of an application, the last one first.
 * @param application in any spelling.
 */
export async function readTrials(
  db: Db,
  workspace: string,
  application: string,
  { kinds, limit = LIMIT }: TrialsWish = {},
): Promise<KeptTrial[]> {
  const key = applicationKey(application);
  const ref = `a:${key}`;
  const only = await findSegments(db.sql, [ref]);
  let events: LoggedEvent[] = [];
  const scope = { only, format: scimTrial.format };
  for await (const { lastAt, events: some } of readSegmentsBack(db.sql, workspace, scope)) {
    // Segments overlap in time: reading ends with the first that is older than all that is shown.
    const oldest = events[limit - 1];
    if (oldest !== undefined && lastAt < oldest.at) break;
    for (const event of some) {
      const trial = refOf(event, event.sourceId) === ref ? trialIn(event) : null;
      if (trial !== null && (kinds === undefined || kinds.includes(trial.kind))) events.push(event);
    }
    events = events.sort((a, b) => byEventOrder(b, a)).slice(0, limit);
  }
  return events.map(trialIn).filter((trial) => trial !== null);
}
