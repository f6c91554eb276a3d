/** The records of a segment, told apart by subject into parts. */
import type { LogSegment } from "../../db/log/read.ts";
import { eachRecord, fingerprintAt, refHash } from "../../db/log/segment.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import type { Holding } from "../lifecycle/linking.ts";
import { subjectLine } from "./subject-lines.ts";
import { Subjects } from "./subjects.ts";

export interface DivideSettings {
  /** Of the subjects that are wanted. */
  holdings: readonly Holding[];
  /** How many parts there are. */
  parts: number;
}

/** @returns what gives a segment's records as texts of `subjectLine`s, one for each part. */
export function divider({ holdings, parts }: DivideSettings): (segment: LogSegment) => string[] {
  const subjects = new Subjects(groupBy(holdings, (holding) => holding.ref));
  return ({ source, normal, hashes }) => {
    const lines: string[][] = Array.from({ length: parts }, () => []);
    eachRecord(normal, (position, _length, refs, encoded) => {
      const owners = subjects.ofRecord(refs, encoded);
      if (owners === null) return;
      const record = { source, fingerprint: fingerprintAt(hashes, position), encoded };
      const own = typeof owners === "string" ? [[owners, null] as const] : owners;
      for (const [subject, ordinals] of own) {
        (lines[(refHash(subject) >>> 0) % parts] as string[]).push(
          subjectLine(subject, { ...record, ordinals }),
        );
      }
    });
    return lines.map((part) => part.join(""));
  };
}
