/**
 * An application's own accounts and groups, read over SCIM (RFC 7644 §3.4.2): by index, or by cursor where it says that it can
 * (RFC 9865). One run reads all groups, then all users, and says at its end whether that was all that there is.
 */
import { z } from "zod";
import { type JsonObject, member, objectOf, objectsOf, textOf } from "../../ingest/adapters/read.ts";
import { fitted } from "../../ingest/strangers.ts";
import { iso } from "../../reports/base.ts";
import { fixedKey } from "../auth.ts";
import { connector, type Page, type Pull } from "../connector.ts";
import { ConnectorProblem } from "../problem.ts";

/** What can't be read to its end for so long is given up, and begun anew. */
const LONGEST_RUN_MS = 24 * 3_600_000;
/** Of a group's members so many go into one record. */
const MEMBERS_A_RECORD = 500;

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

const SETTINGS = z.strictObject({
  /** What stands before /Users. */
  url: z.url().max(500),
  /** The application's name, as other sources have it. */
  application: z.string().trim().min(1).max(200),
  /** Of users, as SCIM has it (RFC 7644 §3.4.2.2): whom it leaves out nobody looks for. */
  filter: z.string().min(1).max(1_000).optional(),
  pageSize: z.coerce.number().int().min(1).max(1_000).default(100),
});
type Settings = z.infer<typeof SETTINGS>;

const CURSOR = z.object({
  /** When the last complete run began; null: there was none. */
  previous: z.string().nullable(),
  /** When the run under way began; null between two runs. */
  run: z.string().nullable(),
  stage: z.enum(["groups", "users"]),
  /** Of the next page: its first resource's number, or its cursor. */
  next: z.union([z.number(), z.string()]),
  /** The first resource of the page before. */
  first: z.string().nullable(),
  /** What the list said that it has, when its first page was read. */
  total: z.number().nullable(),
  seen: z.number(),
  /** How many groups there are; null where they can't be read. */
  groups: z.number().nullable(),
  /** Whether the users are all that there are, as far as they have been read. */
  whole: z.boolean(),
  /** Why something was not read; null: nothing says so. */
  why: z.string().nullable(),
});
type Cursor = z.infer<typeof CURSOR>;

const LIST = z.object({
  totalResults: z.coerce.number().int().min(0).optional(),
  nextCursor: z.string().max(10_000).nullish(),
  Resources: z.array(z.unknown()).nullish(),
});

const PAGING = z.object({ pagination: z.object({ cursor: z.boolean().optional() }).optional() });

const HEADERS = { accept: "application/scim+json, application/json;q=0.9" };

type Http = Pull<Settings>["http"];

/** The status that a call was refused with; null where it was not. @throws {ConnectorProblem} of any other status. */
async function askedFor(http: Http, address: string, refused: readonly number[]) {
  try {
    return await http.get(address, HEADERS);
  } catch (error) {
    if (error instanceof ConnectorProblem && refused.includes(error.status ?? 0)) return null;
    throw error;
  }
}

/** Whether lists are to be asked for by cursor. */
async function hasCursors(http: Http): Promise<boolean> {
  const config = await askedFor(http, "ServiceProviderConfig", [400, 401, 403, 404, 405, 501]);
  const told = fitted(PAGING, config?.json);
  return told.success && told.data.pagination?.cursor === true;
}

/** Attributes that are compared or name the account: of the rest, whatever it tells of people, nothing is kept. */
function keptOf(resource: JsonObject): JsonObject {
  const enterprise = objectOf(member(resource, ENTERPRISE));
  const emails = objectsOf(member(resource, "emails")).map(({ value, primary }) => ({ value, primary }));
  const { id, externalId, userName, displayName, active, title, roles } = resource;
  const { created, lastModified } = objectOf(member(resource, "meta")) ?? {};
  return {
    id,
    externalId,
    userName,
    displayName,
    active,
    title,
    ...(emails.length === 0 ? {} : { emails }),
    roles,
    ...(enterprise === null ? {} : { [ENTERPRISE]: { department: enterprise.department } }),
    meta: { created, lastModified },
  };
}

/** A group as one record or, with many members, as some. */
function groupsOf(group: JsonObject): JsonObject[] {
  const { id, displayName } = group;
  const members = objectsOf(member(group, "members")).map(({ value, display, type, $ref }) => ({
    value,
    display,
    type,
    $ref,
  }));
  const parts = Math.max(1, Math.ceil(members.length / MEMBERS_A_RECORD));
  return Array.from({ length: parts }, (_, i) => ({
    id,
    displayName,
    members: members.slice(i * MEMBERS_A_RECORD, (i + 1) * MEMBERS_A_RECORD),
  }));
}

const encoded = (records: readonly object[]): Uint8Array | null =>
  records.length === 0
    ? null
    : new TextEncoder().encode(records.map((one) => JSON.stringify(one)).join("\n"));

/** Between two runs. @param previous when the last complete one began. */
const between = (previous: string | null): Cursor => ({
  previous,
  run: null,
  stage: "groups",
  next: 1,
  first: null,
  total: null,
  seen: 0,
  groups: 0,
  whole: true,
  why: null,
});

/** What each record tells of the reading that it is of: nothing is seen before it began, also by a clock that was set. */
const headOf = ({ application }: Settings, { run, previous }: Cursor, now: number) => ({
  $scimRead: 1,
  application,
  run,
  previous,
  at: iso(Math.max(now, run === null ? now : Date.parse(run))),
});

