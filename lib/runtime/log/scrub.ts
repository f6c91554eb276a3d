/** Takes out of a log line what must not lie in a log: people's addresses, and everything that lets somebody in. */

/** Environment variables whose values are secret. */
const SECRET_VARIABLES = [
  "NEXTAUTH_SECRET",
  "ROLLCALL_SCOPE_KEY",
  "ROLLCALL_METRICS_TOKEN",
  "ROLLCALL_OIDC_CLIENT_SECRET",
  "ROLLCALL_SMTP_URL",
];

// Each looks once at what it could begin in: behind another of its characters none begins.
const RULES: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/(:\/\/)[^\s/@"]+@/gu, "$1[secret]@"],
  // Sessions, API tokens, sign-in links, shared links and tokens that provision (lib/auth/secret.ts).
  [/\brc[sltvp]_[a-z0-9-]+_[\w-]+/gu, "[secret]"],
  // Not the routes themselves, /open/[token] and /share/[token].
  [/(\/(?:open|share)\/)[^\s"'?\\[][^\s"'?\\]*/gu, "$1[secret]"],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/giu, "$1 [secret]"],
  [/(session-token(?:\.\d)?=)[^\s;"\\]+/gu, "$1[secret]"],
  // Signed and encrypted tokens (RFC 7515, 7516): their first part is JSON in base64.
  [/(?<![\w-])eyJ[\w-]+(?:\.[\w-]*)+/gu, "[secret]"],
  [/(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]+(?:@|%40)[\p{L}\p{N}.-]+/gu, "[e-mail]"],
];

/** @param env where this process' own secrets stand. */
export function scrub(line: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  let clean = line;
  for (const name of SECRET_VARIABLES) {
    const secret = env[name];
    if (secret) clean = clean.replaceAll(secret, "[secret]");
  }
  for (const [pattern, instead] of RULES) clean = clean.replace(pattern, instead);
  return clean;
}
