/** POST /api/auth/backchannel-logout: the OpenID provider says whom it signed out (OpenID Connect Back-Channel Logout 1.0). */
import { DEFAULT_WORKSPACE } from "../../../../db/client.ts";
import { workspaceNames } from "../../../../db/queries/workspace.ts";
import { endProviderSessions } from "../../../../lib/auth/oidc/end-provider-sessions.ts";
import { type Logout, readLogoutToken } from "../../../../lib/auth/oidc/provider.ts";
import { oidcSettings } from "../../../../lib/auth/oidc/settings.ts";
import { webDb } from "../../../../lib/runtime/web.ts";

/** §2.8: the answer is never kept. */
const said = (status: number, error?: string): Response =>
  Response.json(error === undefined ? {} : { error: "invalid_request", error_description: error }, {
    status,
    headers: { "cache-control": "no-store" },
  });

export async function POST(request: Request): Promise<Response> {
  const settings = oidcSettings();
  if (settings === null) return said(400, "No provider is set up here.");
  const form = await request.formData().catch(() => null);
  const token = form?.get("logout_token");
  if (typeof token !== "string") return said(400, "Send a logout_token.");
  let logout: Logout;
  try {
    logout = await readLogoutToken(settings, token);
  } catch (error) {
    return said(400, error instanceof Error ? error.message : "The token can't be used.");
  }
  for (const workspace of await workspaceNames(webDb({ workspace: DEFAULT_WORKSPACE }))) {
    await endProviderSessions(webDb({ workspace }), workspace, settings.issuer, logout);
  }
  return said(200);
}
