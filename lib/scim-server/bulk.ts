/** Several changes in one request (RFC 7644 §3.7), each for itself; what they call `bulkId:…` is made in the same request. */
import { anyCase } from "../ingest/adapters/read.ts";
import { MAX_BULK_OPERATIONS } from "./discovery.ts";
import { bad, errorBody, ScimError } from "./error.ts";
import { etagOf } from "./etag.ts";
import { locationOf } from "./represent.ts";
import { isJson } from "./resource.ts";
import { DEFINITIONS, type Json, RESOURCE_TYPES, type ResourceType } from "./schemas.ts";
import type { WriteContext } from "./work.ts";
import { type Change, type Changed, writeResource } from "./write.ts";

const REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
const METHODS = ["POST", "PUT", "PATCH", "DELETE"] as const;
const REFERENCE = /^bulkId:(.+)$/iu;

/** What a text refers to; null for one that refers to nothing. */
const referenceIn = (text: unknown): string | null =>
  typeof text === "string" ? (REFERENCE.exec(text)?.[1] ?? null) : null;

interface Operation {
  method: (typeof METHODS)[number];
  type: ResourceType;
  /** Of the path: an id, or `bulkId:…`. */
  id: string | null;
  bulkId: string | null;
  version: string | null;
  data: unknown;
  /** What is made in the same request, and has to be made before. */
  references: readonly string[];
}

/** The texts within a value that refer to what is made in the same request. */
function referencesIn(value: unknown): string[] {
  const own = referenceIn(value);
  if (own !== null) return [own];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(referencesIn);
}

function operationOf(given: unknown): Operation {
  const operation = isJson(given) ? given : {};
  const text = (name: string): string | null => {
    const value = anyCase(operation, name);
    return typeof value === "string" ? value : null;
  };
  const method = METHODS.find((known) => known === text("method")?.toUpperCase());
  const [, endpoint = "", id, more] = (text("path") ?? "").split("/");
  const type = RESOURCE_TYPES.find((name) => DEFINITIONS[name].endpoint === `/${endpoint}`);
  const bulkId = text("bulkId");
  if (
    method === undefined ||
    type === undefined ||
    more !== undefined ||
    (method === "POST") !== (id === undefined)
  )
    throw bad(
      "invalidSyntax",
      "An operation has a method (POST, PUT, PATCH, DELETE) and a path that goes with it, like /Users or /Users/{id}.",
    );
  if (method === "POST" && bulkId === null)
    throw bad("invalidSyntax", "A POST in a bulk request has a bulkId.");
  const data = anyCase(operation, "data");
  const references = [...referencesIn(id), ...referencesIn(data)];
  return { method, type, id: id ?? null, bulkId, version: text("version"), data, references };
}

/** A value with ids in place of references. */
function resolved(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  const own = referenceIn(value);
  if (own !== null) return ids.get(own) ?? value;
  if (Array.isArray(value)) return value.map((one) => resolved(one, ids));
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, ids)]));
}

/** Members that refer to what is not made yet: a group can be made without them, and given them afterwards. */
function divided(data: unknown, ids: ReadonlyMap<string, string>): { now: unknown; later: unknown[] } | null {
  if (!isJson(data)) return null;
  const name = Object.keys(data).find((key) => key.toLowerCase() === "members");
  const members = name === undefined ? null : data[name];
  if (name === undefined || !Array.isArray(members)) return null;
  const waits = (member: unknown) => referencesIn(member).some((reference) => !ids.has(reference));
  const now = { ...data, [name]: members.filter((member) => !waits(member)) };
  if (referencesIn(now).some((reference) => !ids.has(reference))) return null;
  return { now, later: members.filter(waits) };
}

/** Where an operation stands: what came of it, or that its turn has not come. */
class Run {
  readonly ids = new Map<string, string>();
  readonly answers: (Json | null)[];
  errors = 0;

  constructor(
    private readonly context: WriteContext,
    private readonly operations: readonly unknown[],
  ) {
    this.answers = operations.map(() => null);
  }

  private answer(i: number, told: Partial<Operation>, status: number, rest: Json): void {
    const given = isJson(this.operations[i]) ? (this.operations[i] as Json) : {};
    const method = told.method ?? anyCase(given, "method");
    const bulkId = told.bulkId ?? anyCase(given, "bulkId");
    this.answers[i] = {
      ...(typeof method === "string" ? { method } : {}),
      ...(typeof bulkId === "string" ? { bulkId } : {}),
      ...rest,
      status: String(status),
    };
  }

  private refuse(i: number, told: Partial<Operation>, error: unknown): void {
    if (!(error instanceof ScimError)) throw error;
    this.errors++;
    const { status, scimType, message } = error;
    const { type, id } = told;
    const location =
      type && id && referenceIn(id) === null ? { location: locationOf(this.context.base, type, id) } : {};
    this.answer(i, told, status, { ...location, response: errorBody(status, scimType, message) });
  }

