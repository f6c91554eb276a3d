/** Sign-in through next-auth with the OpenID provider; sessions are rows of the database, so that each can be ended. */
import type { NextAuthOptions, Profile as NextAuthProfile } from "next-auth";
import type { Adapter } from "next-auth/adapters";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import type { Member } from "../../db/queries/members.ts";
import { webDb } from "../runtime/web.ts";
import { installationSecret } from "./cookie.ts";
import { admitMember } from "./oidc/admit-member.ts";
import { profileOf, ruleFor } from "./oidc/profile.ts";
import { REFRESH_TOKEN } from "./oidc/recheck-member.ts";
import { type OidcSettings, oidcSettings } from "./oidc/settings.ts";
import { seal } from "./seal.ts";
import { beginSession, SESSION_SECONDS } from "./sessions/begin-session.ts";

/** From where somebody signs in. */
export interface Origin {
  address: string | null;
  agent: string | null;
}

type Claims = NextAuthProfile & Record<string, unknown>;

/** Authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0 §3.1, RFC 7636). */
function provider({ issuer, clientId, clientSecret, name, scope }: OidcSettings): OAuthConfig<Claims> {
  return {
    id: "oidc",
    name,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/u, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope, ...(scope.includes("offline_access") ? { prompt: "consent" } : {}) } },
    userinfo: {
      // Some providers put groups into one, some into the other.
      request: async ({ client, tokens }) => ({
        ...(tokens.id_token === undefined ? {} : claimsOf(tokens.id_token)),
        ...(await client.userinfo(tokens.access_token as string)),
      }),
    },
    profile: (claims) => ({ id: String(claims.sub) }),
  };
}

/** The claims of an ID token that openid-client has verified before. */
const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));

/**
 * The options for one request: who is let in by its callback is whom its session is for.
 * @throws {OidcSettingsError}
 */
export function authOptions(origin: Origin): NextAuthOptions {
  const settings = oidcSettings();
  let admitted: {
    workspace: string;
    member: Member;
    session: string | null;
    refreshToken: string | null;
  } | null = null;
  const user = () =>
    admitted === null ? null : { id: admitted.member.member, email: "", emailVerified: null };
  const adapter: Adapter = {
    getUserByAccount: async () => user(),
    getSessionAndUser: async () => null,
    createSession: async ({ userId, expires }) => {
      if (admitted === null || userId !== admitted.member.member) throw new Error("Nobody was let in.");
      const { workspace, member, session, refreshToken } = admitted;
      const { secret } = await beginSession(
        webDb({ workspace }),
        workspace,
        {
          actor: { kind: "member", id: member.member, name: member.name, address: origin.address },
          role: member.role,
          customer: member.customer,
          member: member.member,
          scopes: null,
        },
        {
          agent: origin.agent,
          providerSession: session,
          refreshToken:
            refreshToken === null ? null : await seal(installationSecret(), REFRESH_TOKEN, refreshToken),
        },
      );
      return { sessionToken: secret, userId, expires };
    },
  };
  return {
    secret: installationSecret(),
    adapter,
    session: { strategy: "database", maxAge: SESSION_SECONDS },
    pages: { signIn: "/signin", error: "/signin" },
    providers: settings === null ? [] : [provider(settings)],
    callbacks: {
      signIn: async ({ account, profile }) => {
        if (settings === null || account?.provider !== "oidc" || profile === undefined) return false;
        const who = profileOf(settings, profile as Claims);
        const rule = ruleFor(settings.rules, who.groups);
        const workspace = rule?.workspace ?? DEFAULT_WORKSPACE;
        const member = await admitMember(webDb({ workspace }), workspace, who, rule);
        if (member === null) return false;
        const sid = (profile as Claims).sid;
        admitted = {
          workspace,
          member,
          session: typeof sid === "string" ? sid : null,
          refreshToken: account.refresh_token ?? null,
        };
        return true;
      },
      // Never to another site: what comes back from the provider is somebody's input.
      redirect: ({ url, baseUrl }) => {
        const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : new URL(baseUrl);
        return target.origin === new URL(baseUrl).origin ? target.href : baseUrl;
      },
    },
  };
}
