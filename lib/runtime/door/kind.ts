/** What a request is for, as far as limits differ by it. */

export type Kind = "upload" | "signIn" | "scim" | "push" | "write" | "read" | "page" | "file";

/** Streamed: the body is a log of any size. */
const UPLOAD_PATH = "/api/v1/ingest";
/** Where secrets could be guessed, of a shared link too. */
const SIGN_IN = /^\/(?:api\/auth|open|share|signin)(?:\/|$)/u;
/** One identity provider ends the sessions of many people in a moment. */
const BACKCHANNEL = "/api/auth/backchannel-logout";
/** Identity providers send what happened to each person as a request of its own, many a second at first. */
const SCIM = /^\/scim\/v2(?:\/|$)/u;
/** Vendors push what happened to each person as a request of its own; lib/push. */
const PUSH = /^\/push\//u;
const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a path is one of the SCIM endpoint. @param path as `pathOf` gives it. */
export const isScimPath = (path: string): boolean => SCIM.test(path);

/** Whether vendors push to a path. @param path as `pathOf` gives it. */
export const isPushPath = (path: string): boolean => PUSH.test(path);

/** @param path as `pathOf` gives it. */
export function kindOf(method: string, path: string): Kind {
  const reads = READS.has(method);
  if (path === UPLOAD_PATH && method === "POST") return "upload";
  if (path !== BACKCHANNEL && SIGN_IN.test(path)) return "signIn";
  if (isScimPath(path)) return "scim";
  if (isPushPath(path)) return "push";
  if (!reads) return "write";
  if (path.startsWith("/api/")) return "read";
  return path.startsWith("/_next/") ? "file" : "page";
}
