/**
 * Okta's System Log: `GET /api/v1/logs` (developer.okta.com, "System Log API"). Polled without an end it gives records in the
 * order in which Okta stored them, and always a next link: what is stored late is behind the link, never before it.
 */
import { z } from "zod";
import { iso } from "../../reports/base.ts";
import { connector, type Page, type Pull, startOf } from "../connector.ts";
import { ConnectorProblem } from "../problem.ts";
import { nextLink, OKTA_SETTINGS, oktaAuthorizer, oktaBase } from "./okta.ts";

/** The most that Okta gives at once. */
const LIMIT = 1_000;
/** Okta keeps records for so long. */
const DAYS = 90;
/** Where a link is not taken any more, reading begins so long before the newest record: what Okta stored late is among it. */
const OVERLAP_MS = 3_600_000;

const SETTINGS = OKTA_SETTINGS.extend({
  /** Records from then on; without it all that Okta has. */
  since: z.iso.datetime().optional(),
});
type Settings = z.infer<typeof SETTINGS>;

const CURSOR = z.object({ next: z.string(), newest: z.number().nullable() });
const RECORDS = z.array(z.object({ published: z.string().optional() }).loose());

/** Time of the newest record of a page, for where its link is not taken any more. */
function newestOf(records: z.infer<typeof RECORDS>, before: number | null): number | null {
  const times = records.map(({ published }) => Date.parse(published ?? "")).filter((at) => !Number.isNaN(at));
  return times.reduce<number | null>((newest, at) => Math.max(newest ?? at, at), before);
}

async function* pages({ settings, http, cursor, window }: Pull<Settings>): AsyncGenerator<Page> {
  const kept = CURSOR.safeParse(cursor);
  let newest = kept.success ? kept.data.newest : null;
  const first = (): string => {
    const since =
      window?.from ?? (newest === null ? startOf(settings.since, DAYS, http.now()) : newest - OVERLAP_MS);
    const query = new URLSearchParams({ since: iso(since), limit: `${LIMIT}`, sortOrder: "ASCENDING" });
    if (window !== null) query.set("until", iso(window.to));
    return `/api/v1/logs?${query}`;
  };
  let next = kept.success ? kept.data.next : first();
  /** A link that is refused is left once: what the first page refuses is no matter of links. */
  let mayBeginAnew = kept.success;
  for (;;) {
    const answer = await http.get(next).catch((error: unknown) => {
      const stale = error instanceof ConnectorProblem && [400, 404, 410].includes(error.status ?? 0);
      if (!stale || !mayBeginAnew) throw error;
      return null;
    });
    mayBeginAnew = false;
    if (answer === null) {
      next = first();
      continue;
    }
    const read = RECORDS.safeParse(answer.json);
    if (!read.success)
      throw new ConnectorProblem("unreachable", "Okta gave something else than a list of records.");
    newest = newestOf(read.data, newest);
    const link = nextLink(answer.headers);
    const empty = read.data.length === 0;
    // Without an end an empty page is the end of what there is by now, with one a page without a link.
    const last = link === null || (window === null && empty);
    next = link ?? next;
    yield { body: empty ? null : answer.bytes, cursor: { next, newest }, last };
    if (last) return;
  }
}

export const oktaLogs = connector<Settings>({
  kind: "okta-logs",
  label: "Okta System Log",
  format: "okta",
  source: "okta",
  everySeconds: 60,
  days: DAYS,
  settings: SETTINGS,
  base: oktaBase,
  authorizer: (settings, secret) => oktaAuthorizer(settings, secret, "okta.logs.read"),
  pages,
});
