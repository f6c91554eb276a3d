import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { readAudit } from "../../db/queries/audit.ts";
import { readFailureDecisions } from "../../db/queries/failure-decisions.ts";
import { readTicketWebhook } from "../../db/queries/ticket-webhooks.ts";
import { commandLine } from "../auth/caller.ts";
import { ingest } from "../ingest/ingest.ts";
import { recentReport } from "../reports/recent.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sendToTickets } from "./send-to-tickets.ts";
import { setTicketWebhook } from "./set-ticket-webhook.ts";
import { attempt } from "./testing.ts";

const WORKSPACE = "main";
const INSTALLATION = "secret of this installation";
const by = commandLine();
const ways = {
  linkOf: (group: string) => `https://rollcall.example/failures/${group}`,
  installation: INSTALLATION,
};

describe("the ticket system", () => {
  const database = testDatabase();
  const calls: { headers: IncomingHttpHeaders; body: string; method: string | undefined }[] = [];
  let answers: { status: number; body: string } = { status: 201, body: "" };
  let server: Server;
  let address = "";
  let group = "";

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        calls.push({
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
          method: request.method,
        });
        response.writeHead(answers.status).end(answers.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/rollcall`;
    const chunks = (async function* () {
      yield new TextEncoder().encode([attempt(1, "alice"), attempt(2, "bob")].join("\n"));
    })();
    await ingest(database.db, WORKSPACE, by, { chunks, file: null, bytesTotal: null, source: "okta" });
    group = (await recentReport(database.db, WORKSPACE, "failures")).report.rows[0]?.id ?? "";
  });
  afterEach(() => {
    calls.length = 0;
    vi.unstubAllEnvs();
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const send = () => sendToTickets(database.db, WORKSPACE, by, [group], ways);
  const set = (url: string | null) => setTicketWebhook(database.db, WORKSPACE, by, url, INSTALLATION);

  it("is none at first, and takes no address that is none", async () => {
    await expect(send()).rejects.toMatchObject({ code: "no-webhook" });
    for (const wrong of ["", "tickets", "ftp://tickets.example", "https://me:secret@tickets.example"]) {
      await expect(set(wrong)).rejects.toMatchObject({ code: "bad-address" });
    }
    expect(await set(null)).toBeNull();
    expect(await readTicketWebhook(database.db.sql, WORKSPACE)).toBeNull();
  });

  it("gets the group with a link, signed; its answer is shown, kept and audited", async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    const secret = await set(address);
    answers = { status: 201, body: '{"ticket":\u0000\n"IAM-7"}' };
    const sent = await send();
    expect(sent).toEqual([{ group, ok: true, status: 201, answer: '{"ticket": "IAM-7"}' }]);
    const [call] = calls;
    expect(call?.method).toBe("POST");
    const body = JSON.parse(call?.body ?? "");
    expect(body).toMatchObject({
      type: "failure-group",
      link: `https://rollcall.example/failures/${group}`,
      group: { id: group, application: "Chat", affected: 2, state: "open" },
    });
    const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature } = call?.headers ?? {};
    const key = Buffer.from(secret?.slice("whsec_".length) ?? "", "base64");
    expect(signature).toBe(
      `v1,${createHmac("sha256", key).update(`${id}.${at}.${call?.body}`).digest("base64")}`,
    );
    const [entry] = await readAudit(database.db, WORKSPACE, { verb: "send-to-tickets" }, 5);
    expect(entry?.after).toEqual({ url: address, sent });
    const [decision] = await readFailureDecisions(database.db.sql, WORKSPACE, group);
    expect(decision).toMatchObject({ verb: "ticket", note: expect.stringContaining("201") });
    expect((await recentReport(database.db, WORKSPACE, "failures")).report.rows[0]?.state).toBe("open");
  });

  it("says what went wrong: an error of it, and that it can't be reached", async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    answers = { status: 503, body: "down for a while" };
    expect(await send()).toEqual([{ group, ok: false, status: 503, answer: "down for a while" }]);
    await set("http://127.0.0.1:1/");
    expect(await send()).toMatchObject([
      { ok: false, status: null, answer: expect.stringMatching(/can't be reached/u) },
    ]);
    const entries = await readAudit(database.db, WORKSPACE, { verb: "send-to-tickets" }, 5);
    expect(entries).toHaveLength(3);
  });

  it("is never an address of this machine or its network, unless that was allowed", async () => {
    await set(address);
    expect(await send()).toMatchObject([
      { ok: false, status: null, answer: expect.stringMatching(/ROLLCALL_ALLOW_HOSTS/u) },
    ]);
    expect(calls).toEqual([]);
  });

  it("keeps its secret from the database and the audit log, and another installation's can't be read", async () => {
    const secret = (await set(address)) ?? "";
    const stored = await readTicketWebhook(database.db.sql, WORKSPACE);
    expect(Buffer.from(stored?.secret ?? []).toString("latin1")).not.toContain(secret);
    const entries = await readAudit(database.db, WORKSPACE, {}, 100);
    expect(JSON.stringify(entries)).not.toContain("whsec_");
    await expect(
      sendToTickets(database.db, WORKSPACE, by, [group], { ...ways, installation: "another" }),
    ).rejects.toMatchObject({ code: "no-webhook" });
  });

  it("is set by admins alone, and sent to by whoever may decide of failures", async () => {
    for (const role of ["analyst", "auditor"] as const) {
      await expect(
        setTicketWebhook(database.db, WORKSPACE, { ...by, role }, address, INSTALLATION),
      ).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(
      sendToTickets(database.db, WORKSPACE, { ...by, role: "auditor" }, [group], ways),
    ).rejects.toMatchObject({ code: "forbidden" });
    expect(await set(null)).toBeNull();
    await expect(send()).rejects.toMatchObject({ code: "no-webhook" });
  });
});
