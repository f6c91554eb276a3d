import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAudit } from "../../db/queries/audit.ts";
import { type Caller, commandLine } from "../auth/caller.ts";
import { inviteMember } from "../auth/members/invite-member.ts";
import type { Role } from "../auth/permissions.ts";
import { rebuild } from "../ingest/rebuild.ts";
import { ingestText } from "../ingest/testing.ts";
import { differences } from "../reports/check.ts";
import { COLUMNS, fieldOf, kindOf } from "../reports/columns.ts";
import { runReport } from "../reports/run.ts";
import { identityReport } from "../reports/timeline.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { checkPopulation } from "./check-population.ts";
import { closeReview } from "./close-review.ts";
import type { DecisionInput, ReviewItemRow } from "./contract.ts";
import { decideItems } from "./decide-items.ts";
import { delegateItems } from "./delegate-items.ts";
import { endReview } from "./end-review.ts";
import { exemptItem } from "./exempt-item.ts";
import { markOpened } from "./mark-opened.ts";
import { openReview } from "./open-review.ts";
import { previewReview } from "./preview-review.ts";
import { itemStory, listReviews, readReview, reviewItems, reviewTasks } from "./read.ts";
import { emailOf, offboard, oktaRecord, type Person, settle } from "./testing.ts";

const WORKSPACE = "main";
const DAY = 86_400_000;
const by = commandLine();

const PEOPLE: Person[] = [
  { name: "ann", department: "Sales", title: "Head of Sales", manager: "" },
  { name: "bob", department: "Engineering", title: "Head of Engineering", manager: "" },
  { name: "carol", department: "IT", title: "IT lead", manager: "" },
  ...["dan", "eve", "finn", "gail", "hal", "ida"].map((name) => ({
    name,
    department: "Sales",
    title: "Account manager",
    manager: "ann",
  })),
  ...["jon", "kim", "lea", "max", "ned", "ola"].map((name) => ({
    name,
    department: "Engineering",
    title: "Engineer",
    manager: "bob",
  })),
];
const APPLICATIONS = ["Chat", "Wiki"];

