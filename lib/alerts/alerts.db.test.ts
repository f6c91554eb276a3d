/** Rounds of alerts over a log that grows, with a real mail server and a receiver that fails, is slow, or is away. */
import { createHmac } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { acknowledgeFailures } from "../failures/acknowledge-failures.ts";
import { attempt } from "../failures/testing.ts";
import { ingestText } from "../ingest/testing.ts";
import { runReport } from "../reports/run.ts";
import { sampleCompany } from "../sample/company.ts";
import { listAlerts } from "./list-alerts.ts";
import { runRound } from "./run-round.ts";
import { setAlertRules } from "./set-alert-rules.ts";
import { AlertsTest, INSTALLATION, MINUTE } from "./testing/workspace.ts";

const by = commandLine();

describe("alerts", () => {
  const test = new AlertsTest();

  it("tell each channel once, one message for all of a rule, and again only after it was over", async () => {
    await test.ingest(attempt(1, "ann"), attempt(2, "ben", { application: "Wiki" }));
    const secret = await test.channel("webhook", `${test.receiver.url}/hook`);
    await test.channel("email", "desk@larkspur.example");
    expect(await test.round()).toMatchObject({ raised: 2, sent: 2 });
    expect(await test.round()).toMatchObject({ raised: 0, resolved: 0, sent: 0 });
    const [call] = test.receiver.calls;
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
    expect(test.mail.received).toHaveLength(1);
    expect(test.mail.received[0]).toMatchObject({ to: ["desk@larkspur.example"] });
    expect(test.mail.received[0]?.text).toMatch(/^Subject: Rollcall: 2 new causes of failures\r$/mu);

    await test.ingest(attempt(3, "ann", { failed: false }));
    expect(await test.round()).toMatchObject({ resolved: 1, sent: 0 });
    await test.ingest(attempt(4, "ann"));
    expect(await test.round()).toMatchObject({ raised: 1, sent: 2 });
    expect(test.told()[1]).toMatchObject({ count: 1, alerts: [{ what: expect.stringMatching(/^Chat: /u) }] });
    // A single one leads to its own page.
    expect(test.told()[1].link).toBe(test.told()[1].alerts[0].link);
    const { open, resolved } = await listAlerts(test.db, test.workspace);
    expect(open.map(({ notifiedAt }) => notifiedAt !== null)).toEqual([true, true]);
    expect(resolved).toHaveLength(1);
  });

  it("look again at once where the clock was set back", async () => {
    await test.ingest(attempt(1, "ann"));
    await test.channel("webhook", `${test.receiver.url}/hook`);
    expect(await test.round()).toMatchObject({ raised: 1 });
    test.now -= 60 * MINUTE;
    await test.ingest(attempt(2, "ben", { application: "Wiki" }));
    expect(await test.round()).toMatchObject({ raised: 1, sent: 1 });
  });

  it("leave nothing out and tell nothing twice while a channel fails: it is tried again, ever later", async () => {
    await test.channel("webhook", `${test.receiver.url}/hook`);
    await test.channel("email", "desk@larkspur.example");
    test.receiver.status = 503;
    await test.ingest(attempt(1, "ann"), attempt(2, "ben", { application: "Wiki" }));
    expect(await test.round()).toMatchObject({ sent: 1, failed: 1 });
    expect((await listAlerts(test.db, test.workspace)).channels).toMatchObject([
      { name: "email", failures: 0, last: { ok: true }, nextTryAt: null },
      { name: "webhook", failures: 1, last: { ok: false, answer: expect.stringContaining("503") } },
    ]);
    await test.round();
    await test.round();
    expect((await listAlerts(test.db, test.workspace)).channels[1]).toMatchObject({ failures: 3 });
    const tries = test.receiver.calls.length;
    // It waits: in a round of the next second it is not called.
    test.now -= 5 * MINUTE - 1_000;
    expect(await test.round()).toMatchObject({ sent: 0, failed: 0 });
    expect(test.receiver.calls).toHaveLength(tries);
    // What came and went meanwhile is told too, in the same message.
    await test.ingest(attempt(5, "ann", { failed: false }), attempt(6, "cid", { application: "Mail" }));
    test.now += 60 * MINUTE;
    test.receiver.status = 200;
    expect(await test.round()).toMatchObject({ raised: 1, resolved: 1, sent: 2, failed: 0 });
    expect(test.told().at(-1)).toMatchObject({
      count: 3,
      alerts: [
        { what: expect.stringMatching(/^Chat: /u), resolvedAt: expect.any(String) },
        { resolvedAt: null },
        { resolvedAt: null },
      ],
    });
    expect(await test.round()).toMatchObject({ sent: 0 });
    expect(test.mail.received).toHaveLength(2);
  });

  it("keep no channel waiting for a slow one, and are sent under the same id when it is not known whether they came", async () => {
    await test.ingest(attempt(1, "ann"));
    await test.channel("webhook", `${test.receiver.url}/hook`);
    await test.channel("email", "desk@larkspur.example");
    test.receiver.delay = 3_000;
    const running = test.round();
    await vi.waitFor(() => expect(test.mail.received).toHaveLength(1), 60_000);
    // Another process that begins a round meanwhile finds it taken.
    expect(
      await runRound({ db: test.db, workspace: test.workspace, installation: INSTALLATION, now: test.now }),
    ).toBeNull();
    expect(await running).toMatchObject({ sent: 2 });
    test.receiver.delay = 0;
    // As if the process had died between the answer and its note.
    await test.database.owner
      .sql`delete from alert_tellings where workspace_id = ${test.workspace} and channel = 'webhook'`;
    expect(await test.round()).toMatchObject({ sent: 1 });
    const [first, second] = test.receiver.calls.map(({ headers }) => headers["webhook-id"]);
    expect(first).toMatch(/^rollcall_/u);
    expect(second).toBe(first);
  });

  it("raise nothing that people have taken up, and follow the rules as they are set", async () => {
    await test.ingest(attempt(1, "ann"), attempt(1, "bea"), attempt(2, "ben", { application: "Wiki" }));
    // The second time it changes nothing.
    for (let i = 0; i < 2; i++)
      await setAlertRules(test.db, test.workspace, by, { rules: { "failure-group": { threshold: 2 } } });
    expect(await test.round()).toMatchObject({ raised: 1 });
    const group = (await listAlerts(test.db, test.workspace)).open[0]?.link.split("/").at(-1) ?? "";
    await acknowledgeFailures(test.db, test.workspace, by, [group]);
    expect(await test.round()).toMatchObject({ raised: 0, resolved: 0 });
    // Put off, it is forgotten; put on, what is acknowledged stays quiet.
    await test.follow();
    expect(await test.round()).toMatchObject({ raised: 0, resolved: 0 });
    expect(await listAlerts(test.db, test.workspace)).toMatchObject({ open: [], resolved: [] });
    await test.follow("failure-group");
    await setAlertRules(test.db, test.workspace, by, { rules: { "failure-group": { threshold: 1 } } });
    expect(await test.round()).toMatchObject({ raised: 1 });
    for (const [change, code] of [
      [{ rules: { nonsense: { on: true } } }, "bad-rule"],
      [{ rules: { sla: { threshold: 0 } } }, "bad-rule"],
      [{ rules: { quarantine: { threshold: 3 } } }, "bad-rule"],
      [{ zone: "Mars/Olympus" }, "bad-zone"],
    ] as const)
      await expect(setAlertRules(test.db, test.workspace, by, change)).rejects.toMatchObject({ code });
  });

  it("tell of a leaver, a source and an application too, and name nobody", async () => {
    await test.follow("sla", "source-silent", "uncovered", "access-after-leaving");
    const end = Date.now() - 3 * 24 * 60 * MINUTE;
    for (const { source, format, chunks } of sampleCompany({ seed: 7, end, scale: 0.01 }).files)
      await ingestText(test.db, test.workspace, chunks(), source, format);
    await test.channel("slack", `${test.receiver.url}/services/T0/B0/x0x0x0`);
    const done = await test.round();
    expect(done.sent).toBe(
      (await listAlerts(test.db, test.workspace)).rules.filter(({ open }) => open > 0).length,
    );
    expect(done.sent).toBe(4);
    const everything = test.receiver.calls.map(({ body }) => body).join("\n");
    const { rows } = await runReport(test.db, test.workspace, "offboarding");
    expect(rows.length).toBeGreaterThan(10);
    for (const { identity, account, subject } of rows)
      for (const name of [identity.userName, identity.displayName ?? identity.userName, account, subject])
        expect(everything).not.toContain(name);
    const texts = test.receiver.calls.map(({ body }) => JSON.parse(body).text as string);
    expect(texts.join("\n")).toMatch(/<https:\/\/rollcall\.example\/sources#gaps\|Open in Rollcall>/u);
    for (const text of texts) expect(text.split("\n").length).toBeLessThanOrEqual(13);
  }, 120_000);
});
