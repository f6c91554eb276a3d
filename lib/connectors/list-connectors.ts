/** Connectors as people are told of them: how each does, and in words why. No secret is among it. */
import type { Db } from "../../db/client.ts";
import { type ConnectorWork, readWork } from "../../db/queries/connector-work.ts";
import { readConnectors, type Connector as Stored } from "../../db/queries/connectors.ts";
import { iso, isoOrNull } from "../reports/base.ts";
import type {
  BackfillTold,
  ConnectorKind,
  ConnectorState,
  ConnectorsReport,
  ConnectorTold,
} from "../reports/contract.ts";
import { ConnectorProblem } from "./problem.ts";
import { CONNECTORS, connectorOf } from "./registry.ts";
import { shareDone } from "./windows.ts";

/** A connector whose last good run is so many turns ago does not keep up, whatever it says: no worker may be running. */
const TURNS = 3;
/** Turns of a minute are missed by every restart. */
const GRACE_MS = 120_000;

function stateOf(stored: Stored, live: ConnectorWork, now: number): ConnectorState {
  if (stored.paused) return "paused";
  if (live.setAsideAt !== null || live.failures > 0) return "failing";
  const late = now - (live.lastSuccessAt ?? stored.setAt) > TURNS * stored.everySeconds * 1000 + GRACE_MS;
  return live.caughtUp && !late ? "healthy" : "behind";
}

/** Up to when the log has what the vendor has; null while nothing was read. */
function upToOf(live: ConnectorWork): number | null {
  return live.caughtUp ? live.lastSuccessAt : live.newestAt;
}

function backfill(work: ConnectorWork): BackfillTold {
  const { windowFrom: from, windowTo: to, cursor, doneAt, setAsideAt } = work;
  return {
    id: work.work,
    from: iso(from ?? 0),
    to: iso(to ?? 0),
    share: shareDone({ from: from ?? 0, to: to ?? 0 }, cursor, doneAt !== null),
    state:
      doneAt !== null
        ? "done"
        : setAsideAt !== null
          ? "set-aside"
          : work.failures > 0
            ? "failing"
            : "running",
    records: work.records,
    lastError: work.lastError,
    doneAt: isoOrNull(doneAt),
  };
}

function told(stored: Stored, works: readonly ConnectorWork[], now: number): ConnectorTold {
  const live = works.find(({ windowFrom }) => windowFrom === null);
  if (live === undefined)
    throw new ConnectorProblem("unknown-connector", `${stored.name} was removed meanwhile.`);
  const upTo = upToOf(live);
  return {
    name: stored.name,
    kind: stored.kind,
    label: connectorOf(stored.kind).label,
    source: stored.source,
    customer: stored.customer,
    settings: stored.settings,
    everySeconds: stored.everySeconds,
    state: stateOf(stored, live, now),
    lagSeconds: upTo === null ? null : Math.max(Math.round((now - upTo) / 1000), 0),
    lastError: live.lastError,
    lastSuccessAt: isoOrNull(live.lastSuccessAt),
    nextRunAt: stored.paused || live.setAsideAt !== null ? null : iso(live.nextRunAt),
    newestAt: isoOrNull(live.newestAt),
    setAsideAt: isoOrNull(live.setAsideAt),
    records: works.reduce((sum, { records }) => sum + records, 0),
    setAt: iso(stored.setAt),
    setBy: stored.setBy,
    backfills: works.filter(({ windowFrom }) => windowFrom !== null).map(backfill),
  };
}

/** All connectors of the workspace, by their names. @param name of one alone. */
export async function listConnectors(
  db: Db,
  workspace: string,
  name: string | null = null,
  now = Date.now(),
): Promise<ConnectorTold[]> {
  const [stored, works] = await Promise.all([
    readConnectors(db.sql, workspace, name),
    readWork(db.sql, workspace),
  ]);
  return stored.map((one) =>
    told(
      one,
      works.filter(({ connector }) => connector === one.connector),
      now,
    ),
  );
}

/** The kinds of connectors that can be set up. */
const connectorKinds = (): ConnectorKind[] =>
  CONNECTORS.map(({ kind, label, everySeconds, days }) => ({ kind, label, everySeconds, days }));

/** All connectors of the workspace, and what else could be set up. */
export async function connectorsReport(db: Db, workspace: string): Promise<ConnectorsReport> {
  return { connectors: await listConnectors(db, workspace), kinds: connectorKinds() };
}
