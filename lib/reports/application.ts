/** Everything known of one application: the reports on it, and its events. */
import type { Db } from "../../db/client.ts";
import { findSegments, readSegmentsBack } from "../../db/log/read.ts";
import { readHoldingsOf } from "../../db/queries/links.ts";
import type { LoggedEvent } from "../ingest/event.ts";
import { byEventOrder } from "../lifecycle/order.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { Provenance } from "../lifecycle/types.ts";
import { applicationRows } from "./applications.ts";
import type { ApplicationReport, CoverageRow, Holding, ReportParams, TimelinePart } from "./contract.ts";
import { loadModel, type Model } from "./model.ts";
import { reportOf } from "./run.ts";
import { storedProjection } from "./stored.ts";
import { firstOf, isWished, leadingOn, type TimelineWish } from "./timeline-part.ts";

/** Rows of each kind on the page; it leads to the report with all of them. */
const ROWS = 20;
/** Names of a failure group's items; the queue has all. */
const ITEMS = 3;

/** Refs that are looked up in the segments' index; of more, most segments hold some anyway. */
const LOOKED_UP_REFS = 2_000;
/** Segments that one part may take to read, a second or so: where few events fit, a part may hold none and lead on. */
const SEGMENTS_A_PART = 100;

type Scope = Pick<ReportParams, "asOf" | "customer">;

/** Which application to automate first is a question over all of them. */
function rankless(row: CoverageRow | undefined): ApplicationReport["coverage"] {
  if (row === undefined) return null;
  const { rank: _rank, ...rest } = row;
  return rest;
}

/** What active accounts of the application hold, the most held first. */
function holdingsOf(model: Model, key: string): Holding[] {
  const active = new Set(
    model.accounts
      .filter((row) => row.application === key && row.active)
      .map(({ subject, account }) => `${subject}\u0000${account}`),
  );
  const held = new Map<string, Holding>();
  for (const one of model.entitlements) {
    if (
      one.application !== key ||
      one.heldUntil !== null ||
      !active.has(`${one.subject}\u0000${one.account}`)
    )
      continue;
    const known = held.get(one.name) ?? { name: one.name, holders: 0, notByScim: 0 };
    known.holders++;
    if (one.provenance !== "scim") known.notByScim++;
    held.set(one.name, known);
  }
  return [...held.values()].sort((a, b) => b.holders - a.holders || (a.name < b.name ? -1 : 1));
}

function accountsOf(model: Model, params: ReportParams): ApplicationReport["accounts"] {
  const { rows } = reportOf("accounts", model, params);
  const active = rows.filter((row) => row.active);
  const provenance: Record<Provenance, number> = {
    scim: 0,
    jit: 0,
    "by-hand": 0,
    bespoke: 0,
    import: 0,
    unknown: 0,
  };
  for (const row of active) provenance[row.provenance]++;
  return {
    total: rows.length,
    active: active.length,
    people: new Set(active.map((row) => row.subject)).size,
    provenance,
    dormant: reportOf("dormant", model, params).summary,
  };
}

/** The rows of one application alone: no report on it reads others. */
function narrowed(model: Model, key: string): Model {
  const own = ({ application }: { application: string }) => application === key;
  return {
    ...model,
    accounts: model.accounts.filter(own),
    steps: model.steps.filter(own),
    failures: model.failures.filter(own),
    coverage: model.coverage.filter(own),
    // They name theirs by its label.
    credentials: model.credentials.filter(({ application }) => applicationKey(application) === key),
    entitlements: model.entitlements.filter(own),
    joinerSteps: model.joinerSteps.filter(own),
    drift: model.drift.filter(own),
    sightings: model.sightings.filter(own),
    differences: model.differences.filter(own),
  };
}

/**
 * @param name of the application, in any spelling.
 * @returns null when no record names it and nothing is set for it.
 */
