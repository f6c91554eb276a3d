/** Reading users and groups (RFC 7644 §3.4, RFC 7643 §3 and §4). Of those who live there nothing but the form is looked at. */
import { check, must, passed, warned } from "../check.ts";
import { GROUP_SCHEMA, USER_SCHEMA } from "../identity.ts";
import { type Exchange, NotTried } from "../probe.ts";
import {
  answered,
  bodyOf,
  hasSchema,
  idOf,
  isJson,
  type Json,
  listFault,
  resourcesOf,
  totalOf,
} from "../shapes.ts";

/** An xsd:dateTime, whose zone may be left out (RFC 7643 §2.3.5). */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/u;

/** What is wrong with resources; which of them is not said. */
function resourceFault(resources: readonly Json[], urn: string, name: string): string | null {
  if (resources.some((one) => idOf(one) === null)) return 'A resource has no "id", or one that is no string.';
  if (resources.some((one) => !hasSchema(one, urn))) return `"schemas" of a resource does not name ${urn}.`;
  if (resources.some((one) => typeof one[name] !== "string")) return `A resource has no "${name}".`;
  const ids = resources.map(idOf);
  return new Set(ids).size === ids.length ? null : "Two resources of the list have the same id.";
}

const metaOf = (resource: Json): Json => (isJson(resource.meta) ? resource.meta : {});

/** What is wrong with "meta" (RFC 7643 §3.1). */
function metaFault(
  resources: readonly Json[],
  type: "User" | "Group",
): string | null | ReturnType<typeof warned> {
  if (resources.some(({ meta }) => !isJson(meta))) return 'A resource has no "meta".';
  const metas = resources.map(metaOf);
  if (metas.some(({ resourceType }) => resourceType !== type)) return `"meta.resourceType" is not "${type}".`;
  if (metas.some(({ location }) => typeof location !== "string")) return '"meta.location" is missing.';
  for (const name of ["created", "lastModified"] as const) {
    const times = metas.map((meta) => meta[name]);
    if (times.some((time) => time !== undefined && (typeof time !== "string" || !DATE_TIME.test(time))))
      return `"meta.${name}" is no date and time (RFC 7643 §2.3.5).`;
    if (times.includes(undefined))
      return warned(`"meta.${name}" is missing: clients can't tell what changed.`);
  }
  return null;
}

/** Any address will do: what is before a relative one is not looked at. */
const BASE = "https://relative.invalid/";

const decoded = (path: string): string => {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
};

/**
 * What is wrong with a location: it has to end in the resource's own path. A relative one is a warning: URIs of resources may be
 * relative (RFC 7643 §2.3.7), and not every client knows to what.
 */
export function locationFault(resource: Json, endpoint: string): string | null | ReturnType<typeof warned> {
  const { location } = metaOf(resource);
  if (typeof location !== "string") return '"meta.location" is missing.';
  if (!URL.canParse(location, BASE)) return '"meta.location" is no address.';
  const end = `/${endpoint}/${encodeURIComponent(idOf(resource) ?? "")}`;
  if (!decoded(new URL(location, BASE).pathname).endsWith(decoded(end)))
    return `"meta.location" does not end in /${endpoint}/ and the resource's id.`;
  return URL.canParse(location)
    ? null
    : warned(
        '"meta.location" is no whole address with scheme and host: not every client knows what to put before it.',
      );
}

const requireUsers = (exchange: Exchange): Json[] => {
  const users = resourcesOf(exchange);
  if (users.length > 0) return users;
  throw new NotTried("not-applicable", "There is no user to be read.");
};

/** Attributes that RFC 7643 has returned by default, and that one can do without. */
const LEFT_OUT = ["name", "emails", "displayName", "title", "phoneNumbers", "active"];
const ALWAYS = new Set(["schemas", "id", "meta", "username"]);

/** What stands there beside the one attribute that was asked for. */
const besides = (resource: Json): string[] =>
  Object.keys(resource).filter((key) => !ALWAYS.has(key.toLowerCase()));

