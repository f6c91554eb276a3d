/** What each figure is called, and the rows behind it. */
import type { OverviewFigure } from "../../lib/reports/contract.ts";

export const FIGURES: Record<OverviewFigure, { label: string; href: string }> = {
  "accounts-covered": { label: "Accounts covered", href: "/coverage" },
  "applications-uncovered": { label: "Without any", href: "/coverage?state=uncovered" },
  "capabilities-degraded": { label: "Failing or late", href: "/coverage?state=degraded" },
  "leavers-in-time": { label: "Leavers in time", href: "/offboarding?show=done" },
  "accounts-open": { label: "Accounts still open", href: "/offboarding?show=unfinished" },
  "leavers-with-access": { label: "Used after leaving", href: "/offboarding?show=access" },
  "half-within": { label: "Half closed within", href: "/offboarding" },
  "most-within": { label: "95 % closed within", href: "/offboarding" },
  "causes-open": { label: "Open causes", href: "/failures?state=open" },
  "items-open": { label: "Accounts not right", href: "/failures?state=open" },
  zombies: { label: "Zombie", href: "/dormant?status=zombie" },
  orphans: { label: "Orphan", href: "/dormant?status=orphan" },
  dormant: { label: "Dormant", href: "/dormant?status=dormant" },
  "never-used": { label: "Never used", href: "/dormant?status=never-used" },
  records: { label: "Records", href: "/sources" },
  "records-rejected": { label: "Could not be read", href: "/sources#rejected" },
  gaps: { label: "Gaps", href: "/sources#gaps" },
};
