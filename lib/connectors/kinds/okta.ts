/** What Okta's connectors have in common: the organization's address, and how Rollcall proves itself there. */
import { z } from "zod";
import type { Authorizer } from "../auth.ts";
import { clientCredentials, fixedKey, privateKeyJwt } from "../auth.ts";

export const OKTA_SETTINGS = z.strictObject({
  /** `https://example.okta.com`. */
  url: z.url().max(500),
  /** Of an API service app, where OAuth 2.0 is used; without it the secret is an API token. */
  clientId: z.string().min(1).max(200).optional(),
  /** Of the key in PEM. */
  keyId: z.string().min(1).max(200).optional(),
});

export type OktaSettings = z.infer<typeof OKTA_SETTINGS>;

export const oktaBase = ({ url }: OktaSettings): string => new URL(url).origin;

export function oktaAuthorizer(settings: OktaSettings, secret: string, scope: string): Authorizer {
  const { clientId, keyId } = settings;
  if (clientId === undefined) return fixedKey("SSWS", secret);
  // The organization's own authorization server: others give no scopes of Okta's API.
  const tokenUrl = `${oktaBase(settings)}/oauth2/v1/token`;
  return clientCredentials({ tokenUrl, clientId, scope, proof: privateKeyJwt(clientId, secret, keyId) });
}

/** The address of `rel="next"` in a Link header (RFC 8288); null where there is none. Okta sends one header a link. */
export function nextLink(headers: Pick<Headers, "get">): string | null {
  for (const link of (headers.get("link") ?? "").split(/,\s*(?=<)/u)) {
    const end = link.indexOf(">");
    if (!link.startsWith("<") || end === -1) continue;
    const parameters = link.slice(end + 1).split(";");
    if (parameters.some((parameter) => /^\s*rel\s*=\s*"?next"?\s*$/u.test(parameter)))
      return link.slice(1, end);
  }
  return null;
}
