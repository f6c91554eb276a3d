/** Who may do what. */

/** What a person can be here; `docs/access.md` says it in words. */
export const ROLES = ["admin", "analyst", "reviewer", "auditor", "customer-viewer"] as const;
export type Role = (typeof ROLES)[number];

/** What an API token can be given; each is the permission of that name. */
export const SCOPES = [
  "read",
  "workspace",
  "ingest",
  "decide",
  "triage",
  "see-reviews",
  "review",
  "run-reviews",
  "settings",
  "evidence",
  "audit",
  "members",
  "share",
] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * `own`: what everybody may do with what is theirs alone (their session, their theme); `read`: reports and records;
 * `workspace`: what is known of all customers together, the search and who is who; `ingest`; `decide`: who is who; `triage`: what becomes of failures;
 * `see-reviews`: access reviews, of a reviewer the own items alone; `review`: deciding the items that are one's own; `run-reviews`: opening and closing them; `settings`: what holds for
 * applications and sources; `evidence`: packs; `tokens`: tokens of one's own; `audit`: reading who did what; `members`: who may come in; `share`: links for people who are no members;
 * `operate`: the sample, the rebuild, where tickets go, applications' SCIM services, live sources, rules and
 * channels of alerts, sources that provision by SCIM.
 */
export const PERMISSIONS = ["own", ...SCOPES, "tokens", "operate"] as const;
export type Permission = (typeof PERMISSIONS)[number];

const MAY: Record<Role, readonly Permission[]> = {
  admin: PERMISSIONS,
  analyst: [
    "own",
    "read",
    "workspace",
    "ingest",
    "decide",
    "triage",
    "see-reviews",
    "review",
    "run-reviews",
    "settings",
    "evidence",
    "tokens",
  ],
  reviewer: ["own", "see-reviews", "review"],
  auditor: ["own", "read", "workspace", "see-reviews", "evidence", "audit"],
  "customer-viewer": ["own", "read", "evidence"],
};

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

/** Whether the role has the permission. */
export const may = (role: Role, permission: Permission): boolean => MAY[role].includes(permission);
