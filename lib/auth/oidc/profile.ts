/** What a provider says of somebody, and which role that gives. */
import { z } from "zod";
import type { OidcSettings, RoleRule } from "./settings.ts";

export interface Profile {
  issuer: string;
  /** `sub`: the provider's own, unchanging name for them (OpenID Connect Core 1.0 §2). */
  subject: string;
  name: string;
  /** Lower-case; null where the provider has none, or has not verified it. */
  email: string | null;
  groups: string[];
}

const Claims = z.object({
  sub: z.string().min(1).max(255),
  name: z.string().optional().catch(undefined),
  preferred_username: z.string().optional().catch(undefined),
  email: z.string().optional().catch(undefined),
  email_verified: z
    .union([z.boolean(), z.literal("true"), z.literal("false")])
    .optional()
    .catch(undefined),
});

/**
 * @param claims of the ID token, with those of userinfo.
 * @throws when there is no `sub`.
 */
export function profileOf(settings: OidcSettings, claims: Readonly<Record<string, unknown>>): Profile {
  const { sub, name, preferred_username, email, email_verified } = Claims.parse(claims);
  const verified = email_verified === true || email_verified === "true";
  const listed = claims[settings.groupsClaim];
  const groups = (Array.isArray(listed) ? listed : [listed]).filter((group) => typeof group === "string");
  return {
    issuer: settings.issuer,
    subject: sub,
    name: (name?.trim() || preferred_username?.trim() || email?.trim() || sub).slice(0, 200),
    email: verified && email ? email.trim().toLowerCase() : null,
    groups,
  };
}

/** The first rule whose group they are in. */
export const ruleFor = (rules: readonly RoleRule[], groups: readonly string[]): RoleRule | null =>
  rules.find(({ group }) => groups.includes(group)) ?? null;
