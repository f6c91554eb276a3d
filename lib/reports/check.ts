/** Whether the stored read models are what the log gives. */
import type { Db } from "../../db/client.ts";
import { readEvents } from "../../db/log/read.ts";
import { readProjection } from "../../db/queries/projection.ts";
import type { LoggedEvent } from "../ingest/event.ts";
import { refresh } from "../ingest/refresh.ts";
import { projectAll } from "./model.ts";

/** Works the read models out from the log and names the kinds of rows that differ from those stored. */
export async function differences(db: Db, workspace: string): Promise<string[]> {
  await refresh(db, workspace);
  const events: (LoggedEvent & { ref: string | null })[] = [];
  for await (const batch of readEvents(db, workspace, {})) events.push(...batch);
  const fresh = projectAll(events);
  const stored = await readProjection(db, workspace);
  return (Object.keys(fresh) as (keyof typeof fresh)[]).filter(
    (kind) => canonical(fresh[kind]) !== canonical(stored[kind]),
  );
}

/** Rows as text, their members in one order. */
function canonical(rows: readonly object[]): string {
  return JSON.stringify(rows.map((row) => Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))));
}
