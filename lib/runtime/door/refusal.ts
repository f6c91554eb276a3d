/** How the door says no: the JSON that the API answers with too. */
import type { ServerResponse } from "node:http";

export interface Refusal {
  status: number;
  code: string;
  /** For the person who asked: what is wrong, and what to do. Holds nothing of what was sent. */
  message: string;
  headers?: Readonly<Record<string, string>>;
}

/** Answers with `refusal`, unless an answer has begun. */
export function refuse(response: ServerResponse, { status, code, message, headers = {} }: Refusal): void {
  if (response.headersSent) return;
  const body = JSON.stringify({ error: { code, message } });
  response.writeHead(status, {
    ...headers,
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
  });
  response.end(response.req?.method === "HEAD" ? undefined : body);
}
