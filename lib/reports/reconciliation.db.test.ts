/**
 * An application behind a real SCIM service that misbehaves, with provisioning's own log and the employer's list beside it: each
 * planted fault is found and named, and nothing else is.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { pull, setUp } from "../connectors/testing/pull.ts";
import { entry, patch } from "../ingest/adapters/scim/fixtures.ts";
import { ingest } from "../ingest/ingest.ts";
import { ingestText } from "../ingest/testing.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { exchangeScim } from "../scim/call.ts";
import { type ScimService, type ServiceUser, scimService } from "../scim/testing.ts";
import { differences } from "./check.ts";
import { runReport } from "./run.ts";

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const NAMES = ["alice", "bob", "carol", "dan", "erin", "frank", "grace", "heidi", "ivan"];
const mail = (name: string) => `${name}@larkspur.example`;
const idOf = (name: string) => `u-${name}`;

const user = (name: string, differs: Partial<ServiceUser> = {}): ServiceUser => ({
  id: idOf(name),
  userName: mail(name),
  active: true,
  title: "Chemist",
  emails: [{ value: mail(name), primary: true }],
  [ENTERPRISE]: { department: "Research" },
  ...differs,
});

describe("an application compared with what should be there", () => {
  const database = testDatabase();
  let service: ScimService;
  const began = Date.now() - 10 * DAY;
  const at = (days: number) => new Date(began + days * DAY).toISOString();

  /** What provisioning wrote down of one request, answered as though all were well. */
  const request = (days: number, method: string, path: string, body: object | null, answer: object | null) =>
    entry(method, path, method === "POST" ? 201 : 200, {
      id: `${method} ${path} ${days} ${JSON.stringify(body)}`,
      time: at(days),
      request: body,
      response: answer,
    });
  const made = (name: string) => {
    const { id: _, ...asked } = user(name);
    return request(1, "POST", "/Users", asked, user(name));
  };
  /** The same, as the application really answers it, whatever it makes of it. */
  const asked = async (name: string, days: number, path: string, value: unknown) => {
    const body = patch({ op: "replace", path, value });
    const target = `/Users/${idOf(name)}`;
    const answer = await exchangeScim(service, { method: "PATCH", path: target, body });
    expect(answer).toMatchObject({ status: 200, json: { [path]: value } });
    return request(days, "PATCH", target, body, answer.json as object);
  };
  const member = (op: "add" | "remove", name: string, days: number) =>
    request(
      days,
      "PATCH",
      "/Groups/g-1",
      patch(
        op === "add"
          ? { op, path: "members", value: [{ value: idOf(name) }] }
          : { op, path: `members[value eq "${idOf(name)}"]` },
      ),
      { id: "g-1", displayName: "Chemists" },
    );

  const hr = (rows: string[][]) =>
    [
      ["Employee ID", "Email", "Title", "Department", "Start date", "Termination date", "Last updated"],
      ...rows,
    ]
      .map((row) => row.join(","))
      .join("\n");
  const employed = (name: string, differs: { title?: string; end?: string; said?: number } = {}) => [
    `E-${name}`,
    mail(name),
    differs.title ?? "Chemist",
    "Research",
    at(0).slice(0, 10),
    differs.end ?? "",
    at(differs.said ?? 0),
  ];

  const report = () => runReport(database.db, "main", "reconciliation");
  const open = async () =>
    (await report()).rows
      .filter(({ closedAt }) => closedAt === null)
      .map(({ kind, userName, account, what }) =>
        [kind, userName ?? account, what].filter((part) => part !== null).join(" "),
      )
      .sort();
  const look = () => pull(database.db, "chat");

  beforeAll(async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    service = await scimService(
      NAMES.map((name) => user(name)),
      [
        {
          id: "g-1",
          displayName: "Chemists",
          members: ["alice", "heidi"].map((name) => ({ value: idOf(name) })),
        },
      ],
    );
    const { db } = database;
    await ingestText(db, "main", hr(NAMES.map((name) => employed(name))), "hr", "hr");
    const requests = [...NAMES.map(made), member("add", "alice", 2), member("add", "heidi", 2)];
    await ingestText(db, "main", requests.map((one) => JSON.stringify(one)).join("\n"), "scim", "scim");
    await setUp(
      db,
      "chat",
      "scim-application",
      { url: service.url, application: "Team Chat", pageSize: "4" },
      service.token,
    );
  });
  afterAll(async () => {
    await service.close();
    vi.unstubAllEnvs();
  });

  it("finds nothing where all is well", async () => {
    expect(await look()).toMatchObject({ problem: null, rejected: 0 });
    expect(await open()).toEqual([]);
    expect((await report()).applications).toMatchObject([
      { application: "Team Chat", how: "scim", complete: true, accounts: 9, open: 0 },
    ]);
  });

  it("names each planted fault and nothing else", async () => {
    const { db } = database;
    const end = at(4).slice(0, 10);
    const rows = [
      // Both have left: of one provisioning says that it deactivated the account.
      employed("bob", { end, said: 4 }),
      employed("carol", { end, said: 4 }),
      employed("grace", { title: "Head of Research", said: 4 }),
    ];
    await ingestText(db, "main", hr(rows), "hr", "hr");
    // Both are answered with success, and not kept.
    Object.assign(service.faults, { losesDeactivations: true, ignoresPatches: true });
    const requests = [
      await asked("bob", 5, "active", false),
      await asked("grace", 5, "title", "Head of Research"),
      member("remove", "heidi", 5),
    ];
    Object.assign(service.faults, { losesDeactivations: false, ignoresPatches: false });
    await ingestText(db, "main", requests.map((one) => JSON.stringify(one)).join("\n"), "scim", "scim");
    // Nobody told Rollcall of these: the application lost one, woke one by mistake, made one by hand.
    service.users.delete(idOf("dan"));
    service.users.set(
      "x-1",
      user("mallory", { id: "x-1", userName: "mallory@elsewhere.example", emails: [] }),
    );
    service.users.set(idOf("frank"), user("frank", { active: false }));
    await look();
    const expected = [
      "active-though-left carol@larkspur.example",
      "attribute-drift grace@larkspur.example title",
      "extra mallory@elsewhere.example",
      "group-drift heidi@larkspur.example Chemists",
      "inactive-though-present frank@larkspur.example",
      "log-says-done bob@larkspur.example",
      "missing dan@larkspur.example",
    ];
    expect(await open()).toEqual(expected);
    const { rows: found } = await report();
    // Each with its proof on both sides; of one too many nothing says that it should be there.
    expect(found.filter(({ foundEventId }) => foundEventId === null)).toEqual([]);
    expect(found.filter(({ expectedEventId }) => expectedEventId === null).map(({ kind }) => kind)).toEqual([
      "extra",
    ]);
    const bob = found.find(({ kind }) => kind === "log-says-done");
    expect(bob).toMatchObject({ expected: "inactive", found: "active", state: "open", owner: null });
    await look();
    expect(await open()).toEqual(expected);
  });

  it("closes each by itself when the next reading shows it gone, and shows the way there", async () => {
    service.users.set(idOf("bob"), user("bob", { active: false }));
    service.users.set(idOf("dan"), user("dan"));
    service.users.set(idOf("grace"), user("grace", { title: "Head of Research" }));
    service.users.delete("x-1");
    service.groups.set("g-1", { id: "g-1", displayName: "Chemists", members: [{ value: idOf("alice") }] });
    await look();
    expect(await open()).toEqual([
      "active-though-left carol@larkspur.example",
      "inactive-though-present frank@larkspur.example",
    ]);
    const { summary, applications, rows } = await report();
    expect(summary).toMatchObject({
      open: 2,
      closed: 5,
      "active-though-left": 1,
      "inactive-though-present": 1,
    });
    // By what is known now, four of them were so at the first reading: the records that say so are older.
    expect(applications[0]?.trend.map((point) => point.open)).toEqual([4, 7, 7, 2]);
    expect(rows.filter(({ closedAt }) => closedAt !== null).every(({ state }) => state === "resolved")).toBe(
      true,
    );
  });

  it("is as sure of one that is slow, fails now and then, and shows its groups as they were", async () => {
    let requests = 0;
    const before = [{ id: "g-1", displayName: "Chemists", members: [{ value: idOf("heidi") }] }];
    const fails = () => (++requests % 3 === 0 ? 503 : null);
    Object.assign(service.faults, { delayMs: 20, staleGroups: before, fails });
    expect(await look()).toMatchObject({ problem: null });
    expect(await open()).toEqual([
      "active-though-left carol@larkspur.example",
      "group-drift alice@larkspur.example Chemists",
      "group-drift heidi@larkspur.example Chemists",
      "inactive-though-present frank@larkspur.example",
    ]);
    Object.assign(service.faults, { delayMs: 0, staleGroups: null, fails: () => null });
    await look();
    expect(await open()).toHaveLength(2);
  });

  it("calls nobody missing by a reading that was not complete", async () => {
    service.users.delete(idOf("ivan"));
    service.faults.ignoresStartIndex = true;
    await look();
    expect(await open()).toHaveLength(2);
    const [chat] = (await report()).applications;
    expect(chat).toMatchObject({ complete: false, why: expect.stringContaining("paging is wrong") });
    service.faults.ignoresStartIndex = false;
    await look();
    expect(await open()).toContain("missing ivan@larkspur.example");
  });

  it("stores what the log gives", async () => {
    expect(await differences(database.db, "main")).toEqual([]);
  });
});

