/** Every page with the words that its heading has, for what looks at all of them. */
export const PAGES = [
  ["/", "Overview"],
  ["/coverage", "Coverage"],
  ["/coverage?view=people", "Coverage"],
  ["/coverage?by=customer", "Coverage"],
  ["/coverage?by=customer&view=people", "Coverage"],
  ["/coverage/plan", "Automation plan"],
  ["/failures", "Failures"],
  ["/failures?state=all", "Failures"],
  ["/offboarding", "Offboarding"],
  ["/reconciliation", "Reconciliation"],
  ["/joiners", "Joiners"],
  ["/movers", "Movers"],
  ["/movers?view=moves", "Movers"],
  ["/dormant", "Dormant"],
  ["/dormant?days=30", "Dormant"],
  ["/accounts", "Accounts"],
  ["/applications/Slack", "Application"],
  ["/reviews", "Reviews"],
  ["/reviews/new", "New review"],
  ["/alerts", "Alerts"],
  ["/alerts?channel=new", "Alerts"],
  ["/sources", "Sources"],
  ["/sources?scim=new", "Sources"],
  ["/sources?map=new", "Sources"],
  ["/sources?push=new", "Sources"],
  ["/links", "Who is who"],
  ["/evidence", "Evidence"],
  ["/evidence?schedule=new", "Evidence"],
  ["/access", "Access"],
  ["/access?member=new", "Access"],
  ["/access?token=new", "Access"],
  ["/shares", "Sharing"],
  ["/shares?share=new", "Sharing"],
  ["/audit", "Audit log"],
] as const;

/** The same without what only stands over a page or chooses its rows: for what a page has in common with its variants. */
export const PLAIN_PAGES = PAGES.filter(([path]) => !path.includes("?"));

/** Pages that show records, for what looks at them with records of its own. */
export const RECORD_PAGES = [
  "/",
  "/coverage",
  "/offboarding",
  "/joiners",
  "/movers",
  "/movers?view=moves",
  "/dormant",
  "/accounts",
  "/sources",
  "/links",
] as const;
