/** Whether a Security Event Token (RFC 8417) was signed by whom it is expected of, and meant for here. */
import type { JWTPayload } from "jose";
import { z } from "zod";
import type { KeySets } from "./key-sets.ts";

/** From whom tokens are taken. */
export const ISSUER = z.object({
  /** As the tokens' "iss" has it, to the letter. */
  issuer: z.string().min(1).max(500),
  /** One of the tokens' "aud". */
  audience: z.string().min(1).max(500),
  /** Where the issuer's public keys are (RFC 7517). */
  jwksUrl: z.url({ protocol: /^https?$/u }).max(500),
});
export type Issuer = z.infer<typeof ISSUER>;

/** Why a token is not taken, with the code that RFC 8935, 2.4, has for it. */
export class SetRefused extends Error {
  override name = "SetRefused";
  constructor(
    readonly err:
      | "invalid_request"
      | "invalid_key"
      | "invalid_issuer"
      | "invalid_audience"
      | "authentication_failed",
    message: string,
  ) {
    super(message);
  }
}

/** Signatures that anybody can check, and the issuer alone can make. */
const ALGORITHMS = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA"],
];
/** RFC 8417, 2.3; with none, or as any JWT, a token is told by its events. Other kinds of tokens are none (RFC 8725, 3.11). */
const TYPES = ["secevent+jwt", "application/secevent+jwt", "jwt", undefined];
/** So far clocks may differ. */
const CLOCKS_MS = 300_000;

const unreadable = (what: string) =>
  new SetRefused("invalid_request", `This is no Security Event Token: ${what}.`);

type Jose = typeof import("jose");

function decoded({ decodeProtectedHeader, decodeJwt }: Jose, token: string) {
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
  } catch {
    throw unreadable("no JWS in compact form with a JSON object as its payload");
  }
}

function checkClaims(claims: JWTPayload, now: number): void {
  const { iat, jti, events } = claims;
  if (typeof jti !== "string" || jti === "") throw unreadable('the claim "jti" is missing');
  if (typeof iat !== "number") throw unreadable('the claim "iat" is missing');
  if (iat * 1_000 > now + CLOCKS_MS) throw unreadable('its "iat" lies in the future');
  if (
    typeof events !== "object" ||
    events === null ||
    Array.isArray(events) ||
    Object.keys(events).length === 0
  )
    throw unreadable('the claim "events" has no event');
}

/** What jose says, as RFC 8935 says it. */
function refusedBy({ errors }: Jose, error: unknown): unknown {
  if (error instanceof errors.JWKSNoMatchingKey)
    return new SetRefused("invalid_key", "The issuer's keys do not have the one that it is signed with.");
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return new SetRefused("invalid_key", "It does not say which of the issuer's keys it is signed with.");
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return new SetRefused("authentication_failed", "Its signature is not the issuer's, or it was changed.");
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported)
    return new SetRefused("invalid_key", `It must be signed with one of ${ALGORITHMS.join(", ")}.`);
  return error instanceof errors.JOSEError ? unreadable("its JWS is broken") : error;
}

/**
 * Checks a token as it came. When it says that it was issued may be long ago: senders try again for days.
 * @param token a JWS in compact form. @param now milliseconds since 1970.
 * @returns its "jti".
 * @throws {SetRefused} {@link KeysUnavailable}
 */
export async function verifySet(
  token: string,
  { issuer, audience, jwksUrl }: Issuer,
  keys: KeySets,
  now: number,
): Promise<string> {
  // Read when there is a token to check: commands start without it.
  const jose = await import("jose");
  const { header, claims } = decoded(jose, token);
  if (!TYPES.includes(header.typ?.toLowerCase())) throw unreadable('its "typ" is another');
  // A stranger's token is known by these: no keys are fetched for it.
  if (claims.iss !== issuer)
    throw new SetRefused("invalid_issuer", "Its issuer is not the one of this source.");
  if (![claims.aud ?? []].flat().includes(audience))
    throw new SetRefused("invalid_audience", "It is meant for another audience than the one of this source.");
  try {
    await keys.with(jwksUrl, (some) => jose.compactVerify(token, some, { algorithms: ALGORITHMS }));
  } catch (error) {
    throw refusedBy(jose, error);
  }
  checkClaims(claims, now);
  return claims.jti as string;
}

/** A token as a record: as it was signed, so that whoever has the issuer's keys can check it again. */
export const recordOfSet = (token: string): string => JSON.stringify({ set: token });
