import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readReviewState } from "../../db/queries/reviews.ts";
import { type Caller, commandLine, rollcallItself } from "../auth/caller.ts";
import { changeMember } from "../auth/members/change-member.ts";
import { setTicketWebhook } from "../failures/set-ticket-webhook.ts";
import { startTicketServer, type TicketServer } from "../failures/testing.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { decideItems } from "./decide-items.ts";
import { endReview } from "./end-review.ts";
import { keepReviewsGoing } from "./keep-reviews-going.ts";
import { inputDue, nameFor, openDueReviews } from "./open-due-reviews.ts";
import { openReview } from "./open-review.ts";
import { listReviews, reviewItems } from "./read.ts";
import { remindReviewers } from "./remind-reviewers.ts";
import { setRecurrence } from "./set-recurrence.ts";
import { emailOf, memberNamed, settle } from "./testing.ts";

const W = "main";
const DAY = 86_400_000;
const INSTALLATION = "secret of this installation";
const by = commandLine();
const surroundings = {
  linkOf: (review: string) => `https://rollcall.example/reviews/${review}`,
  installation: INSTALLATION,
};

describe("reviewers", () => {
  const test = testDatabase();
  const mails: { to: string[]; text: string }[] = [];
  let smtp: SMTPServer;
  let tickets: TicketServer;
  let rita: Caller;
  let bert: Caller;
  let review = "";

  const remind = (when: "due" | "now" = "due", caller = by) =>
    remindReviewers(test.db, W, caller, review, when, surroundings);
  const reminders = async () => (await readReviewState(test.db.sql, W, review))?.reminders ?? [];
  const withMail = () => {
    const { port } = (smtp.server as unknown as Server).address() as AddressInfo;
    vi.stubEnv("ROLLCALL_SMTP_URL", `smtp://127.0.0.1:${port}`);
    vi.stubEnv("ROLLCALL_MAIL_FROM", "Rollcall <rollcall@larkspur.example>");
  };

  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onRcptTo: ({ address }, _, done) =>
        address.startsWith("bert")
          ? done(Object.assign(new Error("mailbox full"), { responseCode: 552 }))
          : done(),
      onData(stream, { envelope }, done) {
        let text = "";
        stream.on("data", (chunk: Buffer) => {
          text += chunk.toString();
        });
        stream.on("end", () => {
          mails.push({ to: envelope.rcptTo.map(({ address }) => address), text });
          done();
        });
      },
    });
    tickets = await startTicketServer(202);
    await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
    const people = ["ann", "dan", "eve"].map((name) => ({
      name,
      department: "Sales",
      title: "Seller",
      manager: "",
    }));
    await settle(test.db, W, people, ["Chat"], Date.now() - DAY);
    rita = await memberNamed(test.db, W, "rita", "reviewer");
    bert = await memberNamed(test.db, W, "bert", "reviewer");
  });
  beforeEach(async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    const named = [rita.member, bert.member] as string[];
    ({ review } = await openReview(test.db, W, by, {
      name: "Q1",
      dueAt: new Date(Date.now() + 30 * DAY).toISOString(),
      rules: ["named"],
      named,
      fallback: named[0] as string,
    }));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    mails.length = 0;
    tickets.bodies.length = 0;
    await setTicketWebhook(test.db, W, by, null, INSTALLATION);
    await endReview(test.db, W, by, review);
  });
  afterAll(async () => {
    await Promise.all([new Promise<void>((resolve) => smtp.close(() => resolve())), tickets.stop()]);
  });

  it("get a mail with a link and a number, and no word of anybody's access; what was answered is kept", async () => {
    withMail();
    expect(await remind()).toBe(1);
    expect(mails.map(({ to }) => to)).toEqual([[emailOf("rita")]]);
    // Quoted-printable: a line may go on in the next.
    const text = mails[0]?.text.replaceAll("=\r\n", "") ?? "";
    expect(text).toContain(`https://rollcall.example/reviews/${review}`);
    expect(text).toMatch(/2\s+items\s+wait for you/u);
    expect(text).not.toMatch(/Chat|ann@|dan@|eve@/u);
    expect(await reminders()).toMatchObject(
      [
        { to: "bert", member: bert.member, kind: "opened", ok: false },
        { to: "rita", member: rita.member, kind: "opened", ok: true },
      ].toSorted((a, b) => ((a.member ?? "") < (b.member ?? "") ? -1 : 1)),
    );
    const state = await readReviewState(test.db.sql, W, review);
    expect(state?.acts.map(({ words }) => words)).toContain("reminded rita (opened)");
  });

  it("get it once, however often it is asked and by however many at once", async () => {
    withMail();
    const all = await Promise.all([1, 2, 3].map(() => keepReviewsGoing(test.db, W, surroundings)));
    await keepReviewsGoing(test.db, W, surroundings);
    expect(all.filter((one) => one !== null).every(({ errors }) => errors.length === 0)).toBe(true);
    expect(mails).toHaveLength(1);
    expect((await reminders()).map(({ kind }) => kind)).toEqual(["opened", "opened"]);
  });

  it("are told of by one call to the ticket system, where one is set", async () => {
    await setTicketWebhook(test.db, W, by, tickets.url, INSTALLATION);
    expect(await remind()).toBe(2);
    expect(tickets.bodies.map((body) => JSON.parse(body))).toEqual([
      {
        type: "review-reminder",
        review: { id: review, name: "Q1", dueAt: expect.any(String), open: 3 },
        reminders: expect.arrayContaining([
          { reviewer: "rita", email: emailOf("rita"), kind: "opened", items: 2, escalated: false },
          { reviewer: "bert", email: emailOf("bert"), kind: "opened", items: 1, escalated: false },
        ]),
        link: `https://rollcall.example/reviews/${review}`,
      },
    ]);
    expect((await reminders()).every(({ ok }) => ok)).toBe(true);
  });

  it("are not written of while nothing can reach them; whoever asks is told", async () => {
    expect(await remind()).toBe(0);
    expect(await reminders()).toEqual([]);
    await expect(remind("now")).rejects.toThrow(/no mail server is set/u);
  });

  it("are reminded at once when somebody asks, of what they have not decided", async () => {
    withMail();
    const own = (await reviewItems(test.db, W, rita, review))?.rows ?? [];
    await decideItems(
      test.db,
      W,
      rita,
      review,
      own.map(({ item, version }) => ({ item, version, decision: "revoke", reason: "not needed" })),
    );
    expect(await remind("now")).toBe(0);
    expect(await reminders()).toMatchObject([{ to: "bert", kind: "asked", ok: false }]);
    await expect(remind("now", rita)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("who may come in no more are left out", async () => {
    withMail();
    await changeMember(test.db, W, by, rita.member as string, { active: false });
    try {
      expect(await remind()).toBe(0);
      expect(mails).toEqual([]);
    } finally {
      await changeMember(test.db, W, by, rita.member as string, { active: true });
    }
  });
});

describe("a review that recurs", () => {
  const test = testDatabase();
  const opening = Date.now();
  const inDays = (days: number) => opening + days * DAY;
  let member = "";

  beforeAll(async () => {
    const people = ["ann", "dan"].map((name) => ({
      name,
      department: "Sales",
      title: "Seller",
      manager: "",
    }));
    await settle(test.db, W, people, ["Chat", "Wiki"], opening - DAY);
    member = (await memberNamed(test.db, W, "rita", "reviewer")).member as string;
  });
  const all = async () => (await listReviews(test.db, W, by)).reviews;

  it("is opened again after its period, once, with a name and a due date of its own", async () => {
    const wish = (application: string) => ({
      name: `${application} 2020-Q1`,
      dueAt: new Date(inDays(20)).toISOString(),
      asOf: new Date(opening - 1000).toISOString(),
      scope: { applications: [application] },
      fallback: member,
      rules: [],
    });
    const { review } = await openReview(test.db, W, by, { ...wish("Chat"), every: "quarter" });
    await openReview(test.db, W, by, wish("Wiki"));
    const system = rollcallItself();
    expect(await openDueReviews(test.db, W, system, inDays(85))).toEqual({ opened: [], failed: [] });
    const { opened } = await openDueReviews(test.db, W, system, inDays(95));
    expect(opened).toHaveLength(1);
    // The new one was opened just now: its next time is a quarter from now, and the old one has its successor.
    expect((await openDueReviews(test.db, W, system, inDays(85))).opened).toEqual([]);
    const found = (await all()).find((one) => one.review === opened[0]);
    expect(found).toMatchObject({
      name: nameFor("Chat", "quarter", inDays(95)),
      every: "quarter",
      openedBy: "Rollcall",
    });
    expect(Math.round((Date.parse(found?.dueAt ?? "") - inDays(95)) / DAY)).toBe(20);
    const state = await readReviewState(test.db.sql, W, review);
    expect(state && inputDue(state, inDays(95))).toMatchObject({
      asOf: null,
      scope: { applications: ["Chat"] },
    });
    // Somebody stops it.
    await setRecurrence(test.db, W, by, opened[0] ?? "", null);
    expect((await openDueReviews(test.db, W, system, inDays(400))).opened).toEqual([]);
    expect((await all()).find((one) => one.review === opened[0])).toMatchObject({
      every: null,
      nextAt: null,
    });
  });

  it("that can't be opened keeps no other from it", async () => {
    await openReview(test.db, W, by, {
      name: "Monthly",
      dueAt: new Date(inDays(5)).toISOString(),
      scope: { applications: ["Wiki"] },
      fallback: member,
      rules: [],
      every: "month",
    });
    const colleague = await memberNamed(test.db, W, "olga", "reviewer");
    await openReview(test.db, W, by, {
      name: "Yearly",
      dueAt: new Date(inDays(5)).toISOString(),
      fallback: colleague.member as string,
      rules: [],
      every: "year",
    });
    await changeMember(test.db, W, by, colleague.member as string, { active: false });
    const { opened, failed } = await openDueReviews(test.db, W, by, inDays(370));
    expect(failed).toMatchObject([
      { name: nameFor("Yearly", "year", inDays(370)), error: { code: "unknown-member" } },
    ]);
    expect(opened.length).toBeGreaterThan(0);
  });
});

describe("the name of a review that recurs", () => {
  const at = Date.parse("2026-08-31T23:30:00Z");

  it.each([
    ["Access", "quarter", "Access 2026 Q3"],
    ["Access 2026 Q2", "quarter", "Access 2026 Q3"],
    ["Access, Q2 2026", "quarter", "Access 2026 Q3"],
    ["Access 2026-07", "month", "Access 2026-08"],
    ["Access – 2026-02-28", "half-year", "Access 2026 H2"],
    ["Access 2025", "year", "Access 2026"],
    ["2025", "year", "2025 2026"],
    ["ISO 27001", "year", "ISO 27001 2026"],
  ] as const)("%s, each %s, is %s", (name, every, next) => {
    expect(nameFor(name, every, at)).toBe(next);
  });

  it("stays short enough, however long it was", () => {
    expect(nameFor("x".repeat(200), "quarter", at).length).toBeLessThanOrEqual(200);
  });
});
