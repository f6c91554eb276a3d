/** The JSON of alerts: command line, HTTP API and pages carry the same. Times are ISO 8601 UTC. */
import type { IsoTime, OverviewFigure, OverviewQuestion } from "../reports/contract.ts";

export type AlertRule =
  | "failure-group"
  | "quarantine"
  | "sla"
  | "access-after-leaving"
  | "kept-active"
  | "source-silent"
  | "trial-failed"
  | "uncovered";

export type ChannelKind = "email" | "slack" | "webhook";

/** Whether a rule raises alerts, and from which number on; what the number counts stands in {@link RuleTold}. */
export interface RuleSetting {
  on: boolean;
  threshold: number;
}

/** A rule as it is set, and as people read it. */
export interface RuleTold extends RuleSetting {
  rule: AlertRule;
  title: string;
  /** What raises it, in a sentence. */
  means: string;
  /** What the threshold counts, in the words for many; null where the rule has none. */
  counts: string | null;
  /** The threshold with what it counts: `1 hour of silence at least`; null where the rule has none. */
  raisedFrom: string | null;
  /** How many of it are open. */
  open: number;
}

/** One thing that a rule found. Nothing in it tells of a person: who it is stands behind the link, for those who may see it. */
export interface AlertTold {
  alert: number;
  rule: AlertRule;
  what: string;
  /** The path of the page that shows it. */
  link: string;
  /** Since when it is so, by the records. */
  since: IsoTime;
  firstRaisedAt: IsoTime;
  /** When it was last found to be so. */
  lastRaisedAt: IsoTime;
  resolvedAt: IsoTime | null;
  /** When a channel first had it; null while none has. */
  notifiedAt: IsoTime | null;
}

export interface ChannelTold {
  name: string;
  kind: ChannelKind;
  /** The address; of a Slack webhook, whose address is its secret, the host alone. */
  to: string;
  on: boolean;
  digest: boolean;
  setAt: IsoTime;
  setBy: string;
  /** How the last message fared; null before the first. */
  last: { at: IsoTime; ok: boolean; answer: string } | null;
  /** How often in a row it failed, and when it is tried again. */
  failures: number;
  nextTryAt: IsoTime | null;
}

export interface AlertsReport {
  asOf: IsoTime;
  rules: RuleTold[];
  /** The oldest first, at most {@link MOST_SHOWN}; `rules` counts all. */
  open: AlertTold[];
  /** What was resolved, the newest first, as many at most. */
  resolved: AlertTold[];
  channels: ChannelTold[];
  /** IANA name of the time zone of the digest. */
  zone: string;
  nextDigestAt: IsoTime;
  /** When the rules were last looked at, and what went wrong then; null before the first time. */
  lastLookAt: IsoTime | null;
  lastError: string | null;
}

/** More is no list that anybody reads. */
export const MOST_SHOWN = 200;

/** A figure of the digest, in words. */
export interface DigestFigure {
  figure: OverviewFigure;
  label: string;
  value: string;
  /** Against a week before: `3 fewer`, `the same`; null where no change can be told. */
  change: string | null;
}

export interface Digest {
  asOf: IsoTime;
  /** The week begins there. */
  since: IsoTime;
  answers: { question: OverviewQuestion; title: string; link: string; figures: DigestFigure[] }[];
  /** What was raised in the week and is open, and what was resolved in it; by rule, the oldest first. */
  raised: DigestPart[];
  resolved: DigestPart[];
  /** What was raised before and is open still. */
  stillOpen: number;
}

export interface DigestPart {
  rule: AlertRule;
  title: string;
  count: number;
  /** The first of them, in words. */
  items: string[];
}
