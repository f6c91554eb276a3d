/** JSON of one application. */
import type { Provenance } from "../../lifecycle/types.ts";
import type { CredentialRow, DormantReport } from "./accounts.ts";
import type { IsoTime, ReportBase } from "./base.ts";
import type { JoinerRow, JoinersReport, MoverRow, MoversReport } from "./careers.ts";
import type { CoverageReport, CoverageRow } from "./coverage.ts";
import type { FailureRow, FailuresReport } from "./failures.ts";
import type { OffboardingReport, OffboardingRow } from "./offboarding.ts";
import type { ReconciledApplication, ReconciliationReport, ReconciliationRow } from "./reconciliation.ts";

/** A group, role or licence with how many active accounts hold it. */
export interface Holding {
  name: string;
  holders: number;
  /** Of them, those to whom provisioning did not grant it. */
  notByScim: number;
}

/** Everything known of one application. Of rows, those that are open, the most urgent 20; the reports have all. */
export interface ApplicationReport extends ReportBase {
  application: string;
  /** How soon leavers' accounts end; when and by whom that was set, null for the default. */
  sla: { hours: number; isDefault: boolean; setAt: IsoTime | null; setBy: string | null };
  window: CoverageReport["window"];
  /** Null when records name it only beside a credential. */
  coverage: Omit<CoverageRow, "rank"> | null;
  accounts: {
    total: number;
    active: number;
    /** People with an active account. */
    people: number;
    /** Active ones, by how they were made. */
    provenance: Record<Provenance, number>;
    dormant: DormantReport["summary"];
  };
  failures: { summary: FailuresReport["summary"]; rows: FailureRow[] };
  offboarding: { summary: OffboardingReport["summary"]; rows: OffboardingRow[] };
  joiners: { summary: JoinersReport["summary"]; rows: JoinerRow[] };
  drift: { summary: Pick<MoversReport["summary"], "drift" | "outside" | "affectedPeople">; rows: MoverRow[] };
  /** What it shows itself, and where that differs; `looked` is null while nobody has looked at it. */
  reconciliation: {
    looked: ReconciledApplication | null;
    summary: ReconciliationReport["summary"];
    rows: ReconciliationRow[];
  };
  /** Those not revoked, with their owners. */
  credentials: CredentialRow[];
  /** What active accounts hold, the most held first. */
  holdings: Holding[];
}
