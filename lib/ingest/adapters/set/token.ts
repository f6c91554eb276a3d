/** Security Event Tokens where a record has them: decoded, as a compact JWS, or several in the answer to a poll. */
import { RecordError } from "../adapter.ts";
import { anyCase, type JsonObject, jsonIn, member, objectOf, shown } from "../read.ts";

/** Three parts of base64url, the first of which is a JSON object. Encrypted tokens have five. */
const COMPACT = /^\s*eyJ[\w-]*\.[\w-]*\.[\w-]*\s*$/;

/** RFC 8417 §2.2: the claims that make a token one of events. */
const isPayload = (value: JsonObject): boolean =>
  objectOf(member(value, "events")) !== null &&
  (member(value, "jti") !== null || member(value, "iat") !== null);

const isToken = (value: unknown): boolean => {
  if (typeof value === "string") return COMPACT.test(value);
  const object = objectOf(value);
  return object !== null && isPayload(object);
};

/** The answer to a poll: tokens by their ids (RFC 8936 §2.3). */
function polledOf(record: JsonObject): [jti: string, token: unknown][] | null {
  const sets = objectOf(anyCase(record, "sets"));
  return sets === null ? null : Object.entries(sets);
}

/** Whether a record is a token or holds tokens. An answer to a poll may hold none. */
export function holdsTokens(record: JsonObject): boolean {
  if (isPayload(record)) return true;
  const polled = polledOf(record);
  if (polled === null) return isToken(anyCase(record, "set"));
  return polled.length > 0
    ? polled.some(([, token]) => isToken(token))
    : anyCase(record, "moreAvailable") !== null;
}

/**
 * The payload of a token; its signature is the receiver's matter and is not looked at.
 * @throws {RecordError} when it can't be read.
 */
function payloadOf(token: unknown, name: string): JsonObject {
  if (typeof token !== "string") {
    const object = objectOf(token);
    if (object === null)
      throw new RecordError(`The token ${name} is neither an object nor a JWS: ${shown(token)}.`);
    return object;
  }
  const [, payload = ""] = COMPACT.test(token) ? token.trim().split(".") : [];
  const object = objectOf(jsonIn(Buffer.from(payload, "base64url").toString("utf8")));
  if (object !== null) return object;
  throw new RecordError(`The token ${name} is no JWS in compact form with a JSON object as its payload.`);
}

/**
 * The payloads in a record, in their order. One that can't be read stands for all of the record: none is lost unnoticed.
 * @throws {RecordError} when there is none, or one can't be read.
 */
export function payloadsOf(record: JsonObject): JsonObject[] {
  if (objectOf(member(record, "events")) !== null) return [record];
  const polled = polledOf(record);
  if (polled === null) return [payloadOf(anyCase(record, "set"), '"set"')];
  if (polled.length === 0) throw new RecordError("The answer to the poll holds no token.");
  return polled.map(([jti, token]) => payloadOf(token, shown(jti)));
}
