/** The statements that are for all workspaces are told of in docs/scale.md, each with its reason, and no others are. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript-5";
import { expect, it } from "vitest";
import { PROJECT_ROOT } from "../../home.ts";
import { eachNode, sourceFiles } from "../source-files.ts";
import { markOf } from "./judge.ts";

it("docs/scale.md lists each mark", () => {
  const marks = new Set<string>();
  for (const { path, tree } of sourceFiles())
    eachNode(tree, (node) => {
      if (!ts.isTemplateExpression(node) && !ts.isStringLiteralLike(node)) return;
      const mark = markOf(node.getText());
      if (mark !== null) marks.add(`${path}: ${mark}`);
    });
  const doc = readFileSync(join(PROJECT_ROOT, "docs", "scale.md"), "utf8");
  const section = /^## For all workspaces$([\s\S]*?)^## /mu.exec(doc)?.[1] ?? "";
  const listed = [...section.matchAll(/^\| `([^`]+)`\s*\| (.*?)\s*\|$/gmu)].map(
    ([, path, why]) => `${path}: ${why}`,
  );
  expect(marks.size).toBeGreaterThan(5);
  expect(listed.sort()).toEqual([...marks].sort());
});
