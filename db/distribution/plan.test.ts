import { describe, expect, it } from "vitest";
import { DISTRIBUTED_TABLES } from "../distribution.ts";
import { planDistribution, type TableState, withoutQueries } from "./plan.ts";

const table = (name: string, more: Partial<TableState> = {}): TableState => ({
  name,
  distributed: false,
  policies: [],
  triggers: [],
  ...more,
});

const ALL = DISTRIBUTED_TABLES.map((name) => table(name));

describe("what is left to distribute", () => {
  it("is every table of the list, the root first, after the functions that nodes call", () => {
    const steps = planDistribution(ALL);
    expect(steps.map(({ name }) => name)).toEqual(["functions", ...DISTRIBUTED_TABLES]);
    expect(steps[1]?.statements.at(-1)).toBe(
      "SELECT create_distributed_table('public.workspaces', 'workspace_id', shard_count => 128)",
    );
    for (const { name, statements } of steps.slice(2))
      expect(statements.at(-1)).toBe(
        `SELECT create_distributed_table('public.${name}', 'workspace_id', colocate_with => 'public.workspaces')`,
      );
  });

  it("is the rest, where some are; nothing, where all are", () => {
    const some = ALL.map((one) => ({ ...one, distributed: one.name !== "drills" && one.name !== "packs" }));
    expect(planDistribution(some).map(({ name }) => name)).toEqual(["functions", "drills", "packs"]);
    expect(planDistribution(ALL.map((one) => ({ ...one, distributed: true })))).toEqual([]);
  });

  it("is nothing of tables that are not in the list, or not there yet", () => {
    expect(planDistribution([table("scope_keys"), table("stray")])).toEqual([]);
    expect(planDistribution([table("drills")]).map(({ name }) => name)).toEqual(["functions", "drills"]);
  });

  it("takes away triggers that read tables, and no other", () => {
    const triggers = [
      { name: "audit_required", function: "audit_required" },
      { name: 'odd "name"', function: "queue_segment" },
      { name: "grows", function: "tree_only_grows" },
    ];
    const [, step] = planDistribution([table("segments", { triggers })]);
    expect(step?.statements.filter((statement) => statement.startsWith("DROP"))).toEqual([
      'DROP TRIGGER "audit_required" ON "segments"',
      'DROP TRIGGER "odd ""name""" ON "segments"',
    ]);
  });

  it("spells each policy without queries", () => {
    const policies = [
      { name: "workspace", using: "(a = ( SELECT rollcall_workspace() AS rollcall_workspace))", check: null },
      { name: "other", using: null, check: "(source IN ( SELECT s.source FROM sources s))" },
    ];
    const [, step] = planDistribution([table("segments", { policies })]);
    expect(step?.statements.slice(0, 2)).toEqual([
      'ALTER POLICY "workspace" ON "segments" USING ((a = rollcall_workspace()))',
      'ALTER POLICY "other" ON "segments" WITH CHECK (workspace_id = rollcall_workspace() AND rollcall_customer() IS NULL)',
    ]);
  });
});

describe("a policy without queries", () => {
  it.each([
    [
      "((workspace_id = ( SELECT rollcall_workspace() AS rollcall_workspace)) AND (( SELECT rollcall_customer() AS rollcall_customer) IS NULL))",
      "((workspace_id = rollcall_workspace()) AND (rollcall_customer() IS NULL))",
    ],
    ["true", "true"],
    ["(name <> 'SELECTED')", "(name <> 'SELECTED')"],
    [
      "((workspace_id = ( SELECT rollcall_workspace() AS rollcall_workspace)) AND ((( SELECT rollcall_customer() AS rollcall_customer) IS NULL) OR (source IN ( SELECT s.source FROM sources s))))",
      "workspace_id = rollcall_workspace() AND rollcall_customer() IS NULL",
    ],
    [
      "(( SELECT other() AS other) IS NULL)",
      "workspace_id = rollcall_workspace() AND rollcall_customer() IS NULL",
    ],
  ])("of %s", (condition, without) => {
    expect(withoutQueries(condition)).toBe(without);
  });
});
