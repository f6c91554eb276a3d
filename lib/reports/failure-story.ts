/** Everything of one failure group: each attempt, who decided what, and the calls that try again. */
import type { Db } from "../../db/client.ts";
import { findSegments, readRefs, segmentsWithin } from "../../db/log/read.ts";
import { readEvent } from "../../db/log/read-records.ts";
import { readHoldingsOf } from "../../db/queries/links.ts";
import { handoffOf, readsRecord } from "../failures/handoff.ts";
import { jsonIn, objectOf } from "../ingest/adapters/read.ts";
import type { LoggedEvent } from "../ingest/event.ts";
import { ofLayers } from "../ingest/subject-lines.ts";
import { eventsOfSubjects } from "../ingest/subject-records.ts";
import { isAttempt, kindOf } from "../lifecycle/capability.ts";
import { causeCode } from "../lifecycle/failures.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import type { Holding } from "../lifecycle/linking.ts";
import { byEventOrder } from "../lifecycle/order.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { FailureItemRow } from "../lifecycle/types.ts";
import { iso, isoOrNull } from "./base.ts";
import type { FailureAct, FailureAttempt, FailureRetry, FailureStory, ReportParams } from "./contract.ts";
import { keptAbout } from "./editions/about.ts";
import { keptItems } from "./editions/failure-items.ts";
import { isKept } from "./editions/large.ts";
import { failureItems, failureRow, itemsOfGroup } from "./failures.ts";
import { type About, loadModel, type Model } from "./model.ts";
import { termOf } from "./remedies.ts";
import { timelineEvent } from "./timeline-event.ts";

/** Of so many of those affected the story tells each attempt; more nobody reads. */
const MAX_ITEMS = 20;
const MAX_ATTEMPTS = 200;
/** Segments of the log that are read for them: some hundredths of a second's work. */
const MAX_SEGMENTS = 120;
/** Whose events tell of attempts, and of what mended them. */
const wants = ofLayers(["provisioning", "application"]);

type Scope = Pick<ReportParams, "asOf" | "customer">;

type Attempt = LoggedEvent & { item: FailureItemRow };

const nameOf = (item: FailureItemRow): string =>
  item.userName ?? item.entitlement ?? item.account ?? "the connection itself";

/** Open ones first, then those that failed last. */
const byNeed = (a: FailureItemRow, b: FailureItemRow): number =>
  Number(a.openSince === null) - Number(b.openSince === null) || b.lastSeen - a.lastSeen;

/** Whether the event is one of the failures that make the item. */
function isOf(item: FailureItemRow, event: LoggedEvent): boolean {
  const { error } = event;
  const code = causeCode({ errorCode: error?.code ?? null, httpStatus: error?.httpStatus ?? null });
  return (
    isAttempt(event) &&
    event.outcome === "failure" &&
    event.operation === item.operation &&
    (error?.class ?? "unknown") === item.errorClass &&
    code === causeCode(item)
  );
}

/** The failures of the item, and what was tried of the same kind at the same application meanwhile. */
function attemptsOf(item: FailureItemRow, events: readonly LoggedEvent[]): Attempt[] {
  const { from, to } = spanOf(item);
  const there = events.filter(
    ({ application, at }) =>
      application !== null && applicationKey(application.name) === item.application && at >= from && at <= to,
  );
  const kinds = new Set(there.filter((event) => isOf(item, event)).map(kindOf));
  const mends = ({ layer, outcome }: LoggedEvent) => layer === "application" && outcome === "success";
  return there
    .filter((event) => kinds.has(kindOf(event)) && (isAttempt(event) || mends(event)))
    .map((event) => ({ ...event, item }));
}

/** From the first failure to what mended the last one. */
const spanOf = ({ firstSeen, lastSeen, resolvedAt }: FailureItemRow) => ({
  from: firstSeen,
  to: Math.max(lastSeen, resolvedAt ?? lastSeen),
});

/** Whether an event is of the model's moment and sources. */
function isKnownTo({ asOf, sources }: Told): (event: LoggedEvent) => boolean {
  const names = new Set(sources.map(({ source }) => source));
  return ({ at, sourceId }) => at <= asOf && names.has(sourceId);
}

/** Whose an event is: somebody whose ref it has, at a time at which that stood for them. */
const isOfAny =
  (holdings: readonly Holding[]) =>
  (event: LoggedEvent & { ref: string }): boolean =>
    holdings.some(
      ({ ref, from, to }) =>
        ref === event.ref && (from === null || event.at >= from) && (to === null || event.at < to),
    );

/** The attempts of all of them, where the records of each are kept together; null: they are not. */
async function keptAttempts(
  db: Db,
  workspace: string,
  model: Told,
  items: readonly FailureItemRow[],
): Promise<Attempt[] | null> {
  if (model.holdings !== null) return null;
  const subjects = [...new Set(items.map(({ subject }) => subject))];
  const events = await eventsOfSubjects(db.sql, workspace, subjects, MAX_SEGMENTS, wants);
  if (events === null) return null;
  return items.flatMap((item) => attemptsOf(item, (events.get(item.subject) ?? []).filter(isKnownTo(model))));
}

