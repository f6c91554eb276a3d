/** What strangers sent, held against a schema. */
import type { z } from "zod";

/**
 * The schema's own reading; a value that its checks can't look at fits nothing. One of text's length asks any value that has a
 * `length`, and compares even a list whose elements can't be written as text.
 */
export function fitted<T>(
  schema: z.ZodType<T>,
  value: unknown,
): z.ZodSafeParseResult<T> | { success: false; error: null } {
  try {
    return schema.safeParse(value);
  } catch {
    return { success: false, error: null };
  }
}
