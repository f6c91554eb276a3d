/** Push of Security Event Tokens (RFC 8935) with SCIM's events (RFC 9967): one token a request, its signature says who sends. */

import { KeysUnavailable } from "../key-sets.ts";
import { pushKind } from "../kind.ts";
import { PushRefusal, refusalAsJson, tryAgain } from "../refusal.ts";
import { ISSUER, type Issuer, recordOfSet, SetRefused, verifySet } from "../verify-set.ts";

/** After so long keys that could not be had are asked for again. */
const KEYS_SECONDS = 30;

/** RFC 8935, 2.3: the language of the description is told. */
const failure = (err: string, description: string): Response =>
  Response.json({ err, description }, { status: 400, headers: { "content-language": "en" } });

export const setPush = pushKind<Issuer>({
  kind: "set-push",
  label: "Security Event Tokens",
  format: "set",
  secret: "none",
  settings: ISSUER.strict(),
  greet: () => null,
  async open({ settings, keys, now }, { header, body }) {
    if (header("content-type")?.split(";")[0]?.trim().toLowerCase() !== "application/secevent+jwt")
      throw new PushRefusal(
        415,
        "bad_type",
        "Security Event Tokens are sent as application/secevent+jwt (RFC 8935).",
      );
    const token = Buffer.from(body).toString("latin1").trim();
    try {
      await verifySet(token, settings, keys, now);
    } catch (error) {
      if (error instanceof SetRefused) throw new PushRefusal(400, error.err, error.message);
      if (error instanceof KeysUnavailable) throw tryAgain(error.message, KEYS_SECONDS);
      throw error;
    }
    return new Uint8Array(Buffer.from(recordOfSet(token)));
  },
  taken: (unreadable) =>
    unreadable === null ? new Response(null, { status: 202 }) : failure("invalid_request", unreadable),
  refused: (refusal) =>
    refusal.status === 400 ? failure(refusal.code, refusal.message) : refusalAsJson(refusal),
});
