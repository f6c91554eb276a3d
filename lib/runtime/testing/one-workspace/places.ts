/** Where in the source a statement's words stand. */
import ts from "typescript-5";
import { eachNode, type SourceFile } from "../source-files.ts";

export interface Place {
  /** `file:line`. */
  at: string;
  /** Whether it is the product's own, and not a test's. */
  shipped: boolean;
}

interface Template extends Place {
  /** What stands between values and inserted parts. */
  pieces: string[];
  /** The longest of them, by which most texts are told apart at once. */
  longest: string;
  /** Characters that are given: the more, the less may be taken for it by chance. */
  given: number;
  pattern: RegExp;
}

/** How a statement or a part of one begins, that is one and no sentence. */
const SQL =
  /\b(?:select|insert into|update|delete from|copy|truncate|lock|with|merge|explain|do|set|values)\b/iu;

/** A parameter, as postgres.js numbers them, or any text that was put in. */
const GAP = "[\\s\\S]*?";
/**
 * A test's words excuse a statement from being judged: what is put into them is a parameter or a name, and no query, and what
 * is given is enough to know them by.
 */
const GAP_OF_TESTS = "[^\\n]{0,64}?";
const LEAST_OF_TESTS = 8;

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");

function piecesOf(node: ts.Node): string[] | null {
  if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isStringLiteral(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
}

function templatesOf({ path, tree }: SourceFile, shipped: boolean): Template[] {
  const found: Template[] = [];
  eachNode(tree, (node) => {
    const pieces = piecesOf(node);
    if (pieces === null || !SQL.test(pieces.join(" "))) return;
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const longest = pieces.reduce((a, b) => (b.length > a.length ? b : a));
    const given = pieces.join("").replaceAll(/\s+/gu, "").length;
    if (!shipped && given < LEAST_OF_TESTS) return;
    const gap = shipped ? GAP : GAP_OF_TESTS;
    const pattern = new RegExp(`^\\s*${pieces.map(escaped).join(gap).trim()}\\s*$`, "u");
    found.push({ at: `${path}:${line}`, shipped, pieces, longest, given, pattern });
  });
  return found;
}

/** @returns tells of a text the place whose words fit it best; null where none does. */
export function placesOf(
  shipped: readonly SourceFile[],
  others: readonly SourceFile[],
): (text: string) => Place | null {
  const templates = [
    ...shipped.flatMap((file) => templatesOf(file, true)),
    ...others.flatMap((file) => templatesOf(file, false)),
  ].sort((a, b) => b.given - a.given || Number(b.shipped) - Number(a.shipped));
  return (text) => {
    const found = templates.find(({ longest, pattern }) => text.includes(longest) && pattern.test(text));
    return found === undefined ? null : { at: found.at, shipped: found.shipped };
  };
}
