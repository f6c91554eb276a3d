/** Bulk requests (RFC 7644 §3.7): each operation is an exchange of its own. */
import { anyCase, type JsonObject, objectOf, objectsOf } from "../read.ts";
import { methodOf, outcomeOf, type Target } from "./event-types.ts";
import type { Exchange } from "./exchange.ts";
import { bodyOf, statusOf } from "./record.ts";
import { targetOf, text } from "./resource.ts";

/** Members and paths name what is made in the same request by this. */
const REFERENCE = /^bulkId:(.+)$/i;

/** The ids that the answer gave to what the request calls `bulkId:…`. */
function idsOf(answers: readonly JsonObject[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const answer of answers) {
    const bulkId = text(answer, "bulkId");
    const id = targetOf(text(answer, "location") ?? "")?.id ?? null;
    if (bulkId !== null && id !== null) ids.set(bulkId, id);
  }
  return ids;
}

/** The values of members with the ids in place of references. */
function resolved(value: unknown, ids: ReadonlyMap<string, string>, depth = 0): unknown {
  if (typeof value === "string") return ids.get(REFERENCE.exec(value)?.[1] ?? "") ?? value;
  // Operations, operation, value, members, member, value: what is read lies no deeper.
  if (depth > 6 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => resolved(element, ids, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, resolved(member, ids, depth + 1)]),
  );
}

/** By `bulkId`, else by its place; the answer may be shorter, when the server stopped at an error. */
function answerTo(operation: JsonObject, i: number, answers: readonly JsonObject[]): JsonObject | null {
  const bulkId = text(operation, "bulkId");
  const named = bulkId === null ? undefined : answers.find((answer) => text(answer, "bulkId") === bulkId);
  const placed = answers[i];
  const fits =
    placed !== undefined && methodOf(anyCase(placed, "method")) === methodOf(anyCase(operation, "method"));
  return named ?? (fits ? placed : null);
}

/**
 * The operations of a bulk exchange; empty where neither body tells any. Of an operation that the answer leaves out
 * nothing came: the server stops at `failOnErrors`. Without an answer's body nobody knows.
 */
export function operationsOf(bulk: Exchange): Exchange[] {
  const answers = objectsOf(anyCase(bulk.response, "Operations"));
  const asked = objectsOf(anyCase(bulk.request, "Operations"));
  const ids = idsOf(answers);
  const failed = outcomeOf(bulk.status, "other") === "failure";
  return (asked.length > 0 ? asked : answers).flatMap((operation, i): Exchange[] => {
    const method = methodOf(anyCase(operation, "method"));
    const answer = asked.length > 0 ? answerTo(operation, i, answers) : operation;
    const location = text(answer, "location");
    const path = text(operation, "path") ?? location;
    const target = path === null ? null : referred(targetOf(path), ids);
    if (method === null || target === null) return [];
    return [
      {
        method,
        target: method === "POST" ? { ...target, id: null } : target,
        status: failed ? bulk.status : statusOf(anyCase(answer, "status")),
        request: objectOf(resolved(bodyOf(anyCase(operation, "data")), ids)),
        response: failed ? bulk.response : bodyOf(anyCase(answer, "response")),
        location,
        words: bulk.words,
        filtered: false,
      },
    ];
  });
}

function referred(target: Target | null, ids: ReadonlyMap<string, string>): Target | null {
  if (target?.id == null) return target;
  return { ...target, id: ids.get(REFERENCE.exec(target.id)?.[1] ?? "") ?? target.id };
}
