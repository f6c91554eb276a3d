/** What an entry of the audit log says has changed, field by field. */

/** What stood in a field: words, a moment, or null for nothing. */
export type Kept = string | { at: string } | null;

export interface Change {
  field: string;
  before: Kept;
  after: Kept;
}

const FIELD_WORDS: Record<string, string> = {
  name: "Name",
  email: "E-mail",
  role: "Role",
  customer: "Customer",
  endsAt: "Ends",
  expiresAt: "Expires",
  active: "May come in",
  subject: "Known to the provider as",
  member: "Member",
  token: "Token",
  prefix: "Begins with",
  scopes: "May do",
  session: "Session",
  sessions: "Sessions",
  with: "With",
  verdict: "Verdict",
  reason: "Reason",
  slaHours: "Hours allowed",
  ingest: "Ingest",
  source: "Source",
  format: "Format",
  asOf: "As of",
  end: "Up to",
};

/** A field's name for people: `slaHours` → "Hours allowed", `maxAge` → "Max age". */
function fieldWord(field: string): string {
  if (Object.hasOwn(FIELD_WORDS, field)) return FIELD_WORDS[field] as string;
  const words = field
    .replace(/[-_]/gu, " ")
    .replace(/(?<=[a-z])[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/u;

const isTime = (text: string): boolean => TIME.test(text) && !Number.isNaN(Date.parse(text));

/** A value for people. */
function keptAs(value: unknown): Kept {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return isTime(value) ? { at: value } : value;
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) {
    return value.length === 0 ? null : value.join(", ");
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** What was kept as its fields; what is no object is the one field "Value". */
function fieldsOf(kept: unknown): Record<string, unknown> {
  if (kept === null || kept === undefined) return {};
  return typeof kept === "object" && !Array.isArray(kept)
    ? (kept as Record<string, unknown>)
    : { value: kept };
}

/**
 * The fields that differ, in the order in which they were kept; of what began or ended all that had a value.
 * @param before what was there, as the log keeps it; null for nothing.
 * @param after what is there now.
 */
export function changes(before: unknown, after: unknown): Change[] {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((field) => JSON.stringify(was[field] ?? null) !== JSON.stringify(is[field] ?? null))
    .map((field) => ({
      field: fieldWord(field),
      before: keptAs(was[field]),
      after: keptAs(is[field]),
    }));
}
