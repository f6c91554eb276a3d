/** Rounds of alerts over a log that grows, with a real mail server and receivers that fail, are slow, or are away. */
import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Db } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { acknowledgeFailures } from "../failures/acknowledge-failures.ts";
import { attempt } from "../failures/testing.ts";
import { ingestText } from "../ingest/testing.ts";
import { type MailServer, startMailServer } from "../mail/testing.ts";
import { runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import type { AlertRule, ChannelKind } from "./contract.ts";
import { listAlerts } from "./list-alerts.ts";
import { removeAlertChannel } from "./remove-alert-channel.ts";
import { runRound } from "./run-round.ts";
import { setAlertChannel } from "./set-alert-channel.ts";
import { setAlertRules } from "./set-alert-rules.ts";
import { testAlertChannel } from "./test-alert-channel.ts";
import { type Receiver, startReceiver } from "./testing.ts";

const INSTALLATION = "secret of this installation";
const MINUTE = 60_000;
const by = commandLine();

describe("alerts", () => {
  const test = testDatabase();
  let n = 0;
  let workspace = "";
  let db: Db;
  let receiver: Receiver;
  let mail: MailServer;
  /** Rounds go by this clock, five minutes apart: the rules are looked at in each. */
  let now = Date.now();

  const round = async () => {
    now += 5 * MINUTE;
    const done = await runRound({ db, workspace, installation: INSTALLATION, now });
    if (done === null) throw new Error("Somebody else was at it.");
    expect(done.errors).toEqual([]);
    return done;
  };
  const channel = (kind: ChannelKind, to: string, more = {}) =>
    setAlertChannel(db, workspace, by, kind, { kind, to, digest: false, ...more }, INSTALLATION);
  const ingest = (...records: string[]) => ingestText(db, workspace, records.join("\n"), "okta", "okta");
  /** Also by a clock of a day long past. */
  const isDue = () =>
    test.owner.sql`update alert_rounds set next_look_at = '2026-01-01' where workspace_id = ${workspace}`;
  const told = () => receiver.calls.map(({ body }) => JSON.parse(body));
  const only = (...rules: AlertRule[]) => {
    const all: AlertRule[] = [
      "failure-group",
      "quarantine",
      "sla",
      "access-after-leaving",
      "source-silent",
      "uncovered",
    ];
    return setAlertRules(db, workspace, by, {
      rules: Object.fromEntries(all.map((rule) => [rule, { on: rules.includes(rule) }])),
    });
  };

  beforeAll(async () => {
    mail = await startMailServer({ disabledCommands: ["STARTTLS"] });
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    vi.stubEnv("NEXTAUTH_URL", "https://rollcall.example");
    vi.stubEnv("ROLLCALL_SMTP_URL", `smtp://127.0.0.1:${mail.port}`);
    vi.stubEnv("ROLLCALL_MAIL_FROM", "Rollcall <rollcall@larkspur.example>");
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await mail.stop();
  });
  beforeEach(async () => {
    receiver = await startReceiver();
    workspace = `alerts-${n++}`;
    db = await test.in({ workspace });
    mail.received.length = 0;
    now = Date.now();
    await only("failure-group");
  });
  afterEach(() => receiver.stop());

  it("tell each channel once, one message for all of a rule, and again only after it was over", async () => {
    await ingest(attempt(1, "ann"), attempt(2, "ben", { application: "Wiki" }));
    const secret = await channel("webhook", `${receiver.url}/hook`);
    await channel("email", "desk@larkspur.example");
    expect(await round()).toMatchObject({ raised: 2, sent: 2 });
    expect(await round()).toMatchObject({ raised: 0, resolved: 0, sent: 0 });
    const [call] = receiver.calls;
    const body = JSON.parse(call?.body ?? "");
    expect(body).toMatchObject({
      type: "alert",
      rule: "failure-group",
      title: "New cause of failures",
      count: 2,
      // The oldest first.
      alerts: [{ what: expect.stringMatching(/^Chat: /u) }, { what: expect.stringMatching(/^Wiki: /u) }],
      link: "https://rollcall.example/failures",
    });
    expect(body.alerts[0].link).toMatch(/^https:\/\/rollcall\.example\/failures\/[\da-f]{16}$/u);
    // Standard Webhooks 1.0.
    const {
      "webhook-id": id,
      "webhook-timestamp": time,
      "webhook-signature": signature,
    } = call?.headers ?? {};
    const key = Buffer.from((secret ?? "").replace("whsec_", ""), "base64");
    const hmac = createHmac("sha256", key).update(`${id}.${time}.${call?.body}`).digest("base64");
    expect(signature).toBe(`v1,${hmac}`);
    expect(mail.received).toHaveLength(1);
    expect(mail.received[0]).toMatchObject({ to: ["desk@larkspur.example"] });
    expect(mail.received[0]?.text).toMatch(/^Subject: Rollcall: 2 new causes of failures\r$/mu);

    await ingest(attempt(3, "ann", { failed: false }));
    expect(await round()).toMatchObject({ resolved: 1, sent: 0 });
    await ingest(attempt(4, "ann"));
    expect(await round()).toMatchObject({ raised: 1, sent: 2 });
    expect(told()[1]).toMatchObject({ count: 1, alerts: [{ what: expect.stringMatching(/^Chat: /u) }] });
    // A single one leads to its own page.
    expect(told()[1].link).toBe(told()[1].alerts[0].link);
    const { open, resolved } = await listAlerts(db, workspace);
    expect(open.map(({ notifiedAt }) => notifiedAt !== null)).toEqual([true, true]);
    expect(resolved).toHaveLength(1);
  });

  it("leave nothing out and tell nothing twice while a channel fails: it is tried again, ever later", async () => {
    await channel("webhook", `${receiver.url}/hook`);
    await channel("email", "desk@larkspur.example");
    receiver.status = 503;
    await ingest(attempt(1, "ann"), attempt(2, "ben", { application: "Wiki" }));
    expect(await round()).toMatchObject({ sent: 1, failed: 1 });
    expect((await listAlerts(db, workspace)).channels).toMatchObject([
      { name: "email", failures: 0, last: { ok: true }, nextTryAt: null },
      { name: "webhook", failures: 1, last: { ok: false, answer: expect.stringContaining("503") } },
    ]);
    await round();
    await round();
    expect((await listAlerts(db, workspace)).channels[1]).toMatchObject({ failures: 3 });
    const tries = receiver.calls.length;
    // It waits: in a round of the next second it is not called.
    now -= 5 * MINUTE - 1_000;
    expect(await round()).toMatchObject({ sent: 0, failed: 0 });
    expect(receiver.calls).toHaveLength(tries);
    // What came and went meanwhile is told too, in the same message.
    await ingest(attempt(5, "ann", { failed: false }), attempt(6, "cid", { application: "Mail" }));
    now += 60 * MINUTE;
    receiver.status = 200;
    expect(await round()).toMatchObject({ raised: 1, resolved: 1, sent: 2, failed: 0 });
    expect(told().at(-1)).toMatchObject({
      count: 3,
      alerts: [
        { what: expect.stringMatching(/^Chat: /u), resolvedAt: expect.any(String) },
        { resolvedAt: null },
        { resolvedAt: null },
      ],
    });
    expect(await round()).toMatchObject({ sent: 0 });
    expect(mail.received).toHaveLength(2);
  });

  it("keep no channel waiting for a slow one, and are sent under the same id when it is not known whether they came", async () => {
    await ingest(attempt(1, "ann"));
    await channel("webhook", `${receiver.url}/hook`);
    await channel("email", "desk@larkspur.example");
    receiver.delay = 3_000;
    const running = round();
    await vi.waitFor(() => expect(mail.received).toHaveLength(1), 30_000);
    // Another process that begins a round meanwhile finds it taken.
    expect(await runRound({ db, workspace, installation: INSTALLATION, now })).toBeNull();
    expect(await running).toMatchObject({ sent: 2 });
    receiver.delay = 0;
    // As if the process had died between the answer and its note.
    await test.owner
      .sql`delete from alert_tellings where workspace_id = ${workspace} and channel = 'webhook'`;
    expect(await round()).toMatchObject({ sent: 1 });
    const [first, second] = receiver.calls.map(({ headers }) => headers["webhook-id"]);
    expect(first).toMatch(/^rollcall_/u);
    expect(second).toBe(first);
  });

  it("raise nothing that people have taken up, and follow the rules as they are set", async () => {
    await ingest(attempt(1, "ann"), attempt(1, "bea"), attempt(2, "ben", { application: "Wiki" }));
    await setAlertRules(db, workspace, by, { rules: { "failure-group": { threshold: 2 } } });
    expect(await round()).toMatchObject({ raised: 1 });
    const group = (await listAlerts(db, workspace)).open[0]?.link.split("/").at(-1) ?? "";
    await acknowledgeFailures(db, workspace, by, [group]);
    expect(await round()).toMatchObject({ raised: 0, resolved: 0 });
    // Put off, it is forgotten; put on, what is acknowledged stays quiet.
    await only();
    expect(await round()).toMatchObject({ raised: 0, resolved: 0 });
    expect(await listAlerts(db, workspace)).toMatchObject({ open: [], resolved: [] });
    await only("failure-group");
    await setAlertRules(db, workspace, by, { rules: { "failure-group": { threshold: 1 } } });
    expect(await round()).toMatchObject({ raised: 1 });
    for (const [change, code] of [
      [{ rules: { nonsense: { on: true } } }, "bad-rule"],
      [{ rules: { sla: { threshold: 0 } } }, "bad-rule"],
      [{ rules: { quarantine: { threshold: 3 } } }, "bad-rule"],
      [{ zone: "Mars/Olympus" }, "bad-zone"],
    ] as const)
      await expect(setAlertRules(db, workspace, by, change)).rejects.toMatchObject({ code });
  });

  it("tell of a leaver, a source and an application too, and name nobody", async () => {
    await only("sla", "source-silent", "uncovered", "access-after-leaving");
    const end = Date.now() - 3 * 24 * 60 * MINUTE;
    for (const { source, format, chunks } of sampleCompany({ seed: 7, end, scale: 0.02 }).files)
      await ingestText(db, workspace, chunks(), source, format);
    await channel("slack", `${receiver.url}/services/T0/B0/x0x0x0`);
    const done = await round();
    expect(done.sent).toBe(
      new Set((await listAlerts(db, workspace)).rules.filter(({ open }) => open > 0)).size,
    );
    expect(done.sent).toBe(4);
    const everything = receiver.calls.map(({ body }) => body).join("\n");
    const { rows } = await runReport(db, workspace, "offboarding");
    expect(rows.length).toBeGreaterThan(10);
    for (const { identity, account, subject } of rows)
      for (const name of [identity.userName, identity.displayName ?? identity.userName, account, subject])
        expect(everything).not.toContain(name);
    const texts = receiver.calls.map(({ body }) => JSON.parse(body).text as string);
    expect(texts.join("\n")).toMatch(/<https:\/\/rollcall\.example\/sources#gaps\|Open in Rollcall>/u);
    for (const text of texts) expect(text.split("\n").length).toBeLessThanOrEqual(13);
  }, 120_000);

  it("keep the address of a Slack webhook to themselves, in the database, in answers and in the audit log", async () => {
    const address = `${receiver.url}/services/T0/B0/hush-hush`;
    await channel("slack", address);
    receiver.status = 404;
    // The receiver quotes the path that it was called by.
    expect(await testAlertChannel(db, workspace, by, "slack", INSTALLATION)).toMatchObject({
      ok: false,
      answer: expect.stringMatching(/^127\.0\.0\.1:\d+: 404, 404 at …$/u),
    });
    receiver.status = 200;
    expect(await testAlertChannel(db, workspace, by, "slack", INSTALLATION)).toMatchObject({ ok: true });
    expect(told()[1].text).toMatch(/^\*A test of Rollcall's alerts\*\n• The channel slack works/u);
    const everything = JSON.stringify([
      await listAlerts(db, workspace),
      await test.owner.sql`select * from audit_entries where workspace_id = ${workspace}`,
      await test.owner
        .sql`select *, encode(secret, 'escape') from alert_channels where workspace_id = ${workspace}`,
      await test.owner.sql`select * from alert_channel_states where workspace_id = ${workspace}`,
    ]);
    expect(everything).toContain("test-alert-channel");
    expect(everything).not.toContain("hush-hush");
    await setAlertChannel(db, workspace, by, "slack", { on: false }, INSTALLATION);
    await ingest(attempt(1, "ann"));
    expect(await round()).toMatchObject({ raised: 1, sent: 0 });
    // On again, it is told of what is open.
    await setAlertChannel(db, workspace, by, "slack", { on: true }, INSTALLATION);
    expect(await round()).toMatchObject({ sent: 1 });
    await removeAlertChannel(db, workspace, by, "slack");
    expect((await listAlerts(db, workspace)).channels).toEqual([]);
    for (const [name, change, code] of [
      ["Desk", { kind: "email", to: "a@b.example" }, "bad-name"],
      ["desk", { kind: "email", to: "nobody" }, "bad-to"],
      ["desk", { kind: "webhook", to: "ftp://x.example" }, "bad-to"],
      ["desk", { on: true }, "bad-to"],
    ] as const)
      await expect(setAlertChannel(db, workspace, by, name, change, INSTALLATION)).rejects.toMatchObject({
        code,
      });
  });

  it("send the digest on Mondays, once a week, with what is new and what was resolved", async () => {
    const monday = Date.parse("2026-03-30T06:00:00Z");
    await setAlertRules(db, workspace, by, { zone: "Europe/Berlin" });
    await channel("webhook", `${receiver.url}/hook`, { digest: true });
    await test.owner
      .sql`update alert_channel_states set digest_at = '2026-03-23T07:00:00Z' where workspace_id = ${workspace}`;
    await ingest(attempt(1, "ann"));
    now = monday - 10 * MINUTE;
    await isDue();
    expect(await round()).toMatchObject({ raised: 1, sent: 1 });
    receiver.status = 500;
    expect(await round()).toMatchObject({ sent: 0, failed: 1 });
    receiver.status = 200;
    expect(await round()).toMatchObject({ sent: 1 });
    expect(await round()).toMatchObject({ sent: 0 });
    const digest = told().at(-1);
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
    await setAlertRules(db, workspace, by, { zone: "America/Los_Angeles" });
    now = monday + 12 * 60 * MINUTE;
    expect(await round()).toMatchObject({ sent: 0 });
    now = monday + 7 * 24 * 60 * MINUTE + 9 * 60 * MINUTE;
    await test.owner
      .sql`update alert_rounds set next_look_at = '2026-04-06' where workspace_id = ${workspace}`;
    await ingest(attempt(1, "ann", { failed: false, hour: 1 }));
    expect(await round()).toMatchObject({ resolved: 1, sent: 1 });
    expect(told().at(-1)).toMatchObject({ type: "digest", raised: [], resolved: [{ count: 1 }] });
  });
});
