/** Filters mean what RFC 7644 §3.4.2.2 says: read from their text, they find what a plain reading of the tree finds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ScimError } from "./error.ts";
import { type Comparison, type Filter, parseFilter, parsePath, type Scalar } from "./filter.ts";
import { matcher } from "./match.ts";
import type { Json } from "./schemas.ts";

/** Names of a user's attributes as filters write them, and what leads there. */
const PATHS: Record<
  string,
  { type: "string" | "boolean" | "dateTime"; exact?: true; read(user: Json): unknown[] }
> = {
  userName: { type: "string", read: (user) => [user.userName] },
  externalId: { type: "string", exact: true, read: (user) => [user.externalId] },
  active: { type: "boolean", read: (user) => [user.active] },
  "name.familyName": { type: "string", read: (user) => [(user.name as Json | undefined)?.familyName] },
  emails: { type: "string", read: (user) => ((user.emails ?? []) as Json[]).map(({ value }) => value) },
  "emails.type": { type: "string", read: (user) => ((user.emails ?? []) as Json[]).map(({ type }) => type) },
  "meta.lastModified": { type: "dateTime", read: (user) => [(user.meta as Json).lastModified] },
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": {
    type: "string",
    read: (user) => [
      (user["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"] as Json | undefined)?.department,
    ],
  },
  "urn:ietf:params:scim:schemas:core:2.0:User:title": { type: "string", read: (user) => [user.title] },
  nowhere: { type: "string", read: () => [] },
};
const PARTS = { value: "string", type: "string", primary: "boolean" } as const;

const word = fc.constantFrom("a", "A", "ab", "B", "b", 'q"t', "é\\", "work", "home", "(x)", "");
const moment = fc.constantFrom("2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2026-05-01T00:00:00.5Z");
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

const user: fc.Arbitrary<Json> = fc
  .record({
    userName: word,
    externalId: optional(word),
    active: optional(fc.boolean()),
    title: optional(word),
    name: optional(fc.record({ familyName: word })),
    emails: optional(
      fc.array(fc.record({ value: word, type: word, primary: optional(fc.boolean()) }), {
        minLength: 1,
        maxLength: 3,
      }),
    ),
    meta: fc.record({ lastModified: moment }),
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": optional(fc.record({ department: word })),
  })
  // As it would come out of the database.
  .map((made) => JSON.parse(JSON.stringify(made)) as Json);

const TEXT_OPS = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const;
const ORDER_OPS = ["eq", "ne", "gt", "ge", "lt", "le"] as const;

function comparison(path: string, type: "string" | "boolean" | "dateTime"): fc.Arbitrary<Filter> {
  const of = (ops: readonly Comparison[], values: fc.Arbitrary<Scalar>) =>
    fc.record({ op: fc.constantFrom(...ops), path: fc.constant(path), value: values });
  if (type === "boolean") return of(["eq", "ne"], fc.oneof(fc.boolean(), fc.constant(null)));
  if (type === "dateTime") return of(ORDER_OPS, moment);
  return fc.oneof(of(TEXT_OPS, word), of(["eq", "ne"], fc.constant(null)));
}

const present = (path: string): fc.Arbitrary<Filter> => fc.constant({ op: "pr", path });

const joined = (inner: fc.Arbitrary<Filter>): fc.Arbitrary<Filter>[] => [
  fc.record({
    op: fc.constantFrom("and" as const, "or" as const),
    filters: fc.array(inner, { minLength: 2, maxLength: 3 }),
  }),
  fc.record({ op: fc.constant("not" as const), filter: inner }),
];

const { part } = fc.letrec<{ part: Filter; top: Filter }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 2 },
    fc
      .constantFrom(...Object.entries(PARTS))
      .chain(([name, type]) => fc.oneof(comparison(name, type), present(name))),
    ...joined(tie("part")),
  ),
  top: fc.constant({ op: "pr", path: "id" }),
}));

const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    fc
      .constantFrom(...Object.entries(PATHS))
      .chain(([path, { type }]) => fc.oneof(comparison(path, type), present(path))),
    fc.record({ op: fc.constant("[]" as const), path: fc.constant("emails"), filter: part }),
    ...joined(tie("filter")),
  ),
}));

/** In any case, with more brackets and spaces than needed. */
const spelling = fc.record({
  upper: fc.boolean(),
  brackets: fc.boolean(),
  space: fc.constantFrom(" ", "  "),
});
type Spelling = typeof spelling extends fc.Arbitrary<infer T> ? T : never;

function written(tree: Filter, how: Spelling, within: "or" | "and" | null = null): string {
  const said = (text: string) => (how.upper ? text.toUpperCase() : text);
  const { space } = how;
  const wrapped = (text: string, needed: boolean) => (needed || how.brackets ? `(${text})` : text);
  switch (tree.op) {
    case "and":
    case "or": {
      const parts = tree.filters.map((one) => written(one, how, tree.op));
      return wrapped(parts.join(`${space}${said(tree.op)}${space}`), within === "and" || tree.op === within);
    }
    case "not":
      return `${said("not")}${space}(${written(tree.filter, how)})`;
    case "pr":
      return `${said(tree.path)}${space}${said("pr")}`;
    case "[]":
      return `${tree.path}[${written(tree.filter, how)}]`;
    default:
      return `${said(tree.path)}${space}${said(tree.op)}${space}${JSON.stringify(tree.value)}`;
  }
}

