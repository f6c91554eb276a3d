/** How the door says no: the JSON that the API answers with too. */
import type { ServerResponse } from "node:http";
import { isScimPath } from "./kind.ts";
import { pathOf } from "./target.ts";

export interface Refusal {
  status: number;
  code: string;
  /** For the person who asked: what is wrong, and what to do. Holds nothing of what was sent. */
  message: string;
  headers?: Readonly<Record<string, string>>;
}

/** As the API says it, or as SCIM does to whoever speaks SCIM (RFC 7644, 3.12). */
function bodyOf(url: string, { status, code, message }: Refusal): [type: string, body: unknown] {
  if (!isScimPath(pathOf(url) ?? ""))
    return ["application/json; charset=utf-8", { error: { code, message } }];
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];
  return ["application/scim+json", { schemas, detail: message, status: String(status) }];
}

/** Answers with `refusal`, unless an answer has begun. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) return;
  const [type, told] = bodyOf(response.req?.url ?? "", refusal);
  const body = JSON.stringify(told);
  response.writeHead(refusal.status, {
    ...refusal.headers,
    "content-type": type,
    "content-length": Buffer.byteLength(body),
  });
  response.end(response.req?.method === "HEAD" ? undefined : body);
}
