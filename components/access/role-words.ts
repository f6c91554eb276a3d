/** What roles and scopes are called, and what each lets somebody do; the rules are those of lib/auth/permissions.ts. */
import type { Role, Scope } from "../../lib/auth/permissions.ts";
import type { Choice } from "../ui/field.tsx";

const ROLE_WORDS: Record<Role, { word: string; means: string }> = {
  admin: { word: "Admin", means: "everything, also who may come in" },
  analyst: {
    word: "Analyst",
    means:
      "reads everything, adds records, says who is who, sorts failures, runs access reviews, makes evidence and tokens",
  },
  reviewer: { word: "Reviewer", means: "sees what is given to them to review, and no report" },
  auditor: {
    word: "Auditor",
    means: "reads everything and the audit log, makes evidence, changes nothing; up to a day that you set",
  },
  "customer-viewer": {
    word: "Customer viewer",
    means: "reads the records of one customer and makes evidence of them",
  },
};

const SCOPE_WORDS: Record<Scope, string> = {
  read: "reports, people and records",
  workspace: "the search, and who is who",
  ingest: "sending records in",
  decide: "saying who is who",
  triage: "acknowledging, assigning and snoozing failures, sending them to the ticket system",
  "see-reviews": "reading access reviews",
  review: "deciding the items of access reviews that are one's own",
  "run-reviews": "opening, exempting from and closing access reviews",
  settings: "what holds for applications and sources",
  evidence: "making evidence",
  audit: "reading the audit log",
  members: "letting people in, changing and shutting them out",
  share: "making and revoking links for people who are no members",
};

export const ROLE_CHOICES: readonly Choice[] = Object.entries(ROLE_WORDS).map(([value, words]) => ({
  value,
  ...words,
}));

/** What a role is called. */
export const roleWord = (role: Role): string => ROLE_WORDS[role].word;

/** The scopes that somebody can give, with a line each. */
export const scopeChoices = (scopes: readonly Scope[]): Choice[] =>
  scopes.map((scope) => ({ value: scope, word: scope, means: SCOPE_WORDS[scope] }));
