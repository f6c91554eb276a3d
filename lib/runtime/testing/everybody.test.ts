/** Who holds the rows of everybody: in a large workspace that is more than a process of the pages has room for. */
import ts from "typescript-5";
import { expect, it } from "vitest";
import { eachNode, sourceFiles } from "./source-files.ts";

/** What gives or keeps everybody's rows. */
const HOLDS = new Set([
  "customerModels",
  "loadModel",
  "projectLog",
  "runReport",
  "storedProjection",
  "workOut",
]);

/** Who may use it, and why. */
const MAY: Record<string, string> = {
  "lib/alerts/look-at-reports.ts": "in a small workspace alone",
  "lib/cli/application.ts": "in the command line's own process",
  "lib/cli/report.ts": "in the command line's own process",
  "lib/reports/application.ts": "in a small workspace, or of one customer",
  "lib/reports/check.ts": "in the command line's own process",
  "lib/reports/failure-story.ts": "in a small workspace, or of one customer",
  "lib/reports/history.ts": "works them out anew",
  "lib/reports/links.ts": "in a small workspace, or of one customer",
  "lib/reports/model-of.ts": "in a small workspace, or of one customer",
  "lib/reports/model.ts": "gives them",
  "lib/reports/recent.ts": "in a small workspace, or of one customer",
  "lib/reports/run.ts": "for those who are named here",
  "lib/reports/stored.ts": "keeps them",
  "lib/reports/timeline.ts": "in a small workspace, or of one customer",
  "lib/reviews/people.ts": "in a small workspace alone",
  "lib/shares/shared-reviews.ts": "of one customer",
};

/** Files in which a name of these is called, or is handed on. */
function found(files: readonly { path: string; tree: ts.SourceFile }[]): string[] {
  const all = new Set<string>();
  for (const { path, tree } of files) {
    eachNode(tree, (node) => {
      if (ts.isIdentifier(node) && HOLDS.has(node.text)) all.add(path);
    });
  }
  return [...all].sort();
}

it("nobody holds everybody's rows without a reason", () => {
  expect(found(sourceFiles())).toEqual(Object.keys(MAY));
});

it("one who does would be found, by whatever name they call it", () => {
  const text = 'import { loadModel as all } from "./model.ts"; await all(db, workspace, {});';
  const tree = ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest, true);
  expect(found([{ path: "x.ts", tree }])).toEqual(["x.ts"]);
});
