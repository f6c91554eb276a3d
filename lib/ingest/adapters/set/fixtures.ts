/** Security Event Tokens of a SCIM service provider, for tests. */

export interface Data {
  [member: string]: unknown;
}

export const EVENT = "urn:ietf:params:scim:event:";

/** A token's payload with the events by their names behind `urn:ietf:params:scim:event:`; `differs` replaces claims. */
export function token(events: Record<string, Data>, differs: Data = {}): Data {
  return {
    iss: "https://chat.larkspur.example",
    iat: 1772442930,
    jti: "jti-1",
    aud: ["https://rollcall.larkspur.example"],
    txn: "txn-1",
    sub_id: { format: "scim", uri: "/Users/u-1", externalId: "00u1alice" },
    events: Object.fromEntries(Object.entries(events).map(([name, body]) => [`${EVENT}${name}`, body])),
    ...differs,
  };
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The token as a JWS in compact form; nobody signed it. */
export const jws = (payload: unknown): string =>
  `${encoded({ typ: "secevent+jwt", alg: "ES256" })}.${encoded(payload)}.c2lnbmF0dXJl`;
