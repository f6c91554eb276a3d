/** Finds users and groups at an application's SCIM service. */
import { z } from "zod";
import { callScim, type ScimAnswer, type ScimTarget } from "./call.ts";
import { ScimProblem } from "./problem.ts";

/** Some services write booleans as text. */
const Active = z.union([z.boolean(), z.string().transform((text) => text.toLowerCase() === "true")]);

const Resource = z.object({
  id: z.string().min(1).max(1_000),
  userName: z.string().nullish(),
  displayName: z.string().nullish(),
  active: Active.nullish(),
  meta: z.object({ version: z.string().max(1_000).nullish() }).nullish(),
});

const List = z.object({ Resources: z.array(Resource).nullish() });

export interface Found {
  id: string;
  /** User name, or name of the group. */
  name: string | null;
  /** Null: it does not say. */
  active: boolean | null;
  /** For If-Match; null: it has no versions. */
  version: string | null;
}

/** An account as Rollcall knows it. */
export interface AccountThere {
  /** Its id at the application; it may be a user name. */
  id: string;
  userName: string | null;
}

const hostOf = ({ url }: ScimTarget): string => new URL(url).host;

/** A filter that asks for one value; the value is written as in JSON (RFC 7644 §3.4.2.2). */
export const eq = (attribute: string, value: string): string => `${attribute} eq ${JSON.stringify(value)}`;

/** Whether an id can be a part of a path: empty or dots, it would name all users, or what lies above them. */
const isPathPart = (id: string): boolean => id !== "" && !/^\.{1,2}$/u.test(id);

/**
 * The path of a resource.
 * @throws {ScimProblem} for an id that would name something else.
 */
export function pathOf(type: "Users" | "Groups", id: string): string {
  if (isPathPart(id)) return `/${type}/${encodeURIComponent(id)}`;
  throw new ScimProblem("no-scim", "The application gave an id that no address can be made of.");
}

const foundOf = (resource: z.infer<typeof Resource>, name: string | null, etag: string | null): Found => ({
  id: resource.id,
  name,
  active: resource.active ?? null,
  version: etag ?? resource.meta?.version ?? null,
});

function read<T>(schema: z.ZodType<T>, { body }: ScimAnswer, target: ScimTarget): T {
  const resource = schema.safeParse(body);
  if (resource.success) return resource.data;
  throw new ScimProblem(
    "no-scim",
    `${hostOf(target)} did not answer as SCIM says: is the address that of its SCIM service?`,
  );
}

/** User names are not told apart by case (RFC 7643 §4.1.1). */
const same = (a: string | null | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

async function byId(target: ScimTarget, id: string): Promise<Found | null> {
  if (!isPathPart(id)) return null;
  const answer = await callScim(target, { method: "GET", path: pathOf("Users", id) });
  if (answer.status >= 400) return null;
  const user = read(Resource, answer, target);
  if (user.id !== id)
    throw new ScimProblem("no-scim", `${hostOf(target)} answered with another user than was asked for.`);
  return foundOf(user, user.userName ?? null, answer.version);
}

/** The one whose attribute is the value; what a service that knows no filters gives beside it is passed over. */
async function byName(
  target: ScimTarget,
  type: "Users" | "Groups",
  attribute: "userName" | "displayName",
  value: string,
): Promise<Found | null> {
  const query = {
    filter: eq(attribute, value),
    ...(type === "Groups" ? { excludedAttributes: "members" } : {}),
  };
  const answer = await callScim(target, { method: "GET", path: `/${type}`, query });
  if (answer.status === 404) return null;
  if (answer.status >= 400) {
    throw new ScimProblem(
      "refused",
      `${hostOf(target)} can't be asked for a ${attribute} (HTTP ${answer.status}).`,
    );
  }
  const found = (read(List, answer, target).Resources ?? []).filter((one) => same(one[attribute], value));
  const [first] = found;
  if (first === undefined) return null;
  if (found.length > 1)
    throw new ScimProblem(
      "ambiguous",
      `${hostOf(target)} knows ${found.length} of the name ${value}: nothing was changed.`,
    );
  return foundOf(first, first[attribute] ?? null, null);
}

/**
 * The user of an account: by its id, else by its user name.
 * @throws {ScimProblem} when there is none, or the id is one of somebody else by now.
 */
export async function findUser(target: ScimTarget, { id, userName }: AccountThere): Promise<Found> {
  const known = await byId(target, id);
  if (known !== null) {
    if (userName === null || known.name === null || same(known.name, userName)) return known;
    throw new ScimProblem(
      "another-user",
      `The account ${id} is called ${known.name} at ${hostOf(target)}, and ${userName} here: nothing was changed.`,
    );
  }
  const named = await byName(target, "Users", "userName", userName ?? id);
  if (named !== null) return named;
  throw new ScimProblem(
    "unknown-user",
    `${hostOf(target)} knows no user of the id ${id}${userName === null ? "" : `, nor of the name ${userName}`}.`,
  );
}

/** @throws {ScimProblem} when there is none, or more than one. */
export async function findGroup(target: ScimTarget, name: string): Promise<Found> {
  const group = await byName(target, "Groups", "displayName", name);
  if (group !== null) return group;
  throw new ScimProblem(
    "unknown-group",
    `${hostOf(target)} knows no group of the name ${name}. What is no group there (a role, a licence) is taken away there by hand.`,
  );
}
