/** Who sends a request: an address to count by, and the id under which its log line is found. */
import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isIP, isIPv6 } from "node:net";

/** Tells Next's routes the client's address; the door always writes it, whatever was sent under this name. */
export const CLIENT_HEADER = "x-rollcall-client";
export const REQUEST_ID_HEADER = "x-request-id";

/** Said by proxies; from anybody else it is a claim. */
const PROXY_HEADERS = /^(?:forwarded|x-forwarded-.*|x-real-ip|via)$/u;

/** An address without port and brackets, IPv4 in its own spelling; null when it is none. */
function addressIn(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/u, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/u, "$1")
    .replace(/^::ffff:(?=\d+\.)/iu, "");
  return isIP(bare) === 0 ? null : bare;
}

/**
 * The address of the client behind `hops` own proxies: each has added the address it saw to X-Forwarded-For, so the last
 * `hops` entries are true, and the first of those is the client. What stands before them the client has written himself.
 * @param peer the address that the connection comes from.
 */
export function clientAddress(peer: string | undefined, headers: IncomingHttpHeaders, hops: number): string {
  const seen = [headers["x-forwarded-for"] ?? []].flat().join(",");
  const claimed = hops === 0 || seen === "" ? undefined : seen.split(",").slice(-hops)[0];
  return addressIn(claimed ?? "") ?? addressIn(peer ?? "") ?? "unknown";
}

/** What requests of an address are counted under: of IPv6 the network of 64 bits, which one customer has whole. */
export function countedAs(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("%", 1)[0]?.split("::") ?? [];
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  const groups = [...front, ...Array.from({ length: Math.max(0, zeros) }, () => "0"), ...back];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

/** An id of this request; one that an own proxy has given is kept, so that both logs tell of the same. */
export function requestId(headers: IncomingHttpHeaders, hops: number): string {
  const given = headers[REQUEST_ID_HEADER];
  return hops > 0 && typeof given === "string" && /^[\w-]{8,64}$/u.test(given) ? given : randomUUID();
}

/** Whether somebody between has passed the request on. */
export const isPassedOn = (headers: IncomingHttpHeaders): boolean =>
  Object.keys(headers).some((name) => PROXY_HEADERS.test(name));

/** Takes out what only an own proxy may say. */
export function forgetProxyHeaders(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers)) if (PROXY_HEADERS.test(name)) delete headers[name];
}
