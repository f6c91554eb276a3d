import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readAudit } from "../../db/queries/audit.ts";
import { type Caller, commandLine } from "../auth/caller.ts";
import { setTicketWebhook } from "../failures/set-ticket-webhook.ts";
import { startTicketServer, type TicketServer } from "../failures/testing.ts";
import { ingestText } from "../ingest/testing.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { writableApplications } from "../scim/connection.ts";
import { removeScimConnection } from "../scim/remove-scim-connection.ts";
import { setScimConnection } from "../scim/set-scim-connection.ts";
import { type ScimService, scimService } from "../scim/testing.ts";
import type { ReviewTask } from "./contract.ts";
import { decideItems } from "./decide-items.ts";
import { type HandOff, handOffTasks } from "./hand-off-tasks.ts";
import { openReview } from "./open-review.ts";
import { itemStory, reviewItems, reviewTasks } from "./read.ts";
import { emailOf, memberNamed, offboard, settle } from "./testing.ts";

const W = "main";
const INSTALLATION = "secret of this installation";
const by = commandLine();
const NAMES = ["alice", "bob", "carol", "dave"];
const DUE = new Date(Date.now() + 30 * 86_400_000).toISOString();

describe("tasks of a review", () => {
  const test = testDatabase();
  let rita: Caller;
  let review = "";
  let service: ScimService;

  const handOff = (wish: Partial<HandOff>, caller = by) =>
    handOffTasks(
      test.db,
      W,
      caller,
      review,
      { items: [], way: "scim", confirm: true, ...wish },
      { linkOf: (id) => `https://rollcall.example/reviews/${id}`, installation: INSTALLATION },
    );
  const tasks = async () => (await reviewTasks(test.db, W, by, review)) ?? [];
  const taskOf = async (name: string) =>
    (await tasks()).find(({ userName }) => userName?.startsWith(name)) as ReviewTask;
  const connect = (input: { writes?: boolean; token?: string } = {}) =>
    setScimConnection(
      test.db,
      W,
      by,
      "Chat",
      { url: service.url, token: service.token, writes: true, ending: "deactivate", ...input },
      INSTALLATION,
    );

  beforeAll(async () => {
    rita = await memberNamed(test.db, W, "rita", "reviewer");
    const people = NAMES.map((name) => ({ name, department: "Sales", title: "Seller", manager: "" }));
    await settle(test.db, W, people, ["Chat"], Date.now() - 86_400_000);
  });
  beforeEach(async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    service = await scimService(
      NAMES.map((name, i) => ({ id: String(i), userName: emailOf(name), active: true })),
    );
    const fallback = rita.member as string;
    ({ review } = await openReview(test.db, W, by, {
      name: "Chat",
      dueAt: DUE,
      rules: ["named"],
      named: [fallback],
      fallback,
    }));
    const rows = (await reviewItems(test.db, W, rita, review))?.rows ?? [];
    await decideItems(
      test.db,
      W,
      rita,
      review,
      rows.map(({ item, version, userName }) => ({
        item,
        version,
        decision: userName?.startsWith("dave") ? "cant-say" : "revoke",
        reason: "not needed",
      })),
    );
  });
  afterEach(async () => {
    await service.close();
    await removeScimConnection(test.db, W, by, "Chat");
    vi.unstubAllEnvs();
  });

  it("end the account at the application, and are done only when an event shows it", async () => {
    await connect();
    const { item } = await taskOf("alice");
    expect(await writableApplications(test.db, W)).toEqual(new Set(["chat"]));
    const all = await reviewTasks(test.db, W, by, review, await writableApplications(test.db, W));
    expect(all?.every(({ scim }) => scim)).toBe(true);
    const [sent] = await handOff({ items: [item] });
    expect(sent).toEqual({
      item,
      ok: true,
      answer: expect.stringMatching(/deactivated alice@larkspur\.example/u),
    });
    expect([...service.users.values()].map(({ active }) => active)).toEqual([false, true, true, true]);
    expect(await taskOf("alice")).toMatchObject({ state: "to-do", handedOff: ["scim"] });
    const story = await itemStory(test.db, W, by, review, item);
    expect(story?.acts.at(-1)).toMatchObject({
      verb: "handed-off",
      by: by.actor.name,
      reason: expect.stringMatching(/^scim: .*deactivated/u),
    });
    await ingestText(test.db, W, offboard([["alice", "Chat"]], Date.now()), "okta", "okta");
    expect(await taskOf("alice")).toMatchObject({ state: "verified" });
    await expect(handOff({ items: [item] })).rejects.toMatchObject({ code: "not-to-do" });
  });

  it("end nothing without a confirmation, a connection, or leave to write", async () => {
    const entries = async () => (await readAudit(test.db, W, { verb: "hand-off-tasks" }, 50)).length;
    const before = await entries();
    const { item } = await taskOf("bob");
    const told = async () => {
      const all = await reviewTasks(test.db, W, by, review, await writableApplications(test.db, W));
      return all?.find((task) => task.item === item)?.scim;
    };
    expect(await told()).toBe(false);
    await expect(handOff({ items: [item], confirm: false })).rejects.toMatchObject({ code: "bad-input" });
    expect(await handOff({ items: [item] })).toMatchObject([
      { ok: false, answer: expect.stringMatching(/no SCIM connection/u) },
    ]);
    await connect({ writes: false });
    expect(await handOff({ items: [item] })).toMatchObject([
      { ok: false, answer: expect.stringMatching(/allows no writing/u) },
    ]);
    expect(await told()).toBe(false);
    expect(service.asked).toEqual([]);
    expect(await taskOf("bob")).toMatchObject({ handedOff: [] });
    expect(await entries()).toBe(before);
  });

  it("tell what the application refused, and stay to do", async () => {
    await connect();
    service.users.delete("1");
    const items = [(await taskOf("bob")).item, (await taskOf("carol")).item];
    expect(await handOff({ items })).toMatchObject([
      { ok: false, answer: expect.stringMatching(/knows no user .* bob@larkspur\.example/u) },
      { ok: true },
    ]);
    expect(await taskOf("bob")).toMatchObject({ state: "to-do" });
  });

  it("are not sent on and on to one that takes nothing just now", async () => {
    await connect({ token: "another" });
    const items = [(await taskOf("bob")).item, (await taskOf("carol")).item];
    expect(await handOff({ items })).toMatchObject([
      { ok: false, answer: expect.stringMatching(/does not take the token/u) },
      { ok: false, answer: expect.stringMatching(/^Not tried: .*does not take the token/u) },
    ]);
    expect(service.asked).toHaveLength(1);
    expect(await taskOf("bob")).toMatchObject({ handedOff: ["scim"] });
    expect(await taskOf("carol")).toMatchObject({ handedOff: [] });
  });

  it("are none for what was not revoked, is unknown, or for whom may not run reviews", async () => {
    await connect();
    const rows = (await reviewItems(test.db, W, by, review))?.rows ?? [];
    const dave = rows.find(({ userName }) => userName?.startsWith("dave"))?.item ?? "";
    const { item } = await taskOf("bob");
    await expect(handOff({ items: [item, dave] })).rejects.toMatchObject({ code: "not-to-do" });
    await expect(handOff({ items: [item, "nothing"] })).rejects.toMatchObject({ code: "unknown-item" });
    await expect(handOff({ items: [] })).rejects.toMatchObject({ code: "bad-input" });
    await expect(handOff({ items: [item] }, rita)).rejects.toMatchObject({ code: "forbidden" });
    expect(service.asked).toEqual([]);
  });

  describe("as tickets", () => {
    let tickets: TicketServer;

    beforeAll(async () => {
      tickets = await startTicketServer(201, "IAM-7");
    });
    afterAll(() => tickets.stop());

    it("go to the ticket system, with what is to be done and a link", async () => {
      const items = [(await taskOf("carol")).item];
      await expect(handOff({ items, way: "webhook" })).rejects.toMatchObject({ code: "no-webhook" });
      await setTicketWebhook(test.db, W, by, tickets.url, INSTALLATION);
      expect(await handOff({ items, way: "webhook", confirm: false })).toEqual([
        { item: items[0], ok: true, answer: `${new URL(tickets.url).host}: 201, IAM-7` },
      ]);
      expect(JSON.parse(tickets.bodies[0] ?? "")).toMatchObject({
        type: "review-task",
        review: { id: review, name: "Chat" },
        task: {
          todo: "revoke",
          application: "Chat",
          userName: "carol@larkspur.example",
          reason: "not needed",
          decidedBy: "rita",
        },
        link: `https://rollcall.example/reviews/${review}`,
      });
      expect(await taskOf("carol")).toMatchObject({ state: "to-do", handedOff: ["webhook"] });
    });
  });

  it("are noted as exported", async () => {
    const { item } = await taskOf("bob");
    await handOff({ items: [item], way: "export" });
    await handOff({ items: [item], way: "export" });
    expect(await taskOf("bob")).toMatchObject({ state: "to-do", handedOff: ["export"] });
    const [entry] = await readAudit(test.db, W, { verb: "hand-off-tasks" }, 1);
    expect(entry).toMatchObject({ object: "Chat: 1 by export", after: expect.anything() });
  });
});
