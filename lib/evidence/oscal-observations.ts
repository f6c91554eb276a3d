/** What a pack shows, one observation for each report and for each kind of finding: the content of its OSCAL document. */
import type { PackDigest } from "./digest.ts";

/** What was looked at, and what was found if it is something that should not be. */
export interface Observation {
  name: string;
  title: string;
  description: string;
  files: string[];
  /** Named, they become properties. */
  figures: Record<string, number>;
  finding?: { count: number; statement: string; target: string; risk: string };
}

const both = (name: string): string[] => [`reports/${name}.json`, `reports/${name}.csv`];
const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

function offboardingObservations({ offboarding, dormant }: PackDigest): Observation[] {
  const { summary, unfinished } = offboarding;
  const ownerLeft = dormant.credentials["owner-left"];
  return [
    {
      name: "offboarding",
      title: "How soon leavers lose access",
      description: `${counted(summary.leavers, "leaver")} with ${counted(summary.steps, "account or credential", "accounts and credentials")} to end; ${summary.completed + summary.early} have ended, ${summary.open + summary.failing} have not.`,
      files: both("offboarding"),
      figures: { leavers: summary.leavers, steps: summary.steps, breached: summary.breached },
    },
    {
      name: "offboarding-past-sla",
      title: "Access of leavers still open past its SLA",
      description: `${counted(unfinished.pastSla, "account or credential", "accounts and credentials")} of leavers have no end, and the SLA has passed.`,
      files: both("offboarding"),
      figures: { count: unfinished.pastSla },
      finding: {
        count: unfinished.pastSla,
        statement: "Access of people who have left is still open, longer than it may be.",
        target: "ac-2_smt.l",
        risk: "Somebody who has left, or whoever has their password, still gets in.",
      },
    },
    {
      name: "access-after-leaving",
      title: "Access used after its person had left",
      description: `Of ${counted(summary.leavers, "leaver")}, ${summary.accessAfterLeaving} had a sign-in or a token used after they left.`,
      files: both("offboarding"),
      figures: { count: summary.accessAfterLeaving },
      finding: {
        count: summary.accessAfterLeaving,
        statement: "Accounts or tokens of people who had left were used.",
        target: "ac-2_smt.l",
        risk: "Data was within reach of somebody who no longer had a right to it.",
      },
    },
    {
      name: "credentials-of-leavers",
      title: "Keys and tokens whose owner has left",
      description: `${counted(ownerLeft, "key or token", "keys and tokens")} still work though their owner has left.`,
      files: ["reports/dormant.json"],
      figures: { count: ownerLeft },
      finding: {
        count: ownerLeft,
        statement: "Keys and tokens of people who have left still work.",
        target: "ac-2_smt.l",
        risk: "A copy of the key lets anybody in, and nobody is there to miss it.",
      },
    },
  ];
}

function accountObservations({ dormant, joiners, movers, reconciliation }: PackDigest): Observation[] {
  const { summary, days } = dormant;
  const idle = summary.dormant + summary["never-used"];
  return [
    {
      name: "zombie-accounts",
      title: "Active accounts of people who are not active",
      description: `${counted(summary.zombie, "active account")} of an identity that is not active.`,
      files: both("dormant"),
      figures: { count: summary.zombie },
      finding: {
        count: summary.zombie,
        statement: "Accounts are active though the source of truth says that their person is not.",
        target: "ac-2_smt.l",
        risk: "Access outlives the reason for it.",
      },
    },
    {
      name: "orphan-accounts",
      title: "Active accounts of nobody",
      description: `${counted(summary.orphan, "active account")} that no source of truth knows an identity of.`,
      files: both("dormant"),
      figures: { count: summary.orphan },
      finding: {
        count: summary.orphan,
        statement: "Accounts are active that belong to no known identity.",
        target: "ac-2.3_smt.b",
        risk: "Nobody answers for the account, and nothing will end it.",
      },
    },
    {
      name: "dormant-accounts",
      title: "Accounts that nobody uses",
      description: `${counted(idle, "active account")} without a use for ${days} days or ever; for ${summary.unknown} more no source reports use.`,
      files: both("dormant"),
      figures: { dormant: summary.dormant, "never-used": summary["never-used"], unknown: summary.unknown },
      finding: {
        count: idle,
        statement: `Accounts are active that were not used for ${days} days or ever.`,
        target: "ac-2.3_smt.d",
        risk: "Misuse of an account that its owner never looks at is noticed late.",
      },
    },
    {
      name: "accounts",
      title: "All accounts",
      description: "Every account with its state, where it came from, and what it holds.",
      files: both("accounts"),
      figures: {},
    },
    {
      name: "joiners",
      title: "How soon joiners could work",
      description: `${counted(joiners.joiners, "joiner")} with ${counted(joiners.steps, "account")}; ${joiners.open + joiners.failing} don't work yet.`,
      files: both("joiners"),
      figures: { joiners: joiners.joiners, steps: joiners.steps, failing: joiners.failing },
    },
    {
      name: "role-drift",
      title: "What people kept after they moved",
      description: `${counted(movers.drift, "group or role", "groups and roles")} that a move should have taken away and that ${movers.drift === 1 ? "is" : "are"} still held.`,
      files: both("movers"),
      figures: { movers: movers.movers, drift: movers.drift, outside: movers.outside },
      finding: {
        count: movers.drift,
        statement: "People hold groups or roles of a post that they no longer have.",
        target: "ac-2_smt.l",
        risk: "Rights add up with each move.",
      },
    },
    {
      name: "reconciliation",
      title: "What applications themselves show",
      description: `${counted(reconciliation.applications, "application")} looked at; ${counted(reconciliation.open, "difference")} from what should be there.`,
      files: both("reconciliation"),
      figures: {
        applications: reconciliation.applications,
        open: reconciliation.open,
        closed: reconciliation.closed,
        "log-says-done": reconciliation["log-says-done"],
        "active-though-left": reconciliation["active-though-left"],
      },
      finding: {
        count: reconciliation["log-says-done"] + reconciliation["active-though-left"],
        statement: "Applications show accounts as active that should have ended.",
        target: "ac-2_smt.f",
        risk: "Somebody who should have no access has it, and the log does not tell.",
      },
    },
  ];
}

