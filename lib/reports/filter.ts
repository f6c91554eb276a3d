/** One filter of a column: from the text of the address to a test of a value. Pure. */
import type { Kind } from "./columns.ts";
import { namesIn } from "./columns.ts";
import { instant, ParamProblem } from "./params.ts";

type Test = (value: unknown) => boolean;

/** What a column must be. Of several exact ones a single one is enough; every other one must hold. */
export interface Condition {
  exact: boolean;
  test: Test;
}

/** `=` in front says that what follows is meant to the letter, also where it looks like a comparison. */
const SIGN = /^(>=|<=|!=|>|<|=)?(.*)$/su;

type Comparison = ">=" | "<=" | ">" | "<";
const isComparison = (sign: string): sign is Comparison => [">=", "<=", ">", "<"].includes(sign);

const COMPARES: Record<Comparison, (value: number, limit: number) => boolean> = {
  ">=": (value, limit) => value >= limit,
  "<=": (value, limit) => value <= limit,
  ">": (value, limit) => value > limit,
  "<": (value, limit) => value < limit,
};

const NUMBER = /^-?\d{1,15}(?:\.\d{1,9})?$/u;

const isEmpty: Test = (value) => value === null || (Array.isArray(value) && value.length === 0);

function wrong(column: string, takes: string, given: string): never {
  throw new ParamProblem("filter", `The filter f.${column} takes ${takes}, not "${given.slice(0, 100)}".`);
}

function numberTest(column: string, sign: string, text: string, given: string): Test {
  if (!NUMBER.test(text)) wrong(column, "a number, like 10 or >=10", given);
  const limit = Number(text);
  if (isComparison(sign)) return (value) => value !== null && COMPARES[sign](value as number, limit);
  return (value) => value === limit;
}

/** A day means all of it: `>2026-03-01` is from the 2nd on, `2026-03-01` any moment of the 1st. */
function timeTest(column: string, sign: string, text: string, given: string): Test {
  const start = instant(text, "start");
  const end = instant(text, "end");
  if (start === null || end === null)
    wrong(column, "a day or a time with its offset, like 2026-03-31 or >=2026-03-31T09:00:00Z", given);
  const limit = sign === ">" || sign === "<=" ? end : start;
  return (value) => {
    if (value === null) return false;
    const at = Date.parse(value as string);
    return isComparison(sign) ? COMPARES[sign](at, limit) : at >= start && at <= end;
  };
}

function flagTest(column: string, text: string, given: string): Test {
  if (text !== "true" && text !== "false") wrong(column, "true or false", given);
  const wanted = text === "true";
  return (value) => value === wanted;
}

function equals(column: string, kind: Kind, text: string, given: string): Test {
  if (text === "") return isEmpty;
  if (kind === "number") return numberTest(column, "", text, given);
  if (kind === "time") return timeTest(column, "", text, given);
  if (kind === "flag") return flagTest(column, text, given);
  if (kind === "list") return (value) => namesIn(value as string[]).includes(text);
  return (value) => value === text;
}

/**
 * @param given what stands behind `f.<column>=`: a value, or a sign and a value: `!=`, and for numbers and times `>=`, `<=`,
 *   `>`, `<`. Nothing means empty, `!=` alone not empty; `=` in front takes the rest to the letter.
 * @throws {ParamProblem}
 */
export function conditionOf(column: string, kind: Kind, given: string): Condition {
  const [, sign = "", text = ""] = SIGN.exec(given) ?? [];
  if (isComparison(sign)) {
    if (kind === "number") return { exact: false, test: numberTest(column, sign, text, given) };
    if (kind === "time") return { exact: false, test: timeTest(column, sign, text, given) };
    if (kind === "flag") wrong(column, "true or false", given);
    // Of a text there is no more and no less: it is a name that begins so.
    return { exact: true, test: equals(column, kind, given, given) };
  }
  const test = equals(column, kind, text, given);
  return sign === "!=" ? { exact: false, test: (value) => !test(value) } : { exact: true, test };
}

/** Whether a value meets all conditions on its column. */
export function meets(conditions: readonly Condition[]): Test {
  const exact = conditions.filter((condition) => condition.exact);
  const others = conditions.filter((condition) => !condition.exact);
  return (value) =>
    (exact.length === 0 || exact.some(({ test }) => test(value))) && others.every(({ test }) => test(value));
}
