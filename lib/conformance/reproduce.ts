/** The call that puts a question of a report again, for a shell. Pure. */
import type { ToldExchange } from "./finding.ts";

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * @param service its address.
 * @returns the call; the token stands in a variable, and `{userName}` and the like are to be filled in.
 */
export function curlOf(
  service: string,
  { method, path, body, ifMatch }: Pick<ToldExchange, "method" | "path" | "body" | "ifMatch">,
): string {
  return [
    `curl -i -g${method === "GET" ? "" : ` -X ${method}`} ${quoted(`${service}${path}`)}`,
    '-H "Authorization: Bearer $TOKEN"',
    ...(ifMatch === null ? [] : [`-H ${quoted(`If-Match: ${ifMatch}`)}`]),
    ...(body === null ? [] : ["-H 'Content-Type: application/scim+json'", `-d ${quoted(body)}`]),
  ].join(" \\\n  ");
}
