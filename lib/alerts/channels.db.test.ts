/** What channels are, and are not, told of themselves; and the digest that goes by them. */
import { describe, expect, it, vi } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { attempt } from "../failures/testing.ts";
import { listAlerts } from "./list-alerts.ts";
import { removeAlertChannel } from "./remove-alert-channel.ts";
import { setAlertChannel } from "./set-alert-channel.ts";
import { setAlertRules } from "./set-alert-rules.ts";
import { testAlertChannel } from "./test-alert-channel.ts";
import { AlertsTest, INSTALLATION, MINUTE } from "./testing/workspace.ts";

const by = commandLine();

describe("channels of alerts", () => {
  const test = new AlertsTest();
  /** The next round looks at the rules, also by a clock of a day long past. */
  const isDue = () =>
    test.database.owner
      .sql`update alert_rounds set next_look_at = '2026-01-01' where workspace_id = ${test.workspace}`;

  it("keep the address of a Slack webhook to themselves, in the database, in answers and in the audit log", async () => {
    const address = `${test.receiver.url}/services/T0/B0/hush-hush`;
    await test.channel("slack", address);
    test.receiver.status = 404;
    // The receiver quotes the path that it was called by.
    expect(await testAlertChannel(test.db, test.workspace, by, "slack", INSTALLATION)).toMatchObject({
      ok: false,
      answer: expect.stringMatching(/^127\.0\.0\.1:\d+: 404, 404 at …$/u),
    });
    test.receiver.status = 200;
    expect(await testAlertChannel(test.db, test.workspace, by, "slack", INSTALLATION)).toMatchObject({
      ok: true,
    });
    expect(test.told()[1].text).toMatch(/^\*A test of Rollcall's alerts\*\n• The channel slack works/u);
    const everything = JSON.stringify([
      await listAlerts(test.db, test.workspace),
      await test.database.owner.sql`select * from audit_entries where workspace_id = ${test.workspace}`,
      await test.database.owner
        .sql`select *, encode(secret, 'escape') from alert_channels where workspace_id = ${test.workspace}`,
      await test.database.owner
        .sql`select * from alert_channel_states where workspace_id = ${test.workspace}`,
    ]);
    expect(everything).toContain("test-alert-channel");
    expect(everything).not.toContain("hush-hush");
    await setAlertChannel(test.db, test.workspace, by, "slack", { on: false }, INSTALLATION);
    await test.ingest(attempt(1, "ann"));
    expect(await test.round()).toMatchObject({ raised: 1, sent: 0 });
    // On again, it is told of what is open.
    await setAlertChannel(test.db, test.workspace, by, "slack", { on: true }, INSTALLATION);
    expect(await test.round()).toMatchObject({ sent: 1 });
    await removeAlertChannel(test.db, test.workspace, by, "slack");
    expect((await listAlerts(test.db, test.workspace)).channels).toEqual([]);
    for (const [name, change, code] of [
      ["Desk", { kind: "email", to: "a@b.example" }, "bad-name"],
      ["desk", { kind: "email", to: "nobody" }, "bad-to"],
      ["desk", { kind: "webhook", to: "ftp://x.example" }, "bad-to"],
      ["desk", { on: true }, "bad-to"],
    ] as const)
      await expect(
        setAlertChannel(test.db, test.workspace, by, name, change, INSTALLATION),
      ).rejects.toMatchObject({
        code,
      });
  });

  it("send the digest on Mondays, once a week, with what is new and what was resolved", async () => {
    const monday = Date.parse("2026-03-30T06:00:00Z");
    await setAlertRules(test.db, test.workspace, by, { zone: "Europe/Berlin" });
    await test.channel("webhook", `${test.receiver.url}/hook`, { digest: true });
    await test.database.owner
      .sql`update alert_channel_states set digest_at = '2026-03-23T07:00:00Z' where workspace_id = ${test.workspace}`;
    await test.ingest(attempt(1, "ann"));
    test.now = monday - 10 * MINUTE;
    await isDue();
    expect(await test.round()).toMatchObject({ raised: 1, sent: 1 });
    test.receiver.status = 500;
    expect(await test.round()).toMatchObject({ sent: 0, failed: 1 });
    test.receiver.status = 200;
    expect(await test.round()).toMatchObject({ sent: 1 });
    expect(await test.round()).toMatchObject({ sent: 0 });
    const digest = test.told().at(-1);
    expect(digest).toMatchObject({
      type: "digest",
      title: "The week up to 2026-03-30: 1 new alert, 0 resolved",
      raised: [{ rule: "failure-group", count: 1 }],
      link: "https://rollcall.example/alerts",
    });
    expect(digest.answers.map(({ question }: { question: string }) => question)).toEqual([
      ...["coverage", "offboarding", "failures", "accounts", "evidence"],
    ]);
    // The zone moves the next Monday's hour, and makes no second digest of this one.
    await setAlertRules(test.db, test.workspace, by, { zone: "America/Los_Angeles" });
    test.now = monday + 12 * 60 * MINUTE;
    expect(await test.round()).toMatchObject({ sent: 0 });
    test.now = monday + 7 * 24 * 60 * MINUTE + 9 * 60 * MINUTE;
    await isDue();
    await test.ingest(attempt(1, "ann", { failed: false, hour: 1 }));
    expect(await test.round()).toMatchObject({ resolved: 1, sent: 1 });
    expect(test.told().at(-1)).toMatchObject({ type: "digest", raised: [], resolved: [{ count: 1 }] });
  });

  it("show that Rollcall itself can't send, and go on by the others", async () => {
    await test.ingest(attempt(1, "ann"));
    await test.channel("email", "desk@larkspur.example");
    await test.channel("webhook", `${test.receiver.url}/hook`);
    vi.stubEnv("ROLLCALL_SMTP_URL", "no address");
    await expect(test.round()).rejects.toThrow("ROLLCALL_SMTP_URL");
    expect(test.told()).toHaveLength(1);
    const failing = {
      failures: 1,
      last: { ok: false, answer: expect.stringContaining("its log says more") },
    };
    expect((await listAlerts(test.db, test.workspace)).channels).toMatchObject([failing, { failures: 0 }]);
    vi.stubEnv("ROLLCALL_SMTP_URL", `smtp://127.0.0.1:${test.mail.port}`);
    expect(await test.round()).toMatchObject({ sent: 1, failed: 0 });
    expect(test.mail.received).toHaveLength(1);
  });
});
