/** Everything known of one application: the reports on it, and its events. */
import type { Db } from "../../db/client.ts";
import { findSegments, readSegmentsBack } from "../../db/log/read.ts";
import { readHoldingsOf } from "../../db/queries/links.ts";
import type { LoggedEvent } from "../ingest/event.ts";
import { byEventOrder } from "../lifecycle/order.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { Provenance, SubjectId } from "../lifecycle/types.ts";
import { type ApplicationRow, applicationRows } from "./applications.ts";
import type {
  AccountRow,
  ApplicationReport,
  CoverageRow,
  CredentialRow,
  FailureRow,
  Holding,
  JoinerRow,
  MoverRow,
  OffboardingRow,
  ReconciliationRow,
  ReportParams,
  TimelinePart,
} from "./contract.ts";
import { byStatus, credentialRows, dormantContext } from "./dormant.ts";
import { type ApplicationDocument, keptDocument } from "./editions/documents.ts";
import { isKept } from "./editions/large.ts";
import { arrays, type NewList, type Rows, topList } from "./fold.ts";
import { type About, loadModel, type ModelPart } from "./model.ts";
import { foldOf } from "./run.ts";
import { SETTINGS } from "./settings.ts";
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

/** What active accounts of the application hold, the most held first; taken a part of the people at a time. */
class Holdings {
  private readonly held = new Map<string, Holding>();

  /** @param part of the application's rows alone. */
  take({ accounts, entitlements }: ModelPart): void {
    const active = new Set(
      accounts.filter((row) => row.active).map(({ subject, account }) => `${subject}\u0000${account}`),
    );
    for (const { name, heldUntil, provenance, subject, account } of entitlements) {
      if (heldUntil !== null || !active.has(`${subject}\u0000${account}`)) continue;
      const known = this.held.get(name) ?? { name, holders: 0, notByScim: 0 };
      known.holders++;
      if (provenance !== "scim") known.notByScim++;
      this.held.set(name, known);
    }
  }

  result(): Holding[] {
    return [...this.held.values()].sort((a, b) => b.holders - a.holders || (a.name < b.name ? -1 : 1));
  }
}

/** How many accounts there are of each kind. Rows are looked at as they come, and not kept. */
class AccountTally {
  private total = 0;
  private active = 0;
  private readonly people = new Set<string | null>();
  private readonly provenance: Record<Provenance, number> = {
    scim: 0,
    jit: 0,
    "by-hand": 0,
    bespoke: 0,
    import: 0,
    unknown: 0,
  };

  add(row: AccountRow): void {
    this.total++;
    if (!row.active) return;
    this.active++;
    this.people.add(row.subject);
    this.provenance[row.provenance]++;
  }

  result(): Omit<ApplicationReport["accounts"], "dormant"> {
    return {
      total: this.total,
      active: this.active,
      people: this.people.size,
      provenance: this.provenance,
    };
  }
}

/** The lists whose rows are each of one application. */
const LISTS = [
  "accounts",
  "steps",
  "failures",
  "coverage",
  "credentials",
  "entitlements",
  "joinerSteps",
  "drift",
  "sightings",
  "differences",
] as const;

type Lists = Pick<ModelPart, (typeof LISTS)[number]>;

const noLists = () => Object.fromEntries(LISTS.map((list) => [list, []])) as unknown as Lists;

/** Credentials name theirs by its label, all else by its key. */
const keyIn = (list: (typeof LISTS)[number], { application }: { application: string }): string =>
  list === "credentials" ? applicationKey(application) : application;

/** The rows of each application that has any: no report on it reads others. */
export function byApplication(part: ModelPart): Map<string, ModelPart> {
  const all = new Map<string, ModelPart>();
  for (const list of LISTS) {
    for (const row of part[list]) {
      const key = keyIn(list, row);
      let own = all.get(key);
      if (own === undefined) {
        own = { ...part, ...noLists() };
        all.set(key, own);
      }
      (own[list] as unknown[]).push(row);
    }
  }
  return all;
}

/** The rows of one application alone. */
function narrowed(part: ModelPart, key: string): ModelPart {
  const own = noLists();
  for (const list of LISTS)
    for (const row of part[list]) if (keyIn(list, row) === key) (own[list] as unknown[]).push(row);
  return { ...part, ...own };
}

const someOf = <Row>(rows: Rows<Row>, isWanted: (row: Row) => boolean): Row[] => {
  const some: Row[] = [];
  for (const row of rows) if (some.length < ROWS && isWanted(row)) some.push(row);
  return some;
};

