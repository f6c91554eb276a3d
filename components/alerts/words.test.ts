import { describe, expect, it } from "vitest";
import type { AlertsReport, ChannelTold } from "../../lib/alerts/contract.ts";
import { alertsWords, channelState } from "./words.ts";

const ASOF = "2026-04-01T12:00:00.000Z";
const rule = (title: string, open: number) => ({
  ...{ rule: "sla" as const, title, means: "", counts: null, raisedFrom: null, on: true, threshold: 0 },
  open,
});
const report = (part: Partial<AlertsReport>): AlertsReport => ({
  ...{ asOf: ASOF, rules: [], open: [], resolved: [], channels: [], zone: "UTC" },
  ...{ nextDigestAt: ASOF, lastLookAt: "2026-04-01T11:57:00.000Z", lastError: null },
  ...part,
});
const alert = {
  ...{ alert: 1, rule: "sla" as const, what: "x", link: "/x", since: "2026-03-20T12:00:00.000Z" },
  ...{ firstRaisedAt: ASOF, lastRaisedAt: ASOF, resolvedAt: null, notifiedAt: null },
};

describe("the page of alerts", () => {
  it("says first what is open", () => {
    expect(alertsWords(report({}))).toBe("No alert is open. The rules were looked at 3 min ago.");
    expect(alertsWords(report({ lastLookAt: null }))).toMatch(/not been looked at yet/u);
    const rules = [rule("Access after leaving", 1), rule("Quarantine", 0), rule("Silent source", 1_200)];
    expect(alertsWords(report({ rules, open: [alert] }))).toBe(
      "1,201 alerts are open: 1 × access after leaving, 1,200 × silent source. The oldest: 12 days ago.",
    );
    expect(alertsWords(report({ rules: [rule("Quarantine", 1)], open: [alert] }))).toMatch(
      /^1 alert is open/u,
    );
  });

  it("tells how a channel fares", () => {
    const channel = (part: Partial<ChannelTold>) =>
      channelState({
        ...{
          name: "desk",
          kind: "email",
          to: "a@b.example",
          on: true,
          digest: true,
          setAt: ASOF,
          setBy: "x",
        },
        ...{ last: null, failures: 0, nextTryAt: null },
        ...part,
      });
    const last = (ok: boolean) => ({ last: { at: ASOF, ok, answer: "" } });
    expect(channel({})).toMatchObject({ tone: "unknown" });
    expect(channel(last(true))).toMatchObject({ word: "Works", tone: "good" });
    expect(channel({ ...last(false), failures: 2 })).toMatchObject({ word: "Failing", tone: "bad" });
    expect(channel(last(false))).toMatchObject({ word: "Test failed" });
    expect(channel({ ...last(false), on: false })).toMatchObject({ word: "Off", tone: "none" });
  });
});
