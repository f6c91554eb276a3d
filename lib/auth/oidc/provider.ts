/** Talking to the OpenID provider outside of a sign-in: is somebody still let in, and who was signed out there? */
import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from "jose";
import { type Client, errors, Issuer } from "openid-client";
import { type Profile, profileOf } from "./profile.ts";
import type { OidcSettings } from "./settings.ts";

interface Provider {
  client: Client;
  keys: JWTVerifyGetKey;
  issuer: string;
}

const known = new Map<string, Promise<Provider>>();

async function discover(settings: OidcSettings): Promise<Provider> {
  const issuer = await Issuer.discover(settings.issuer);
  const { jwks_uri: address, issuer: name } = issuer.metadata;
  if (!address) throw new Error(`The provider ${settings.issuer} names no keys (jwks_uri).`);
  return {
    client: new issuer.Client({ client_id: settings.clientId, client_secret: settings.clientSecret }),
    keys: createRemoteJWKSet(new URL(address)),
    issuer: name,
  };
}

/** Its metadata, asked for once; a failure is not kept. */
function providerOf(settings: OidcSettings): Promise<Provider> {
  const key = `${settings.issuer} ${settings.clientId}`;
  let provider = known.get(key);
  if (provider === undefined) {
    provider = discover(settings);
    provider.catch(() => known.delete(key));
    known.set(key, provider);
  }
  return provider;
}

/** `refused`: the provider lets them in no more; `unknown`: it does not answer, so nothing can be said. */
export type Recheck =
  | { state: "let-in"; profile: Profile; refreshToken: string }
  | { state: "refused" }
  | { state: "unknown" };

/**
 * Asks the provider with the refresh token of a sign-in (RFC 6749 §6): it refuses that of somebody who was deactivated.
 */
export async function recheck(settings: OidcSettings, refreshToken: string): Promise<Recheck> {
  try {
    const { client } = await providerOf(settings);
    const tokens = await client.refresh(refreshToken);
    const info: Record<string, unknown> =
      tokens.access_token === undefined ? {} : await client.userinfo(tokens.access_token);
    const claims = { ...(tokens.id_token === undefined ? {} : tokens.claims()), ...info };
    return {
      state: "let-in",
      profile: profileOf(settings, claims),
      refreshToken: tokens.refresh_token ?? refreshToken,
    };
  } catch (error) {
    // RFC 6749 §5.2: the grant is invalid, expired or revoked. A failing server says nothing of the person.
    const refused =
      error instanceof errors.OPError &&
      ["invalid_grant", "unauthorized_client", "access_denied"].includes(error.error ?? "");
    return { state: refused ? "refused" : "unknown" };
  }
}

const LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
/** A logout token is used at once. */
const MAX_AGE_SECONDS = 120;

/** Whom a provider signed out: a session of its own, or all of somebody's. */
export interface Logout {
  subject: string | null;
  providerSession: string | null;
}

/**
 * Reads a logout token (OpenID Connect Back-Channel Logout 1.0 §2.6).
 * @throws when it is not the provider's, not for this client, too old, or no logout token.
 */
export async function readLogoutToken(settings: OidcSettings, token: string): Promise<Logout> {
  const { keys, issuer } = await providerOf(settings);
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience: settings.clientId,
    maxTokenAge: MAX_AGE_SECONDS,
    clockTolerance: 30,
    requiredClaims: ["iat", "jti", "events"],
  });
  const events = payload.events;
  if (typeof events !== "object" || events === null || !(LOGOUT_EVENT in events) || "nonce" in payload) {
    throw new Error("This is no logout token.");
  }
  const sid = typeof payload.sid === "string" ? payload.sid : null;
  if (sid === null && payload.sub === undefined) throw new Error("The logout token names nobody.");
  return { subject: payload.sub ?? null, providerSession: sid };
}
