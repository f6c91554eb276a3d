/** Which addresses of the network are anybody's on the internet, and which are this machine's or its neighbours'. */
import ipaddr from "ipaddr.js";

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address is one of the public internet. Private (RFC 1918), loopback, link-local, unique local (RFC 4193),
 * shared (RFC 6598), multicast, unspecified and reserved ones are not; nor are those of IPv6 that carry one of IPv4
 * (mapped, 6to4, Teredo, NAT64), for what they carry may be any of these.
 * @param address IPv4 or IPv6, without brackets; anything else is not public.
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  // All else is unassigned or of the kinds above, whatever it is called.
  return parsed.kind() === "ipv4" || (parsed as ipaddr.IPv6).match(GLOBAL_UNICAST);
}
