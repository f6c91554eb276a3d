/** What holds a connection does not wait for another one: as many at once as the pool has would wait for each other for good. */
import ts from "typescript-5";
import { expect, it } from "vitest";
import { eachNode, sourceFiles } from "./source-files.ts";

/** Run by the command line alone, one at a time, with a connection to spare. */
const ALONE = ["lib/privacy/export-person.ts"];

/** Functions whose last argument is the work of a transaction. */
const isTransaction = ({ expression }: ts.CallExpression): boolean =>
  (ts.isIdentifier(expression) && expression.text === "act") ||
  (ts.isPropertyAccessExpression(expression) && ["begin", "savepoint"].includes(expression.name.text));

/** Uses of a pool inside of transactions. */
function found(files: readonly { path: string; tree: ts.SourceFile }[]): string[] {
  const all: string[] = [];
  for (const { path, tree } of files) {
    eachNode(tree, (node) => {
      if (!ts.isCallExpression(node) || !isTransaction(node)) return;
      const work = node.arguments.at(-1);
      if (work === undefined || !ts.isArrowFunction(work)) return;
      eachNode(work, (inner) => {
        if (ts.isIdentifier(inner) && inner.text === "db") all.push(path);
      });
    });
  }
  return [...new Set(all)];
}

it("transactions use their own connection and no pool", () => {
  expect(found(sourceFiles())).toEqual(ALONE);
});

it("one that does would be found", () => {
  const text = 'await act({ db, workspace, by }, "own", "x", async (sql) => { await read(db, workspace); });';
  const tree = ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest, true);
  expect(found([{ path: "x.ts", tree }])).toEqual(["x.ts"]);
});
