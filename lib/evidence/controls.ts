/**
 * Which files of a pack answer which part of a control, and what they don't answer. Titles and words are our own; the
 * controls themselves: AICPA Trust Services Criteria CC6.1 to CC6.3, ISO/IEC 27001:2022 Annex A, NIST SP 800-53 revision 5
 * (AC-2), PCI DSS 4.0 requirement 8.2, and 45 CFR 164.308 (HIPAA).
 */
import type { Manifest } from "./manifest.ts";

type Framework =
  | "SOC 2"
  | "ISO/IEC 27001:2022"
  | "NIST SP 800-53 rev. 5"
  | "PCI DSS 4.0"
  | "HIPAA Security Rule";

interface Answer {
  /** Paths in the pack; one that ends in `/` stands for all files of that folder. */
  files: readonly string[];
  what: string;
}

interface Control {
  framework: Framework;
  id: string;
  title: string;
  answers: readonly Answer[];
  /** What somebody who has to show the control still needs from elsewhere. */
  notAnswered: string;
}

/** One control against one pack. */
export interface ControlRow {
  framework: Framework;
  id: string;
  title: string;
  /** `withdrawn`: the standard's own word; nothing has to be shown. */
  coverage: "partly" | "not answered" | "withdrawn";
  answers: { files: string[]; what: string }[];
  notAnswered: string;
}

const report = (name: string): string[] => [`reports/${name}.csv`, `reports/${name}.json`];

const ACCOUNTS: Answer = {
  files: report("accounts"),
  what: "Every account with its state, where it came from, and each group and role with how and when it was granted.",
};
const ORPHANS: Answer = {
  files: report("dormant"),
  what: "Active accounts of people who have left and of nobody, and accounts that nobody uses.",
};
const RECONCILED: Answer = {
  files: report("reconciliation"),
  what: "Of the applications that were looked at: accounts that are otherwise there than the sources of truth and the log say.",
};
const CREDENTIALS: Answer = {
  files: ["reports/dormant.json"],
  what: "Keys and tokens that are unused, not replaced for a year, or whose owner has left.",
};
const JOINERS: Answer = {
  files: report("joiners"),
  what: "For each joiner and application, when the account first worked.",
};
const MOVERS: Answer = {
  files: report("movers"),
  what: "For each change of department, title or manager, whether it reached the applications, and what was kept that it should have taken away.",
};
const LEAVERS: Answer = {
  files: report("offboarding"),
  what: "For each leaver and account, when access ended after the person left, what is still open, and any use after leaving.",
};
const COVERAGE: Answer = {
  files: report("coverage"),
  what: "For each application, whether joining, moving, roles and leaving are carried out by provisioning, and the newest event that shows it.",
};
const FAILURES: Answer = {
  files: report("failures"),
  what: "Provisioning that failed, by cause, with whom it left behind and how long.",
};
const REVIEWS: Answer = {
  files: ["reviews/"],
  what: "Each access review: what was reviewed, who decided what and how, and which revokes an event shows to be done.",
};
const AUDIT: Answer = {
  files: ["audit.csv"],
  what: "Who decided and changed what in Rollcall itself, with what was there before and after.",
};
const RECORDS: Answer = {
  files: ["records/"],
  what: "The sources' own records behind every answer, byte for byte.",
};