/** Whether names are in order, case aside; equal ones in any. */
export function isSorted(names: readonly string[]): boolean {
  const lower = names.map((name) => name.toLowerCase());
  return lower.every(
    (name, i) => i === 0 || (lower[i - 1] ?? "") <= name || (lower[i - 1] ?? "").localeCompare(name) <= 0,
  );
}

export const READING = [
  check({
    id: "reading.list",
    title: "Users are listed in a ListResponse",
    requirement: must("RFC 7644", "3.4.2"),
    severity: "high",
    level: "read",
    mend: 'Answer GET /Users with 200 and a ListResponse: "schemas", "totalResults" and, where there are any, "Resources".',
    ask: (run) => run.users(),
    judge: listFault,
  }),
  check({
    id: "reading.items-per-page",
    title: "A part of a list says which part it is",
    requirement: must("RFC 7644", "3.4.2"),
    severity: "low",
    level: "read",
    mend: 'Give "startIndex" and "itemsPerPage" with every list that is not whole.',
    async ask(run) {
      await run.requireIndex();
      const list = await run.look("/Users", { count: "1", startIndex: "1" });
      if ((totalOf(list) ?? 0) <= resourcesOf(list).length)
        throw new NotTried("not-applicable", "The whole list came.");
      return list;
    },
    judge(list) {
      const { startIndex, itemsPerPage } = bodyOf(list);
      if (startIndex !== 1) return '"startIndex" is not 1.';
      return itemsPerPage === resourcesOf(list).length
        ? null
        : '"itemsPerPage" is not the number of resources in the answer.';
    },
  }),
  check({
    id: "reading.resource",
    title: "Each user has schemas, an id of its own and a user name",
    requirement: must("RFC 7643", "3.1"),
    severity: "high",
    level: "read",
    mend: 'Give each user "schemas" with the core URN, an "id" that is a string and is nobody else\'s, and a "userName".',
    ask: async (run) => requireUsers(await run.users()),
    judge: (users) => resourceFault(users, USER_SCHEMA, "userName"),
  }),
  check({
    id: "reading.meta",
    title: "Each user has meta",
    requirement: must("RFC 7643", "3.1"),
    severity: "low",
    level: "read",
    mend: 'Give each resource "meta" with "resourceType", "created", "lastModified" and "location".',
    ask: async (run) => requireUsers(await run.users()),
    judge: (users) => metaFault(users, "User"),
  }),
  check({
    id: "reading.by-id",
    title: "A user is read by its id",
    requirement: must("RFC 7644", "3.4.1"),
    severity: "high",
    level: "read",
    mend: "Answer GET /Users/ID with 200 and the same user that the list has under this id.",
    async ask(run) {
      const somebody = await run.somebody();
      return { somebody, answer: await run.byId(somebody) };
    },
    judge({ somebody, answer }) {
      if (answer.status !== 200) return `${answered(answer)} in place of 200.`;
      const read = bodyOf(answer);
      if (read.id !== somebody.id) return "It answered with another id than was asked for.";
      if (read.userName !== somebody.userName) return "It answered with another user name than the list has.";
      return resourceFault([read], USER_SCHEMA, "userName");
    },
  }),
  check({
    id: "reading.location",
    title: "A user's location is its address",
    requirement: must("RFC 7643", "3.1"),
    severity: "low",
    level: "read",
    mend: 'Let "meta.location" be the whole address under which the resource is read.',
    ask: async (run) => (await run.somebody(await run.users())).resource,
    judge: (resource) => locationFault(resource, "Users"),
  }),
  check({
    id: "reading.active-boolean",
    title: '"active" is a boolean',
    requirement: must("RFC 7643", "4.1.1"),
    severity: "high",
    level: "read",
    mend: 'Send "active" as true or false, without quotation marks.',
    async ask(run) {
      const told = requireUsers(await run.users()).filter(({ active }) => active !== undefined);
      if (told.length === 0) throw new NotTried("not-applicable", 'No user has "active".');
      return told;
    },
    judge: (users) =>
      users.every(({ active }) => typeof active === "boolean") ? null : `"active" of a user is no boolean.`,
  }),
  check({
    id: "reading.no-password",
    title: "No password is told",
    requirement: must("RFC 7643", "4.1.1"),
    severity: "high",
    level: "read",
    mend: 'Never return "password", in whatever form.',
    async ask(run) {
      const users = requireUsers(await run.users());
      return [...users, bodyOf(await run.byId(await run.somebody()))];
    },
    judge: (users) =>
      users.some((user) => Object.keys(user).some((key) => key.toLowerCase() === "password"))
        ? 'A user is returned with "password".'
        : null,
  }),
  check({
    id: "reading.attributes",
    title: '"attributes" leaves everything else out',
    requirement: must("RFC 7644", "3.4.2.5"),
    severity: "medium",
    level: "read",
    mend: 'Return with "attributes" those that are named, and "id" and "schemas"; nothing beside them.',
    ask: async (run) => run.byId(await run.somebody(), { attributes: "userName" }),
    judge(answer) {
      if (answer.status !== 200) return `${answered(answer)} in place of 200.`;
      if (typeof bodyOf(answer).userName !== "string") return '"userName" was asked for, and is missing.';
      const more = besides(bodyOf(answer));
      return more.length === 0
        ? null
        : `Not asked for, and there: ${more
            .slice(0, 5)
            .map((key) => `"${key.slice(0, 60)}"`)
            .join(", ")}.`;
    },
  }),
  check({
    id: "reading.excluded-attributes",
    title: '"excludedAttributes" leaves out what it names',
    requirement: must("RFC 7644", "3.4.2.5"),
    severity: "medium",
    level: "read",
    mend: 'Leave out what "excludedAttributes" names; groups of thousands are read without their members by it.',
    async ask(run) {
      const somebody = await run.somebody();
      const key = LEFT_OUT.find((name) => name in somebody.resource);
      if (key === undefined) throw new NotTried("not-applicable", "The user has no attribute to leave out.");
      return { key, answer: await run.byId(somebody, { excludedAttributes: key }) };
    },
    judge({ key, answer }) {
      if (answer.status !== 200) return `${answered(answer)} in place of 200.`;
      return key in bodyOf(answer) ? `"${key}" is there all the same.` : null;
    },
  }),
  check({
    id: "reading.groups",
    title: "Groups are listed in a ListResponse",
    requirement: must("RFC 7644", "3.4.2"),
    severity: "medium",
    level: "read",
    mend: "Answer GET /Groups as GET /Users, each group with its id, schemas and displayName.",
    async ask(run) {
      await run.requireGroups();
      return run.groups();
    },
    judge: (groups) => listFault(groups) ?? resourceFault(resourcesOf(groups), GROUP_SCHEMA, "displayName"),
  }),
  check({
    id: "reading.groups-meta",
    title: "Each group has meta",
    requirement: must("RFC 7643", "3.1"),
    severity: "low",
    level: "read",
    mend: 'Give each group "meta" with "resourceType", "created", "lastModified" and "location".',
    async ask(run) {
      await run.requireGroups();
      const groups = resourcesOf(await run.groups());
      if (groups.length === 0) throw new NotTried("not-applicable", "There is no group to be read.");
      return groups;
    },
    judge: (groups) => metaFault(groups, "Group"),
  }),
  check({
    id: "reading.sort",
    title: "Lists are sorted where that is announced",
    requirement: must("RFC 7644", "3.4.2.3"),
    severity: "low",
    level: "read",
    mend: 'Sort by "sortBy", or let ServiceProviderConfig say that sorting is not supported.',
    async ask(run) {
      await run.requireFeature("sort", "announced");
      return run.look("/Users", { sortBy: "userName", sortOrder: "ascending", count: "20" });
    },
    judge(list) {
      if (list.status !== 200) return `${answered(list)} in place of 200.`;
      const names = resourcesOf(list).flatMap(({ userName }) =>
        typeof userName === "string" ? [userName] : [],
      );
      return isSorted(names) ? passed : "The users are not in the order of their user names.";
    },
  }),
];
