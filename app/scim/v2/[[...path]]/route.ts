/**
 * /scim/v2: a SCIM 2.0 service (RFC 7643, RFC 7644, RFC 9865) into which identity providers provision users and groups, with the
 * token of a source. No session lets anybody in here. docs/scim-endpoint.md.
 */
import { z } from "zod";
import { dbOfWorkspace } from "../../../../lib/auth/guard.ts";
import { log } from "../../../../lib/runtime/log.ts";
import { answerScim, SCIM_PATH, scimProblem } from "../../../../lib/scim-server/answer.ts";
import { scimVisitor } from "../../../../lib/scim-server/authenticate.ts";
import { noToken, ScimError } from "../../../../lib/scim-server/error.ts";
import { BodyProblem, readJson } from "../../../api/v1/read-json.ts";

const FAILED = "Rollcall could not do this. Most often its database does not answer; its log says more.";

async function bodyOf(request: Request): Promise<unknown> {
  try {
    return await readJson(request, z.unknown(), "Send a JSON object.");
  } catch (error) {
    if (!(error instanceof BodyProblem)) throw error;
    throw new ScimError(error.status, error.status === 400 ? "invalidSyntax" : null, error.message);
  }
}

async function handle(
  request: Request,
  { params }: { params: Promise<{ path?: string[] }> },
): Promise<Response> {
  try {
    const { headers, method } = request;
    const visitor = await scimVisitor(headers.get("authorization"), dbOfWorkspace);
    if (visitor === null) return scimProblem(noToken());
    const { searchParams } = new URL(request.url);
    const base = new URL(SCIM_PATH, process.env.NEXTAUTH_URL ?? request.url).href;
    const id = headers.get("x-request-id") ?? crypto.randomUUID();
    return await answerScim(
      { ...visitor, base, request: id },
      {
        // What HEAD is told has the headers of GET, and Next leaves the body out.
        method: method === "HEAD" ? "GET" : method,
        path: (await params).path ?? [],
        parameters: searchParams,
        header: (name) => headers.get(name),
        body: () => bodyOf(request),
      },
    );
  } catch (error) {
    log().error({ err: error }, "The SCIM endpoint could not answer.");
    return scimProblem(new ScimError(500, null, FAILED));
  }
}

export const GET = handle;
export const POST = handle;
export const PUT = handle;
export const PATCH = handle;
export const DELETE = handle;
