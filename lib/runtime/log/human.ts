/** The log for a person at a terminal: what went wrong, and nothing of what goes well. */
import { z } from "zod";

const Line = z.object({
  level: z.string(),
  msg: z.string().default(""),
  err: z.object({ stack: z.string(), message: z.string() }).optional(),
});

/** A line of JSON as text with its line end; empty when there is nothing to tell. */
export function humanText(line: string): string {
  const { level, msg, err } = Line.parse(JSON.parse(line));
  if (!["warn", "error", "fatal"].includes(level)) return "";
  return `${[msg, err?.stack || err?.message].filter(Boolean).join("\n")}\n`;
}
