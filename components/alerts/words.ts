/** What the page says of alerts, rules and channels. Pure. */
import type { AlertRule, AlertsReport, ChannelKind, ChannelTold } from "../../lib/alerts/contract.ts";
import { count, plural } from "../format/number.ts";
import { ago } from "../format/time.ts";
import type { Tone, Word } from "../format/words.ts";

/** `3 alerts are open: 2 leavers' time is up, 1 silent source. The oldest is so since 12 days ago.` */
export function alertsWords({ rules, open, asOf, lastLookAt }: AlertsReport): string {
  const raised = rules.filter((rule) => rule.open > 0);
  const all = raised.reduce((sum, rule) => sum + rule.open, 0);
  if (all === 0)
    return lastLookAt === null
      ? "The rules have not been looked at yet: they are a minute after Rollcall starts, and every five minutes."
      : `No alert is open. The rules were looked at ${ago(lastLookAt, asOf)}.`;
  const parts = raised.map((rule) => `${count(rule.open)} × ${rule.title.toLowerCase()}`);
  const [oldest] = open;
  const since = oldest === undefined ? "" : ` The oldest: ${ago(oldest.since, asOf)}.`;
  return `${plural(all, "alert is", "alerts are")} open: ${parts.join(", ")}.${since}`;
}

export const KIND_WORDS: Record<ChannelKind, { word: string; to: string; help: string }> = {
  email: {
    word: "E-mail",
    to: "Address",
    help: "One address. Mail goes by the server that ROLLCALL_SMTP_URL names.",
  },
  slack: {
    word: "Slack, or compatible",
    to: "Address of the incoming webhook",
    help: "Whoever has it can write into the channel: kept encrypted, and shown to nobody again.",
  },
  webhook: {
    word: "Signed webhook",
    to: "Address of the webhook",
    help: "Gets a POST with JSON, signed as Standard Webhooks says. The secret is shown once.",
  },
};

/** How a channel fares, in a word. */
export function channelState({ on, last, failures }: ChannelTold): Word {
  if (!on) return { word: "Off", tone: "none" };
  if (last === null) return { word: "Nothing sent yet", tone: "unknown" };
  if (last.ok) return { word: "Works", tone: "good" };
  return { word: failures > 0 ? "Failing" : "Test failed", tone: "bad" };
}

/** Access of somebody who has gone is the finding that matters most. */
const TONES: Partial<Record<AlertRule, Tone>> = { "access-after-leaving": "bad", quarantine: "bad" };

export const toneOf = (rule: AlertRule): Tone => TONES[rule] ?? "risk";
