/** What was sent and acknowledged, held against what is there in the end: nothing may be lost, nothing doubled. */
import type { Db } from "../../db/client.ts";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { readRecords } from "../../db/log/read-records.ts";
import { uuidOf } from "./installation.ts";

/** What somebody decided in a review, and was told that it stands. */
export interface Acknowledged {
  item: string;
  decision: string;
}

/** Of one run. */
export class Sent {
  /** uuids of records whose upload was acknowledged. */
  readonly records: string[] = [];
  readonly decisions: (Acknowledged & { review: string })[] = [];
}

export interface Kept {
  sent: number;
  lost: number;
  doubled: number;
  /** There, although nobody sent it. */
  strange: number;
}

/** The records of a source that lie in the log, held against those that were sent. */
export async function recordsKept(db: Db, source: string, sent: readonly string[]): Promise<Kept> {
  const there = new Map<string, number>();
  for await (const some of readRecords(db, DEFAULT_WORKSPACE, { sources: [source] })) {
    for (const { bytes } of some) {
      const uuid = uuidOf(bytes?.toString() ?? "");
      there.set(uuid, (there.get(uuid) ?? 0) + 1);
    }
  }
  const wanted = new Set(sent);
  return {
    sent: wanted.size,
    lost: [...wanted].filter((uuid) => !there.has(uuid)).length,
    doubled: [...there.values()].filter((times) => times > 1).length,
    strange: [...there.keys()].filter((uuid) => !wanted.has(uuid)).length,
  };
}
