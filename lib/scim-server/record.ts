/** A request as a record of the log: a SCIM exchange, with what it changed in the directory. docs/formats/scim.md. */
import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import type { ScimNamed } from "../../db/queries/scim-resources.ts";
import { nextRecordTime, type ScimSource } from "../../db/queries/scim-sources.ts";
import { scim } from "../ingest/adapters/scim/adapter.ts";
import { Packer } from "../ingest/packer.ts";
import { appendSent } from "../ingest/standing-source.ts";
import { isJson } from "./resource.ts";
import type { Json } from "./schemas.ts";

/** What a request changed, beside what it said. */
export interface Effect {
  /** The resource as it is afterwards; of one that was deleted as it was. Null: there is none. */
  resource: Json | null;
  before: Json | null;
  after: Json | null;
  /** Of a group: who came in, and who fell out. */
  added: readonly ScimNamed[];
  removed: readonly ScimNamed[];
}

export const NOTHING: Effect = { resource: null, before: null, after: null, added: [], removed: [] };

export interface Exchange {
  method: string;
  /** Below the endpoint's own address: `/Users/…`. */
  path: string;
  status: number;
  request: unknown;
  /** The answer, where it says why not. */
  response: unknown;
  effect: Effect;
}

/** From this size on the body of a request that was refused is not kept. */
const REFUSED_CHARACTERS = 64 * 1024;

const isPassword = (name: unknown): boolean =>
  typeof name === "string" && /(?:^|:)password$/iu.test(name.trim());

/** A body without passwords, wherever they stand. */
function withoutPasswords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPasswords);
  if (!isJson(value)) return value;
  const path = Object.entries(value).find(([key]) => key.toLowerCase() === "path")?.[1];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !isPassword(key))
      .filter(([key]) => !(key.toLowerCase() === "value" && isPassword(path)))
      .map(([key, one]) => [key, withoutPasswords(one)]),
  );
}

const memberOf = ({ resource, type, userName, displayName }: ScimNamed): Json => ({
  value: resource,
  type,
  ...(userName === null ? {} : { userName }),
  ...(displayName === null ? {} : { display: displayName }),
});

function recordOf(source: string, request: string, at: number, exchange: Exchange): Json {
  const { method, path, status, response, effect } = exchange;
  const asked = withoutPasswords(exchange.request);
  const long = status >= 400 && JSON.stringify(asked ?? null).length > REFUSED_CHARACTERS;
  return {
    id: randomUUID(),
    time: new Date(at).toISOString(),
    correlationId: request,
    caller: source,
    method,
    path: `/scim/v2${path}`,
    status,
    ...(asked === undefined || asked === null || long ? {} : { requestBody: asked }),
    ...(response === null ? {} : { responseBody: response }),
    directory: {
      ...(effect.resource === null ? {} : { resource: effect.resource }),
      ...(effect.before === null ? {} : { before: effect.before }),
      ...(effect.after === null ? {} : { after: effect.after }),
      ...(effect.added.length === 0 ? {} : { added: effect.added.map(memberOf) }),
      ...(effect.removed.length === 0 ? {} : { removed: effect.removed.map(memberOf) }),
    },
  };
}

/**
 * Appends a request to the log, in the transaction of what it changes, which holds the source's lock.
 * @param request under which the client finds it in its own log.
 * @returns why the log does not take it; null when it does.
 */
export async function appendExchange(
  sql: postgres.TransactionSql,
  workspace: string,
  { source, ingest }: Pick<ScimSource, "source" | "ingest">,
  request: string,
  exchange: Exchange,
): Promise<string | null> {
  const at = await nextRecordTime(sql, workspace, source);
  const value = recordOf(source, request, at, exchange);
  const bytes = Buffer.from(JSON.stringify(value));
  const packer = new Packer({ source, adapter: scim });
  packer.add({ kind: "record", bytes, value, position: { record: 1, offset: 0, line: 1 } });
  const { segments, rejected } = packer.flush();
  const [first] = rejected;
  if (first !== undefined) return first.reason;
  await appendSent(sql, workspace, ingest, { segments, rejected });
  return null;
}
