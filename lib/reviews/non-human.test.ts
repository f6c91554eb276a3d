import { describe, expect, it } from "vitest";
import { isNonHuman } from "./non-human.ts";

const identity = (more: Partial<Parameters<typeof isNonHuman>[0]> = {}) => ({
  subject: "p:okta:1",
  kind: "identity" as const,
  userName: "dan@larkspur.example",
  displayName: "Dan Roberts",
  email: "dan@larkspur.example",
  department: "Sales",
  title: "Account manager",
  manager: null,
  firstSeen: 0,
  lastSeen: 0,
  active: true,
  ...more,
});

describe("an identity is no person", () => {
  it.each([
    [{ title: "Service account" }],
    [{ displayName: "Build bot" }],
    [{ userName: "svc-backup@larkspur.example" }],
    [{ userName: "integration.user@larkspur.example" }],
    [{ userName: "etl_robot" }],
  ])("by %j", (more) => {
    expect(isNonHuman(identity(more), false)).toBe(true);
  });

  it.each([
    [{ displayName: "Abbot Costello" }],
    [{ displayName: "Ann Machinery" }],
    [{ userName: "talbot@larkspur.example" }],
    [{ title: "Robotics engineer" }],
  ])("not by %j", (more) => {
    expect(isNonHuman(identity(more), false)).toBe(false);
  });

  it("by owning credentials while nobody knows a department, title, manager or e-mail of it", () => {
    const bare = identity({ department: null, title: null, manager: null, email: null, userName: "deploy" });
    expect(isNonHuman(bare, true)).toBe(true);
    expect(isNonHuman(bare, false)).toBe(false);
    expect(isNonHuman({ ...bare, email: "deploy@larkspur.example" }, true)).toBe(false);
  });
});
