/** No regular expression of the product takes more than linear time: what it reads comes from strangers. */
import { check } from "recheck";
import ts from "typescript-5";
import { describe, expect, it } from "vitest";
import { eachNode, sourceFiles } from "./source-files.ts";

interface Pattern {
  path: string;
  /** As it stands there, slashes and flags included. */
  text: string;
}

/** Patterns that would be slow on text without end, and why they never see any. By the file and a part of the pattern. */
const BOUNDED: readonly (readonly [path: string, part: string, why: string])[] = [
  ["lib/ingest/adapters/errors.ts", ".{0,40}", "reads 4,000 characters at most (READ_CHARACTERS)"],
  ["lib/ingest/adapters/errors.ts", ".{0,60}", "reads 4,000 characters at most (READ_CHARACTERS)"],
  ["lib/ingest/adapters/errors.ts", "Errors reported by", "reads 4,000 characters at most (READ_CHARACTERS)"],
  ["db/migration-rules.ts", "add (?:column )?", "reads the program's own migrations"],
  ["db/migration-rules.ts", "\\$(\\w*)\\$", "reads the program's own migrations"],
  ["db/migration-rules.ts", "--[^\\n]*", "reads the program's own migrations"],
  ["db/migration-rules.ts", ",(?!", "reads the program's own migrations"],
  [
    "lib/runtime/log/scrub.ts",
    "(?<![\\w-])eyJ",
    "begins once in each run of its characters, which recheck can't tell",
  ],
  [
    "lib/runtime/log/scrub.ts",
    "(?:@|%40)",
    "begins once in each run of its characters, which recheck can't tell",
  ],
  ["lib/reviews/open-due-reviews.ts", "[\\s,–-]*", "a review's name has 200 characters at most"],
  ["lib/auth/oidc/settings.ts", "(?<group>.+)=", "reads a variable that the operator sets"],
  [
    "lib/ingest/framing/integers.ts",
    "-?\\d+(?:",
    "reads valid JSON only, in which every string ends: none is tried twice",
  ],
];

/** `new RegExp(…)` with what is no literal, and why nothing of a stranger's is in it. */
const BUILT: readonly (readonly [path: string, why: string])[] = [
  ["db/migration-rules.ts", "built of constants"],
  ["lib/files/seal.ts", "built of constants"],
  ["lib/privacy/words.ts", "built of texts, escaped, none of them repeated"],
  ["lib/runtime/door/routes.ts", "built of the paths of app/, escaped"],
];

const NEVER_SLOW = /^\/(?:[^*+{\\]|\\.)*\/[a-z]*$/su;

function patterns(): { literals: Pattern[]; built: string[] } {
  const literals: Pattern[] = [];
  const built: string[] = [];
  for (const { path, tree } of sourceFiles()) {
    eachNode(tree, (node) => {
      if (ts.isRegularExpressionLiteral(node)) literals.push({ path, text: node.text });
      const called = ts.isNewExpression(node) || ts.isCallExpression(node) ? node.expression : null;
      if (called !== null && ts.isIdentifier(called) && called.text === "RegExp") built.push(path);
    });
  }
  return { literals, built };
}

const { literals, built } = patterns();
const bounded = ({ path, text }: Pattern) =>
  BOUNDED.some(([where, part]) => where === path && text.includes(part));
/** Without repetition there is nothing to be slow by. */
const checked = literals.filter((pattern) => !bounded(pattern) && !NEVER_SLOW.test(pattern.text));

describe("regular expressions", { timeout: 300_000 }, () => {
  it("are found in the source", () => {
    expect(literals.length).toBeGreaterThan(100);
    expect(checked.length).toBeGreaterThan(50);
    // What stands in the list and no longer in the source would hide the next of that name.
    const used = BOUNDED.filter(([path, part]) =>
      literals.some((pattern) => pattern.path === path && pattern.text.includes(part)),
    );
    expect(used).toEqual(BOUNDED);
  });

  it.concurrent.each(checked)("$path $text takes linear time", async ({ text }) => {
    const end = text.lastIndexOf("/");
    const found = await check(text.slice(1, end), text.slice(end + 1), { timeout: 240_000, randomSeed: 1 });
    const attack = found.status === "vulnerable" ? found.attack.pattern : null;
    expect({ status: found.status, attack }).toEqual({ status: "safe", attack: null });
  });

  it("that are slow would be found", async () => {
    expect((await check("^(a+)+$", "u")).status).toBe("vulnerable");
    expect(NEVER_SLOW.test("/a*b/u")).toBe(false);
    expect(NEVER_SLOW.test("/a\\*b?[cd]/u")).toBe(true);
  });

  it("are built at run time of constants only", () => {
    expect([...new Set(built)]).toEqual(BUILT.map(([path]) => path));
  });
});
