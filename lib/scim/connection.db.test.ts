import { afterEach, describe, expect, it, vi } from "vitest";
import { readAudit } from "../../db/queries/audit.ts";
import { readScimConnections } from "../../db/queries/scim-connections.ts";
import { commandLine } from "../auth/caller.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { scimConnection, scimConnections, writableTarget } from "./connection.ts";
import { endAccount } from "./end-access.ts";
import { removeScimConnection } from "./remove-scim-connection.ts";
import { setScimConnection } from "./set-scim-connection.ts";
import { scimService } from "./testing.ts";

const W = "main";
const INSTALLATION = "secret of this installation";
const by = commandLine();
const CHAT = {
  url: "https://chat.example/scim/v2/",
  token: "t0p.secret==",
  writes: true,
  ending: "deactivate",
} as const;

describe("a SCIM connection", () => {
  const test = testDatabase();
  const set = (input: Partial<Parameters<typeof setScimConnection>[4]> = {}, label = "Chat") =>
    setScimConnection(test.db, W, by, label, { ...CHAT, ...input }, INSTALLATION);
  const target = (label = "chat", installation = INSTALLATION) =>
    writableTarget(test.db, W, label, installation);

  afterEach(async () => {
    vi.unstubAllEnvs();
    await removeScimConnection(test.db, W, by, "Chat");
  });

  it("is none at first, and none after it was removed", async () => {
    await expect(target()).rejects.toMatchObject({ code: "no-connection" });
    await set();
    expect(await scimConnection(test.db, W, " CHAT ")).toMatchObject({
      application: "Chat",
      url: "https://chat.example/scim/v2",
      writes: true,
      ending: "deactivate",
      setBy: by.actor.name,
    });
    expect(await target()).toEqual({
      url: "https://chat.example/scim/v2",
      token: CHAT.token,
      label: "Chat",
      writes: true,
      ending: "deactivate",
    });
    expect(await removeScimConnection(test.db, W, by, "CHAT")).toBe(true);
    expect(await removeScimConnection(test.db, W, by, "CHAT")).toBe(false);
    expect(await scimConnections(test.db, W)).toEqual([]);
  });

  it("is written to only where that is allowed", async () => {
    await set({ writes: false });
    await expect(target()).rejects.toThrow(/allows no writing/u);
  });

  it("keeps its token from the database, the audit log and whoever asks; another installation can't open it", async () => {
    await set();
    const [stored] = await readScimConnections(test.db.sql, W);
    const told = await scimConnections(test.db, W);
    const audit = await readAudit(test.db, W, {}, 100);
    for (const text of [Buffer.from(stored?.token ?? []).toString("latin1"), JSON.stringify([told, audit])]) {
      expect(text).not.toContain("t0p.secret");
    }
    expect(audit.map(({ verb }) => verb)).toContain("set-scim-connection");
    await expect(target("chat", "another")).rejects.toThrow(/kept under another secret/u);
  });

  it("keeps the token for the same origin alone", async () => {
    await expect(set({ token: null })).rejects.toMatchObject({ code: "token-needed" });
    await set();
    await set({ token: null, url: "https://chat.example/v3", ending: "delete" });
    expect(await target()).toMatchObject({
      url: "https://chat.example/v3",
      token: CHAT.token,
      ending: "delete",
    });
    for (const url of [
      "https://evil.example/scim",
      "http://chat.example/scim",
      "https://chat.example:8443/",
    ]) {
      await expect(set({ token: null, url }), url).rejects.toMatchObject({ code: "token-needed" });
    }
  });

  it("takes no address that is none, and no token that could end the header", async () => {
    for (const url of [
      "",
      "chat",
      "ftp://chat.example",
      "https://me:secret@chat.example",
      "https://chat.example?x=1",
    ]) {
      await expect(set({ url }), url).rejects.toMatchObject({ code: "bad-address" });
    }
    for (const token of ["", "a b", "a\r\nX: y", "ü"]) {
      await expect(set({ token }), token).rejects.toMatchObject({ code: "token-needed" });
    }
  });

  it("is set and removed by admins alone", async () => {
    await set();
    for (const role of ["analyst", "auditor", "reviewer"] as const) {
      const caller = { ...by, role };
      const forbidden = { code: "forbidden" };
      await expect(setScimConnection(test.db, W, caller, "Chat", CHAT, INSTALLATION)).rejects.toMatchObject(
        forbidden,
      );
      await expect(removeScimConnection(test.db, W, caller, "Chat")).rejects.toMatchObject(forbidden);
    }
  });

  it("opens the application's service", async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    const service = await scimService([{ id: "7", userName: "ada", active: true }]);
    try {
      await set({ url: `${service.url}/`, token: service.token });
      const { ending, ...to } = await target();
      await endAccount(to, { id: "7", userName: "ada" }, ending);
      expect(service.users.get("7")?.active).toBe(false);
    } finally {
      await service.close();
    }
  });
});
