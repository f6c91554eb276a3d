import { describe, expect, it } from "vitest";
import { remarks } from "./remarks.ts";
import { isUsable, memberState, tokenState } from "./states.ts";
import { aMember, aToken, DAY, daysAgo, NOW } from "./testing.ts";

describe("a member", () => {
  it.each([
    [{}, "active"],
    [{ lastSeenAt: null }, "invited"],
    [{ lastSeenAt: daysAgo(90) }, "active"],
    [{ lastSeenAt: daysAgo(91) }, "away"],
    [{ endsAt: NOW + 20 * DAY }, "active"],
    [{ endsAt: NOW + 13 * DAY, lastSeenAt: null }, "ends-soon"],
    [{ endsAt: NOW }, "over"],
    [{ active: false, endsAt: NOW - DAY }, "deactivated"],
  ] as const)("with %j is %s", (part, state) => expect(memberState(aMember(part), NOW)).toBe(state));
});

describe("a token", () => {
  it.each([
    [{}, "in-use"],
    [{ lastUsedAt: null, createdAt: daysAgo(3) }, "new"],
    [{ lastUsedAt: null, createdAt: daysAgo(91) }, "unused"],
    [{ lastUsedAt: daysAgo(91) }, "unused"],
    [{ expiresAt: daysAgo(-13) }, "ends-soon"],
    [{ expiresAt: daysAgo(0) }, "over"],
    [{ revokedAt: daysAgo(1), expiresAt: daysAgo(0) }, "revoked"],
  ] as const)("with %j is %s", (part, state) => expect(tokenState(aToken(part), true, NOW)).toBe(state));

  it("does nothing while its member is out", () => {
    const state = tokenState(aToken(), false, NOW);
    expect(state).toBe("member-out");
    expect(isUsable(state)).toBe(false);
    expect(tokenState(aToken({ revokedAt: daysAgo(1) }), false, NOW)).toBe("revoked");
  });
});

describe("what is worth a question", () => {
  it("is nothing when all is well", () =>
    expect(remarks(["active", "over"], ["in-use", "revoked"])).toEqual([]));

  it("is counted, in the singular and the plural", () => {
    const said = remarks(["away", "invited", "invited", "ends-soon"], ["unused", "ends-soon", "ends-soon"]);
    expect(said.map(({ count, says }) => `${count} ${says}`)).toEqual([
      "1 person has not been here for 90 days",
      "2 people have never come in",
      "1 person's access ends within 14 days",
      "1 token has not been used for 90 days",
      "2 tokens expire within 14 days",
    ]);
    expect(said.map(({ to }) => to)).toEqual(["members", "members", "members", "tokens", "tokens"]);
  });
});
