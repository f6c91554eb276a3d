/** The rules: what each finds in the reports of a moment, and what people are told of it. Pure. */
import type {
  CoverageReport,
  FailuresReport,
  OffboardingReport,
  ReconciliationReport,
} from "../reports/contract.ts";
import type { Condition } from "./condition.ts";
import type { AlertRule, RuleSetting } from "./contract.ts";
import { newFailures, quarantines } from "./rules/failures.ts";
import { accessAfterLeaving, slaNear } from "./rules/leavers.ts";
import { keptActive } from "./rules/reconciliation.ts";
import { type SilentSource, silentSources } from "./rules/silence.ts";
import { failedTrials } from "./rules/trials.ts";
import { uncoveredApplications } from "./rules/uncovered.ts";

/** What rules look at: of one moment, but in a large workspace, whose reports are as they were last worked out. */
export interface Looked {
  /** Milliseconds since 1970. */
  asOf: number;
  failures: FailuresReport;
  offboarding: OffboardingReport;
  coverage: CoverageReport;
  reconciliation: ReconciliationReport;
  sources: readonly SilentSource[];
}

interface Rule {
  title: string;
  means: string;
  /** What the threshold counts, of one and of many; null where there is none. */
  counts: { one: string; many: string } | null;
  threshold: { usual: number; least: number; most: number };
  /** Of a message about many: what happened, behind their number. */
  one: string;
  many: string;
  /** The path of the page that shows all of them. */
  link: string;
  find: (looked: Looked, setting: RuleSetting) => Condition[];
}

const NONE = { usual: 0, least: 0, most: 0 };

/** In the order in which people read them: the finding that matters most first. */
export const RULES: Record<AlertRule, Rule> = {
  "access-after-leaving": {
    title: "Access after leaving",
    means: "An account was used after its person had left.",
    counts: {
      one: "day for which the use of an account that is ended by now still counts",
      many: "days for which the use of an account that is ended by now still counts",
    },
    threshold: { usual: 7, least: 1, most: 90 },
    one: "account was used after its person had left",
    many: "accounts were used after their people had left",
    link: "/offboarding?show=access",
    find: ({ offboarding }, setting) => accessAfterLeaving(offboarding, setting),
  },
  "kept-active": {
    title: "Kept active",
    means: "An application itself shows accounts active that should have ended.",
    counts: { one: "account at least", many: "accounts at least" },
    threshold: { usual: 1, least: 1, most: 100_000 },
    one: "application shows accounts active that should have ended",
    many: "applications show accounts active that should have ended",
    link: "/reconciliation",
    find: ({ reconciliation }, setting) => keptActive(reconciliation, setting),
  },
  sla: {
    title: "Leavers' time is up",
    means: "An account of somebody who left is still open, and its SLA is up soon, or is up.",
    counts: { one: "hour before the SLA is up", many: "hours before the SLA is up" },
    threshold: { usual: 4, least: 1, most: 720 },
    one: "account of a leaver is open, and its time is up or soon will be",
    many: "accounts of leavers are open, and their time is up or soon will be",
    link: "/offboarding?show=unfinished",
    find: ({ offboarding }, setting) => slaNear(offboarding, setting),
  },
  quarantine: {
    title: "Quarantine",
    means: "A provider has stopped provisioning an application.",
    counts: null,
    threshold: NONE,
    one: "application is in quarantine: nothing is provisioned there",
    many: "applications are in quarantine: nothing is provisioned there",
    link: "/failures",
    find: ({ failures }) => quarantines(failures),
  },
  "failure-group": {
    title: "New cause of failures",
    means: "Provisioning fails for a cause that nobody has taken up yet.",
    counts: { one: "account that fails at least", many: "accounts that fail at least" },
    threshold: { usual: 1, least: 1, most: 100_000 },
    one: "new cause of failures",
    many: "new causes of failures",
    link: "/failures",
    find: ({ failures }, setting) => newFailures(failures, setting),
  },
  "source-silent": {
    title: "Silent source",
    means: "From a source nothing has come for longer than is usual for it.",
    counts: { one: "hour of silence at least", many: "hours of silence at least" },
    threshold: { usual: 1, least: 1, most: 720 },
    one: "source is silent for longer than is usual for it",
    many: "sources are silent for longer than is usual for them",
    link: "/sources#gaps",
    find: ({ sources, asOf }, setting) => silentSources(sources, asOf, setting),
  },
  "trial-failed": {
    title: "Failed trial",
    means:
      "A drill, a followed test person or a conformance check has shown that an application does not do what it should.",
    counts: null,
    threshold: NONE,
    one: "application has failed a trial",
    many: "applications have failed a trial",
    link: "/coverage",
    find: ({ coverage }) => failedTrials(coverage),
  },
  uncovered: {
    title: "Uncovered application",
    means: "People have accounts at an application, or sign in there, and no provisioning reaches it.",
    counts: { one: "person there at least", many: "people there at least" },
    threshold: { usual: 1, least: 1, most: 100_000 },
    one: "application is newly uncovered",
    many: "applications are newly uncovered",
    link: "/coverage?state=uncovered",
    find: ({ coverage }, setting) => uncoveredApplications(coverage, setting),
  },
};

export const RULE_NAMES = Object.keys(RULES) as AlertRule[];

export const isAlertRule = (name: string): name is AlertRule => Object.hasOwn(RULES, name);

export type RuleSettings = Record<AlertRule, RuleSetting>;

/** What was set of rules, and for the rest the usual: all of them on. */
export const settingsOf = (set: Partial<RuleSettings>): RuleSettings =>
  Object.fromEntries(
    RULE_NAMES.map((rule) => [rule, set[rule] ?? { on: true, threshold: RULES[rule].threshold.usual }]),
  ) as RuleSettings;

/** What the rules that are on find. */
export const conditionsOf = (looked: Looked, settings: RuleSettings): Condition[] =>
  RULE_NAMES.filter((rule) => settings[rule].on).flatMap((rule) => RULES[rule].find(looked, settings[rule]));
