/** Alerts, their rules and their channels, as people are told of them. No secret is among it. */
import type { Db } from "../../db/client.ts";
import { type AlertChannel, type ChannelState, readAlertChannels } from "../../db/queries/alert-channels.ts";
import { readAlertRound, readAlertSettings } from "../../db/queries/alert-settings.ts";
import { type Alert, countOpenAlerts, readOpenAlerts, readResolvedAlerts } from "../../db/queries/alerts.ts";
import { counted } from "../evidence/pdf/words.ts";
import { iso, isoOrNull } from "../reports/base.ts";
import { type AlertsReport, type AlertTold, type ChannelTold, MOST_SHOWN } from "./contract.ts";
import { nextDigestAt } from "./digest-due.ts";
import { RULE_NAMES, RULES, settingsOf } from "./rules.ts";

const alertTold = ({ alert, rule, what, link, ...times }: Alert): AlertTold => ({
  alert,
  rule,
  what,
  link,
  since: iso(times.since),
  firstRaisedAt: iso(times.firstRaisedAt),
  lastRaisedAt: iso(times.lastRaisedAt),
  resolvedAt: isoOrNull(times.resolvedAt),
  notifiedAt: isoOrNull(times.notifiedAt),
});

function channelTold({
  name,
  kind,
  target,
  active,
  digest,
  setAt,
  setBy,
  triedAt,
  ok,
  answer,
  failures,
  nextTryAt,
}: AlertChannel & ChannelState): ChannelTold {
  return {
    name,
    kind,
    to: target,
    on: active,
    digest,
    setAt: iso(setAt),
    setBy,
    last: triedAt === null ? null : { at: iso(triedAt), ok: ok === true, answer: answer ?? "" },
    failures,
    nextTryAt: isoOrNull(nextTryAt),
  };
}

/** Everything of a workspace's alerts, as it is now. */
export async function listAlerts(db: Db, workspace: string, now = Date.now()): Promise<AlertsReport> {
  const { sql } = db;
  const [settings, counts, open, resolved, channels, round] = await Promise.all([
    readAlertSettings(sql, workspace),
    countOpenAlerts(sql, workspace),
    readOpenAlerts(sql, workspace, MOST_SHOWN),
    readResolvedAlerts(sql, workspace, { after: 0, limit: MOST_SHOWN }),
    readAlertChannels(sql, workspace),
    readAlertRound(sql, workspace),
  ]);
  const set = settingsOf(settings.rules);
  return {
    asOf: iso(now),
    rules: RULE_NAMES.map((rule) => {
      const { title, means, counts: what } = RULES[rule];
      return {
        rule,
        title,
        means,
        counts: what?.many ?? null,
        raisedFrom: what === null ? null : counted(set[rule].threshold, what.one, what.many),
        ...set[rule],
        open: counts.get(rule) ?? 0,
      };
    }),
    open: open.map(alertTold),
    resolved: resolved.map(alertTold),
    channels: channels.map(channelTold),
    zone: settings.zone,
    nextDigestAt: iso(nextDigestAt(now, settings.zone)),
    lastLookAt: isoOrNull(round?.lookedAt ?? null),
    lastError: round?.error ?? null,
  };
}
