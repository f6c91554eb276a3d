/** The path that a request asks for, in one spelling: rules must not be got around by writing it another way. */

/** Nothing of Rollcall's has longer addresses, filters and cursors included. */
const MAX_TARGET = 8 * 1024;

export const isTooLong = (target: string): boolean => target.length > MAX_TARGET;

/** A segment percent-decoded, but for a slash that belongs to the name. @throws URIError at a broken escape. */
const decoded = (segment: string): string => decodeURIComponent(segment).replaceAll("/", "%2F");

/**
 * The path of a request target (RFC 9112, 3.2.1), percent-decoded and without its query.
 * @returns null when it is none: another form of target, a broken escape, a NUL, a backslash, dot segments or doubled
 *   slashes. Browsers never send those, and what stands behind could take them for another path.
 */
export function pathOf(target: string): string | null {
  const [raw = ""] = target.split(/[?#]/u, 1);
  if (!raw.startsWith("/") || /\\|\/\//u.test(raw)) return null;
  let segments: string[];
  try {
    segments = raw.split("/").map(decoded);
  } catch {
    return null;
  }
  const strange = segments.some((segment) => segment === "." || segment === ".." || segment.includes("\0"));
  return strange ? null : segments.join("/");
}
