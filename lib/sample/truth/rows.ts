/** The shape of the truth. Rows carry the report's fields that the plan can know: no ids of events, no sentences. */
import type {
  AccountRow,
  Capability,
  CoverageCell,
  CoverageRow,
  CredentialRow,
  DormantRow,
  FailureRow,
  JoinerRow,
  JoinersReport,
  MoveRow,
  MoverRow,
  MoversReport,
  OffboardingReport,
  OffboardingRow,
} from "../../reports/contract.ts";
import type { Planted } from "../plan.ts";

/** Their order means nothing. */
export type TrueOffboardingRow = Pick<
  OffboardingRow,
  | "identity"
  | "application"
  | "account"
  | "leftAt"
  | "trigger"
  | "endedAt"
  | "latency"
  | "status"
  | "accessAfterLeaving"
>;

type TrueOffboardingSummary = Pick<
  OffboardingReport["summary"],
  | "leavers"
  | "steps"
  | "completed"
  | "early"
  | "open"
  | "failing"
  | "rehired"
  | "accessAfterLeaving"
  | "naive"
  | "kaplanMeier"
>;

export type TrueFailureRow = Pick<
  FailureRow,
  | "application"
  | "operation"
  | "errorClass"
  | "errorCode"
  | "httpStatus"
  | "attempts"
  | "affected"
  | "open"
  | "firstSeen"
  | "lastSeen"
  | "state"
>;

export type TrueCell = Pick<CoverageCell, "state" | "successes" | "failures" | "manual" | "lastEventAt">;

export type TrueCoverageRow = Pick<CoverageRow, "application" | "accounts" | "uncovered" | "rank"> & {
  cells: Record<Capability, TrueCell>;
};

export type TrueDormantRow = Pick<
  DormantRow,
  "application" | "account" | "userName" | "status" | "lastActivityAt" | "idleDays"
>;

export type TrueCredentialRow = Pick<CredentialRow, "id" | "name" | "owner" | "status" | "lastUsedAt">;

type TrueAccountRow = Pick<
  AccountRow,
  | "application"
  | "account"
  | "userName"
  | "identity"
  | "active"
  | "createdAt"
  | "lastEventAt"
  | "entitlements"
>;

export type TrueJoinerRow = Pick<
  JoinerRow,
  "identity" | "application" | "account" | "joinedAt" | "start" | "workingAt" | "latency" | "status"
>;

export type TrueMoverRow = Omit<MoverRow, "subject" | "eventId">;

export interface TrueMoveRow extends Pick<MoveRow, "identity" | "movedAt"> {
  changes: Pick<MoveRow["changes"][number], "what" | "from" | "to">[];
}

export interface SampleTruth {
  /** Milliseconds since 1970: the moment for which all of it holds. */
  asOf: number;
  offboarding: { summary: TrueOffboardingSummary; rows: TrueOffboardingRow[] };
  failures: { summary: { groups: number; open: number; affected: number }; rows: TrueFailureRow[] };
  coverage: { rows: TrueCoverageRow[] };
  dormant: {
    rows: TrueDormantRow[];
    unknown: { application: string; accounts: number }[];
    credentials: TrueCredentialRow[];
  };
  accounts: { rows: TrueAccountRow[] };
  joiners: { summary: Omit<JoinersReport["summary"], "firstAccount">; rows: TrueJoinerRow[] };
  movers: {
    summary: Pick<MoversReport["summary"], "movers" | "drift" | "outside" | "affectedPeople">;
    rows: TrueMoverRow[];
    moves: TrueMoveRow[];
  };
  /** What a reader may look for. */
  planted: Planted[];
}