const CONTROLS: readonly Control[] = [
  {
    framework: "SOC 2",
    id: "CC6.1",
    title: "Access to systems and data is protected",
    answers: [ACCOUNTS, COVERAGE, CREDENTIALS],
    notAnswered:
      "How people prove who they are, how networks and data are protected, and what each application lets a role do.",
  },
  {
    framework: "SOC 2",
    id: "CC6.2",
    title: "Users are registered and approved before they get access, and lose it when it is no longer due",
    answers: [JOINERS, LEAVERS, ORPHANS, RECONCILED, CREDENTIALS, RECORDS],
    notAnswered: "Who approved an account before it was made: provisioning logs don't tell.",
  },
  {
    framework: "SOC 2",
    id: "CC6.3",
    title: "Access follows a person's role and changes with it",
    answers: [MOVERS, LEAVERS, ACCOUNTS, REVIEWS],
    notAnswered:
      "Whether roles grant no more than the work needs, and whether duties that must be apart are apart: reviewers judge that.",
  },
  {
    framework: "ISO/IEC 27001:2022",
    id: "A.5.15",
    title: "Rules for access are set and carried out",
    answers: [COVERAGE, FAILURES, REVIEWS],
    notAnswered: "The rules themselves, and access to rooms and networks.",
  },
  {
    framework: "ISO/IEC 27001:2022",
    id: "A.5.16",
    title: "Identities are managed from their beginning to their end",
    answers: [ACCOUNTS, JOINERS, LEAVERS, ORPHANS, RECONCILED, RECORDS],
    notAnswered:
      "How a person's identity was checked before it was registered, and who may use an account that several people share.",
  },
  {
    framework: "ISO/IEC 27001:2022",
    id: "A.5.17",
    title: "Passwords, keys and other secrets are managed",
    answers: [CREDENTIALS],
    notAnswered:
      "Passwords and second factors: how they are handed out, how strong they are, how they are kept. Of keys and tokens, those that no source reports.",
  },
  {
    framework: "ISO/IEC 27001:2022",
    id: "A.5.18",
    title: "Access rights are given, reviewed, changed and taken away",
    answers: [JOINERS, MOVERS, LEAVERS, ACCOUNTS, REVIEWS, AUDIT],
    notAnswered: "Whether the owner of what is accessed agreed before access was given.",
  },
  {
    framework: "ISO/IEC 27001:2022",
    id: "A.8.2",
    title: "Privileged access is limited and watched",
    answers: [
      {
        files: report("accounts"),
        what: "Who holds which groups and roles, how and when each was granted: the privileged ones among them.",
      },
      REVIEWS,
    ],
    notAnswered:
      "Which groups and roles are privileged: Rollcall doesn't know and marks none. What was done with them.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2",
    title: "Account management",
    answers: [ACCOUNTS, JOINERS, MOVERS, LEAVERS, ORPHANS, RECONCILED, REVIEWS, RECORDS],
    notAnswered:
      "Which kinds of accounts are allowed, who manages them, who approves them, and whether managers were told of changes in time.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(1)",
    title: "Accounts are managed by automated means",
    answers: [COVERAGE, FAILURES],
    notAnswered: "Automated means that leave no record at any source of this pack.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(2)",
    title: "Temporary and emergency accounts end by themselves",
    answers: [],
    notAnswered: "Not at all: no source says which accounts are temporary or for emergencies.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(3)",
    title: "Accounts that are expired, unowned, unused or against the rules are disabled",
    answers: [ORPHANS, RECONCILED, LEAVERS],
    notAnswered:
      "Accounts that expired by a date of their own, and those against rules that Rollcall doesn't know. Where no source reports sign-ins, use is unknown.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(4)",
    title: "Changes of accounts are recorded automatically",
    answers: [RECORDS, AUDIT, { files: report("completeness"), what: "Where those records have gaps." }],
    notAnswered: "Changes made where no source watches.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(5)",
    title: "Users log out when they are away",
    answers: [],
    notAnswered: "Not at all: sessions are not in the pack.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(6)",
    title: "Privileges are managed while in use",
    answers: [],
    notAnswered: "Not at all.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(7)",
    title: "Privileged accounts follow roles or attributes, are watched, and end when they are no longer due",
    answers: [
      { files: report("accounts"), what: "Who holds which groups and roles, how and when each was granted." },
      MOVERS,
      REVIEWS,
    ],
    notAnswered: "Which groups and roles are privileged, and the scheme by which they are assigned.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(8)",
    title: "Accounts are made and ended at the moment of need",
    answers: [
      {
        files: report("accounts"),
        what: "Which accounts were made at a first sign-in, and which by provisioning.",
      },
    ],
    notAnswered: "Whether accounts made so are the ones that the rules allow to be made so.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(9)",
    title: "Shared accounts are limited",
    answers: [
      {
        files: report("dormant"),
        what: "Accounts that belong to no identity, shared ones among them.",
      },
    ],
    notAnswered: "Which accounts are shared, and on which conditions they may be.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(10)",
    title: "Secrets of shared accounts change when a member goes",
    answers: [],
    notAnswered: "Withdrawn in revision 5: now a part of AC-2 itself. The pack doesn't answer it there.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(11)",
    title: "Accounts are used under set conditions only",
    answers: [],
    notAnswered: "Not at all: conditions of use are kept by the applications and the identity provider.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(12)",
    title: "Unusual use is watched for",
    answers: [
      { files: report("offboarding"), what: "Sign-ins and tokens used after their person had left." },
    ],
    notAnswered: "Every other unusual use.",
  },
  {
    framework: "NIST SP 800-53 rev. 5",
    id: "AC-2(13)",
    title: "Accounts of people who are a danger are disabled soon",
    answers: [],
    notAnswered:
      "Not at all: no source says who was found to be a danger. How soon leavers lose access is in reports/offboarding.",
  },
  {
    framework: "PCI DSS 4.0",
    id: "8.2.4",
    title: "Adding, changing and removing user ids and their secrets is managed",
    answers: [JOINERS, MOVERS, LEAVERS, ACCOUNTS, RECORDS, AUDIT],
    notAnswered: "That each change was approved, and gave no more than was approved.",
  },
  {
    framework: "PCI DSS 4.0",
    id: "8.2.5",
    title: "Leavers lose access at once",
    answers: [LEAVERS, CREDENTIALS],
    notAnswered:
      "Cards, keys and tokens that people hold in their hands. Applications that no source of this pack watches.",
  },
  {
    framework: "PCI DSS 4.0",
    id: "8.2.6",
    title: "Accounts unused for 90 days are removed or disabled",
    answers: [ORPHANS, RECONCILED],
    notAnswered: "Accounts of applications that report no sign-ins: they are listed as unknown.",
  },
  {
    framework: "HIPAA Security Rule",
    id: "164.308(a)(3)(ii)(C)",
    title: "Access to health data ends when the work does",
    answers: [LEAVERS, ORPHANS, RECONCILED, REVIEWS],
    notAnswered:
      "The written procedure, and which of the applications hold health data. Access on paper and in rooms.",
  },
];

