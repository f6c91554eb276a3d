/** Which records of the whole log retention may remove: those all of whose events may go, and nobody's by halves. */

import type { SqlSession } from "../../db/client.ts";
import { decodeEvents } from "../../db/log/codec.ts";
import { readSegments } from "../../db/log/read.ts";
import { eachRecord, fingerprintAt, OWN_SOURCE } from "../../db/log/segment.ts";
import { readHoldings } from "../../db/queries/links.ts";
import { countEvents } from "../../db/queries/sources.ts";
import { gather } from "../ingest/gather.ts";
import { readSubjects } from "../ingest/subject-lines.ts";
import { type IsOld, removableOf } from "./removable.ts";

/** The time before which each source's records are old, by source. */
export type Limits = ReadonlyMap<string, number>;

/** Ids of the events that may go, and whose they are. */
async function eventsOf(
  sql: SqlSession,
  workspace: string,
  isOld: IsOld,
  now: number,
): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  const holdings = await readHoldings(sql, workspace);
  for await (const part of gather(sql, workspace, {}, [holdings], await countEvents(sql, workspace)))
    for (const [subject, events] of readSubjects(part))
      for (const id of removableOf(subject, events, isOld, now)) owners.set(id, subject);
  return owners;
}

/** The records that may go and those that are held back by another of their events, by fingerprint. */
async function recordsOf(
  sql: SqlSession,
  workspace: string,
  limits: Limits,
  isOld: IsOld,
  owners: ReadonlyMap<string, string>,
): Promise<{ whole: Set<string>; halves: Set<string> }> {
  const [whole, halves] = [new Set<string>(), new Set<string>()];
  for await (const { source, normal, hashes } of readSegments(sql, workspace, {
    sources: [...limits.keys()],
  })) {
    eachRecord(normal, (position, _length, refs, encoded) => {
      const fingerprint = fingerprintAt(hashes, position);
      const events = decodeEvents(encoded, fingerprint, source);
      if (events.length === 0) return;
      // What no rule reads holds nothing back.
      const goes = events.map((event, i) => (refs[i] === null ? isOld(event) : owners.has(event.id)));
      if (goes.every(Boolean)) whole.add(fingerprint);
      else if (events.some((event) => owners.has(event.id))) halves.add(fingerprint);
    });
  }
  return { whole, halves };
}

/**
 * @param now milliseconds.
 * @returns the fingerprints, hex, of the records that may go.
 */
export async function removableRecords(
  sql: SqlSession,
  workspace: string,
  limits: Limits,
  now: number,
): Promise<Set<string>> {
  const held = new Set<string>();
  for (;;) {
    const isOld: IsOld = ({ id, at, sourceId }) =>
      sourceId !== OWN_SOURCE &&
      at < (limits.get(sourceId) ?? -Infinity) &&
      !held.has(id.slice(0, id.indexOf(":")));
    const owners = await eventsOf(sql, workspace, isOld, now);
    const { whole, halves } = await recordsOf(sql, workspace, limits, isOld, owners);
    if (halves.size === 0) return whole;
    // A record that stays keeps all that its subjects' rows rest on: it is asked again without it.
    for (const fingerprint of halves) held.add(fingerprint);
  }
}
