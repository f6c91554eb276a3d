/** How the API answers: JSON, or `{error: {code, message}}` with the status that fits. */
import { AlertProblem } from "../../../lib/alerts/problem.ts";
import { AccessProblem } from "../../../lib/auth/caller.ts";
import { ConformanceProblem } from "../../../lib/conformance/problem.ts";
import { ConnectorProblem } from "../../../lib/connectors/problem.ts";
import { DrillProblem } from "../../../lib/drills/problem.ts";
import { EvidenceError } from "../../../lib/evidence/error.ts";
import { FailureProblem } from "../../../lib/failures/problem.ts";
import { IdentityProblem } from "../../../lib/identities/problem.ts";
import { IngestProblem } from "../../../lib/ingest/problem.ts";
import { JobProblem } from "../../../lib/jobs/jobs.ts";
import { PrivacyProblem } from "../../../lib/privacy/problem.ts";
import { PushProblem } from "../../../lib/push/problem.ts";
import { ReportPending } from "../../../lib/reports/editions/pending.ts";
import { ParamProblem } from "../../../lib/reports/params.ts";
import { ReviewProblem } from "../../../lib/reviews/problem.ts";
import { databaseTrouble } from "../../../lib/runtime/database-trouble.ts";
import { log } from "../../../lib/runtime/log.ts";
import { ScimProblem } from "../../../lib/scim/problem.ts";
import { ScimSourceProblem } from "../../../lib/scim-server/problem.ts";
import { BodyProblem } from "./read-json.ts";

/** An answer that is no success; the message is for the person who asked. */
export const problem = (status: number, code: string, message: string): Response =>
  Response.json({ error: { code, message } }, { status });

/** What is not there yet, and when to ask again. */
const later = (code: string, message: string, retryAfterSeconds: number): Response =>
  Response.json(
    { error: { code, message } },
    { status: 503, headers: { "retry-after": String(retryAfterSeconds) } },
  );

/** Answers with what `work` gives; null means that there is none of that name.
 * A response stands as it is. */
export async function answer(work: () => Promise<unknown>): Promise<Response> {
  try {
    const found = await work();
    if (found instanceof Response) return found;
    return found === null
      ? problem(404, "not_found", "The records know nothing of this name.")
      : Response.json(found);
  } catch (error) {
    return problemOf(error);
  }
}

/** What went wrong as an answer; what nobody foresaw is told to the log only. */
export function problemOf(error: unknown): Response {
  if (error instanceof BodyProblem) return problem(error.status, error.code, error.message);
  if (error instanceof ParamProblem) return problem(400, `bad_${error.parameter}`, error.message);
  if (error instanceof AccessProblem) {
    return problem(error.code === "forbidden" ? 403 : 422, error.code, error.message);
  }
  if (error instanceof IdentityProblem) return problem(422, error.code, error.message);
  if (error instanceof ReviewProblem)
    return problem(error.code === "unknown-review" ? 404 : 422, error.code, error.message);
  if (error instanceof EvidenceError) return problem(422, error.code, error.message);
  if (error instanceof PrivacyProblem) return problem(422, error.code, error.message);
  if (error instanceof FailureProblem) return problem(422, error.code, error.message);
  if (error instanceof ConnectorProblem)
    return problem(error.code === "unknown-connector" ? 404 : 422, error.code, error.message);
  if (error instanceof AlertProblem)
    return problem(error.code === "unknown-channel" ? 404 : 422, error.code, error.message);
  if (error instanceof DrillProblem)
    return problem(error.code === "unknown-application" ? 404 : 422, error.code, error.message);
  if (error instanceof ConformanceProblem)
    return problem(error.code === "unknown-application" ? 404 : 422, error.code, error.message);
  if (error instanceof ScimProblem) return problem(422, error.code, error.message);
  if (error instanceof ScimSourceProblem)
    return problem(error.code === "unknown-source" ? 404 : 422, error.code, error.message);
  if (error instanceof PushProblem)
    return problem(error.code === "unknown-source" ? 404 : 422, error.code, error.message);
  if (error instanceof IngestProblem) {
    return problem(error.code === "interrupted" ? 503 : 422, error.code, error.message);
  }
  if (error instanceof JobProblem) return problem(409, error.code, error.message);
  if (error instanceof ReportPending)
    return later("being_worked_out", error.message, error.retryAfterSeconds);
  log().error({ err: error }, "The API could not answer.");
  const trouble = databaseTrouble(error);
  if (trouble !== null) return later(trouble.code, trouble.message, trouble.retryAfterSeconds);
  return problem(
    500,
    "failed",
    "Rollcall could not work this out. Most often the database does not answer; its log says more.",
  );
}
