/** What a source may be called. */
import { OWN_SOURCE } from "../../db/log/segment.ts";
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
