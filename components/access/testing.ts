/** Members and tokens to test with. */
import type { TokenRow } from "../../db/queries/api-tokens.ts";
import type { MemberRow } from "../../lib/auth/members/list-members.ts";

export const DAY = 86_400_000;
export const NOW = Date.parse("2026-03-01T09:00:00Z");

/** A moment some days before {@link NOW}, or after it. */
export const daysAgo = (days: number): string => new Date(NOW - days * DAY).toISOString();

export const aMember = (part: Partial<MemberRow> = {}): MemberRow => ({
  member: "6f0c7d3e-1f63-4c53-9d4e-6a1f5f7f3b10",
  name: "Anna",
  email: "anna@larkspur.example",
  role: "analyst",
  customer: null,
  issuer: null,
  subject: null,
  byProvider: false,
  active: true,
  endsAt: null,
  createdAt: NOW - 400 * DAY,
  lastSeenAt: daysAgo(1),
  ...part,
});

export const aToken = (part: Partial<TokenRow> = {}): TokenRow => ({
  token: "0b3a2f55-6c4e-4b7e-8a0a-0d8f5a0f9c11",
  name: "nightly",
  member: "6f0c7d3e-1f63-4c53-9d4e-6a1f5f7f3b10",
  memberName: "Anna",
  prefix: "rct_main_abcd",
  scopes: ["read"],
  source: null,
  createdAt: daysAgo(200),
  expiresAt: daysAgo(-100),
  lastUsedAt: daysAgo(1),
  revokedAt: null,
  ...part,
});
