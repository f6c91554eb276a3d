/**
 * /push/…/…: where vendors send what happens, each to the address of its source; the secret or the signature that its kind has
 * says who sends. docs/push.md.
 */
import { installationSecret } from "../../../../lib/auth/cookie.ts";
import { dbOfWorkspace } from "../../../../lib/auth/guard.ts";
import { answerPush, notToBeTaken, pushedToNobody } from "../../../../lib/push/answer-push.ts";

type Context = { params: Promise<{ workspace: string; push: string }> };

async function handle(request: Request, { params }: Context): Promise<Response> {
  try {
    const { workspace, push } = await params;
    const db = await dbOfWorkspace(workspace);
    if (db === null) return pushedToNobody();
    const { method, headers } = request;
    const body = new Uint8Array(await request.arrayBuffer());
    const context = { db, workspace, installation: installationSecret() };
    return await answerPush(context, { push, method, header: (name) => headers.get(name), body });
  } catch (error) {
    return notToBeTaken(error);
  }
}

export const GET = handle;
export const POST = handle;
