/** The short name of an item in addresses and in the log. */
import { createHash } from "node:crypto";

/** The first 80 bits of SHA-256 over the item's key, hex. */
export const itemId = (key: string): string => createHash("sha256").update(key).digest("hex").slice(0, 20);
