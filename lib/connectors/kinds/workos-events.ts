/** WorkOS's events: `GET /events` (workos.com/docs/reference/events). The oldest come first; `after` is the id of the last one seen. */
import { z } from "zod";
import { iso } from "../../reports/base.ts";
import { fixedKey } from "../auth.ts";
import { connector, type Page, type Pull, startOf } from "../connector.ts";
import { ConnectorProblem } from "../problem.ts";

const LIMIT = "100";
/** WorkOS keeps events for so long. */
const DAYS = 30;
/** Where the last event seen is not known any more, reading begins so long before it. */
const OVERLAP_MS = 3_600_000;

/** What is said of directories: all that Rollcall reads. */
const EVENTS = [
  "dsync.activated",
  "dsync.deactivated",
  "dsync.deleted",
  "dsync.user.created",
  "dsync.user.updated",
  "dsync.user.deleted",
  "dsync.group.created",
  "dsync.group.updated",
  "dsync.group.deleted",
  "dsync.group.user_added",
  "dsync.group.user_removed",
];

const SETTINGS = z.strictObject({
  url: z.url().max(500).default("https://api.workos.com"),
  /** The one organization whose events are wanted; without it those of all. */
  organization: z.string().min(1).max(200).optional(),
  /** Records from then on; without it all that WorkOS has. */
  since: z.iso.datetime().optional(),
});
type Settings = z.infer<typeof SETTINGS>;

const CURSOR = z.object({ after: z.string(), newest: z.number().nullable() });
const LIST = z.object({
  data: z.array(z.object({ id: z.string(), created_at: z.string().optional() }).loose()),
  list_metadata: z.object({ after: z.string().nullish() }),
});

async function* pages({ settings, http, cursor, window }: Pull<Settings>): AsyncGenerator<Page> {
  const read = CURSOR.safeParse(cursor);
  let after = read.success ? read.data.after : null;
  let newest = read.success ? read.data.newest : null;
  const address = (): string => {
    const query = new URLSearchParams(EVENTS.map((event) => ["events[]", event]));
    query.set("limit", LIMIT);
    query.set("order", "asc");
    if (settings.organization !== undefined) query.set("organization_id", settings.organization);
    if (after !== null) query.set("after", after);
    else {
      const since = newest === null ? startOf(settings.since, DAYS, http.now()) : newest - OVERLAP_MS;
      query.set("range_start", iso(window?.from ?? since));
    }
    if (window !== null) query.set("range_end", iso(window.to));
    return `/events?${query}`;
  };
  let mayBeginAnew = after !== null;
  for (;;) {
    const answer = await http.get(address()).catch((error: unknown) => {
      const stale = error instanceof ConnectorProblem && [400, 404, 410, 422].includes(error.status ?? 0);
      if (!stale || !mayBeginAnew) throw error;
      return null;
    });
    mayBeginAnew = false;
    if (answer === null) {
      after = null;
      continue;
    }
    const list = LIST.safeParse(answer.json);
    if (!list.success)
      throw new ConnectorProblem("unreachable", "WorkOS gave something else than a list of events.");
    const { data, list_metadata } = list.data;
    const times = data
      .map(({ created_at }) => Date.parse(created_at ?? ""))
      .filter((at) => !Number.isNaN(at));
    newest = times.reduce<number | null>((latest, at) => Math.max(latest ?? at, at), newest);
    const before: string | null = after;
    // On the last page no next one is named: the last event is where the next run goes on.
    after = list_metadata.after ?? data.at(-1)?.id ?? after;
    if (after === null) return;
    const last = !list_metadata.after || list_metadata.after === before;
    yield { body: data.length === 0 ? null : answer.bytes, cursor: { after, newest }, last };
    if (last) return;
  }
}

export const workosEvents = connector<Settings>({
  kind: "workos-events",
  label: "WorkOS Directory Sync events",
  format: "workos",
  source: "workos",
  everySeconds: 60,
  days: DAYS,
  settings: SETTINGS,
  base: ({ url }) => new URL(url).origin,
  authorizer: (_, secret) => fixedKey("Bearer", secret),
  pages,
});