export async function applicationReport(
  db: Db,
  workspace: string,
  name: string,
  scope: Scope = {},
): Promise<ApplicationReport | null> {
  const key = applicationKey(name);
  const whole = await loadModel(db, workspace, scope);
  const row = applicationRows(whole).find(({ application }) => applicationKey(application) === key);
  // What is set for an application that a customer's sources do not name is none of the customer's business.
  if (row === undefined || (!row.seen && scope.customer !== undefined)) return null;
  const model = narrowed(whole, key);
  const params = { ...scope, application: row.application };
  const { window, rows: covered, ...base } = reportOf("coverage", model, params);
  const failures = reportOf("failures", model, params);
  const offboarding = reportOf("offboarding", model, params);
  const joiners = reportOf("joiners", model, params);
  const movers = reportOf("movers", model, params);
  const reconciliation = reportOf("reconciliation", model, params);
  const { asOf, completeness, settings } = base;
  const { drift, outside, affectedPeople } = movers.summary;
  return {
    asOf,
    completeness,
    settings,
    application: row.application,
    sla: { hours: row.slaHours, isDefault: row.isDefault, setAt: row.setAt, setBy: row.setBy },
    window,
    coverage: rankless(covered[0]),
    accounts: accountsOf(model, params),
    failures: {
      summary: failures.summary,
      rows: failures.rows
        .filter(({ state }) => state !== "resolved")
        .slice(0, ROWS)
        .map((group) => ({ ...group, items: group.items.slice(0, ITEMS) })),
    },
    offboarding: {
      summary: offboarding.summary,
      rows: offboarding.rows.filter(({ openFor }) => openFor !== null).slice(0, ROWS),
    },
    joiners: {
      summary: joiners.summary,
      rows: joiners.rows.filter(({ openFor }) => openFor !== null).slice(0, ROWS),
    },
    drift: {
      summary: { drift, outside, affectedPeople },
      rows: movers.rows.filter(({ status }) => status === "open").slice(0, ROWS),
    },
    reconciliation: {
      looked: reconciliation.applications[0] ?? null,
      summary: reconciliation.summary,
      rows: reconciliation.rows.filter(({ closedAt }) => closedAt === null).slice(0, ROWS),
    },
    credentials: reportOf("dormant", model, params).credentials,
    holdings: holdingsOf(model, key),
  };
}

/** Where the application's events lie, when that is known to be few places; null: anywhere. */
async function segmentsOf(db: Db, workspace: string, key: string): Promise<number[] | null> {
  const { projection } = await storedProjection(db, workspace);
  const subjects = new Set(
    [
      ...projection.sightings.filter(({ application }) => application === key),
      ...projection.credentials.filter(({ application }) => applicationKey(application) === key),
    ].map(({ subject }) => subject),
  );
  if (subjects.size === 0 || subjects.size > LOOKED_UP_REFS) return null;
  const refs = (await readHoldingsOf(db.sql, workspace, [...subjects])).map(({ ref }) => ref);
  if (refs.length > LOOKED_UP_REFS) return null;
  return findSegments(db.sql, refs);
}

/**
 * A part of the application's events, the newest first. Read backwards from where the part begins, and no further than it
 * takes: segments overlap in time, so reading ends with the first that is older than all that is shown.
 * @param name of the application, in any spelling.
 */
export async function applicationEvents(
  db: Db,
  workspace: string,
  name: string,
  { customer }: Pick<Scope, "customer">,
  wish: TimelineWish,
): Promise<TimelinePart> {
  const own = { ...wish, application: applicationKey(name) };
  const until = Math.min(wish.to ?? Infinity, wish.after?.at ?? Infinity);
  const only = customer === undefined ? await segmentsOf(db, workspace, own.application) : null;
  let found: LoggedEvent[] = [];
  let read = 0;
  const scope = { customer, only, ...(until === Infinity ? {} : { to: until }) };
  for await (const { lastAt, events } of readSegmentsBack(db.sql, workspace, scope)) {
    // One more than is shown tells that there is a next part.
    const oldest = found[wish.limit];
    if (oldest !== undefined && lastAt < oldest.at) break;
    // What is not read yet is no later than this segment's end: up to there the part is whole.
    if (read >= SEGMENTS_A_PART && lastAt < until) {
      return leadingOn(
        found.filter((event) => event.at > lastAt),
        wish.limit,
        lastAt,
      );
    }
    read++;
    found.push(...events.filter((event) => isWished(own, event)));
    found = found.sort((a, b) => byEventOrder(b, a)).slice(0, wish.limit + 1);
  }
  return firstOf(found, wish.limit, null);
}