/** What is told of an application, worked out a part of the people at a time. Of its lists no more is kept than it shows. */
export function applicationFold(about: About, key: string) {
  // Folds ask for the application by its key or any spelling.
  const params = { application: key };
  const tally = new AccountTally();
  const open = topList(ROWS);
  const counted: NewList = () => ({ add: (row) => tally.add(row as AccountRow), sorted: () => [] });
  const folds = {
    accounts: foldOf("accounts", about, params, counted),
    coverage: foldOf("coverage", about, params, arrays),
    failures: foldOf("failures", about, params, arrays),
    offboarding: foldOf("offboarding", about, params, open),
    joiners: foldOf("joiners", about, params, open),
    movers: foldOf("movers", about, params, open),
    reconciliation: foldOf("reconciliation", about, params, open),
    dormant: foldOf("dormant", about, params, topList(0)),
  };
  const context = dormantContext(about, SETTINGS.dormantDays);
  const credentials: CredentialRow[] = [];
  const holdings = new Holdings();
  return {
    /** @param part of the application's rows alone ({@link narrowed}). */
    take(part: ModelPart): void {
      for (const fold of Object.values(folds)) fold.take(part);
      holdings.take(part);
      credentials.push(...credentialRows(part, part.credentials, context));
    },
    /** @param row of the application among all. */
    result(row: ApplicationRow): ApplicationReport {
      const { window, rows: covered, ...base } = folds.coverage.result();
      const failures = folds.failures.result();
      const offboarding = folds.offboarding.result();
      const joiners = folds.joiners.result();
      const movers = folds.movers.result();
      const reconciliation = folds.reconciliation.result();
      const dormant = folds.dormant.result();
      const { asOf, completeness, settings } = base;
      const { drift, outside, affectedPeople } = movers.summary;
      const [first] = covered;
      const [looked = null] = reconciliation.applications;
      return {
        asOf,
        completeness,
        settings,
        application: row.application,
        sla: { hours: row.slaHours, isDefault: row.isDefault, setAt: row.setAt, setBy: row.setBy },
        window,
        coverage: rankless(first),
        accounts: { ...tally.result(), dormant: dormant.summary },
        failures: {
          summary: failures.summary,
          rows: someOf<FailureRow>(failures.rows, ({ state }) => state !== "resolved").map((group) => ({
            ...group,
            items: group.items.slice(0, ITEMS),
          })),
        },
        offboarding: {
          summary: offboarding.summary,
          rows: someOf<OffboardingRow>(offboarding.rows, ({ openFor }) => openFor !== null),
        },
        joiners: {
          summary: joiners.summary,
          rows: someOf<JoinerRow>(joiners.rows, ({ openFor }) => openFor !== null),
        },
        drift: {
          summary: { drift, outside, affectedPeople },
          rows: someOf<MoverRow>(movers.rows, ({ status }) => status === "open"),
        },
        reconciliation: {
          looked,
          summary: reconciliation.summary,
          rows: someOf<ReconciliationRow>(reconciliation.rows, ({ closedAt }) => closedAt === null),
        },
        // All of them: the page tells none else.
        credentials: credentials.sort(byStatus),
        holdings: holdings.result(),
      };
    },
  };
}

const keptApplication = async (db: Db, workspace: string, key: string, { asOf }: Scope) =>
  (await keptDocument<ApplicationDocument>(db, workspace, "application", { asOf, application: key })).content;

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
  if (await isKept(db, workspace, scope)) return (await keptApplication(db, workspace, key, scope)).report;
  const model = await loadModel(db, workspace, scope);
  const row = applicationRows(model).find(({ application }) => applicationKey(application) === key);
  // What is set for an application that a customer's sources do not name is none of the customer's business.
  if (row === undefined || (!row.seen && scope.customer !== undefined)) return null;
  const fold = applicationFold(model, key);
  fold.take(narrowed(model, key));
  return fold.result(row);
}

/** Who was seen in the application; null: too many to look for each. */
async function subjectsOf(db: Db, workspace: string, key: string): Promise<SubjectId[] | null> {
  if (await isKept(db, workspace, {})) return (await keptApplication(db, workspace, key, {})).subjects;
  const { projection } = await storedProjection(db, workspace);
  const subjects = new Set(
    [
      ...projection.sightings.filter(({ application }) => application === key),
      ...projection.credentials.filter(({ application }) => applicationKey(application) === key),
    ].map(({ subject }) => subject),
  );
  return subjects.size > LOOKED_UP_REFS ? null : [...subjects];
}

/** Where the application's events lie, when that is known to be few places; null: anywhere. */
async function segmentsOf(db: Db, workspace: string, key: string): Promise<number[] | null> {
  const subjects = await subjectsOf(db, workspace, key);
  if (subjects === null || subjects.length === 0) return null;
  const refs = (await readHoldingsOf(db.sql, workspace, subjects)).map(({ ref }) => ref);
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
