/** The log for a person at a terminal: what went wrong, and nothing of what goes well. */
import { z } from "zod";

const Line = z.object({
  level: z.string(),
  msg: z.string().default(""),
  /** Of the line of a request: what went wrong with one has a line of its own. */
  route: z.string().optional(),
  err: z.object({ stack: z.string(), message: z.string() }).optional(),
});

/** A line of JSON as text with its line end; empty when there is nothing to tell. */
export function humanText(line: string): string {
  const { level, msg, err, route } = Line.parse(JSON.parse(line));
  if (route !== undefined || !["warn", "error", "fatal"].includes(level)) return "";
  return `${[msg, err?.stack || err?.message].filter(Boolean).join("\n")}\n`;
}
