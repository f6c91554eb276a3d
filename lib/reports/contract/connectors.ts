/** Live sources: connectors, how each does, and their backfills. */
import type { IsoTime } from "./base.ts";

/** Healthy: it has what the vendor has. Behind: it is getting there. Failing: somebody must act. */
export type ConnectorState = "healthy" | "behind" | "failing" | "paused";

export interface BackfillTold {
  id: string;
  from: IsoTime;
  to: IsoTime;
  /** 0 to 1. */
  share: number;
  state: "running" | "failing" | "set-aside" | "done";
  records: number;
  lastError: string | null;
  doneAt: IsoTime | null;
}

export interface ConnectorTold {
  name: string;
  kind: string;
  label: string;
  source: string;
  customer: string | null;
  /** Without the secret, which is told to nobody. */
  settings: Record<string, unknown>;
  everySeconds: number;
  state: ConnectorState;
  /** How far the log is behind the vendor; null while nothing was read. */
  lagSeconds: number | null;
  /** What went wrong last, or what it waits for, in a sentence; null where the last run went well. */
  lastError: string | null;
  lastSuccessAt: IsoTime | null;
  /** Null where it does not run. */
  nextRunAt: IsoTime | null;
  /** Time of the newest record that it brought. */
  newestAt: IsoTime | null;
  /** Since when it is set aside: tried again and again without getting on, it waits for somebody to say so. */
  setAsideAt: IsoTime | null;
  /** Records that were new to the log. */
  records: number;
  setAt: IsoTime;
  setBy: string;
  backfills: BackfillTold[];
}

/** A kind of connector that can be set up. */
export interface ConnectorKind {
  kind: string;
  label: string;
  everySeconds: number;
  /** How many days back the vendor keeps records; null where there is no past to fetch. */
  days: number | null;
}

export interface ConnectorsReport {
  connectors: ConnectorTold[];
  kinds: ConnectorKind[];
}
