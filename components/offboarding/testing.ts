/** A step of Alice's, for tests. */
import type { OffboardingRow } from "../../lib/reports/contract.ts";

/** A completed step; what differs is given. */
export const step = (part: Partial<OffboardingRow>): OffboardingRow => ({
  identity: { userName: "alice@larkspur.example", displayName: "Alice" },
  subject: "alice",
  application: "Wiki",
  account: "a1",
  accountUserName: null,
  leftAt: "2026-03-01T09:00:00.000Z",
  trigger: "deactivate",
  endedAt: null,
  latency: null,
  status: "completed",
  accessAfterLeaving: false,
  lastAccessAfterLeavingAt: null,
  openFor: null,
  breached: false,
  lastError: null,
  leaverStatus: "in-time",
  slaSeconds: 86_400,
  department: null,
  source: "okta",
  customer: null,
  ...part,
});
