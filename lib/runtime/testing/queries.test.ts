/** No page stays broken once what it asks for can be had again: each query is asked again after a failure. */
import ts from "typescript-5";
import { expect, it } from "vitest";
import { eachNode, sourceFiles } from "./source-files.ts";

/** A pace of its own replaces the one that all queries have: it is `askedEvery`'s, or a number, which no failure stops. */
const asksAgain = (pace: string): boolean => /^(?:askedAgain$|askedEvery\b|[A-Z_]+_MS$)/u.test(pace);

it("a query with a pace of its own is asked again after a failure, as all others are", () => {
  const paces: { path: string; pace: string }[] = [];
  for (const { path, tree } of sourceFiles()) {
    if (!path.startsWith("components/")) continue;
    eachNode(tree, (node) => {
      if (ts.isPropertyAssignment(node) && node.name.getText() === "refetchInterval")
        paces.push({ path, pace: node.initializer.getText() });
    });
  }
  expect(paces.length).toBeGreaterThan(5);
  expect(paces.filter(({ pace }) => !asksAgain(pace))).toEqual([]);
});
