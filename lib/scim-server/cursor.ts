/** Where the next page of a list begins (RFC 9865): behind a resource, whatever comes and goes before it. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { bad } from "./error.ts";
import type { SortKey } from "./sort.ts";

/** A client that is at work asks again within seconds. */
export const CURSOR_SECONDS = 3_600;

export interface Cursor {
  /** The last resource of the page before: its place, and what it is sorted by. */
  position: number;
  key: SortKey;
}

const Stored = z.tuple([
  z.string(),
  z.number().int(),
  z.number().int().nonnegative(),
  z.union([z.string().max(30_000), z.number(), z.null()]),
]);

/** What must stay the same from page to page, in short. */
const digest = (query: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(query)).digest("base64url").slice(0, 12);

/** @param query all that decides what is in the list, and in which order. @param now milliseconds. */
export const writeCursor = ({ position, key }: Cursor, query: readonly unknown[], now: number): string =>
  Buffer.from(JSON.stringify([digest(query), now, position, key])).toString("base64url");

/** @throws {ScimError} invalidCursor for another query's or what is none, expiredCursor after {@link CURSOR_SECONDS}. */
export function readCursor(text: string, query: readonly unknown[], now: number): Cursor {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    value = null;
  }
  const read = Stored.safeParse(value);
  if (!read.success || read.data[0] !== digest(query))
    throw bad("invalidCursor", "This cursor is not one of this query. Begin again with an empty one.");
  const [, at, position, key] = read.data;
  if (at < now - CURSOR_SECONDS * 1_000 || at > now + CURSOR_SECONDS * 1_000)
    throw bad(
      "expiredCursor",
      `A cursor is good for ${CURSOR_SECONDS} seconds. Begin again with an empty one.`,
    );
  return { position, key };
}
