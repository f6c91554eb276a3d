import { describe, expect, it } from "vitest";
import type { SharesList } from "../../lib/shares/list-shares.ts";
import { shareState, sharesWords, works } from "./states.ts";

const ASOF = "2026-03-01T09:00:00.000Z";
const at = (days: number) => new Date(Date.parse(ASOF) + days * 86_400_000).toISOString();

const share = (part: Partial<SharesList["shares"][number]>): SharesList["shares"][number] => ({
  share: "0b3a2f55-6c4e-4b7e-8a0a-0d8f5a0f9c11",
  label: "Kim",
  customer: "Acme",
  createdAt: at(-2),
  createdBy: "Anna",
  expiresAt: at(30),
  revokedAt: null,
  views: 0,
  downloads: 0,
  lastUsedAt: null,
  ...part,
});

describe("a shared link", () => {
  it.each([
    ["new", {}],
    ["open", { lastUsedAt: at(-1) }],
    ["ends-soon", { expiresAt: at(6.9) }],
    ["open", { expiresAt: at(7), lastUsedAt: at(-1) }],
    ["over", { expiresAt: ASOF, lastUsedAt: at(-1) }],
    ["revoked", { revokedAt: at(-1), expiresAt: at(-0.5) }],
  ] as const)("is %s: %j", (state, part) => {
    expect(shareState(share(part), ASOF)).toBe(state);
    expect(works(state)).toBe(state !== "over" && state !== "revoked");
  });

  it("is counted in the page's sentence while it works", () => {
    const words = (...shares: SharesList["shares"]) => sharesWords({ asOf: ASOF, shares });
    expect(words(share({ revokedAt: at(-1) }))).toBe(
      "No link works: nobody outside of this workspace sees anything.",
    );
    expect(words(share({}))).toBe("1 link works: 1 for a customer. None has been opened.");
    expect(
      words(
        share({ lastUsedAt: at(-3) }),
        share({ customer: null, lastUsedAt: at(-1) }),
        share({ lastUsedAt: at(-0.1), revokedAt: at(-0.05) }),
      ),
    ).toBe("2 links work: 1 for a customer, 1 for an auditor. The last was opened 24 h ago.");
  });
});
