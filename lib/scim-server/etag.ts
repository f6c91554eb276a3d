/** Versions of resources and conditions on them (RFC 7644 §3.14; RFC 9110 §13.1). */
import { ScimError } from "./error.ts";

/** Weak: two versions of a number say the same, letter by letter or not. */
export const etagOf = (version: number): string => `W/"${version}"`;

/** Whether a list of entity tags names one, compared weakly. */
function names(header: string, etag: string): boolean {
  if (header.trim() === "*") return true;
  const bare = (tag: string) => tag.trim().replace(/^W\//u, "");
  return header.split(",").some((tag) => bare(tag) === bare(etag));
}

/** Whether whoever asks has this version already: If-None-Match. */
export const isKnown = (header: string | null, version: number): boolean =>
  header !== null && names(header, etagOf(version));

/** If-Match. @throws {ScimError} with 412 when the resource has another version by now. */
export function requireVersion(header: string | null, version: number): void {
  if (header === null || names(header, etagOf(version))) return;
  throw new ScimError(
    412,
    null,
    `The resource was changed meanwhile: its version is ${etagOf(version)}. Read it again.`,
    { etag: etagOf(version) },
  );
}