/** The plain reading: one value after the other, nothing prepared. */
function compares(op: Comparison, type: string, exact: boolean, left: unknown, right: Scalar): boolean {
  const plain = (value: unknown): string | number | boolean => {
    if (type === "dateTime") return new Date(value as string).getTime();
    return typeof value === "string" && !exact ? value.toLowerCase() : (value as string);
  };
  const [a, b] = [plain(left), plain(right)];
  const table: Record<Comparison, () => boolean> = {
    eq: () => a === b,
    ne: () => a !== b,
    co: () => String(a).includes(String(b)),
    sw: () => String(a).startsWith(String(b)),
    ew: () => String(a).endsWith(String(b)),
    gt: () => a > b,
    ge: () => a >= b,
    lt: () => a < b,
    le: () => a <= b,
  };
  return table[op]();
}

interface Place {
  type: string;
  exact: boolean;
  values: unknown[];
}

function fits(tree: Filter, place: (path: string) => Place, user: Json): boolean {
  if ("filters" in tree) {
    const found = tree.filters.map((one) => fits(one, place, user));
    return tree.op === "and" ? !found.includes(false) : found.includes(true);
  }
  if (tree.op === "not") return !fits(tree.filter, place, user);
  if (tree.op === "[]") {
    return ((user.emails ?? []) as Json[]).some((email) =>
      fits(
        tree.filter,
        (path) => ({
          type: PARTS[path as keyof typeof PARTS],
          exact: false,
          values: [email[path]].filter((value) => value !== undefined),
        }),
        user,
      ),
    );
  }
  const { type, exact, values } = place(tree.path);
  // Whoever has an address has addresses, whatever it says.
  if (tree.op === "pr" && tree.path === "emails") return values.length > 0;
  if (tree.op === "pr") return values.some((value) => value !== "");
  const { op, value: wanted } = tree;
  if (wanted === null) return (op === "eq") === (values.length === 0);
  if (op === "ne" && values.length === 0) return true;
  return values.some((value) => compares(op, type, exact, value, wanted));
}

const placeIn =
  (user: Json) =>
  (path: string): Place => {
    const known = PATHS[path];
    const values = (known?.read(user) ?? []).filter((value) => value !== undefined);
    return { type: known?.type ?? "string", exact: known?.exact ?? false, values };
  };

describe("a filter", () => {
  it("finds what its plain reading finds, however it is spelt", () => {
    fc.assert(
      fc.property(filter, fc.array(user, { minLength: 1, maxLength: 6 }), spelling, (tree, users, how) => {
        const test = matcher("User", parseFilter(written(tree, how)));
        for (const one of users) expect(test(one)).toBe(fits(tree, placeIn(one), one));
      }),
      { numRuns: 2_000 },
    );
  });

  it("is refused with invalidFilter, or read: nothing else comes of any text", () => {
    const noise = fc.array(
      fc.oneof(
        fc.constantFrom(
          "(",
          ")",
          "[",
          "]",
          '"',
          "\\",
          "and",
          "or",
          "not",
          "eq",
          "pr",
          "userName",
          " ",
          "5",
          "null",
          ".",
        ),
        fc.string(),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(noise, (parts) => {
        for (const read of [parseFilter, parsePath]) {
          try {
            read(parts.join(""));
          } catch (error) {
            expect(error).toBeInstanceOf(ScimError);
            expect(["invalidFilter", "invalidPath"]).toContain((error as ScimError).scimType);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("what a filter is", () => {
  const finds = (text: string, resource: Json) => matcher("User", parseFilter(text))(resource);

  it.each([
    [
      "and binds closer than or",
      'title eq "x" or userName eq "a" and active eq true',
      { userName: "a", title: "x", active: false },
      true,
    ],
    [
      "brackets bind closest",
      '(title eq "x" or userName eq "a") and active eq true',
      { userName: "a", title: "x", active: false },
      false,
    ],
    [
      "userName has no case, externalId has",
      'userName eq "ALICE" and not (externalId eq "ID")',
      { userName: "alice", externalId: "id" },
      true,
    ],
    [
      "one value fits as a whole",
      'emails[type eq "work" and value co "@b"]',
      {
        emails: [
          { type: "work", value: "x@a" },
          { type: "home", value: "x@b" },
        ],
      },
      false,
    ],
    ["booleans also as Entra writes them", 'active eq "True"', { active: true }, true],
    [
      "a list of parts stands for its values",
      'members eq "x" or groups eq "g-1"',
      { groups: [{ value: "g-1" }] },
      true,
    ],
  ])("%s", (_, text, resource, expected) => {
    expect(finds(text, resource)).toBe(expected);
  });

  it.each([
    "userName",
    "userName eq",
    'userName eq "a',
    "userName eq a",
    'userName is "a"',
    'userName eq "a" and',
    '(userName eq "a"',
    'userName eq "a")',
    'not userName eq "a"',
    'emails[type eq "work"',
    'emails[emails[type eq "work"]]',
    "active gt true",
    "active co true",
    'name eq "x"',
    "userName gt null",
    `${"(".repeat(40)}userName pr${")".repeat(40)}`,
    `userName eq "${"a".repeat(20_000)}"`,
  ])("%s is refused", (text) => {
    expect(() => finds(text, {})).toThrow(ScimError);
  });
});
