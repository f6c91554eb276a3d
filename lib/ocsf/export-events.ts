/** The log's events as OCSF, one JSON object a line: for security data lakes. */
import type { Db } from "../../db/client.ts";
import { decodeEvents } from "../../db/log/codec.ts";
import { readRecords } from "../../db/log/read-records.ts";
import { sourceNames } from "../../db/queries/sources.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { ParamProblem } from "../reports/params.ts";
import { ocsfEvent } from "./ocsf-event.ts";

/** Which events; all when absent. Milliseconds, both ends included. */
export interface EventsWanted {
  from?: number | undefined;
  to?: number | undefined;
  source?: string | undefined;
}

const isoOrNull = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());

async function* linesOf(
  db: Db,
  workspace: string,
  { from = -Infinity, to = Infinity, source }: EventsWanted,
): AsyncGenerator<string> {
  const scope = {
    to: to === Infinity ? undefined : to,
    sources: source === undefined ? undefined : [source],
  };
  const asked = { withEvents: true, withBytes: false };
  for await (const records of readRecords(db, workspace, scope, undefined, asked)) {
    const lines = records.flatMap(({ encoded, fingerprint, source: own }) =>
      decodeEvents(encoded ?? "[]", fingerprint, own)
        .filter(({ at }) => at >= from && at <= to)
        .map((event) => `${JSON.stringify(ocsfEvent(event))}\n`),
    );
    if (lines.length > 0) yield lines.join("");
  }
}

/**
 * Notes in the audit log that events are taken out, and gives them in the log's order, some lines at a time. Of records whose
 * people are sealed, erased or no longer kept the events say as much as pages do.
 * @param name how the person calls a wrong parameter.
 * @throws {ParamProblem} for a source that there is not; AccessProblem when the caller may not read.
 */
export async function exportEvents(
  db: Db,
  workspace: string,
  by: Caller,
  wanted: EventsWanted,
  name: (parameter: string) => string = (parameter) => parameter,
): Promise<AsyncGenerator<string>> {
  const { from, to, source } = wanted;
  await act({ db, workspace, by }, "read", "export-events", async (sql) => {
    if (source !== undefined && !(await sourceNames(sql, workspace)).includes(source))
      throw new ParamProblem("source", `${name("source")} names no source: "${source.slice(0, 100)}".`);
    return {
      result: undefined,
      object: source ?? "all sources",
      after: { format: "ocsf", from: isoOrNull(from), to: isoOrNull(to) },
    };
  });
  return linesOf(db, workspace, wanted);
}
