/** Saved views: who sees one, who deletes one, and that this can be taken back. */
import { beforeAll, describe, expect, it } from "vitest";
import { type Caller, commandLine } from "../auth/caller.ts";
import { inviteMember } from "../auth/members/invite-member.ts";
import type { Role } from "../auth/permissions.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { deleteView } from "./delete-view.ts";
import { listViews } from "./list-views.ts";
import { restoreView } from "./restore-view.ts";
import { saveView } from "./save-view.ts";

const WORKSPACE = "main";

describe("saved views", () => {
  const database = testDatabase();
  const callers: Partial<Record<Role, Caller>> = {};
  const as = (role: Role) => callers[role] as Caller;

  beforeAll(async () => {
    for (const role of ["admin", "analyst", "auditor"] as const) {
      const member = await inviteMember(database.db, WORKSPACE, commandLine(), {
        name: role,
        email: `${role}@larkspur.example`,
        role,
        ...(role === "auditor" ? { endsAt: "2099-01-31" } : {}),
      });
      callers[role] = { ...commandLine(), role, member };
    }
  });

  const names = async (role: Role, page = "accounts") =>
    (await listViews(database.db, WORKSPACE, as(role), page)).views.map(({ name }) => name);
  const save = (role: Role, name: string, shared = false, query = "f.active=true") =>
    saveView(database.db, WORKSPACE, as(role), { page: "accounts", name, query, shared });

  it("are seen by their member alone, shared ones by everybody, on their own page", async () => {
    await save("analyst", "b own");
    await save("analyst", " A shared ", true, "sort=-a&sort=b&q=%20x");
    await save("auditor", "c own");
    expect(await names("analyst")).toEqual(["A shared", "b own"]);
    expect(await names("auditor")).toEqual(["A shared", "c own"]);
    expect(await names("auditor", "dormant")).toEqual([]);
    const { views, shares } = await listViews(database.db, WORKSPACE, as("auditor"), "accounts");
    expect(shares).toBe(false);
    expect(views[0]).toMatchObject({ own: false, by: "analyst", deletable: false });
    expect(views[0]?.query).toBe("sort=-a&sort=b&q=+x");
  });

  it("are deleted by their member, shared ones by whoever may change settings; and brought back", async () => {
    const { db } = database;
    const own = await save("auditor", "mine");
    const shared = await save("analyst", "ours", true);
    await expect(deleteView(db, WORKSPACE, as("admin"), own.view)).rejects.toThrow("There is no such view");
    await expect(deleteView(db, WORKSPACE, as("auditor"), shared.view)).rejects.toThrow("does not allow");
    await deleteView(db, WORKSPACE, as("auditor"), own.view);
    await deleteView(db, WORKSPACE, as("admin"), shared.view);
    expect(await names("auditor")).not.toContain("mine");
    expect(await names("analyst")).not.toContain("ours");
    await expect(deleteView(db, WORKSPACE, as("auditor"), own.view)).rejects.toThrow("There is no such view");
    await restoreView(db, WORKSPACE, as("auditor"), own.view);
    await restoreView(db, WORKSPACE, as("admin"), shared.view);
    expect(await names("auditor")).toEqual(expect.arrayContaining(["mine", "ours"]));
    await expect(restoreView(db, WORKSPACE, as("auditor"), own.view)).rejects.toThrow(
      "There is no such view",
    );
  });

  it("are refused without a name, without a member, for no table, and shared without the permission", async () => {
    const { db } = database;
    await expect(save("analyst", " ")).rejects.toThrow("a name of 1 to 80 characters");
    await expect(save("analyst", "x".repeat(81))).rejects.toThrow("a name of 1 to 80 characters");
    await expect(save("analyst", "x", false, "q".repeat(4_001))).rejects.toThrow("longer than 4000");
    await expect(save("auditor", "x", true)).rejects.toThrow("does not allow");
    const view = { page: "accounts", name: "x", query: "", shared: false };
    await expect(saveView(db, WORKSPACE, commandLine(), view)).rejects.toThrow("belongs to a member");
    await expect(saveView(db, WORKSPACE, as("admin"), { ...view, page: "toString" })).rejects.toThrow(
      "There is no table",
    );
  });
});
