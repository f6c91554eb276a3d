/** What identity providers send to the SCIM endpoint: filters, paths, resources, changes of them. */
import type { Random } from "../../sample/random.ts";
import { ScimError } from "../../scim-server/error.ts";
import { parseFilter, parsePath } from "../../scim-server/filter.ts";
import { matcher } from "../../scim-server/match.ts";
import { patched } from "../../scim-server/patch.ts";
import { queryOfBody } from "../../scim-server/query.ts";
import { readResource } from "../../scim-server/resource.ts";
import { ENTERPRISE, type Json, RESOURCE_TYPES, type ResourceType, USER } from "../../scim-server/schemas.ts";
import { anyValue, mutatedValue, TEXTS } from "../mutate.ts";
import { must, mustInheritNothing, type Target } from "../target.ts";

const PATHS = [
  "userName",
  "NAME.familyName",
  "emails",
  "emails.type",
  'emails[type eq "work"].value',
  'members[value eq "7d1f6a3e-5b0c-4a57-9a8e-0d8f4f2f9b11"]',
  "members",
  "active",
  "groups.value",
  "meta.lastModified",
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}:manager`,
  `${USER}:title`,
  ENTERPRISE,
  "id",
  "nowhere",
];
const WORDS = [
  ..."()[]",
  "and",
  "or",
  "not",
  "eq",
  "ne",
  "co",
  "sw",
  "ew",
  "gt",
  "ge",
  "lt",
  "le",
  "pr",
  "true",
  "null",
  "5",
  "-1e9",
  " ",
];

/** A filter, most often one that can be read. */
export function filterFor(random: Random): string {
  const value = random.chance(0.8)
    ? JSON.stringify(random.pick(TEXTS).slice(0, 200))
    : random.pick(["true", "null", "3"]);
  const term = `${random.pick(PATHS)} ${random.pick(["eq", "ne", "co", "sw", "gt", "le"])} ${value}`;
  const whole = random.chance(0.5)
    ? term
    : `${random.pick(["not (", "("])}${term}) ${random.pick(["and", "or"])} ${random.pick(PATHS)} pr`;
  if (random.chance(0.6)) return whole;
  const words = Array.from({ length: random.int(1, 8) }, () =>
    random.pick(random.chance(0.7) ? WORDS : [...PATHS, ...TEXTS]),
  );
  return random.chance(0.5) ? words.join(" ") : `${whole}${words.join("")}`;
}

const SOUND: Readonly<Record<ResourceType, Json>> = {
  User: {
    schemas: [USER, ENTERPRISE],
    externalId: "00u1",
    userName: "alice@larkspur.example",
    active: true,
    name: { givenName: "Alice", familyName: "Moss" },
    emails: [
      { type: "work", value: "alice@larkspur.example", primary: true },
      { type: "home", value: "moss@home.example" },
    ],
    [ENTERPRISE]: { department: "Research", manager: { value: "m-1" } },
  },
  Group: { displayName: "Staff", members: [{ value: "7d1f6a3e-5b0c-4a57-9a8e-0d8f4f2f9b11" }] },
};

function operationFor(random: Random): Json {
  const operation: Json = {
    op: random.pick(["add", "Replace", "remove", "REPLACE"]),
    path: random.chance(0.7) ? random.pick(PATHS) : filterFor(random),
    value: random.pick<unknown>([
      "False",
      "x",
      true,
      [{ value: "y" }],
      { active: false, "name.givenName": "B" },
      [],
      null,
    ]),
  };
  if (random.chance(0.3)) delete operation.path;
  return random.chance(0.5) ? operation : (mutatedValue(operation, random) as Json);
}

/** A body for one of the endpoint's addresses, of either type. */
export function scimBodyFor(random: Random): unknown {
  const type = random.pick(RESOURCE_TYPES);
  const sound = SOUND[type];
  const patch = () => ({ Operations: Array.from({ length: random.int(0, 4) }, () => operationFor(random)) });
  switch (random.int(0, 3)) {
    case 0:
      return mutatedValue({ ...sound, userName: random.pick(TEXTS) }, random, anyValue(random));
    case 1:
      return patch();
    case 2: {
      const data = random.chance(0.5) ? sound : patch();
      const path = random.pick(["/Users", "/Groups", "/Users/bulkId:a", "/Groups/bulkId:b", "/Bulk"]);
      const one = () => ({
        method: random.pick(["POST", "PATCH", "PUT", "DELETE"]),
        path,
        bulkId: random.pick(["a", "b"]),
        data,
      });
      return mutatedValue({ Operations: [one(), one()] }, random, { value: "bulkId:a" });
    }
    default:
      return mutatedValue(
        { filter: filterFor(random), sortBy: random.pick(PATHS), cursor: "", count: 2 },
        random,
      );
  }
}

/** What comes of it; null where it is refused, in a sentence and with a reason. */
function unlessRefused<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    must(error.scimType !== null && error.status === 400, `The refusal has no reason: ${error.message}`);
    must(/[.!]$/su.test(error.message), `The refusal is no sentence: ${error.message}`);
    return null;
  }
}

function checkFilter(text: string): void {
  unlessRefused(() => parsePath(text));
  const filter = unlessRefused(() => parseFilter(text));
  for (const type of RESOURCE_TYPES) {
    const test = filter && unlessRefused(() => matcher(type, filter));
    if (test !== null) must(typeof test(SOUND[type]) === "boolean", "A filter finds neither yes nor no.");
  }
  mustInheritNothing();
}

function checkBody(body: unknown): void {
  unlessRefused(() => queryOfBody(body));
  for (const type of RESOURCE_TYPES) {
    const read = unlessRefused(() => readResource(type, body));
    if (read !== null) {
      must(
        JSON.stringify(readResource(type, read)) === JSON.stringify(read),
        "What was read is read otherwise.",
      );
    }
    const before = JSON.stringify(SOUND[type]);
    const changed = unlessRefused(() => patched(type, SOUND[type], body));
    must(JSON.stringify(SOUND[type]) === before, "A PATCH has changed what was there before.");
    if (changed !== null) readResource(type, changed);
  }
  mustInheritNothing();
}

export const scimServerTargets: readonly Target[] = [
  {
    name: "scim-filters",
    next(random) {
      const input = filterFor(random);
      return { input, run: () => checkFilter(input) };
    },
  },
  {
    name: "scim-bodies",
    next(random) {
      const input = scimBodyFor(random);
      return { input, run: () => checkBody(input) };
    },
  },
];
