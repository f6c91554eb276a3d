/** The OpenID provider of this installation, from its environment. */
import { DEFAULT_WORKSPACE } from "../../../db/client.ts";
import { isRole, ROLES, type Role } from "../permissions.ts";

/** Which of the provider's groups gives which role, and where. */
export interface RoleRule {
  group: string;
  role: Role;
  customer: string | null;
  workspace: string;
}

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** On the button. */
  name: string;
  scope: string;
  /** Claim of the ID token or of userinfo that lists groups. */
  groupsClaim: string;
  rules: RoleRule[];
  /** After so long the provider is asked again whether somebody may still come in. */
  recheckMs: number;
}

/** The settings can't be used; the message names the variable. */
export class OidcSettingsError extends Error {
  override name = "OidcSettingsError";
}

const RULE = /^(?<group>.+)=(?<role>[a-z-]+)(?::(?<customer>[^@]+))?(?:@(?<workspace>[a-z0-9-]{1,63}))?$/u;

/**
 * @param text rules like `iam-admins=admin; acme=customer-viewer:Acme@main`, the first that fits holds.
 * @throws {OidcSettingsError}
 */
export function parseRules(text: string): RoleRule[] {
  const rules = text.split(";").map((part) => part.trim());
  return rules
    .filter((part) => part !== "")
    .map((part) => {
      const {
        group = "",
        role = "",
        customer,
        workspace = DEFAULT_WORKSPACE,
      } = RULE.exec(part)?.groups ?? {};
      const fits = isRole(role) && (role === "customer-viewer") === (customer !== undefined);
      if (!fits || role === "auditor") {
        throw new OidcSettingsError(
          `ROLLCALL_OIDC_ROLES takes rules like "iam-admins=admin; acme=customer-viewer:Acme", the roles being ${ROLES.filter((name) => name !== "auditor").join(", ")} (an auditor has an end, and is invited); "${part}" is none.`,
        );
      }
      return { group: group.trim(), role, customer: customer?.trim() ?? null, workspace };
    });
}

/** @returns null where no provider is set. @throws {OidcSettingsError} when the settings are not whole. */
export function oidcSettings(env: NodeJS.ProcessEnv = process.env): OidcSettings | null {
  const issuer = env.ROLLCALL_OIDC_ISSUER;
  if (!issuer) return null;
  const clientId = env.ROLLCALL_OIDC_CLIENT_ID;
  const clientSecret = env.ROLLCALL_OIDC_CLIENT_SECRET;
  if (!clientId || !clientSecret) {
    throw new OidcSettingsError(
      "With ROLLCALL_OIDC_ISSUER set, ROLLCALL_OIDC_CLIENT_ID and ROLLCALL_OIDC_CLIENT_SECRET are needed too.",
    );
  }
  if (!URL.canParse(issuer)) throw new OidcSettingsError(`ROLLCALL_OIDC_ISSUER is no address: "${issuer}".`);
  const seconds = Number(env.ROLLCALL_OIDC_RECHECK_SECONDS || 300);
  if (!(seconds >= 0))
    throw new OidcSettingsError("ROLLCALL_OIDC_RECHECK_SECONDS takes a number of seconds.");
  return {
    issuer,
    clientId,
    clientSecret,
    name: env.ROLLCALL_OIDC_NAME || new URL(issuer).hostname,
    scope: env.ROLLCALL_OIDC_SCOPE || "openid email profile offline_access",
    groupsClaim: env.ROLLCALL_OIDC_GROUPS_CLAIM || "groups",
    rules: parseRules(env.ROLLCALL_OIDC_ROLES ?? ""),
    recheckMs: seconds * 1000,
  };
}