describe("a review", () => {
  const database = testDatabase();
  const settledAt = Date.now() - DAY;
  const callers = new Map<string, Caller>();
  let review = "";

  const member = async (name: string, role: Role): Promise<Caller> => {
    const id = await inviteMember(database.db, WORKSPACE, by, {
      name,
      email: emailOf(name),
      role,
      ...(role === "auditor" ? { endsAt: "2099-12-31" } : {}),
    });
    const caller: Caller = {
      actor: { kind: "member", id, name, address: "127.0.0.1" },
      role,
      scopes: null,
      customer: null,
      member: id,
    };
    callers.set(name, caller);
    return caller;
  };
  const caller = (name: string): Caller => callers.get(name) as Caller;
  const idOf = (name: string): string => caller(name).member ?? "";
  const rows = async (who: Caller = by): Promise<ReviewItemRow[]> =>
    (await reviewItems(database.db, WORKSPACE, who, review))?.rows ?? [];
  const row = async (name: string, application: string): Promise<ReviewItemRow> => {
    const found = (await rows()).find(
      (one) => one.userName === emailOf(name) && one.application === application,
    );
    if (found === undefined) throw new Error(`${name} has no account at ${application}.`);
    return found;
  };
  const decision = async (
    name: string,
    application: string,
    what: DecisionInput["decision"],
    more: Partial<DecisionInput> = {},
  ): Promise<DecisionInput> => {
    const { item, version } = await row(name, application);
    return { item, version, decision: what, ...more };
  };
  const decide = async (who: Caller, ...decisions: DecisionInput[]) =>
    decideItems(database.db, WORKSPACE, who, review, decisions);
  const input = () => ({
    name: "Quarterly review",
    dueAt: new Date(Date.now() + 14 * DAY).toISOString(),
    rules: ["manager" as const],
    fallback: idOf("carol"),
  });

  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rollcall-reviews-"));
    await settle(database.db, WORKSPACE, PEOPLE, APPLICATIONS, settledAt);
    await member("ann", "reviewer");
    await member("bob", "reviewer");
    await member("carol", "analyst");
    await member("zoe", "auditor");
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("tells before it is opened whom the items would go to", async () => {
    const preview = await previewReview(database.db, WORKSPACE, by, input());
    expect(preview).toEqual({
      rows: 30,
      flagged: 0,
      // Ann, Bob and Carol have no manager; Carol's own two accounts go to somebody else.
      reviewers: expect.arrayContaining([
        { name: "ann", items: 12 + 2 },
        { name: "bob", items: 12 },
        { name: "carol", items: 4 },
      ]),
      fallback: 6,
      own: 2,
    });
    await expect(
      previewReview(database.db, WORKSPACE, by, { ...input(), scope: { applications: ["Nowhere"] } }),
    ).rejects.toThrow("No account and no credential fits this scope.");
    await expect(
      previewReview(database.db, WORKSPACE, by, { ...input(), dueAt: "2020-01-01" }),
    ).rejects.toThrow("The due date lies in the past.");
    await expect(previewReview(database.db, WORKSPACE, caller("ann"), input())).rejects.toThrow(/role/u);
  });

  it("freezes its population, and makes it again", async () => {
    ({ review } = await openReview(database.db, WORKSPACE, by, input()));
    const told = await readReview(database.db, WORKSPACE, by, review);
    expect(told).toMatchObject({ state: "running", counts: { items: 30, open: 30 } });
    expect(told?.population).toMatchObject({ rows: 30, sha256: expect.stringMatching(/^[\da-f]{64}$/u) });
    expect(await checkPopulation(database.db, WORKSPACE, by, review)).toMatchObject({
      same: true,
      missing: [],
      added: [],
      changed: [],
    });
    expect(await row("dan", "Chat")).toMatchObject({
      reviewer: { name: "ann" },
      reviewerBy: "manager",
      state: "open",
      since: "new",
      // Of the five other account managers all have it.
      peers: { people: 5, have: 5 },
      activityKnown: true,
      provenance: "scim",
    });
  });

  it("shows a reviewer the own items alone, and an auditor all", async () => {
    expect(await rows(caller("ann"))).toHaveLength(14);
    expect((await rows(caller("ann"))).every(({ reviewer }) => reviewer.name === "ann")).toBe(true);
    expect(await rows(caller("zoe"))).toHaveLength(30);
    const dan = await row("jon", "Chat");
    expect(await itemStory(database.db, WORKSPACE, caller("ann"), review, dan.item)).toBeNull();
    const list = await listReviews(database.db, WORKSPACE, caller("ann"));
    expect(list.reviews[0]).toMatchObject({ counts: { items: 14 }, mine: { items: 14, open: 14 } });
  });

  it("lets nobody review their own access, nor what is another's", async () => {
    const own = await row("carol", "Chat");
    expect(own.reviewer.name).not.toBe("carol");
    await expect(decide(caller("carol"), { ...(await decision("carol", "Chat", "keep")) })).rejects.toThrow(
      /your own access/u,
    );
    await expect(decide(caller("ann"), await decision("jon", "Chat", "keep"))).rejects.toThrow(
      "jon@larkspur.example in Chat is for bob to decide.",
    );
    await expect(decide(caller("zoe"), await decision("dan", "Chat", "keep"))).rejects.toThrow(/role/u);
    await expect(
      delegateItems(database.db, WORKSPACE, by, review, { to: idOf("carol"), items: [own.item] }),
    ).rejects.toThrow("It is carol's own access");
  });

  it("takes no revoke without a reason", async () => {
    await expect(decide(caller("ann"), await decision("dan", "Chat", "revoke"))).rejects.toThrow(
      "dan@larkspur.example in Chat: Say why it is to be revoked.",
    );
    await expect(
      decide(caller("ann"), await decision("dan", "Chat", "change", { reason: "less", remove: ["admins"] })),
    ).rejects.toThrow("It does not hold “admins”.");
    expect((await row("dan", "Chat")).state).toBe("open");
  });

  it("gives items away, which shows", async () => {
    const items = [(await row("kim", "Chat")).item, (await row("kim", "Wiki")).item];
    expect(
      await delegateItems(database.db, WORKSPACE, caller("bob"), review, { to: idOf("carol"), items }),
    ).toEqual({ items: 2, own: 0 });
    expect(await row("kim", "Chat")).toMatchObject({ reviewer: { name: "carol" }, reviewerBy: "delegated" });
    const figures = (await readReview(database.db, WORKSPACE, by, review))?.reviewers;
    expect(figures?.find(({ name }) => name === "bob")?.delegatedTo).toEqual(["carol"]);
  });

  it("loses nothing when two decide the same item at once", async () => {
    const on = await decision("dan", "Wiki", "keep", { reason: "needs it" });
    const answers = await Promise.all([
      decide(caller("ann"), on),
      decide(caller("carol"), { ...on, decision: "revoke", reason: "left the team" }),
    ]);
    expect(answers.map(({ decided }) => decided.length).sort()).toEqual([0, 1]);
    const [late] = answers.flatMap(({ conflicts }) => conflicts);
    const now = await row("dan", "Wiki");
    expect(late).toMatchObject({ version: now.version, decision: now.decision, decidedBy: now.decidedBy });
    // Knowing it, the other decides all the same.
    const again = await decide(caller("ann"), { ...on, version: now.version });
    expect(again.decided).toEqual([on.item]);
    const story = await itemStory(database.db, WORKSPACE, by, review, on.item);
    expect(story?.acts.filter(({ verb }) => verb === "decided")).toHaveLength(2);
  });

  const REVOKED = [
    ...["dan", "eve", "finn", "gail", "hal"].map((name) => [name, "Chat"] as const),
    ...["jon", "lea", "max", "ned"].map((name) => [name, "Chat"] as const),
    ["kim", "Wiki"] as const,
  ];

  it("records how it was decided: looked at one by one, or all together unseen", async () => {
    for (const [name, application] of REVOKED) {
      const who = caller(name === "kim" ? "carol" : (PEOPLE.find((one) => one.name === name)?.manager ?? ""));
      const one = await decision(name, application, "revoke", { reason: "no longer needed", seconds: 12.4 });
      await markOpened(database.db, WORKSPACE, who, review, [one.item]);
      expect((await decide(who, one)).decided).toEqual([one.item]);
    }
    for (const who of ["ann", "bob", "carol"]) {
      const open = (await rows(caller(who))).filter(
        ({ state, reviewer }) => state === "open" && reviewer.name === who,
      );
      await decide(
        caller(who),
        ...open.map(({ item, version }) => ({ item, version, decision: "keep" as const })),
      );
    }
    const figures = (await readReview(database.db, WORKSPACE, by, review))?.reviewers ?? [];
    expect(figures.find(({ name }) => name === "ann")).toMatchObject({
      items: 14,
      decided: 14,
      medianSeconds: 12,
      bulkShare: 8 / 14,
      // Those decided together, and the one of two at once.
      neverOpened: 9,
      keptFlagged: 0,
    });
    expect(figures.find(({ name }) => name === "carol")).toMatchObject({ ownRouted: 2 });
    expect((await row("dan", "Chat")).seconds).toBe(12);
  });

  it("is not closed before each revoke is shown by an event", async () => {
    await endReview(database.db, WORKSPACE, by, review);
    await expect(
      decide(caller("ann"), await decision("ida", "Chat", "revoke", { reason: "x" })),
    ).rejects.toThrow("This review has ended");
    // Whoever runs it still settles what is left.
    const settled = await decision("ida", "Chat", "cant-say");
    await decide(by, settled);
    await decide(by, { ...settled, version: settled.version + 1, decision: "keep" });
    await expect(closeReview(database.db, WORKSPACE, by, review)).rejects.toThrow(
      "10 that no event shows to be done",
    );
    const at = Date.now();
    await ingestText(database.db, WORKSPACE, offboard(REVOKED.slice(0, 9), at), "okta", "okta");
    const told = await readReview(database.db, WORKSPACE, by, review);
    expect(told?.counts).toMatchObject({ verified: 9, "to-do": 1, kept: 20, open: 0 });
    const done = await row("dan", "Chat");
    expect(done).toMatchObject({ state: "verified", verifiedAt: new Date(at).toISOString() });
    expect(done.verifiedBy).toMatch(/^[\da-f]{40}:0$/u);
    await expect(closeReview(database.db, WORKSPACE, by, review)).rejects.toThrow(
      "1 that no event shows to be done",
    );
    const tasks = await reviewTasks(database.db, WORKSPACE, by, review);
    expect(tasks?.filter(({ state }) => state === "to-do")).toMatchObject([
      { userName: "kim@larkspur.example", application: "Wiki", todo: "revoke", decidedBy: "carol" },
    ]);
  });

  it("takes back what is verified when the account comes back", async () => {
    const later = Date.now();
    const back = oktaRecord("application.provision.user.reactivate", "eve", "Chat", later);
    await ingestText(database.db, WORKSPACE, back, "okta", "okta");
    expect((await row("eve", "Chat")).state).toBe("to-do");
    await ingestText(database.db, WORKSPACE, offboard([["eve", "Chat"]], Date.now()), "okta", "okta");
    expect((await row("eve", "Chat")).state).toBe("verified");
  });

  it("is closed with an exemption that has a reason, an owner and an end", async () => {
    const { item } = await row("kim", "Wiki");
    const wish = { item, reason: "hands over until May", owner: "bob", until: "2099-05-31" };
    await expect(
      exemptItem(database.db, WORKSPACE, by, review, { ...wish, until: "2020-01-01" }),
    ).rejects.toThrow(/lies ahead/u);
    await expect(exemptItem(database.db, WORKSPACE, by, review, { ...wish, reason: " " })).rejects.toThrow(
      "Say why",
    );
    await exemptItem(database.db, WORKSPACE, by, review, wish);
    expect(await row("kim", "Wiki")).toMatchObject({
      state: "exempt",
      exemption: { reason: "hands over until May", owner: "bob", until: "2099-05-31T23:59:59.999Z" },
    });
    await closeReview(database.db, WORKSPACE, by, review);
    expect((await readReview(database.db, WORKSPACE, by, review))?.state).toBe("closed");
  });

  it("stands in the log: folded anew nothing differs, timelines tell of it, and reports are what they were", async () => {
    expect(await differences(database.db, WORKSPACE)).toEqual([]);
    const before = await runReport(database.db, WORKSPACE, "accounts", { asOf: Date.now() + 1e6 });
    await rebuild(database.db, WORKSPACE, by);
    expect(await differences(database.db, WORKSPACE)).toEqual([]);
    expect(await runReport(database.db, WORKSPACE, "accounts", { asOf: Date.parse(before.asOf) })).toEqual(
      before,
    );
    const { subject } = await row("dan", "Chat");
    const person = await identityReport(database.db, WORKSPACE, subject ?? "");
    expect(person?.events.map(({ summary }) => summary)).toContain(
      "Reviewed: revoke at Chat: no longer needed",
    );
    await database.owner.sql`update review_items set state = jsonb_set(state, '{first,decision}', '"keep"')
      where state -> 'first' ->> 'decision' = 'revoke'`.catch((error: Error) => {
      expect(error.message).toContain("without an entry in the audit log");
    });
  });

  it("has columns that hold what they are said to hold", async () => {
    const kindOfValue = (value: unknown) =>
      Array.isArray(value)
        ? "list"
        : typeof value === "boolean"
          ? "flag"
          : typeof value === "number"
            ? "number"
            : /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(value as string)
              ? "time"
              : "text";
    for (const one of await rows()) {
      for (const column of COLUMNS.review) {
        const value = fieldOf(column)(one);
        expect(value, column).not.toBeUndefined();
        if (value !== null) expect(kindOf("review", column), column).toBe(kindOfValue(value));
      }
    }
  });

  it("has an entry in the audit log for each act", async () => {
    const verbs = (await readAudit(database.db, WORKSPACE, {}, 500)).map(({ verb }) => verb);
    for (const verb of [
      "open-review",
      "decide-items",
      "delegate-items",
      "mark-opened",
      "exempt-item",
      "end-review",
      "close-review",
    ])
      expect(verbs).toContain(verb);
  });

  it("says what is new since, and what the record that came late changed in the population", async () => {
    const late = oktaRecord("application.provision.user.push", "late", "Chat", settledAt - 5 * DAY);
    await ingestText(database.db, WORKSPACE, late, "okta", "okta");
    const check = await checkPopulation(database.db, WORKSPACE, by, review);
    expect(check).toMatchObject({ same: false, missing: [], changed: [] });
    expect(check?.added).toHaveLength(1);
    const { review: next } = await openReview(database.db, WORKSPACE, by, { ...input(), name: "Next" });
    const before = review;
    review = next;
    expect(await row("ida", "Chat")).toMatchObject({
      since: "same",
      previous: { review: before, reviewName: "Quarterly review", decision: "keep" },
    });
    expect(await row("late", "Chat")).toMatchObject({ since: "new", previous: null });
  });

  it("asks a second reviewer, who does not see what the first said", async () => {
    const { review: sampled } = await openReview(database.db, WORKSPACE, by, {
      ...input(),
      name: "With a second look",
      secondShare: 100,
      second: idOf("bob"),
    });
    review = sampled;
    const one = await row("ida", "Wiki");
    expect(one.second?.name).toBe("bob");
    await decide(caller("ann"), { item: one.item, version: one.version, decision: "keep" });
    const blind = (await rows(caller("bob"))).find(({ item }) => item === one.item);
    expect(blind).toMatchObject({ decision: null, state: "open", decidedBy: null });
    const theirs = { to: idOf("bob"), items: [one.item] };
    await expect(delegateItems(database.db, WORKSPACE, by, review, theirs)).rejects.toThrow(
      "bob decides it second",
    );
    // Nor do the tasks tell.
    const other = await row("hal", "Wiki");
    const going = { item: other.item, version: other.version, decision: "revoke" as const, reason: "unused" };
    await decide(caller("ann"), going);
    const tasksOf = async (who: Caller) =>
      (await reviewTasks(database.db, WORKSPACE, who, review))?.map(({ item }) => item);
    expect(await tasksOf(caller("ann"))).toEqual([other.item]);
    expect(await tasksOf(caller("bob"))).toEqual([]);
    await decide(caller("bob"), {
      item: one.item,
      version: one.version + 1,
      decision: "revoke",
      reason: "never uses it",
    });
    expect(await row("ida", "Wiki")).toMatchObject({
      state: "disputed",
      decision: "keep",
      secondDecision: "revoke",
    });
    await decide(caller("ann"), {
      item: one.item,
      version: one.version + 2,
      decision: "revoke",
      reason: "bob is right",
    });
    expect((await row("ida", "Wiki")).state).toBe("to-do");
  });
});
