/** JSON of the reports on accounts and credentials: dormant and accounts. */
import type { Provenance } from "../../lifecycle/types.ts";
import type { IsoTime, ReportBase } from "./base.ts";

export type DormantStatus = "dormant" | "never-used" | "zombie" | "orphan";
export type CredentialStatus = "active" | "unused" | "never-used" | "unrotated" | "owner-left" | "no-owner";

export interface DormantRow {
  application: string;
  account: string;
  userName: string | null;
  subject: string | null;
  status: DormantStatus;
  lastActivityAt: IsoTime | null;
  /** Whole days since the last activity, or since the account was first seen when it was never used. */
  idleDays: number | null;
}

export interface CredentialRow {
  id: string;
  name: string;
  owner: string | null;
  status: CredentialStatus;
  createdAt: IsoTime | null;
  lastUsedAt: IsoTime | null;
}

export interface DormantReport extends ReportBase {
  days: number;
  summary: Record<DormantStatus | "unknown", number>;
  rows: DormantRow[];
  /** Active accounts of applications for which no source reports activity. */
  unknown: { application: string; accounts: number }[];
  credentials: CredentialRow[];
}

export interface AccountRow {
  application: string;
  account: string;
  userName: string | null;
  /** The identity's user name; null when no source of truth knows one. */
  identity: string | null;
  subject: string | null;
  active: boolean;
  createdAt: IsoTime | null;
  lastEventAt: IsoTime;
  lastActivityAt: IsoTime | null;
  provenance: Provenance;
  /** The event that shows it. */
  provenanceEventId: string | null;
  entitlements: string[];
  /** The same entitlements, each with how, when and by which event it was granted. */
  grants: Grant[];
}

export interface Grant {
  name: string;
  provenance: Provenance;
  since: IsoTime;
  eventId: string;
}

export interface AccountsReport extends ReportBase {
  summary: { accounts: number; active: number };
  rows: AccountRow[];
}
