/** Everything known of one identity, and one event with the record behind it. */
import type { Db } from "../../db/client.ts";
import { readRefs } from "../../db/log/read.ts";
import { readEvent } from "../../db/log/read-records.ts";
import { readHoldings, subjectOfRef } from "../../db/queries/links.ts";
import { findSealedPerson } from "../../db/queries/sealed-people.ts";
import { eventsOfSubjects } from "../ingest/subject-records.ts";
import { byEventOrder } from "../lifecycle/order.ts";
import { accountRow, grantsOf } from "./accounts.ts";
import { iso } from "./base.ts";
import type { EventDetail, IdentityReport, ReportParams, TimelinePart } from "./contract.ts";
import { credentialRow } from "./dormant.ts";
import { keptDocument } from "./editions/documents.ts";
import { isKept } from "./editions/large.ts";
import { joinerRow } from "./joiners.ts";
import { leavingsOf } from "./leaving.ts";
import { loadModel, type Model } from "./model.ts";
import { modelOf } from "./model-of.ts";
import { driftRows, moveRows } from "./movers.ts";
import { offboardingRow } from "./offboarding.ts";
import { DAY, SETTINGS } from "./settings.ts";
import { timelineEvent } from "./timeline-event.ts";
import { partOf, type TimelineWish } from "./timeline-part.ts";

/** Segments that are opened beside the records that are kept together: of whom nothing is kept yet, what they have taken part in. */
const MOST_SEGMENTS = 1_000;

/** The report holds so many events; the number of all stands beside them. */
const TIMELINE_EVENTS = 500;

/** The source's name in a ref, where it holds one. */
function sourceOfRef(ref: string): string {
  const [kind, part = ""] = ref.split(":");
  return kind === "p" || kind === "c" ? decodeURIComponent(part) : "";
}

/** The subject that a ref stands for at the model's moment; null when the ref is unknown. */
async function subjectAt(
  db: Db,
  workspace: string,
  { holdings, asOf }: Model,
  ref: string,
): Promise<string | null> {
  if (holdings === null) return subjectOfRef(db.sql, workspace, ref, asOf);
  const held = holdings.find(
    ({ ref: own, from, to }) => own === ref && (from === null || from <= asOf) && (to === null || to > asOf),
  );
  return held?.subject ?? null;
}

/** Which refs stand for a subject by now, and its events where the records of each are kept together; null: they are not. */
async function readOwn(db: Db, workspace: string, subject: string) {
  // What does not rest on another answer is asked for at once: when many read, each question waits for its turn.
  const [holdings, kept] = await Promise.all([
    readHoldings(db.sql, workspace, subject),
    eventsOfSubjects(db.sql, workspace, [subject], MOST_SEGMENTS),
  ]);
  return { holdings, events: kept === null ? null : (kept.get(subject) ?? []) };
}

/**
 * Which refs stand for a subject, and the events known of it up to the model's moment, the newest first.
 * @param own what {@link readOwn} has given, where that was asked for before; of use where the model has nobody's holdings.
 */
export async function eventsOfSubject(
  db: Db,
  workspace: string,
  model: Model,
  subject: string,
  own?: Awaited<ReturnType<typeof readOwn>>,
) {
  const held = model.holdings?.filter((holding) => holding.subject === subject);
  const { holdings, events: kept } =
    held === undefined ? (own ?? (await readOwn(db, workspace, subject))) : { holdings: held, events: null };
  const events = (kept ?? (await readRefs(db.sql, workspace, holdings)))
    .filter((event) => event.at <= model.asOf)
    .sort((a, b) => byEventOrder(b, a));
  return { holdings, events };
}

/** Somebody with what is known of them. */
async function withheldOf(db: Db, workspace: string, subject: string): Promise<IdentityReport["withheld"]> {
  const found = await findSealedPerson(db.sql, workspace, subject);
  return found && { state: found.state, at: iso(found.at) };
}

/** Gives the rows of people by their ids: of these, or of more. */
type ModelsOf = (subjects: readonly string[]) => Promise<Model>;

/**
 * Somebody with the events that are known of them, the newest first.
 * @param asOf milliseconds. @param isNow whether it is the present: then the events are asked for beside the rows.
 */
