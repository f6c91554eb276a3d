/** Which entries of the audit log somebody asks for, read from text. */
import type { AuditFilter } from "../../db/queries/audit.ts";
import { ParamProblem, parseParams } from "../reports/params.ts";

/** Longer than any verb, and than any name somebody would type. */
const MOST = { verb: 60, text: 200 } as const;

/**
 * @param raw `from` and `to` (a day or a time), `verb`, `text`; absent and empty ones are not set.
 * @throws {ParamProblem} naming the one that can't be used.
 */
export function auditFilter(
  raw: {
    [K in "from" | "to" | "verb" | "text"]?: string | undefined;
  },
): AuditFilter {
  const { from, to } = parseParams({ from: raw.from, to: raw.to });
  const part = (name: keyof typeof MOST): string | undefined => {
    const value = raw[name]?.trim();
    // PostgreSQL has no text with NUL, and can't be asked for one.
    if (value !== undefined && (value.length > MOST[name] || value.includes("\0"))) {
      throw new ParamProblem(name, `${name} takes at most ${MOST[name]} characters, none of them NUL.`);
    }
    return value || undefined;
  };
  return { from, to, verb: part("verb"), text: part("text") };
}
