/** The address at which people reach Rollcall, and which hosts and origins are it. */

/** Names of this machine that stand for each other; WHATWG URLs write the last with its brackets. */
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

export interface PublicAddress {
  https: boolean;
  /** Whether a Host header (RFC 9110, 7.2) names this address. */
  isHost: (host: string | undefined) => boolean;
  /** Whether an Origin header (RFC 6454, 7) names this address. */
  isOrigin: (origin: string) => boolean;
}

/** @param url the address as it is set, its path left aside. On this machine all loopback names count as it. */
export function publicAddress(url: URL): PublicAddress {
  const local = LOOPBACK.includes(url.hostname);
  const port = url.port === "" ? "" : `:${url.port}`;
  const hosts = new Set((local ? LOOPBACK : [url.hostname]).map((name) => `${name}${port}`));
  const usualPort = url.protocol === "https:" ? ":443" : ":80";
  if (port === "") for (const host of [...hosts]) hosts.add(`${host}${usualPort}`);
  const origins = new Set([...hosts].map((host) => `${url.protocol}//${host}`));
  return {
    https: url.protocol === "https:",
    isHost: (host) => host !== undefined && hosts.has(host.toLowerCase()),
    isOrigin: (origin) => origins.has(origin.toLowerCase()),
  };
}

/** Whether a Host header names this machine, whatever the port. */
export const isLoopbackHost = (host: string | undefined): boolean =>
  LOOPBACK.includes((host ?? "").toLowerCase().replace(/:\d+$/u, ""));