async function personWithEvents(
  db: Db,
  workspace: string,
  subject: string,
  { asOf, isNow }: { asOf: number; isNow: boolean },
  modelsOf: ModelsOf,
) {
  // No id holds NUL, and the database can't be asked for it.
  if (subject.includes("\0")) return null;
  const stands = await subjectOfRef(db.sql, workspace, subject, asOf);
  const likely = stands ?? subject;
  const [model, own] = await Promise.all([
    modelsOf([subject, likely]),
    isNow ? readOwn(db, workspace, likely) : undefined,
  ]);
  const id = model.people.has(subject)
    ? subject
    : ((await subjectAt(db, workspace, model, subject)) ?? subject);
  const person = model.people.get(id);
  if (person === undefined) return null;
  const events = await eventsOfSubject(db, workspace, model, id, id === likely ? own : undefined);
  return { model, id, person, ...events };
}

/** What {@link identityReport} tells, of the rows that are given. */
export async function identityOf(
  db: Db,
  workspace: string,
  subject: string,
  at: { asOf: number; isNow: boolean },
  modelsOf: ModelsOf,
): Promise<IdentityReport | null> {
  const found = await personWithEvents(db, workspace, subject, at, modelsOf);
  if (found === null) return null;
  const { model, id, person, holdings, events } = found;
  const own = <T extends { subject: string }>(rows: readonly T[]) => rows.filter((row) => row.subject === id);
  const grants = grantsOf(own(model.entitlements));
  const context = { asOf: model.asOf, limit: SETTINGS.dormantDays * DAY };
  const first = partOf(events, { limit: TIMELINE_EVENTS });
  return {
    asOf: iso(model.asOf),
    ...person,
    firstSeen: iso(person.firstSeen),
    lastSeen: iso(person.lastSeen),
    withheld: await withheldOf(db, workspace, id),
    links: holdings.map(({ ref, rule }) => ({ source: sourceOfRef(ref), ref, rule })),
    accounts: own(model.accounts).map((account) => accountRow(model, account, grants)),
    offboarding: own(model.steps).map((step) => offboardingRow(model, step)),
    leaving: leavingsOf(model, id, events),
    joining: own(model.joinerSteps)
      .filter(({ joinedAt }) => joinedAt <= model.asOf)
      .map((step) => joinerRow(model, step)),
    moves: moveRows(model, own(model.moves)),
    drift: driftRows(model, own(model.drift)),
    credentials: own(model.credentials).map((credential) => credentialRow(model, credential, context)),
    events: first.events,
    totalEvents: events.length,
    next: first.next,
  };
}

type Scope = Pick<ReportParams, "asOf" | "customer">;

/** Where the rows of somebody come from: of a past moment everybody's are worked out. */
const modelsIn =
  (db: Db, workspace: string, scope: Scope): ModelsOf =>
  (subjects) =>
    scope.asOf === undefined ? modelOf(db, workspace, scope, subjects) : loadModel(db, workspace, scope);

/**
 * @param subject the subject's id, or any ref that stands for it.
 * @returns null when nobody of that id is known.
 * @throws {ReportPending} of a large workspace, when it is not there yet.
 */
export async function identityReport(
  db: Db,
  workspace: string,
  subject: string,
  scope: Scope = {},
): Promise<IdentityReport | null> {
  const { asOf } = scope;
  if (asOf !== undefined && (await isKept(db, workspace, scope)))
    return (await keptDocument<IdentityReport | null>(db, workspace, "identity", { asOf, subject })).content;
  const at = { asOf: asOf ?? Date.now(), isNow: asOf === undefined };
  return identityOf(db, workspace, subject, at, modelsIn(db, workspace, scope));
}

/** A part of somebody's timeline; null when nobody of that id is known. @throws as {@link identityReport}. */
export async function identityEvents(
  db: Db,
  workspace: string,
  subject: string,
  scope: Pick<Scope, "customer">,
  wish: TimelineWish,
): Promise<TimelinePart | null> {
  const now = { asOf: Date.now(), isNow: true };
  const found = await personWithEvents(db, workspace, subject, now, modelsIn(db, workspace, scope));
  return found === null ? null : partOf(found.events, wish);
}

function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** One event with its raw record; null when there is none of that id. */
export async function eventDetail(db: Db, workspace: string, id: string): Promise<EventDetail | null> {
  const found = await readEvent(db, workspace, id);
  if (found === null) return null;
  const { event, ref, bytes, sha256, withheld } = found;
  const { id: _id, sourceId: _source, ...normal } = event;
  const text = bytes === null ? null : textOf(bytes);
  return {
    ...timelineEvent(event),
    normal,
    raw: {
      text,
      base64: bytes !== null && text === null ? bytes.toString("base64") : null,
      sha256,
      bytes: bytes?.length ?? 0,
      withheld: withheld?.why ?? null,
    },
    subject: ref === null ? null : await subjectOfRef(db.sql, workspace, ref, event.at),
  };
}