const addressOf = ({ filter, pageSize }: Settings, { stage, next }: Cursor): string => {
  const query = new URLSearchParams({ count: String(pageSize) });
  if (typeof next === "number") query.set("startIndex", String(next));
  else query.set("cursor", next);
  if (stage === "users" && filter !== undefined) query.set("filter", filter);
  return `${stage === "groups" ? "Groups" : "Users"}?${query}`;
};

/**
 * What a page of a list leads to: where the next one is, null at the end, and why the list is not to be trusted.
 * @param first id of the page's first resource.
 */
function afterPage(at: Cursor, list: z.infer<typeof LIST>, first: string | null) {
  const { stage, next } = at;
  const count = list.Resources?.length ?? 0;
  const total = list.totalResults ?? null;
  if (first !== null && at.first === first) {
    const why = `Asked for the ${stage} that follow, it gave those of the page before again: its paging is wrong.`;
    return { next: null, seen: at.seen, total, why, repeats: true };
  }
  const seen = at.seen + count;
  const byIndex = total !== null && seen < total && count > 0 && typeof next === "number";
  const follows = typeof next === "string" ? (list.nextCursor ?? null) : byIndex ? next + count : null;
  const moved = at.total !== null && total !== null && at.total !== total && typeof next === "number";
  const faults: readonly [is: boolean, why: string][] = [
    [moved, `The ${stage} changed while they were read by index.`],
    // RFC 7644 §3.4.2: by index nothing else tells whether more follow.
    [
      total === null && typeof next === "number",
      `It does not say how many ${stage} it has ("totalResults").`,
    ],
    [
      follows === null && total !== null && seen !== total,
      `It says that it has ${total} ${stage}, and gave ${seen}.`,
    ],
  ];
  const why = faults.find(([is]) => is)?.[1] ?? null;
  return { next: follows, seen, total, why, repeats: false };
}

/** One page: its records, and where the next one is. */
async function step(
  settings: Settings,
  http: Http,
  at: Cursor,
): Promise<{ records: object[]; cursor: Cursor }> {
  const { stage, run, previous } = at;
  const start = typeof at.next === "string" ? "" : 1;
  const toUsers = { ...at, stage: "users", next: start, first: null, total: null, seen: 0 } as const;
  const refused = stage === "groups" ? [400, 403, 404, 405, 501] : [];
  const answer = await askedFor(http, addressOf(settings, at), refused);
  // By the vendor's clock, as this answer tells it.
  const head = headOf(settings, at, http.now());
  if (answer === null)
    return { records: [], cursor: { ...toUsers, groups: null, why: "Groups can't be read there." } };
  const list = fitted(LIST, answer.json);
  if (!list.success) throw new ConnectorProblem("unreachable", "It gave something else than a list of SCIM.");
  const resources = objectsOf(list.data.Resources);
  const first = textOf(resources[0]?.id);
  const after = afterPage(at, list.data, first);
  const groups = stage === "groups" && after.why !== null ? null : at.groups;
  const why = after.why ?? at.why;
  const recordsOf = (one: JsonObject): object[] =>
    stage === "groups"
      ? groupsOf(one).map((group) => ({ ...head, group }))
      : [{ ...head, groupsRead: groups !== null, resource: keptOf(one) }];
  const records = after.repeats ? [] : resources.flatMap(recordsOf);
  const { next, seen } = after;
  const whole = at.whole && (stage === "groups" || after.why === null);
  if (next !== null) {
    const total = at.total ?? after.total;
    return { records, cursor: { ...at, next, first, total, seen, groups, why, whole } };
  }
  if (stage === "groups")
    return { records, cursor: { ...toUsers, groups: groups === null ? null : seen, why } };
  const complete = whole && settings.filter === undefined;
  const ended = {
    complete,
    users: seen,
    groups,
    why: why ?? (complete ? null : "Only the users of the filter are read."),
  };
  return { records: [...records, { ...head, ended }], cursor: between(complete ? run : previous) };
}

async function* pages({ settings, http, cursor }: Pull<Settings>): AsyncGenerator<Page> {
  const read = CURSOR.safeParse(cursor);
  let at: Cursor = read.success ? read.data : between(null);
  const now = http.now();
  if (at.run !== null && now - Date.parse(at.run) > LONGEST_RUN_MS) {
    const users = at.stage === "users" ? at.seen : null;
    const ended = {
      complete: false,
      users,
      groups: null,
      why: "It could not be read to its end within a day.",
    };
    const body = encoded([{ ...headOf(settings, at, now), ended }]);
    at = between(at.previous);
    yield { body, cursor: at, last: false };
  }
  /** A cursor that is not taken any more begins its list anew, once. */
  let mayBeginAnew = at.run !== null && typeof at.next === "string" && at.next !== "";
  if (at.run === null) {
    const next = (await hasCursors(http)) ? "" : 1;
    at = { ...at, run: iso(http.now()), next };
  }
  for (;;) {
    const here = at;
    const page = await step(settings, http, here).catch((error: unknown) => {
      if (!mayBeginAnew || !(error instanceof ConnectorProblem) || error.status !== 400) throw error;
      return null;
    });
    mayBeginAnew = false;
    if (page === null) {
      at = { ...here, next: "", first: null, total: null, seen: 0 };
      continue;
    }
    at = page.cursor;
    const last = at.run === null;
    yield { body: encoded(page.records), cursor: at, last };
    if (last) return;
  }
}

export const scimApplication = connector<Settings>({
  kind: "scim-application",
  label: "Accounts of an application, over SCIM",
  format: "scim-read",
  source: null,
  everySeconds: 86_400,
  days: null,
  settings: SETTINGS,
  base: ({ url }) => url,
  authorizer: (_, secret) => fixedKey("Bearer", secret),
  pages,
});
