/** GET /share/…/pack: the evidence pack of a shared link, streamed while it is made. */
import { installationSecret } from "../../../../lib/auth/cookie.ts";
import { writerApart } from "../../../../lib/evidence/write-apart.ts";
import { downloadShare } from "../../../../lib/shares/download-share.ts";
import { mayStream, streamPack } from "../../../../lib/shares/stream-pack.ts";
import { shareVisit } from "../../../../lib/shares/visit.ts";

const said = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(`${text}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers } });

export async function GET(
  request: Request,
  context: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { token } = await context.params;
  if (!mayStream())
    return said(503, "Several packs are being made. Try again in some minutes.", { "retry-after": "120" });
  const visit = await shareVisit(token);
  const pack =
    visit &&
    (await downloadShare(
      visit.db,
      visit.workspace,
      token,
      visit.address,
      (customer) => writerApart({ workspace: visit.workspace, customer }),
      installationSecret(),
    ));
  if (pack === null)
    return said(404, "This link does not show anything. Ask whoever gave it to you for a new one.");
  return new Response(streamPack(pack, request.signal), {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${pack.name}"`,
    },
  });
}

/** Nothing is made for nobody. */
export function HEAD(): Response {
  return said(405, "Ask with GET.", { allow: "GET" });
}
