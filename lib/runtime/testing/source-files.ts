/** The product's own source files, for tests that read them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript-5";
import { PROJECT_ROOT } from "../home.ts";

export interface SourceFile {
  /** From the project's root, with slashes. */
  path: string;
  tree: ts.SourceFile;
}

/** Neither tests nor what only they use. */
const NOT_SHIPPED = /\.(?:test|spec)\.tsx?$|(?:^|\/)(?:testing|fuzz|bench)\/|\/(?:fixtures|testing)\.ts$/u;

/** All files of TypeScript and JavaScript below app, components, db and lib that are no tests. */
export const sourceFiles = (): SourceFile[] =>
  filesBelow(["app", "components", "db", "lib"], (path) => !NOT_SHIPPED.test(path));

/** The others, which only tests and measurements use. */
export const testFiles = (): SourceFile[] => [
  ...filesBelow(["app", "components", "db", "lib"], (path) => NOT_SHIPPED.test(path)),
  ...filesBelow(["e2e"], () => true),
];

function filesBelow(folders: readonly string[], wanted: (path: string) => boolean): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(PROJECT_ROOT, folder), { recursive: true, encoding: "utf8" })
      .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
      .filter((path) => /\.(?:tsx?|mjs)$/u.test(path) && wanted(path))
      .sort()
      .map((path) => ({
        path,
        tree: ts.createSourceFile(
          path,
          readFileSync(join(PROJECT_ROOT, path), "utf8"),
          ts.ScriptTarget.Latest,
          true,
        ),
      })),
  );
}

/** Calls `visit` for every node of a file. */
export function eachNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => eachNode(child, visit));
}
