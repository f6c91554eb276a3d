/** How connectors prove who they are: keys as they stand, and OAuth 2.0 client credentials. */
import { createPrivateKey, type KeyObject, randomUUID, X509Certificate } from "node:crypto";
import type { JWK, KeyLike } from "jose";
import { z } from "zod";
import { sha256 } from "../ingest/fingerprint.ts";
import { OutgoingProblem, outgoing } from "../net/outgoing.ts";
import { ConnectorProblem, Later } from "./problem.ts";
import { retryAfter } from "./rate-limit.ts";

/** Gives the headers of a call. */
export interface Authorizer {
  headers(): Promise<Record<string, string>>;
  /** The vendor refused them. @returns whether others can be had. */
  renew(): boolean;
}

/** A key that is sent as it stands. @param scheme of the Authorization header: `SSWS`, `Bearer`. */
export function fixedKey(scheme: string, key: string): Authorizer {
  // Anything else could end the header.
  if (!/^[\x21-\x7e]{1,4000}$/u.test(key))
    throw new ConnectorProblem(
      "secret-needed",
      "This is no key: it has letters, digits and signs, and no space.",
    );
  return { headers: async () => ({ authorization: `${scheme} ${key}` }), renew: () => false };
}

/** Read when something is signed: commands start without it. */
const jose = () => import("jose");

/** A token is not used in its last seconds: the call takes some of them, and clocks differ. */
const SPARE_MS = 60_000;
/** RFC 6749 §5.1 lets a server leave the life out; the shortest that vendors give is an hour, so this is safe. */
const LIFE_SECONDS = 600;
/** Okta refuses assertions of more than an hour; a few minutes are enough for one call, also with clocks that differ. */
const ASSERTION_LIFE = "5m";

const TOKEN = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().optional() });
const REFUSAL = z.object({ error: z.string(), error_description: z.string().optional() });

/** How the client proves itself at the token's address. */
export type ClientProof = (audience: string) => Promise<Record<string, string>>;

export interface ClientCredentials {
  tokenUrl: string;
  clientId: string;
  scope: string;
  proof: ClientProof;
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** OAuth 2.0 client credentials (RFC 6749 §4.4): a token is fetched when one is needed, and again when it is refused. */
export function clientCredentials({ tokenUrl, clientId, scope, proof }: ClientCredentials): Authorizer {
  let token: { value: string; until: number } | null = null;

  async function fetchToken(): Promise<{ value: string; until: number }> {
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      scope,
      ...(await proof(tokenUrl)),
    }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
    const answer = await outgoing(tokenUrl, { method: "POST", headers, body }, { maxRedirects: 0 }).catch(
      (error: unknown) => {
        if (error instanceof OutgoingProblem) throw new ConnectorProblem("unreachable", error.message);
        throw error;
      },
    );
    const text = await answer.text();
    const { host } = new URL(tokenUrl);
    if (answer.status === 429 || answer.status >= 500) {
      throw new Later(retryAfter(answer.headers), `${host} gives no token now (HTTP ${answer.status}).`);
    }
    const read = TOKEN.safeParse(jsonOf(text));
    if (answer.ok && !read.success)
      throw new ConnectorProblem("unreachable", `${host} gave an answer that is cut off or no token.`);
    if (!read.success) {
      const said = REFUSAL.safeParse(jsonOf(text));
      const why = said.success
        ? `${said.data.error}: ${said.data.error_description ?? "no reason given"}`
        : `HTTP ${answer.status}`;
      throw new ConnectorProblem(
        "not-authorized",
        `${host} gives no token. It says: ${why.slice(0, 400)}`,
        answer.status,
      );
    }
    const seconds = read.data.expires_in ?? LIFE_SECONDS;
    return { value: read.data.access_token, until: Date.now() + seconds * 1000 - SPARE_MS };
  }

  return {
    async headers() {
      if (token === null || token.until <= Date.now()) token = await fetchToken();
      return { authorization: `Bearer ${token.value}` };
    },
    renew() {
      const was = token !== null;
      token = null;
      return was;
    },
  };
}

/** A secret that the client sends (RFC 6749 §2.3.1). */
export const clientSecret =
  (secret: string): ClientProof =>
  async () => ({ client_secret: secret });

const assertion = async (
  key: KeyLike | KeyObject | Uint8Array,
  header: { alg: string; kid?: string; "x5t#S256"?: string },
  clientId: string,
  audience: string,
) => {
  const { SignJWT } = await jose();
  const token = new SignJWT({})
    .setProtectedHeader({ typ: "JWT", ...header })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt()
    .setNotBefore("0s")
    .setExpirationTime(ASSERTION_LIFE);
  return {
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: await token.sign(key),
  };
};

const badKey = (wanted: string) =>
  new ConnectorProblem("secret-needed", `This is no private key. Give ${wanted}.`);

function privateKeyOf(pem: string, wanted: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw badKey(wanted);
  }
}

/**
 * A JWT signed with a private key (RFC 7523), as Okta has it: `private_key_jwt`.
 * @param secret the key as a JWK, or as PEM. @param keyId of a key in PEM; a JWK brings its own.
 */
export function privateKeyJwt(clientId: string, secret: string, keyId: string | undefined): ClientProof {
  const wanted = "the private key as a JWK or as PEM";
  const jwk = secret.trimStart().startsWith("{") ? (jsonOf(secret) as JWK | null) : null;
  if (jwk === null) {
    const key = privateKeyOf(secret, wanted);
    const alg = key.asymmetricKeyType === "ec" ? "ES256" : "RS256";
    return (audience) =>
      assertion(key, { alg, ...(keyId === undefined ? {} : { kid: keyId }) }, clientId, audience);
  }
  if (typeof jwk.d !== "string") throw badKey(wanted);
  const alg = jwk.alg ?? (jwk.kty === "EC" ? "ES256" : "RS256");
  const kid = jwk.kid ?? keyId;
  return async (audience) => {
    const { importJWK } = await jose();
    const key = await importJWK(jwk, alg).catch(() => {
      throw badKey(wanted);
    });
    return assertion(key, { alg, ...(kid === undefined ? {} : { kid }) }, clientId, audience);
  };
}

/**
 * A JWT signed with a certificate's key, as Entra has it: it knows the certificate by its SHA-256 ("x5t#S256"), and takes PS256.
 * @param secret the private key and the certificate, both as PEM, one after the other.
 */
export function certificateJwt(clientId: string, secret: string): ClientProof {
  const wanted = "the private key and the certificate as PEM, one after the other";
  const key = privateKeyOf(secret, wanted);
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(secret.slice(secret.indexOf("-----BEGIN CERTIFICATE-----")));
  } catch {
    throw badKey(wanted);
  }
  if (!certificate.checkPrivateKey(key)) {
    throw new ConnectorProblem("secret-needed", "The private key is not that of the certificate.");
  }
  const thumbprint = sha256(certificate.raw).toString("base64url");
  return (audience) => assertion(key, { alg: "PS256", "x5t#S256": thumbprint }, clientId, audience);
}
