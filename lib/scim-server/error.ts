/** How the SCIM endpoint says no (RFC 7644 §3.12, RFC 9865 §2.1). */

const ERROR_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

export type ScimType =
  | "invalidFilter"
  | "tooMany"
  | "uniqueness"
  | "mutability"
  | "invalidSyntax"
  | "invalidPath"
  | "noTarget"
  | "invalidValue"
  | "invalidCursor"
  | "expiredCursor"
  | "invalidCount";

/** A request that is not carried out; the message is for whoever set the identity provider up. */
export class ScimError extends Error {
  override name = "ScimError";
  constructor(
    readonly status: number,
    readonly scimType: ScimType | null,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** A refusal with 400 for what was sent. */
export const bad = (scimType: ScimType, message: string): ScimError => new ScimError(400, scimType, message);

/** The body that tells a refusal; the status is a string (RFC 7644 §3.12). */
export const errorBody = (status: number, scimType: string | null, detail: string) => ({
  schemas: [ERROR_SCHEMA],
  ...(scimType === null ? {} : { scimType }),
  detail,
  status: String(status),
});

/** A request without a token that is known. */
export const noToken = (): ScimError =>
  new ScimError(
    401,
    null,
    "Send the token of a SCIM source: Authorization: Bearer rcp_…. A token that was revoked or renewed is over.",
    { "www-authenticate": 'Bearer realm="SCIM"' },
  );
