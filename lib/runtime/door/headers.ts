/** The headers of every answer: what a browser must not do with it. */

/** What Next has named after its content; such a file never changes. */
const STATIC = "/_next/static/";
/** What somebody who is no member opens: the address itself is the secret. */
const SHARED = "/share/";

/**
 * Content-Security-Policy (CSP Level 3): inline scripts and style sheets only with this answer's nonce, all else from
 * Rollcall itself. There is no 'strict-dynamic': it would let a script that got in by other ways add inline ones.
 * @param nonce unguessable, of this answer alone.
 */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Bars are as long as their numbers, and the chart library writes style attributes where the server draws. Such an
    // attribute reaches its own element only, and what it could load is held by img-src.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Devices that no page of Rollcall uses. */
const NO_DEVICES = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "serial",
  "usb",
]
  .map((name) => `${name}=()`)
  .join(", ");

const YEAR_SECONDS = 31_536_000;

/**
 * The headers of an answer at `path`.
 * @param https whether people reach Rollcall by https; only then may browsers be told to insist on it (RFC 6797, 7.2).
 */
export function securityHeaders(path: string, nonce: string, https: boolean): Record<string, string> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(nonce),
    ...(https ? { "Strict-Transport-Security": `max-age=${YEAR_SECONDS}` } : {}),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    // The address that signs in must not travel to other sites.
    "Referrer-Policy": path.startsWith(SHARED) ? "no-referrer" : "same-origin",
    ...(path.startsWith(SHARED) ? { "X-Robots-Tag": "noindex, nofollow" } : {}),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": NO_DEVICES,
    // Pages and answers show who has access to what; a shared computer must not keep them.
    ...(path.startsWith(STATIC) ? {} : { "Cache-Control": "no-store" }),
  };
}
