/** What is decided in reviews, as records of the log: Rollcall's own words, of the layer `governance`. */
import { randomUUID } from "node:crypto";
import canonicalize from "canonicalize";
import { encodeEvents } from "../../db/log/codec.ts";
import { type NewRecord, OWN_SOURCE, packSegments, type Segment } from "../../db/log/segment.ts";
import type { Caller } from "../auth/caller.ts";
import { eventOf } from "../ingest/adapters/normal.ts";
import type { NormalEvent } from "../ingest/event.ts";
import { fingerprint, sha256 } from "../ingest/fingerprint.ts";
import { refOf } from "../lifecycle/refs.ts";
import type {
  Decision,
  Every,
  MemberName,
  Population,
  ReviewerRule,
  ReviewInput,
  ReviewItemRow,
} from "./contract.ts";

/** What an item showed when the review was opened; it never changes. */
export type FrozenItem = Pick<
  ReviewItemRow,
  | "key"
  | "kind"
  | "application"
  | "account"
  | "userName"
  | "identity"
  | "subject"
  | "flags"
  | "lastActivityAt"
  | "activityKnown"
  | "createdAt"
  | "provenance"
  | "provenanceEventId"
  | "entitlements"
  | "drift"
  | "peers"
>;

/** Who an item was given to when the review was opened. */
export interface Assigned {
  reviewer: MemberName;
  reviewerBy: ReviewItemRow["reviewerBy"];
  /** The one a rule would have given it to, but for its being their own access. */
  ownOf: MemberName | null;
  second: MemberName | null;
  previous: ReviewItemRow["previous"];
  since: ReviewItemRow["since"];
}

/** What is said of a whole review. */
export type ReviewAct =
  | { verb: "opened"; input: ReviewInput; fallback: MemberName; population: Population }
  | { verb: "reminded"; to: string; member: string; kind: string; ok: boolean; answer: string }
  | { verb: "recurs"; every: Every | null }
  | { verb: "ended" }
  | { verb: "closed" };

/** What is said of one item; `version` is the one that the item has afterwards. */
export type ItemActRecord =
  | { verb: "put"; item: string; version: number; place: number; frozen: FrozenItem; assigned: Assigned }
  | { verb: "looked"; item: string; version: number }
  | {
      verb: "decided";
      item: string;
      version: number;
      role: "first" | "second";
      decision: Decision | "withdraw";
      reason: string | null;
      remove: readonly string[];
      seconds: number | null;
      bulk: number;
      opened: boolean;
    }
  | {
      verb: "given";
      item: string;
      version: number;
      to: MemberName;
      rule: ReviewerRule | "fallback" | "delegated";
    }
  | { verb: "exempted"; item: string; version: number; reason: string; owner: string; until: string }
  | {
      verb: "handed-off";
      item: string;
      version: number;
      way: "webhook" | "scim" | "export";
      ok: boolean;
      answer: string;
    };

export type GovernanceAct = ReviewAct | ItemActRecord;

/** One record: an act with who, when, and of which review. */
export type GovernanceRecord = {
  /** Names the record for good. */
  id: string;
  at: string;
  by: { name: string; member: string | null };
  review: string;
} & GovernanceAct;

export const isItemAct = (act: GovernanceAct): act is ItemActRecord => "item" in act;

/** Acts as records of one moment. @param at milliseconds. */
export function recordsOf(
  by: Caller,
  review: string,
  at: number,
  acts: readonly GovernanceAct[],
): GovernanceRecord[] {
  const who = { name: by.actor.name, member: by.member };
  return acts.map((act) => ({
    id: randomUUID(),
    at: new Date(at).toISOString(),
    by: who,
    review,
    ...act,
  }));
}

/** The account that an act is about, so that its owner's timeline tells of it. */
export type About = Pick<FrozenItem, "kind" | "application" | "account" | "userName">;

function textsOf(record: GovernanceRecord, json: string): Record<string, string> {
  const { verb, review } = record;
  const texts: Record<string, string> = { review, record: json };
  if (verb === "decided") {
    texts.decision = record.decision;
    if (record.reason !== null) texts.reason = record.reason;
  }
  if (verb === "exempted") texts.reason = record.reason;
  return texts;
}

/** A record in the normal form. @param json the record as JSON. */
function eventFor(record: GovernanceRecord, json: string, about: About | null): NormalEvent {
  const account = about?.kind === "account" ? about : null;
  return eventOf({
    nativeId: record.id,
    nativeType: `review.${record.verb}`,
    at: Date.parse(record.at),
    layer: "governance",
    operation: "other",
    outcome: "success",
    application: account && { id: null, name: account.application },
    account: account && { id: account.account, userName: account.userName, displayName: null },
    actor: { id: record.by.member, type: "Reviewer", name: record.by.name },
    attributes: textsOf(record, json),
  });
}

function logRecordOf(record: GovernanceRecord, about: About | null): NewRecord {
  const json = canonicalize(record) ?? "";
  const raw = Buffer.from(json);
  const event = eventFor(record, json, about);
  const encoded = encodeEvents([event]);
  return {
    source: OWN_SOURCE,
    format: OWN_SOURCE,
    fingerprint: fingerprint(OWN_SOURCE, OWN_SOURCE, encoded),
    sha256: sha256(raw),
    bytes: raw,
    encoded,
    times: [event.at],
    refs: [refOf(event, OWN_SOURCE)],
    facts: [],
    unknownType: null,
  };
}

/** A record with the id of its event in the log. */
export interface Numbered {
  record: GovernanceRecord;
  eventId: string;
}

/** How many records are packed together at most. */
const SEGMENT_RECORDS = 2_000;

/**
 * Records as segments of the log.
 * @param aboutOf the frozen item of an id, for items that are put nowhere among the records; null where none is of that id.
 */
export function packRecords(
  records: readonly GovernanceRecord[],
  aboutOf: (item: string) => About | null,
): { segments: Segment[]; numbered: Numbered[] } {
  const put = new Map<string, About>();
  for (const record of records) if (record.verb === "put") put.set(record.item, record.frozen);
  const rows = records.map((record) =>
    logRecordOf(record, isItemAct(record) ? (put.get(record.item) ?? aboutOf(record.item)) : null),
  );
  const segments = packSegments(rows, SEGMENT_RECORDS);
  const numbered = records.map((record, i) => ({
    record,
    eventId: `${Buffer.from(rows[i]?.fingerprint ?? []).toString("hex")}:0`,
  }));
  return { segments, numbered };
}

/** The record that an event of the log was made of; null for one that is none of a review. */
export function recordIn(event: Pick<NormalEvent, "layer" | "attributes">): GovernanceRecord | null {
  const json = event.layer === "governance" ? event.attributes?.record : undefined;
  return json === undefined ? null : (JSON.parse(json) as GovernanceRecord);
}
