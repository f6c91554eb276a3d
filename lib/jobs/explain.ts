/** What stopped work that nobody was waiting for, in a sentence that stands in its place. */
import { AccessProblem } from "../auth/caller.ts";
import { ConformanceProblem } from "../conformance/problem.ts";
import { EvidenceError } from "../evidence/error.ts";
import { FileProblem } from "../files/problem.ts";
import { ApartProblem } from "../runtime/apart.ts";
import { log } from "../runtime/log.ts";
import { RuntimeProblem } from "../runtime/problem.ts";
import { ScimProblem } from "../scim/problem.ts";

const FORESEEN = [
  AccessProblem,
  ApartProblem,
  ConformanceProblem,
  EvidenceError,
  FileProblem,
  RuntimeProblem,
  ScimProblem,
];

/** The error's own sentence; of what nobody foresaw the log has the rest. */
export function explain(error: unknown): string {
  if (error instanceof Error && FORESEEN.some((kind) => error instanceof kind)) return error.message;
  log().error({ err: error }, "Work that nobody was waiting for failed.");
  return "Rollcall could not finish this. Most often the database does not answer; its log says more.";
}