  /** The operation at a place; null when it can't be read, which is its answer then. */
  private read(i: number): Operation | null {
    try {
      const operation = operationOf(this.operations[i]);
      const { bulkId } = operation;
      if (
        bulkId !== null &&
        this.operations.findIndex((one) => isJson(one) && anyCase(one, "bulkId") === bulkId) < i
      )
        throw bad("invalidSyntax", `Two operations have the bulkId "${bulkId.slice(0, 100)}".`);
      return operation;
    } catch (error) {
      this.refuse(i, {}, error);
      return null;
    }
  }

  private async carryOut(i: number, operation: Operation, data: unknown): Promise<Changed | null> {
    const { method, type, version } = operation;
    const id = operation.id === null ? null : String(resolved(operation.id, this.ids));
    try {
      const change: Change = { method, type, id, body: resolved(data, this.ids), ifMatch: version };
      const changed = await writeResource(this.context, change);
      if (method === "POST" && operation.bulkId !== null) this.ids.set(operation.bulkId, changed.id);
      this.answer(i, operation, changed.status, {
        ...(changed.row === null ? {} : { version: etagOf(changed.row.version) }),
        location: locationOf(this.context.base, type, changed.id),
      });
      return changed;
    } catch (error) {
      this.refuse(i, { ...operation, id }, error);
      return null;
    }
  }

  /** A group of a circle of references is made without those members that are still to be made. */
  private async breakCircle(
    waiting: readonly (readonly [number, Operation])[],
    later: Map<string, { i: number; members: unknown[] }>,
  ): Promise<number | null> {
    for (const [i, operation] of waiting) {
      if (operation.method !== "POST" || operation.type !== "Group") continue;
      const parts = divided(operation.data, this.ids);
      const made = waiting.flatMap(([, { bulkId }]) => bulkId ?? []);
      if (
        parts === null ||
        parts.later.flatMap(referencesIn).some((name) => !this.ids.has(name) && !made.includes(name))
      )
        continue;
      const changed = await this.carryOut(i, operation, parts.now);
      if (changed !== null) later.set(changed.id, { i, members: parts.later });
      return i;
    }
    return null;
  }

  private async addLater(group: string, i: number, members: unknown[]): Promise<void> {
    const value = resolved(members, this.ids);
    const body = { Operations: [{ op: "add", path: "members", value }] };
    try {
      const change: Change = { method: "PATCH", type: "Group", id: group, body, ifMatch: null };
      const { row } = await writeResource(this.context, change);
      const answer = this.answers[i];
      if (answer != null && row !== null) answer.version = etagOf(row.version);
    } catch (error) {
      this.refuse(i, { method: "POST", type: "Group", id: group }, error);
    }
  }

  /** In the order given, but for what has to wait for what it refers to. @param limit errors after which it stops; 0: none. */
  async toEnd(limit: number): Promise<void> {
    const later = new Map<string, { i: number; members: unknown[] }>();
    const stopped = () => limit > 0 && this.errors >= limit;
    let waiting: (readonly [number, Operation])[] = [];
    for (let i = 0; i < this.operations.length && !stopped(); i++) {
      const operation = this.read(i);
      if (operation !== null) waiting.push([i, operation]);
    }
    while (waiting.length > 0 && !stopped()) {
      const ready = waiting.find(([, one]) => one.references.every((name) => this.ids.has(name)));
      const done = ready?.[0] ?? (await this.breakCircle(waiting, later));
      if (ready !== undefined) await this.carryOut(ready[0], ready[1], ready[1].data);
      else if (done === null) {
        const [i, operation] = waiting[0] as readonly [number, Operation];
        const missing = operation.references.find((name) => !this.ids.has(name)) ?? "";
        this.refuse(
          i,
          operation,
          bad("invalidValue", `Nothing was made of the bulkId "${missing.slice(0, 100)}".`),
        );
        waiting = waiting.slice(1);
        continue;
      }
      waiting = waiting.filter(([i]) => i !== done);
    }
    for (const [group, { i, members }] of later) if (!stopped()) await this.addLater(group, i, members);
  }
}

/**
 * Carries a bulk request out. Each operation has its own answer, in the order in which they were sent; those behind
 * `failOnErrors` errors have none.
 * @throws {ScimError} invalidSyntax; 413 for more than {@link MAX_BULK_OPERATIONS}
 */
export async function bulk(context: WriteContext, body: unknown): Promise<Json> {
  const operations = isJson(body) ? anyCase(body, "Operations") : null;
  const schemas = isJson(body) ? anyCase(body, "schemas") : null;
  if (!Array.isArray(operations) || operations.length === 0)
    throw bad("invalidSyntax", 'A bulk request has "Operations": a list, one at least.');
  if (Array.isArray(schemas) && !schemas.includes(REQUEST))
    throw bad("invalidSyntax", `The schemas of a bulk request name ${REQUEST}.`);
  if (operations.length > MAX_BULK_OPERATIONS)
    throw new ScimError(
      413,
      null,
      `The size of the bulk operation exceeds the maxOperations (${MAX_BULK_OPERATIONS}).`,
    );
  const limit = isJson(body) ? anyCase(body, "failOnErrors") : null;
  const run = new Run(context, operations);
  await run.toEnd(typeof limit === "number" && limit > 0 ? Math.floor(limit) : 0);
  return { schemas: [RESPONSE], Operations: run.answers.filter((answer) => answer !== null) };
}
