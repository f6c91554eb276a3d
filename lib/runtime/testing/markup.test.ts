/** No page makes markup of text, or a link of an address, that comes from a log: React escapes the rest. */
import ts from "typescript-5";
import { describe, expect, it } from "vitest";
import { eachNode, sourceFiles } from "./source-files.ts";

/** What turns text into markup or code, whoever calls it. */
const SINKS = new Set([
  "dangerouslySetInnerHTML",
  "innerHTML",
  "outerHTML",
  "insertAdjacentHTML",
  "createContextualFragment",
  "srcDoc",
  "srcdoc",
  "setHTMLUnsafe",
  "write",
  "writeln",
  "eval",
  "Function",
]);

/** By file and name: why nothing of a stranger's reaches it. */
const ALLOWED_SINKS: readonly (readonly [path: string, name: string, why: string])[] = [];

/** Where an address stands that a browser follows or loads. */
const ADDRESSES = new Set(["href", "src", "action", "formAction", "xlinkHref", "poster"]);
/** Calls that go to the address they are given. */
const GOES = new Set(["push", "replace", "redirect", "permanentRedirect", "assign", "open", "prefetch"]);

/** Addresses that are not spelt out: by file and expression, with where they come from. */
const ALLOWED_ADDRESSES: readonly (readonly [path: string, expression: string, why: string])[] = [
  ["components/application/application-page.tsx", "all.page", "of a report, as page() makes it"],
  [
    "components/application/application-page.tsx",
    "page",
    "of a report, as page() makes it, which encodes the application's name",
  ],
  [
    "components/application/application-page.tsx",
    "page(`/failures/$" + "{encodeURIComponent(id)}`)",
    "begins with /failures/, the rest encoded",
  ],
  ["components/access/sentence.tsx", "`#$" + "{to}`", "a place on the page"],
  [
    "components/audit/audit-filters.tsx",
    'auditPath(query, { format: "csv" })',
    "begins with /api/v1/audit, the rest encoded",
  ],
  ["components/audit/audit-page.tsx", "`#$" + "{ROWS}`", "a place on the page"],
  ["components/overview/figure.tsx", "href", "its callers' href, each looked at where it is written"],
  ["components/overview/question.tsx", "href", "its callers' href, each looked at where it is written"],
  ["components/overview/stacked-bar.tsx", "href", "its callers' href, each looked at where it is written"],
  ["components/share/share-page.tsx", "href", "of the list of sections: places on the page"],
  ["components/shell/navigation.tsx", "href", "of the list of pages"],
  ["components/ui/filter-link.tsx", "withChanges(search, set)", "begins with a question mark"],
  ["components/ui/person-link.tsx", "identityHref(subject)", "begins with /identities/, the rest encoded"],
  [
    "components/jobs/jobs-panel.tsx",
    "row.download.href",
    "begins with /api/v1/jobs/, as lib/jobs/list-jobs.ts makes it of a UUID",
  ],
  [
    "app/(signed-in)/old-address.ts",
    "`$" + "{path}?$" + "{search}`",
    "its callers' own page, and parameters",
  ],
  [
    "components/alerts/alert-tables.tsx",
    "alert.link",
    "a path that the rules in lib/alerts/rules make, what is not theirs encoded",
  ],
  ["components/alerts/digest-section.tsx", "link", "of the list in lib/alerts/digest-words.ts"],
  ["components/coverage/plan-page.tsx", "accounts", "begins with /accounts, the rest encoded"],
  ["components/coverage/proof-panel.tsx", "href", "its callers' own page, with parameters that are encoded"],
  [
    "components/coverage/treemap.tsx",
    "`?$" + "{new URLSearchParams({ cell: cellName(cell) })}`",
    "begins with a question mark",
  ],
  [
    "components/review-items/items-head.tsx",
    "reviewHref(report.review)",
    "begins with /reviews/, the rest encoded",
  ],
  [
    "components/review-new/new-review-page.tsx",
    "reviewHref(review)",
    "begins with /reviews/, the rest encoded",
  ],
  [
    "components/review/hand-off.tsx",
    "`$" + "{reviewPath(review)}/tasks?format=csv`",
    "begins with /api/v1/reviews/, the rest encoded",
  ],
  [
    "components/review/review-page.tsx",
    'itemsHref(report.review, state === null ? {} : { "f.state": state })',
    "begins with /reviews/, the rest encoded",
  ],
  [
    "components/review/review-page.tsx",
    'itemsHref(review, mine.open > 0 ? { "f.state": "open" } : {})',
    "begins with /reviews/, the rest encoded",
  ],
  [
    "components/review/tasks.tsx",
    "`$" + "{reviewPath(review)}/tasks?format=csv`",
    "begins with /api/v1/reviews/, the rest encoded",
  ],
  [
    "components/review/tasks.tsx",
    "itemsHref(review, { item: task.item })",
    "begins with /reviews/, the rest encoded",
  ],
  ["components/reviews/reviews-page.tsx", "`#$" + "{ROWS}`", "a place on the page"],
  [
    "components/reviews/reviews-table.tsx",
    'itemsHref(review.review, running && open > 0 ? { "f.state": "open" } : {})',
    "begins with /reviews/, the rest encoded",
  ],
  [
    "components/reviews/reviews-table.tsx",
    "reviewHref(review.review)",
    "begins with /reviews/, the rest encoded",
  ],
  ["components/failures/copy-call.tsx", "first.docs", "of the list in lib/failures/handoff.ts"],
  ["components/failures/story.tsx", "story.term.url", "of the list in lib/reports/remedies.ts"],
  [
    "components/overview/figures-with-change.tsx",
    "href",
    "of the list of figures, each looked at where it is written",
  ],
  [
    "components/shell/command-menu.tsx",
    "entry.go",
    "of a page, or of a hit of lib/reports/search.ts, looked at too",
  ],
  ["components/table/table-tools.tsx", 'download("csv")', "begins with /api/v1/reports/, the rest encoded"],
  ["components/table/table-tools.tsx", 'download("json")', "begins with /api/v1/reports/, the rest encoded"],
  ["components/table/views-menu.tsx", "/^\\?/u", "is what a text is replaced by, and no address"],
];

