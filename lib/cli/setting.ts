/** Options of the form key=value. */
import { InvalidArgumentError } from "commander";

/** Gathers `key=value` pairs. */
export function setting(pair: string, before: Record<string, string>): Record<string, string> {
  const at = pair.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("A setting is key=value.");
  return { ...before, [pair.slice(0, at)]: pair.slice(at + 1) };
}
