/** Which revokes the records show to be done, and by which event; kept as long as no records come. */
import type { Db } from "../../db/client.ts";
import { readRefs } from "../../db/log/read.ts";
import { readHoldingsOf } from "../../db/queries/links.ts";
import { readItems } from "../../db/queries/reviews.ts";
import { readVersion } from "../../db/queries/version.ts";
import type { LoggedEvent } from "../ingest/event.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { momentOf } from "../reports/model.ts";
import type { Item } from "./fold.ts";
import { type About, type Outcome, Standing } from "./outcome.ts";
import type { Verified } from "./rows.ts";
import { rowsNow } from "./standing.ts";

interface Known {
  version: string;
  /** The names of all sources. */
  sources: string[];
  /** What was asked for so far. */
  standing: Standing;
  /** What `standing` tells of, by its key. */
  looked: Set<string>;
  /** By item, decision and moment. */
  events: Map<string, string | null>;
}

const holder = globalThis as { rollcallStanding?: WeakMap<Db, Map<string, Known>> };
holder.rollcallStanding ??= new WeakMap();
const known = holder.rollcallStanding;

/** What an item is about, whoever has it. */
const itemKeyOf = (about: About): string => `${about.kind} ${Standing.placeOf(about)}`;

async function knownNow(db: Db, workspace: string): Promise<Known> {
  const own = known.get(db) ?? new Map<string, Known>();
  known.set(db, own);
  const version = await readVersion(db, workspace);
  const before = own.get(workspace);
  if (before !== undefined && before.version === version.text && !version.dirty) return before;
  // What waits to be worked out is, before anything is read.
  const { sources } = await momentOf(db, workspace, {});
  const fresh: Known = {
    version: (await readVersion(db, workspace)).text,
    sources: sources.map(({ source }) => source),
    standing: new Standing(),
    looked: new Set(),
    events: before?.events ?? new Map(),
  };
  own.set(workspace, fresh);
  return fresh;
}

/** Reads how things stand that some items are about, as far as anything depends on it. */
async function lookAt(
  db: Db,
  workspace: string,
  { sources, standing, looked }: Known,
  items: readonly Item[],
): Promise<void> {
  const asked = new Map(items.filter(Standing.isAsked).map(({ frozen }) => [itemKeyOf(frozen), frozen]));
  for (const key of asked.keys()) if (looked.has(key)) asked.delete(key);
  if (asked.size === 0) return;
  standing.add(await rowsNow(db, workspace, [...asked.values()], sources));
  for (const key of asked.keys()) looked.add(key);
}

/** Whether an event can be the one that ended what the item is about. */
function isEnd({ frozen }: Item, { at }: Outcome, event: LoggedEvent): boolean {
  if (
    event.at !== at ||
    event.outcome !== "success" ||
    event.layer === "access" ||
    event.layer === "governance"
  )
    return false;
  if (frozen.kind === "credential") return event.credential?.id === frozen.account;
  return (
    event.application !== null &&
    applicationKey(event.application.name) === applicationKey(frozen.application)
  );
}

const keyOf = ({ item, first }: Item, { at }: Outcome): string => `${item} ${first?.decision} ${at}`;

/**
 * Finds for outcomes the events that show them.
 * @param known those found before, by item, decision and moment; what is found is added.
 */
async function findEvents(
  db: Db,
  workspace: string,
  known: Map<string, string | null>,
  wanted: readonly (readonly [Item, Outcome])[],
): Promise<void> {
  const fresh = wanted.filter(([item, outcome]) => !known.has(keyOf(item, outcome)));
  if (fresh.length === 0) return;
  const subjects = [...new Set(fresh.map(([, { subject }]) => subject))];
  const holdings = await readHoldingsOf(db.sql, workspace, subjects);
  const subjectOf = new Map(holdings.map(({ ref, subject }) => [ref, subject]));
  const found = await readRefs(db.sql, workspace, holdings);
  const bySubject = groupBy(found, ({ ref }) => subjectOf.get(ref) ?? "");
  for (const [item, outcome] of fresh) {
    const own = bySubject.get(outcome.subject) ?? [];
    known.set(keyOf(item, outcome), own.find((event) => isEnd(item, outcome, event))?.id ?? null);
  }
}

/**
 * @param standing the accounts as they stand at the moment in question.
 * @param events those found before; what is found is added.
 */
export async function verifiedBy(
  db: Db,
  workspace: string,
  standing: Standing,
  items: readonly Item[],
  events: Map<string, string | null> = new Map(),
): Promise<(item: Item) => Verified | null> {
  const outcomes = items.flatMap((item) => {
    const outcome = standing.of(item);
    return outcome === null ? [] : [[item, outcome] as const];
  });
  await findEvents(db, workspace, events, outcomes);
  return (item) => {
    const outcome = standing.of(item);
    return outcome === null ? null : { at: outcome.at, eventId: events.get(keyOf(item, outcome)) ?? null };
  };
}

/** What was worked out for a list of items, as long as both are the same. */
const answers = new WeakMap<readonly Item[], { of: Known; verifiedOf: (item: Item) => Verified | null }>();

/**
 * What the records show by now.
 * @param items those to look at; without them all of the review.
 * @returns for an item when its revoke or change was done and by which event; null while nothing shows it.
 */
export async function readVerified(
  db: Db,
  workspace: string,
  review: string,
  items?: readonly Item[],
): Promise<(item: Item) => Verified | null> {
  const all = items ?? (await readItems(db.sql, workspace, review));
  const now = await knownNow(db, workspace);
  const before = answers.get(all);
  if (before?.of === now) return before.verifiedOf;
  await lookAt(db, workspace, now, all);
  const verifiedOf = await verifiedBy(db, workspace, now.standing, all, now.events);
  answers.set(all, { of: now, verifiedOf });
  return verifiedOf;
}
