import ts from "typescript-5";
import { expect, it } from "vitest";
import { placesOf } from "./places.ts";

const file = (path: string, text: string) => ({
  path,
  tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
});

const PRODUCT = file(
  "db/queries/members.ts",
  `const one = sql\`
    select name from members where workspace_id = \${workspace} and member = \${member}\`;
const all = sql\`select name from members where workspace_id = \${workspace}\${more}\`;
const some = sql.unsafe("select 1 from " + table);
const sentence = "Select a workspace with a name.";
`,
);
const TEST = file(
  "db/queries/members.test.ts",
  `const every = sql\`select \${what}\`;
const any = sql\`select * from \${sql(table)}\`;
const same = sql\`select name from members where workspace_id = \${w}\`;
`,
);

const placeOf = placesOf([PRODUCT], [TEST]);

it.each([
  ["\n    select name from members where workspace_id = $1 and member = $2", "db/queries/members.ts:1", true],
  ["select name from members where workspace_id = $1", "db/queries/members.ts:3", true],
  ["select name from members where workspace_id = $1 order by name", "db/queries/members.ts:3", true],
  ['select * from "sources"', "db/queries/members.test.ts:2", false],
])("%s stands where its words do", (text, at, shipped) => {
  expect(placeOf(text)).toEqual({ at, shipped });
});

it("a text that nobody wrote has no place, whatever could be put into a test's words", () => {
  expect(placeOf("select secret from members")).toBeNull();
  expect(
    placeOf("select * from members join sessions using (workspace_id, member) where sessions.hash = $1"),
  ).toBeNull();
  expect(placeOf("delete from members")).toBeNull();
  expect(placeOf('update "members" set "name" = $1')).toBeNull();
});