describe("an application without SCIM, by the lists that it exports", () => {
  const db = testDatabase();
  const NOW = Date.now();
  const at = (days: number) => new Date(NOW + days * DAY).toISOString();
  const people = ["alice", "bob", "carol", "dan"];

  const okta = (days: number, eventType: string, name: string) => {
    const person = { id: `00u-${name}`, type: "User", alternateId: mail(name), displayName: name };
    const target = eventType.startsWith("user.")
      ? [person]
      : [
          { ...person, id: `0ua-${name}`, type: "AppUser" },
          { id: "0oa-9", type: "AppInstance", alternateId: "Wiki", displayName: "Wiki" },
          person,
        ];
    const outcome = { result: "SUCCESS" };
    return JSON.stringify({ uuid: `${eventType} ${name}`, published: at(days), eventType, outcome, target });
  };
  const list = (days: number, rows: readonly string[]) =>
    ingest(db.db, "main", commandLine(), {
      chunks: (async function* () {
        yield Buffer.from(["Login,Status", ...rows].join("\n"));
      })(),
      file: "wiki.csv",
      bytesTotal: null,
      format: "export",
      application: "Wiki",
      at: at(days),
      // Said once: the source keeps it.
      ...(days === -8 ? { mapping: { columns: { userName: "Login" } } } : {}),
    });
  const open = async () =>
    (await runReport(db.db, "main", "reconciliation")).rows
      .filter(({ closedAt }) => closedAt === null)
      .map(({ kind, userName }) => `${kind} ${userName}`)
      .sort();
  const row = (name: string, status = "Active") => `${mail(name)},${status}`;

  it("has what the lists show: one that nobody knows, one of somebody who left, one that is not there", async () => {
    const log = [
      ...people.map((name) => okta(-30, "user.lifecycle.create", name)),
      okta(-29, "application.user_membership.add", "dan"),
      okta(-10, "user.lifecycle.deactivate", "bob"),
    ];
    await ingestText(db.db, "main", log.join("\n"), "okta");
    const all = [row("alice"), row("bob"), row("carol"), row("mallory")];
    expect(await list(-8, all)).toMatchObject({ accepted: 4, rejected: 0 });
    expect(await open()).toEqual([
      `active-though-left ${mail("bob")}`,
      `extra ${mail("mallory")}`,
      `missing ${mail("dan")}`,
    ]);
  });

  it("is right again by the next list, and a list of a few makes nobody missing", async () => {
    await list(-4, [row("alice"), row("bob", "Deactivated"), row("carol"), row("dan")]);
    expect(await open()).toEqual([]);
    await list(-2, [row("alice")]);
    expect(await open()).toEqual([]);
    const [wiki] = (await runReport(db.db, "main", "reconciliation")).applications;
    expect(wiki).toMatchObject({ how: "export", accounts: 1, complete: false, completeAt: at(-4) });
  });
});
