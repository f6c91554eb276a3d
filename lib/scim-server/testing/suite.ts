/** Runs a suite of requests and assertions in Runscope's JSON, such as Okta publishes for SCIM 2.0 servers. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";

const Assertion = z.object({
  comparison: z.string(),
  source: z.string(),
  property: z.string().optional(),
  value: z.string().nullable(),
});

const Step = z.object({
  step_type: z.string(),
  skipped: z.boolean().optional(),
  note: z.string().optional(),
  method: z.string().optional(),
  url: z.string().optional(),
  body: z.string().optional(),
  headers: z.record(z.string(), z.array(z.string())).optional(),
  assertions: z.array(Assertion).optional(),
  variables: z.array(z.object({ source: z.string(), name: z.string(), property: z.string() })).optional(),
});

const Suite = z.object({ name: z.string(), steps: z.array(Step) });
type Suite = z.infer<typeof Suite>;

/** What came of one assertion. */
export interface Outcome {
  step: string;
  assertion: string;
  holds: boolean;
}

interface Answer {
  status: number;
  milliseconds: number;
  json: unknown;
}

/** `Resources[0].name.familyName` */
function valueAt(json: unknown, property: string): unknown {
  let value = json;
  for (const part of property.split(/[.[\]]+/u).filter((one) => one !== "")) {
    value =
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  }
  return value;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function holds(comparison: string, value: unknown, wanted: string): boolean {
  const list = Array.isArray(value) ? value.map(String) : [];
  switch (comparison) {
    case "equal":
      return String(value) === wanted;
    case "equal_number":
      return Number(value) === Number(wanted);
    case "not_empty":
      return !isEmpty(value);
    case "has_value":
      return list.includes(wanted);
    case "contains":
      return list.includes(wanted) || String(value).includes(wanted);
    case "is_a_number":
      return typeof value === "number";
    case "is_less_than":
      return Number(value) < Number(wanted);
    default:
      throw new Error(`The suite compares by "${comparison}", which its runner does not know.`);
  }
}

const filled = (text: string, variables: ReadonlyMap<string, string>): string =>
  text.replace(/\{\{(\w+)\}\}/gu, (_, name: string) => {
    const value = variables.get(name);
    if (value === undefined) throw new Error(`The suite has no value for {{${name}}}.`);
    return value;
  });

async function ask(step: z.infer<typeof Step>, fill: (text: string) => string): Promise<Answer> {
  const headers = Object.entries(step.headers ?? {}).map(([name, values]): [string, string] => [
    name,
    fill(values.join(", ")),
  ]);
  const begun = performance.now();
  const answer = await fetch(encodeURI(fill(step.url ?? "")), {
    method: step.method ?? "GET",
    headers,
    ...(step.body === undefined ? {} : { body: fill(step.body) }),
  });
  const text = await answer.text();
  const milliseconds = performance.now() - begun;
  return { status: answer.status, milliseconds, json: text === "" ? null : JSON.parse(text) };
}

/** The suite in a file; null where there is none. */
export async function readSuite(path: string): Promise<Suite | null> {
  const text = await readFile(path, "utf8").catch(() => null);
  return text === null ? null : Suite.parse(JSON.parse(text));
}

/**
 * Runs a suite from its first request to its last; its pauses are left out.
 * @param given values of its variables; it sets more from the answers.
 */
async function runSuite({ steps }: Suite, given: Readonly<Record<string, string>>): Promise<Outcome[]> {
  const variables = new Map(Object.entries(given));
  const fill = (text: string) => filled(text, variables);
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    if (step.step_type !== "request" || step.skipped) continue;
    const answer = await ask(step, fill);
    const asked = (source: string, property: string): unknown => {
      if (source === "response_status") return answer.status;
      if (source === "response_time") return answer.milliseconds;
      return valueAt(answer.json, property);
    };
    for (const { comparison, source, property = "", value } of step.assertions ?? []) {
      const found = asked(source, property);
      const wanted = fill(value ?? "");
      outcomes.push({
        step: step.note ?? step.url ?? "",
        assertion: `${source} ${property} ${comparison} ${wanted}: ${JSON.stringify(found) ?? "nothing"}`,
        holds: holds(comparison, found, wanted),
      });
    }
    for (const { source, name, property } of step.variables ?? [])
      variables.set(name, String(asked(source, property)));
  }
  return outcomes;
}

/**
 * Runs Okta's suite for SCIM 2.0 against an endpoint, with a user there before it begins, whom it reads.
 * @returns all outcomes, and those assertions that don't hold; how long an answer takes is no matter of a shared machine.
 */
export async function runOktaSuite(
  suite: Suite,
  { url, secret }: { url: string; secret: string },
): Promise<{ outcomes: Outcome[]; broken: Outcome[] }> {
  const auth = `Bearer ${secret}`;
  const standing = await fetch(`${url}/Users`, {
    method: "POST",
    headers: { authorization: auth, "content-type": "application/scim+json" },
    body: JSON.stringify({
      userName: "standing@larkspur.example",
      name: { givenName: "Standing", familyName: "Stone" },
      emails: [{ type: "work", value: "standing@larkspur.example", primary: true }],
    }),
  });
  if (standing.status !== 201) throw new Error(`The user before it was not made: HTTP ${standing.status}.`);
  const name = `suite-${randomUUID()}@larkspur.example`;
  const outcomes = await runSuite(suite, {
    SCIMBaseURL: url,
    auth,
    InvalidUserEmail: "nobody@larkspur.example",
    UserIdThatDoesNotExist: "00919288221112222",
    randomUsername: name,
    randomUsernameCaps: name.toUpperCase(),
    randomEmail: name,
    randomGivenName: "Sweet",
    randomFamilyName: "Pea",
  });
  return {
    outcomes,
    broken: outcomes.filter(({ assertion, holds: held }) => !held && !assertion.startsWith("response_time")),
  };
}
