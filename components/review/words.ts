/** A review in sentences. Pure. */
import type { ReviewReport, ReviewScope, ReviewSummary, ReviewTask } from "../../lib/reviews/contract.ts";
import { count, plural } from "../format/number.ts";

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** What a review is of: `Accounts of Slack and GitHub, of the department Sales, only what has a flag`. */
export function scopeWords(scope: ReviewScope): string {
  const { kinds, applications, customers, departments, flaggedOnly, nonHumanOnly, items } = scope;
  const what =
    kinds.length === 1 ? (kinds[0] === "account" ? "Accounts" : "Credentials") : "Accounts and credentials";
  const parts = [
    `${what} of ${applications.length === 0 ? "all applications" : list(applications)}`,
    customers.length === 0 ? "" : `of ${list(customers)}`,
    departments.length === 0
      ? ""
      : `of the ${departments.length === 1 ? "department" : "departments"} ${list(departments)}`,
    flaggedOnly ? "only what has a flag" : "",
    nonHumanOnly ? "only what is no person's" : "",
    items.length === 0 ? "" : `of ${plural(items.length, "selected item")}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

const is = (value: number): string => (value === 1 ? "is" : "are");

/** What keeps a review from being closed, a sentence each; empty when nothing does. */
export function inTheWay({ counts }: Pick<ReviewReport, "counts">): string[] {
  const told = (value: number, sentence: string): string | null => (value === 0 ? null : sentence);
  const { open, disputed, "cant-say": unsaid, "to-do": todo } = counts;
  return [
    told(open, `${plural(open, "item")} ${is(open)} not decided.`),
    told(disputed, `${plural(disputed, "item")} ${is(disputed)} seen otherwise by the second reviewer.`),
    told(
      unsaid,
      `Of ${plural(unsaid, "item")} nobody can say whether ${unsaid === 1 ? "it is" : "they are"} needed.`,
    ),
    told(
      todo,
      `${plural(todo, "revoke or change", "revokes and changes")} ${is(todo)} neither shown done by a later event nor exempt.`,
    ),
  ].filter((sentence) => sentence !== null);
}

/** What ending leaves behind, in a sentence. */
export function leftOpen({ counts: { open, items } }: Pick<ReviewSummary, "counts">): string {
  if (open === 0) return "Every item is decided.";
  return `${plural(open, "item")} of ${count(items)} ${is(open)} not decided: ${open === 1 ? "it is" : "they are"} left for whoever runs the review.`;
}

/** What is to be done: `Revoke`, `Take away Admins and Editors`. */
export const todoWords = ({ todo, entitlements }: Pick<ReviewTask, "todo" | "entitlements">): string =>
  todo === "revoke" ? "Revoke" : `Take away ${list(entitlements)}`;

/** To where a task was handed off. */
export const WAY_WORDS: Record<string, string> = { export: "as a file", webhook: "ticket", scim: "SCIM" };

/** What SCIM would do at one application. */
export interface ScimWork {
  application: string;
  end: number;
  remove: number;
}

/** What can be done by SCIM, by application; and the tasks at those whose connection may not write, or that have none. */
export function scimWork(tasks: readonly ReviewTask[]): { work: ScimWork[]; others: ReviewTask[] } {
  const work = new Map<string, ScimWork>();
  for (const { application, todo, scim } of tasks) {
    if (!scim) continue;
    const here = work.get(application) ?? { application, end: 0, remove: 0 };
    if (todo === "revoke") here.end += 1;
    else here.remove += 1;
    work.set(application, here);
  }
  return { work: [...work.values()], others: tasks.filter(({ scim }) => !scim) };
}

/** `At Slack 3 accounts are ended, and 1 account loses groups or roles.` */
export function scimWords({ application, end, remove }: ScimWork): string {
  const parts = [
    end === 0 ? null : `${plural(end, "account")} ${is(end)} ended`,
    remove === 0 ? null : `${plural(remove, "account")} ${remove === 1 ? "loses" : "lose"} groups or roles`,
  ];
  return `At ${application} ${parts.filter((part) => part !== null).join(", and ")}.`;
}
