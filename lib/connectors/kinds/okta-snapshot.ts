/**
 * Okta's users, groups with their members, and applications with who is assigned to them, list by list, from the first to the
 * last; then it begins anew. What has not changed since is the same record.
 */
import { z } from "zod";
import { connector, type Page, type Pull } from "../connector.ts";
import { ConnectorProblem } from "../problem.ts";
import { nextLink, OKTA_SETTINGS, type OktaSettings, oktaAuthorizer, oktaBase } from "./okta.ts";

/** What Okta gives at once of each of these lists without being asked for less by its own limits. */
const LIMIT = 200;

const OBJECT = z.record(z.string(), z.unknown());
type Object = z.infer<typeof OBJECT>;
const LIST = z.array(OBJECT);

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const id = (object: Object): string => encodeURIComponent(textOf(object.id));

interface Stage {
  /** Address of the first page. */
  list: string;
  /** Of what is in one of the list; null where that is not asked. */
  inside: ((one: Object) => string | null) | null;
  /** What is in it as the adapter reads it. */
  record: (one: Object, inner: Object) => Object;
}

/** What is kept of one of a list until what is in it is read: no more than the records need. */
const kept = ({ id, label, type, created, lastMembershipUpdated, profile }: Object): Object => ({
  id,
  label,
  type,
  created,
  lastMembershipUpdated,
  name: OBJECT.safeParse(profile).data?.name,
});

const itself = (_: Object, inner: Object): Object => inner;

const STAGES: readonly Stage[] = [
  { list: `/api/v1/users?limit=${LIMIT}`, inside: null, record: itself },
  {
    // The list of all leaves out who is deprovisioned: the leavers.
    list: `/api/v1/users?${new URLSearchParams({ limit: `${LIMIT}`, search: 'status eq "DEPROVISIONED"' })}`,
    inside: null,
    record: itself,
  },
  {
    list: `/api/v1/groups?limit=${LIMIT}`,
    // Everybody is in the group that is built in: it says nothing.
    inside: (group) =>
      group.type === "BUILT_IN" ? null : `/api/v1/groups/${id(group)}/users?limit=${LIMIT}`,
    record: (group, member) => ({ ...member, memberOf: group }),
  },
  {
    list: `/api/v1/apps?limit=${LIMIT}`,
    inside: (app) => `/api/v1/apps/${id(app)}/users?limit=${LIMIT}`,
    record: (app, user) => ({ ...user, appId: app.id, appLabel: app.label }),
  },
];

const CURSOR = z.object({
  stage: z.number().int().min(0),
  /** Next page of the stage's list; null where it was read to its end. */
  list: z.string().nullable(),
  /** Those of the list whose insides are still to be read, the first of them from `page` on. */
  open: z.array(OBJECT),
  page: z.string().nullable(),
  /** When this reading began, and the last one that was read to its end; null where there is none. */
  began: z.number().nullable(),
  before: z.number().nullable(),
});
type Cursor = z.infer<typeof CURSOR>;

/** Clocks differ, and what changes while it is read may be missed: so much older changes are read again. */
const MARGIN_MS = 3_600_000;

const FIRST: Cursor = {
  stage: 0,
  list: STAGES[0]?.list ?? null,
  open: [],
  page: null,
  began: null,
  before: null,
};

/** Where the stage after it begins; behind the last one, where the next reading does. */
function stageAfter(at: Cursor): Cursor {
  const stage = at.stage + 1;
  const next = STAGES[stage];
  return next === undefined
    ? { ...FIRST, before: at.began }
    : { ...at, stage, list: next.list, open: [], page: null };
}

/** Whether what is in it must be read: members of a group whose membership has not changed were read before. */
function isOpen(stage: Stage, one: Object, { before }: Cursor): boolean {
  if (stage.inside === null || stage.inside(one) === null) return false;
  const changed = Date.parse(textOf(one.lastMembershipUpdated));
  return before === null || Number.isNaN(changed) || changed >= before - MARGIN_MS;
}

async function listAt(http: Pull<OktaSettings>["http"], address: string) {
  const { json, bytes, headers } = await http.get(address);
  const read = LIST.safeParse(json);
  if (!read.success) throw new ConnectorProblem("unreachable", "Okta gave something else than a list.");
  return { list: read.data, bytes, next: nextLink(headers) };
}

const encoded = (records: readonly Object[]): Uint8Array | null =>
  records.length === 0
    ? null
    : new TextEncoder().encode(records.map((one) => JSON.stringify(one)).join("\n"));

/** One page: its records, and where the next one is. */
async function step(
  http: Pull<OktaSettings>["http"],
  at: Cursor,
  stage: Stage,
): Promise<{ body: Uint8Array | null; cursor: Cursor }> {
  const after = (open: Object[], list: string | null): Cursor =>
    open.length === 0 && list === null ? stageAfter(at) : { ...at, list, open, page: null };
  const [one, ...others] = at.open;
  if (one !== undefined) {
    const found = await listAt(http, at.page ?? stage.inside?.(one) ?? "").catch((error: unknown) => {
      // It was deleted since the list was read.
      if (error instanceof ConnectorProblem && error.status === 404) return null;
      throw error;
    });
    const body = encoded((found?.list ?? []).map((inner) => stage.record(one, inner)));
    const page = found?.next ?? null;
    return { body, cursor: page === null ? after(others, at.list) : { ...at, page } };
  }
  if (at.list === null) return { body: null, cursor: stageAfter(at) };
  const { list, bytes, next } = await listAt(http, at.list);
  const open = list.filter((item) => isOpen(stage, item, at)).map(kept);
  return { body: list.length === 0 ? null : bytes, cursor: after(open, next) };
}

async function* pages({ http, cursor }: Pull<OktaSettings>): AsyncGenerator<Page> {
  const read = CURSOR.safeParse(cursor);
  let at: Cursor = read.success ? read.data : FIRST;
  if (at.began === null) at = { ...at, began: http.now() };
  /** A link of a run that was cut off long ago may not be taken any more: then its stage begins anew, once. */
  let mayBeginAnew = read.success;
  for (let stage = STAGES[at.stage]; stage !== undefined; stage = STAGES[at.stage]) {
    const here = stage;
    const page = await step(http, at, here).catch((error: unknown) => {
      if (!mayBeginAnew || !(error instanceof ConnectorProblem) || error.status !== 400) throw error;
      return null;
    });
    mayBeginAnew = false;
    if (page === null) {
      at = { ...at, list: here.list, open: [], page: null };
      continue;
    }
    at = page.cursor;
    const last = at.began === null;
    yield { ...page, last };
    if (last) return;
  }
}

export const oktaSnapshot = connector<OktaSettings>({
  kind: "okta-snapshot",
  label: "Okta users, groups and applications",
  format: "okta-snapshot",
  source: "okta",
  everySeconds: 6 * 3600,
  days: null,
  settings: OKTA_SETTINGS,
  base: oktaBase,
  authorizer: (settings, secret) =>
    oktaAuthorizer(settings, secret, "okta.users.read okta.groups.read okta.apps.read"),
  pages,
});