function provisioningObservations({ coverage, failures, completeness }: PackDigest): Observation[] {
  const { summary } = completeness;
  return [
    {
      name: "coverage",
      title: "What provisioning carries out",
      description: `${counted(coverage.summary.applications, "application")}, ${coverage.summary.uncovered} of them not covered at all; ${coverage.summary.accountsCovered} of ${coverage.summary.accounts} active accounts are in applications where joining or leaving is automated.`,
      files: both("coverage"),
      figures: {
        applications: coverage.summary.applications,
        uncovered: coverage.summary.uncovered,
        degraded: coverage.summary.cells.degraded,
      },
    },
    {
      name: "failing-provisioning",
      title: "Provisioning that fails",
      description: `${counted(failures.summary.open, "cause")} of failure not yet resolved, with ${counted(failures.summary.openItems, "account")} left in failure.`,
      files: both("failures"),
      figures: { causes: failures.summary.open, accounts: failures.summary.openItems },
      finding: {
        count: failures.summary.open,
        statement: "Changes of accounts fail and have not been carried out since.",
        target: "ac-2_smt.f",
        risk: "Accounts stay as they were, though the source of truth has changed.",
      },
    },
    {
      name: "completeness",
      title: "How complete the records are",
      description: `${counted(summary.sources, "source")} with ${counted(summary.records, "record")}; ${counted(summary.gaps, "gap")} in time, ${counted(summary.rejected, "record")} that could not be read. What happened in a gap is not known: none found there doesn't mean that there was none.`,
      files: both("completeness"),
      figures: { records: summary.records, gaps: summary.gaps, rejected: summary.rejected },
    },
    {
      name: "overview",
      title: "The five answers as figures",
      description: "Coverage, offboarding, failures, accounts and evidence, to compare with another pack.",
      files: both("overview"),
      figures: {},
    },
  ];
}

function reviewObservations({ reviews }: PackDigest): Observation[] {
  return (reviews?.rows ?? []).map(({ review, name, state, counts, closedAt, overdue }) => {
    const undone = counts.open + counts.disputed + counts["to-do"];
    return {
      name: `review ${review}`,
      title: `Access review: ${name}`,
      description: `${counted(counts.items, "item")}: ${counts.kept} kept, ${counts.verified} revoked and shown to be done by an event, ${counts["to-do"]} revoked and not yet done, ${counts.exempt} exempt, ${counts.open} not decided, ${counts["cant-say"]} whose reviewer can't say, ${counts.disputed} on which two reviewers differ. ${state === "closed" ? `Closed ${closedAt ?? ""}.` : `Not closed: it is ${state}.`}`,
      files: [`reviews/${review}.json`, `reviews/${review}.csv`],
      figures: { items: counts.items, open: counts.open, "to-do": counts["to-do"] },
      ...(overdue || (state === "ended" && undone > 0)
        ? {
            finding: {
              count: Math.max(undone, 1),
              statement: overdue
                ? "The review was due before the time of the pack, and is not done."
                : "The review has ended, and what it decided is not all done.",
              target: "ac-2_smt.j",
              risk: "Access that nobody has confirmed stays.",
            },
          }
        : {}),
    };
  });
}

/** All observations of a pack, in a fixed order. */
export const observationsOf = (digest: PackDigest): Observation[] => [
  ...provisioningObservations(digest),
  ...offboardingObservations(digest),
  ...accountObservations(digest),
  ...reviewObservations(digest),
];
