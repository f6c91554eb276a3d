/** What Entra's connectors have in common: Microsoft Graph's lists of a time, page by page, and how Rollcall proves itself there. */
import { z } from "zod";
import type { Instant } from "../../ingest/event.ts";
import { type Authorizer, certificateJwt, clientCredentials, clientSecret } from "../auth.ts";
import { type Page, type Pull, startOf } from "../connector.ts";
import { ConnectorProblem } from "../problem.ts";

export const ENTRA_SETTINGS = z.strictObject({
  /** Id or domain of the tenant. */
  tenant: z.string().regex(/^[\w.-]{1,200}$/u),
  /** Of the application that Rollcall is there. */
  clientId: z.string().min(1).max(200),
  /** Of a national cloud. */
  graph: z.url().max(500).default("https://graph.microsoft.com"),
  login: z.url().max(500).default("https://login.microsoftonline.com"),
  /** Records from then on; without it all that Entra has. */
  since: z.iso.datetime().optional(),
});

export type EntraSettings = z.infer<typeof ENTRA_SETTINGS>;

export const graphBase = ({ graph }: EntraSettings): string => new URL(graph).origin;

export function entraAuthorizer(settings: EntraSettings, secret: string): Authorizer {
  const { tenant, clientId, login } = settings;
  return clientCredentials({
    tokenUrl: `${new URL(login).origin}/${tenant}/oauth2/v2.0/token`,
    clientId,
    // All that an admin has granted to the application.
    scope: `${graphBase(settings)}/.default`,
    proof: secret.includes("-----BEGIN") ? certificateJwt(clientId, secret) : clientSecret(secret),
  });
}

const LIST = z.object({ value: z.array(z.unknown()), "@odata.nextLink": z.string().optional() });

export interface GraphList {
  values: unknown[];
  bytes: Uint8Array;
  next: string | null;
}

export async function graphList(http: Pull<EntraSettings>["http"], address: string): Promise<GraphList> {
  const { json, bytes } = await http.get(address);
  const read = LIST.safeParse(json);
  if (!read.success)
    throw new ConnectorProblem("unreachable", "Microsoft Graph gave something else than a list.");
  return { values: read.data.value, bytes, next: read.data["@odata.nextLink"] ?? null };
}

/**
 * Records reach Graph's lists some minutes after their time, sometimes hours: so much of what was read is read again. What comes
 * twice is one record.
 */
const OVERLAP_MS = 2 * 3_600_000;
/** Of a long time, so much is asked for at once: links into the middle of it are short-lived. */
const PART_MS = 86_400_000;
/** What is asked for ends so long after now: clocks differ. */
const AHEAD_MS = 5 * 60_000;

const CURSOR = z.object({
  /** The part of time that is being read, and the link of its next page; null: from its beginning. */
  from: z.number(),
  to: z.number(),
  next: z.string().nullable(),
});

/**
 * All pages of a log from one time to another, part by part. Graph promises no order within a list, so a part counts as read only
 * when it was read to its last page.
 * @param address of a part's first page.
 */
export async function* graphLog(
  { settings, http, cursor, window }: Pull<EntraSettings>,
  days: number,
  address: (from: Instant, to: Instant) => string,
): AsyncGenerator<Page> {
  const read = CURSOR.safeParse(cursor);
  const end = () => window?.to ?? http.now() + AHEAD_MS;
  const part = (from: number) => ({ from, to: Math.min(from + PART_MS, end()), next: null });
  let at: z.infer<typeof CURSOR> = read.success
    ? read.data
    : part(window?.from ?? startOf(settings.since, days, http.now()));
  if (at.next === null) at = part(at.from);
  /** A link that is refused is left once: then its part is read anew. */
  let mayBeginAnew = at.next !== null;
  for (;;) {
    const list = await graphList(http, at.next ?? address(at.from, at.to)).catch((error: unknown) => {
      const stale = error instanceof ConnectorProblem && [400, 404, 410].includes(error.status ?? 0);
      if (!stale || !mayBeginAnew) throw error;
      return null;
    });
    mayBeginAnew = false;
    if (list === null) {
      at = { ...at, next: null };
      continue;
    }
    const body = list.values.length === 0 ? null : list.bytes;
    if (list.next !== null) {
      at = { ...at, next: list.next };
      yield { body, cursor: at, last: false };
      continue;
    }
    const last = at.to >= end() || (window === null && at.to >= http.now());
    const from: number = last && window === null ? http.now() - OVERLAP_MS : at.to;
    at = part(from);
    yield { body, cursor: at, last };
    if (last) return;
  }
}
