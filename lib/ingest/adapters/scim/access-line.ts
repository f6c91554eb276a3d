/** A line of a web server's access log in the common or the combined log format (Apache httpd, nginx). Pure. */
import { parse } from "date-fns/parse";
import type { JsonObject } from "../read.ts";

/** Host, identity and user, time, request, status, size; what a combined one has behind it is not read. A virtual host may stand before all. */
const LINE =
  /^(?:(?<host>[^\s:]+):\d{1,5} )?\S+ \S+ (?<user>\S+) \[(?<time>[^\]]{20,40})\] "(?<method>[A-Z]{1,10}) (?<path>\S+)(?: HTTP\/[\d.]{1,5})?" (?<status>\d{3}) /u;

/** Longer ones are no line of such a log. */
const LONGEST = 64 * 1024;

const isoOf = (time: string): string | null => {
  const at = parse(time, "dd/MMM/yyyy:HH:mm:ss xx", new Date(0));
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
};

/** @returns the request as a record has it; null for what is no such line. */
export function accessLine(bytes: Uint8Array): JsonObject | null {
  if (bytes.length > LONGEST) return null;
  const { groups } = LINE.exec(Buffer.from(bytes).toString("utf8")) ?? {};
  if (groups === undefined) return null;
  const { host, user, time = "", method, path, status } = groups;
  const known = { time: isoOf(time), method, path, status, caller: user === "-" ? null : user, host };
  return Object.fromEntries(
    Object.entries(known).filter(([, value]) => value !== null && value !== undefined),
  );
}