const isPath = (text: string): boolean => /^[/#?](?![/\\])/u.test(text);

/** Whether an expression can only be a path of this very site: one begins with a slash, and not with two. */
function staysHere(node: ts.Expression): boolean {
  if (ts.isStringLiteralLike(node)) return isPath(node.text);
  if (ts.isTemplateExpression(node)) return node.head.text.length > 1 && isPath(node.head.text);
  if (ts.isConditionalExpression(node)) return staysHere(node.whenTrue) && staysHere(node.whenFalse);
  return ts.isParenthesizedExpression(node) && staysHere(node.expression);
}

interface Found {
  path: string;
  text: string;
}

function findings(
  files = sourceFiles().filter(({ path }) => /^(?:app|components|lib\/reports)\//u.test(path)),
) {
  const sinks: Found[] = [];
  const addresses: Found[] = [];
  for (const { path, tree } of files) {
    const address = (value: ts.Expression) => {
      if (!staysHere(value)) addresses.push({ path, text: value.getText(tree) });
    };
    eachNode(tree, (node) => {
      if (ts.isIdentifier(node) && SINKS.has(node.text)) sinks.push({ path, text: node.text });
      if (ts.isStringLiteralLike(node) && /^\s*(?:javascript|vbscript|data):/iu.test(node.text)) {
        sinks.push({ path, text: node.text });
      }
      const initializer =
        ts.isJsxAttribute(node) && ADDRESSES.has(node.name.getText(tree))
          ? node.initializer
          : ts.isPropertyAssignment(node) && node.name.getText(tree) === "href"
            ? node.initializer
            : undefined;
      const value =
        initializer !== undefined && ts.isJsxExpression(initializer) ? initializer.expression : initializer;
      if (value !== undefined) address(value as ts.Expression);
      // `{ href }` and `<Link {...props}>` hand on what was checked where it was written.
      if (!ts.isCallExpression(node) || node.arguments[0] === undefined) return;
      const { expression } = node;
      const called = ts.isPropertyAccessExpression(expression)
        ? expression.name.text
        : expression.getText(tree);
      const owner = ts.isPropertyAccessExpression(expression) ? expression.expression.getText(tree) : "";
      const goes = owner === "" ? called.endsWith("edirect") : /router|location|window|history$/u.test(owner);
      if (goes && GOES.has(called)) address(node.arguments[0]);
    });
  }
  return { sinks, addresses };
}

describe("the pages", () => {
  const { sinks, addresses } = findings();

  it("make no markup of text", () => {
    expect(sinks.map(({ path, text }) => [path, text])).toEqual(
      ALLOWED_SINKS.map(([path, text]) => [path, text]),
    );
  });

  it("link to paths of their own site, or to what the list gives a reason for", () => {
    const listed = ALLOWED_ADDRESSES.map(([path, text]) => `${path}: ${text}`);
    expect([...new Set(addresses.map(({ path, text }) => `${path}: ${text}`))].sort()).toEqual(
      listed.toSorted(),
    );
  });

  it("would not get past this with markup or links from data", () => {
    const source = `
      const a = <div dangerouslySetInnerHTML={{ __html: row.name }} />;
      element.innerHTML = row.name;
      <a href={row.url}>x</a>; <a href={\`\${row.url}/x\`}>x</a>; <img src={row.picture} />;
      <a href={\`/\${row.url}\`}>x</a>; <a href="//evil.example">x</a>; <a href="javascript:alert(1)">x</a>;
      router.push(row.url); redirect(row.url); const link = { href: row.url };
      <a href="/fine">x</a>; <a href={\`/fine/\${encodeURIComponent(row.url)}\`}>x</a>; router.push("/fine");`;
    const tree = ts.createSourceFile("x.tsx", source, ts.ScriptTarget.Latest, true);
    const found = findings([{ path: "x.tsx", tree }]);
    expect(found.sinks.map(({ text }) => text)).toEqual([
      "dangerouslySetInnerHTML",
      "innerHTML",
      "javascript:alert(1)",
    ]);
    expect(found.addresses).toHaveLength(9);
  });
});
