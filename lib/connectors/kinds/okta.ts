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
  const links = headers.get("link") ?? "";
  for (let start = links.indexOf("<"); start !== -1; ) {
    const end = links.indexOf(">", start);
    const after = end === -1 ? -1 : links.indexOf("<", end);
    const parameters = links.slice(end + 1, after === -1 ? undefined : after).replaceAll(/["\s,]/gu, "");
    if (end !== -1 && parameters.split(";").includes("rel=next")) return links.slice(start + 1, end);
    start = after;
  }
  return null;
}
