/** Which fields of the reports tell of a person. */
import type { CredentialRow, Grant } from "../reports/contract/accounts.ts";
import type { ReportBase, SourceCompleteness } from "../reports/contract/base.ts";
import type { MoveStep } from "../reports/contract/careers.ts";
import type { CoverageCell } from "../reports/contract/coverage.ts";
import type { OffboardingGroup } from "../reports/contract/offboarding.ts";
import type { ReconciliationRow, ReportName, Reports } from "../reports/contract.ts";
import type { Classes } from "./classes.ts";

const gap = { kind: "plain", from: "plain", to: "plain", why: "plain" } as const;

const source: Classes<SourceCompleteness> = {
  source: "plain",
  format: "plain",
  firstEventAt: "plain",
  lastEventAt: "plain",
  gaps: gap,
};

const base: Classes<ReportBase> = { asOf: "plain", completeness: { sources: source } };

const identity = { userName: "person", displayName: "person" } as const;

const grant: Classes<Grant> = { name: "plain", provenance: "plain", since: "plain", eventId: "plain" };

const credential: Classes<CredentialRow> = {
  id: "person",
  name: "person",
  owner: "person",
  status: "plain",
  createdAt: "plain",
  lastUsedAt: "plain",
};

const cell: Classes<CoverageCell> = {
  state: "plain",
  lastEventAt: "plain",
  lastEventId: "plain",
  why: "plain",
  trial: { kind: "plain", verdict: "plain", at: "plain", eventId: "plain" },
};

const group: Classes<OffboardingGroup> = { name: "plain" };

const sla = { application: "plain" } as const;

const step: Classes<MoveStep> = {
  application: "plain",
  account: "person",
  carriedAt: "plain",
  status: "plain",
  lastError: "words",
};

/** What is compared: whether an account is there or in a group, or a value of a person. */
const compared = ({ kind, what }: ReconciliationRow) =>
  kind === "attribute-drift" && what !== "department" ? "person" : "plain";

/** A department is many people's, a title or a manager tells who it is. */
const ofMany = (what: string) => (what === "department" || what === "group" ? "plain" : "person");

export const REPORT_CLASSES: { readonly [N in ReportName]: Classes<Reports[N]> } = {
  coverage: {
    ...base,
    window: { from: "plain", to: "plain" },
    customers: { customer: "plain" },
    slas: sla,
    rows: {
      customer: "plain",
      application: "plain",
      cells: { joiner: cell, mover: cell, roles: cell, leaver: cell },
    },
  },
  failures: {
    ...base,
    rows: {
      id: "plain",
      application: "plain",
      operation: "plain",
      errorClass: "plain",
      errorCode: "plain",
      message: "words",
      advice: "words",
      firstSeen: "plain",
      lastSeen: "plain",
      state: "plain",
      until: "plain",
      owner: "person",
      ownerId: "person",
      notes: { at: "plain", by: "person", text: "words" },
      remedy: "plain",
      items: {
        subject: "ref",
        userName: "person",
        account: "person",
        firstSeen: "plain",
        lastSeen: "plain",
        openSince: "plain",
        resolvedAt: "plain",
      },
    },
  },
  offboarding: {
    ...base,
    from: "plain",
    to: "plain",
    slas: sla,
    groups: { application: group, department: group, customer: group, month: group },
    scheduled: { identity, subject: "ref", leftAt: "plain", source: "plain" },
    rows: {
      identity,
      subject: "ref",
      application: "plain",
      account: "person",
      accountUserName: "person",
      leftAt: "plain",
      trigger: "plain",
      endedAt: "plain",
      status: "plain",
      lastAccessAfterLeavingAt: "plain",
      lastError: "words",
      leaverStatus: "plain",
      department: "plain",
      source: "plain",
      customer: "plain",
    },
  },
  dormant: {
    ...base,
    rows: {
      application: "plain",
      account: "person",
      userName: "person",
      subject: "ref",
      status: "plain",
      lastActivityAt: "plain",
    },
    unknown: { application: "plain" },
    credentials: credential,
  },
  accounts: {
    ...base,
    rows: {
      application: "plain",
      account: "person",
      userName: "person",
      identity: "person",
      subject: "ref",
      createdAt: "plain",
      lastEventAt: "plain",
      lastActivityAt: "plain",
      provenance: "plain",
      provenanceEventId: "plain",
      entitlements: "plain",
      grants: grant,
    },
  },
  joiners: {
    ...base,
    from: "plain",
    to: "plain",
    rows: {
      identity,
      subject: "ref",
      application: "plain",
      account: "person",
      accountUserName: "person",
      joinedAt: "plain",
      start: "plain",
      workingAt: "plain",
      status: "plain",
      lastError: "words",
    },
  },
  movers: {
    ...base,
    from: "plain",
    to: "plain",
    rows: {
      identity,
      subject: "ref",
      application: "plain",
      account: "person",
      entitlement: "plain",
      kind: "plain",
      movedAt: "plain",
      change: ({ kind }) => (kind === "title" ? "words" : "plain"),
      grantedAt: "plain",
      removedAt: "plain",
      status: "plain",
      provenance: "plain",
      eventId: "plain",
    },
    moves: {
      identity,
      subject: "ref",
      movedAt: "plain",
      steps: step,
      changes: {
        what: "plain",
        from: ({ what }) => ofMany(what),
        to: ({ what }) => ofMany(what),
        at: "plain",
        eventId: "plain",
      },
    },
  },
  reconciliation: {
    ...base,
    from: "plain",
    to: "plain",
    rows: {
      id: "plain",
      application: "plain",
      account: "person",
      userName: "person",
      subject: "ref",
      kind: "plain",
      what: "plain",
      expected: compared,
      found: compared,
      expectedEventId: "plain",
      foundEventId: "plain",
      openedAt: "plain",
      closedAt: "plain",
      state: "plain",
      until: "plain",
      owner: "person",
      ownerId: "person",
      notes: { at: "plain", by: "person", text: "words" },
    },
    applications: {
      application: "plain",
      how: "plain",
      readAt: "plain",
      why: "words",
      completeAt: "plain",
      trend: { at: "plain" },
    },
  },
  completeness: {
    ...base,
    rows: { ...source, customer: "plain", nothingSince: "plain", beginning: "plain" },
  },
  overview: { ...base, rows: { question: "plain", figure: "plain", unit: "plain", better: "plain" } },
};
