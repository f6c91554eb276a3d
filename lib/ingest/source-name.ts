/** What a source may be called. */
import { OWN_SOURCE } from "../../db/log/segment.ts";
import { AccessProblem, type Caller } from "../auth/caller.ts";
import { IngestProblem } from "./problem.ts";

/** Names go into links and addresses: short and plain. */
const SOURCE_NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/u;

/** @throws {IngestProblem} with what a name looks like, for what is none. */
export function requireSourceName(source: string): void {
  if (!SOURCE_NAME.test(source)) {
    throw new IngestProblem(
      "bad-source-name",
      `A source's name is 1 to 63 lower-case letters, digits, dots, dashes and underscores, not "${source}".`,
    );
  }
  if (source === OWN_SOURCE) {
    throw new IngestProblem(
      "bad-source-name",
      `"${OWN_SOURCE}" is the name of what is decided here; give these records a source of another name.`,
    );
  }
}

/**
 * What is to be ingested, into the one source that a token is for, where it is for one.
 * @throws {IngestProblem} for a name that no source has. {@link AccessProblem} where another was named than the token's.
 */
export function withinSource<T extends { source?: string | undefined }>(by: Caller, input: T): T {
  const source = input.source ?? by.source;
  if (source === undefined) return input;
  requireSourceName(source);
  if (by.source !== undefined && source !== by.source)
    throw new AccessProblem("forbidden", `This token is for the source "${by.source}", and for no other.`);
  return { ...input, source };
}
