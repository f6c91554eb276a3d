/** Against requests that another site makes a signed-in browser send (CSRF). */
import type { IncomingHttpHeaders } from "node:http";
import { isPushPath, isScimPath } from "./kind.ts";
import type { PublicAddress } from "./public-address.ts";
import type { Refusal } from "./refusal.ts";

/** Methods that change nothing (RFC 9110, 9.2.1). */
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Called by identity providers, with a signed token that proves who calls. */
const CALLED_BY_OTHERS = new Set(["/api/auth/backchannel-logout"]);

export interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

/**
 * Refuses what changes something and doesn't come from Rollcall's own pages. Browsers say in Sec-Fetch-Site (Fetch Metadata)
 * and in Origin where a request comes from, and pages can't forge either; what says neither is refused too. A token in
 * Authorization is proof enough where no cookie comes along: no other site can make a browser send it.
 */
export function crossSite({ method, path, headers }: Asked, address: PublicAddress): Refusal | null {
  if (SAFE.has(method)) return null;
  if (method === "POST" && CALLED_BY_OTHERS.has(path)) return null;
  // No cookie lets anybody in there (lib/scim-server/authenticate.ts), and who has no token is told so as SCIM has it.
  if (isScimPath(path)) return null;
  // A signature or a secret of the vendor's alone lets in there (lib/push/kinds), and no cookie.
  if (isPushPath(path)) return null;
  if (headers.cookie === undefined && /^Bearer /iu.test(headers.authorization ?? "")) return null;
  const { origin, "sec-fetch-site": site } = headers;
  const originFits = origin === undefined ? null : address.isOrigin(origin);
  const siteFits = site === undefined ? null : site === "same-origin";
  const said = [originFits, siteFits].filter((fits) => fits !== null);
  if (said.length > 0 && said.every(Boolean)) return null;
  return {
    status: 403,
    code: "cross_site",
    message:
      "This request changes something and doesn't come from Rollcall's own pages. A program sends its token as Authorization: Bearer, without cookies, or the public address as Origin.",
  };
}
