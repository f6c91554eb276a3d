/** The guard at each page and each API route: who is asking, what they may see, and with which connection they see it. */
import { cookies, headers } from "next/headers";
import { redirect, unstable_rethrow } from "next/navigation";
import { cache } from "react";
import { type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { workspaceExists } from "../../db/queries/workspace.ts";
import { databaseTrouble } from "../runtime/database-trouble.ts";
import { log } from "../runtime/log.ts";
import { webDb } from "../runtime/web.ts";
import { callerOfSession, callerOfToken } from "./authenticate.ts";
import { allowed, type Caller, requirePermission } from "./caller.ts";
import { installationSecret, sessionCookie } from "./cookie.ts";
import { recheckMember } from "./oidc/recheck-member.ts";
import { oidcSettings } from "./oidc/settings.ts";
import type { Permission } from "./permissions.ts";
import { workspaceOf } from "./secret.ts";

/** A request whose sender is known. */
export interface Visit {
  by: Caller;
  workspace: string;
  /** Sees the workspace; of a customer viewer that customer's records alone. */
  db: Db;
  /** The session that the browser came with; null for a token. */
  session: string | null;
}

/** From where the request comes, as the server in front of the pages has settled it. */
export async function originOf(): Promise<{ address: string | null; agent: string | null }> {
  const sent = await headers();
  return { address: sent.get("x-rollcall-client"), agent: sent.get("user-agent") };
}

const BEARER = /^Bearer +(\S+)$/iu;

const known = new Set([DEFAULT_WORKSPACE]);
/** As secrets name one; the database's text holds less than an address does. */
const WORKSPACE = /^[a-z0-9-]{1,63}$/u;

/** The pool of a workspace that a request names; null when there is none: nothing is opened for a name that was made up. */
export async function dbOfWorkspace(workspace: string): Promise<Db | null> {
  if (!known.has(workspace)) {
    if (!WORKSPACE.test(workspace)) return null;
    if (!(await workspaceExists(webDb({ workspace: DEFAULT_WORKSPACE }), workspace))) return null;
    known.add(workspace);
  }
  return webDb({ workspace });
}

async function signedIn(secret: string): Promise<Visit | null> {
  const workspace = workspaceOf(secret, "rcs");
  const db = workspace === null ? null : await dbOfWorkspace(workspace);
  if (workspace === null || db === null) return null;
  const { address } = await originOf();
  let by = await callerOfSession(db, workspace, secret, address);
  const settings = oidcSettings();
  if (by !== null && settings !== null) {
    const answer = await recheckMember(db, workspace, settings, by, installationSecret());
    // The provider may have changed what they are.
    if (answer === "let-in") by = await callerOfSession(db, workspace, secret, address);
    if (answer === "shut-out") by = null;
  }
  if (by === null) return null;
  return { by, workspace, db: webDb({ workspace, customer: by.customer }), session: by.session };
}

async function withToken(secret: string): Promise<Visit | null> {
  const workspace = workspaceOf(secret, "rct");
  const db = workspace === null ? null : await dbOfWorkspace(workspace);
  if (workspace === null || db === null) return null;
  const by = await callerOfToken(db, workspace, secret, (await originOf()).address);
  return by && { by, workspace, db: webDb({ workspace, customer: by.customer }), session: null };
}

/** Who the request being answered is from; null without a secret that lets anybody in. */
export async function visit(): Promise<Visit | null> {
  const authorization = (await headers()).get("authorization");
  // A request with a token is a program's: a cookie beside it counts for nothing.
  if (authorization !== null) {
    const token = BEARER.exec(authorization)?.[1];
    return token === undefined ? null : withToken(token);
  }
  const cookie = (await cookies()).get(sessionCookie().name)?.value;
  return cookie === undefined ? null : signedIn(cookie);
}

/** A page and the layout around it ask once. */
const visitOnce = cache(visit);

/** For pages: the visit; without one the sign-in page is shown instead, without the permission the page that says so. */
export async function pageVisit(permission: Permission): Promise<Visit> {
  const found = await visitOnce();
  if (found === null) redirect("/signin");
  if (!allowed(found.by, permission)) redirect("/forbidden");
  return found;
}

type Handler<Context> = (visit: Visit, request: Request, context: Context) => Promise<Response>;

const refuse = (
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response => Response.json({ error: { code, message } }, { status, headers });

const UNREADABLE = {
  code: "unavailable",
  message: "Rollcall can't read who is asking. Try again in a moment; its log says more.",
  retryAfterSeconds: 5,
};

/**
 * For API routes: the handler runs for those alone who have the permission.
 * Without a valid session or token the answer is 401, without the permission 403.
 */
export function guarded<Context = unknown>(permission: Permission, handler: Handler<Context>) {
  return async (request: Request, context: Context): Promise<Response> => {
    let found: Visit | null;
    try {
      found = await visit();
    } catch (error) {
      unstable_rethrow(error);
      log().error({ err: error }, "Who is asking could not be read.");
      const { code, message, retryAfterSeconds } = databaseTrouble(error) ?? UNREADABLE;
      return refuse(503, code, message, { "retry-after": String(retryAfterSeconds) });
    }
    if (found === null) {
      const message =
        "Sign in first, or send a token that is valid: Authorization: Bearer rct_…. A session or token that was revoked is over.";
      return refuse(401, "unauthenticated", message);
    }
    try {
      requirePermission(found.by, permission);
    } catch (error) {
      return refuse(403, "forbidden", (error as Error).message);
    }
    return handler(found, request, context);
  };
}