/**
 * The attempts of those affected, as many of them as can be read in a moment, in the order given and at least of one. Of a log
 * of years the segments are read in which an item failed: before and after there is nothing of this cause.
 */
async function readAttempts(
  db: Db,
  workspace: string,
  model: Told,
  items: readonly FailureItemRow[],
): Promise<{ told: number; attempts: Attempt[] }> {
  const kept = await keptAttempts(db, workspace, model, items);
  if (kept !== null) return { told: items.length, attempts: kept };
  const subjects = [...new Set(items.map(({ subject }) => subject))];
  const holdings =
    model.holdings?.filter(({ subject }) => subjects.includes(subject)) ??
    (await readHoldingsOf(db.sql, workspace, subjects));
  const bySubject = groupBy(holdings, ({ subject }) => subject);
  const wanted = new Set<number>();
  let told = 0;
  for (const item of items) {
    const refs = (bySubject.get(item.subject) ?? []).map(({ ref }) => ref);
    const own = await segmentsWithin(db.sql, workspace, await findSegments(db.sql, refs), [spanOf(item)]);
    const more = own.filter((segment) => !wanted.has(segment));
    if (told > 0 && wanted.size + more.length > MAX_SEGMENTS) break;
    for (const segment of more) wanted.add(segment);
    told += 1;
  }
  const events = (await readRefs(db.sql, workspace, holdings, [...wanted])).filter(isKnownTo(model));
  const attempts = items
    .slice(0, told)
    .flatMap((item) => attemptsOf(item, events.filter(isOfAny(bySubject.get(item.subject) ?? []))));
  return { told, attempts };
}

/** The calls for those that are still open, each from its newest failure. */
async function retriesOf(
  db: Db,
  workspace: string,
  model: Told,
  attempts: readonly Attempt[],
): Promise<FailureRetry[]> {
  const formats = new Map(model.sources.map(({ source, format }) => [source, format]));
  const newest = new Map<FailureItemRow, Attempt>();
  for (const attempt of attempts) {
    const { item } = attempt;
    if (item.openSince !== null && !newest.has(item) && isOf(item, attempt)) newest.set(item, attempt);
  }
  // The records that are needed are asked for at once: each lies in another segment.
  const retries = await Promise.all(
    [...newest].map(async ([item, attempt]): Promise<FailureRetry | null> => {
      const format = formats.get(attempt.sourceId) ?? "";
      const found = readsRecord(format) ? await readEvent(db, workspace, attempt.id) : null;
      const bytes = found?.bytes ?? null;
      const record = bytes === null ? null : objectOf(jsonIn(bytes.toString("utf8")));
      const handoff = handoffOf(format, attempt, record);
      return handoff === null ? null : { name: nameOf(item), ...handoff };
    }),
  );
  return retries.filter((retry) => retry !== null);
}

function actsOf(model: About, group: string): FailureAct[] {
  const own = model.failureDecisions.filter((decision) => decision.group === group);
  const undone = new Set(own.map(({ undoes }) => undoes));
  return own
    .map(({ decision, at, by, verb, until, ownerName, note }) => ({
      decision,
      at: iso(at),
      by,
      verb,
      until: isoOrNull(until),
      owner: ownerName,
      note,
      undone: undone.has(decision),
    }))
    .reverse();
}

const attemptOf = (attempt: Attempt): FailureAttempt => ({
  ...timelineEvent(attempt),
  subject: attempt.item.connection || attempt.item.subject.startsWith("a:") ? null : attempt.item.subject,
  name: nameOf(attempt.item),
});

/** What a story is told with. */
type Told = About & Pick<Model, "holdings">;

/** The items of a group, with what they are told with. */
async function itemsIn(
  db: Db,
  workspace: string,
  group: string,
  params: Scope,
): Promise<{ model: Told; items: FailureItemRow[] }> {
  if (!(await isKept(db, workspace, params))) {
    const model = await loadModel(db, workspace, params);
    return { model, items: itemsOfGroup(model, group) };
  }
  const [about, failures] = await Promise.all([
    keptAbout(db, workspace, params),
    keptItems(db, workspace, group, params),
  ]);
  return { model: { ...about, holdings: null }, items: failureItems({ ...about, failures }) };
}

/**
 * @param group the id of a failure group.
 * @param limit so many of those affected are told of in its row; without it, all.
 * @returns null when there is no such group.
 */
export async function failureStory(
  db: Db,
  workspace: string,
  group: string,
  { limit, ...params }: Scope & { limit?: number | undefined } = {},
): Promise<FailureStory | null> {
  const { model, items: all } = await itemsIn(db, workspace, group, params);
  const items = all.sort(byNeed);
  if (items.length === 0) return null;
  const row = failureRow(model, items, limit);
  const { told, attempts: found } = await readAttempts(db, workspace, model, items.slice(0, MAX_ITEMS));
  const attempts = found.sort((a, b) => byEventOrder(b, a));
  return {
    asOf: iso(model.asOf),
    row,
    term: termOf(row.errorClass),
    attempts: attempts.slice(0, MAX_ATTEMPTS).map(attemptOf),
    told,
    acts: actsOf(model, group),
    retries: await retriesOf(db, workspace, model, attempts),
  };
}