const WITHDRAWN = new Set(["AC-2(10)"]);

const isThere = (file: string, files: readonly string[]): boolean =>
  files.some((path) => (file.endsWith("/") ? path.startsWith(file) : path === file));

/** Says of what a pack lacks that it lacks it, since the control's own words count on it. */
const missing = (answers: readonly Answer[]): string =>
  answers.length === 0
    ? ""
    : ` This pack does not have ${[...new Set(answers.flatMap(({ files }) => files))].join(", ")}, which would answer a part.`;

/**
 * Every control, in the order of the frameworks, with the files that a pack really has.
 * @param files the paths of the pack's files.
 */
export function controlMapping(files: readonly string[]): ControlRow[] {
  return CONTROLS.map(({ framework, id, title, answers, notAnswered }) => {
    const kept = answers
      .map(({ files: named, what }) => ({ files: named.filter((file) => isThere(file, files)), what }))
      .filter((answer) => answer.files.length > 0);
    const lost = answers.filter((answer) => !answer.files.some((file) => isThere(file, files)));
    return {
      framework,
      id,
      title,
      coverage: WITHDRAWN.has(id) ? "withdrawn" : kept.length === 0 ? "not answered" : "partly",
      answers: kept,
      notAnswered: notAnswered + missing(lost),
    };
  });
}

/** The columns of `controls.csv`: a line for each answer, and one for a control without any. */
export const CONTROL_COLUMNS = [
  "framework",
  "id",
  "title",
  "coverage",
  "files",
  "what",
  "notAnswered",
] as const;

/** The rows of `controls.csv`. */
export function controlLines(
  rows: readonly ControlRow[],
): Record<(typeof CONTROL_COLUMNS)[number], string>[] {
  return rows.flatMap(({ framework, id, title, coverage, answers, notAnswered }) => {
    const control = { framework, id, title, coverage };
    const lines = answers.map(({ files, what }) => ({ files: files.join("; "), what }));
    return (lines.length === 0 ? [{ files: "", what: "" }] : lines).map((line) => ({
      ...control,
      ...line,
      notAnswered,
    }));
  });
}

/** `controls.json`. */
export const controlsJson = (about: Pick<Manifest, "asOf" | "scope">, rows: readonly ControlRow[]): string =>
  `${JSON.stringify(
    {
      asOf: about.asOf,
      scope: about.scope,
      note: "Which files of this pack answer which part of a control, and what they don't answer. No control is claimed to be met: that is for whoever audits.",
      controls: rows,
    },
    null,
    2,
  )}\n`;
