/** What makes two deliveries the same record: SHA-256 over the normal form. */
import { createHash } from "node:crypto";
import type { NormalEvent } from "./event.ts";

/** Fields that came into the normal form later: left out while null, so that records known before stay known. */
const ADDED_LATER = new Set(["effectiveAt", "attributesBefore"]);

/** JSON with the members of every object in one order, whatever order they were set in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([key, member]) => member !== null || !ADDED_LATER.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/**
 * @param format the adapter that read the record.
 * @param events the record's events in their order.
 * @returns lower-case hex, 64 characters.
 */
export function fingerprint(format: string, events: readonly NormalEvent[]): string {
  return createHash("sha256").update(format).update(canonical(events)).digest("hex");
}

/** Lower-case hex SHA-256 of bytes. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
