/** What makes two deliveries the same record: SHA-256 over the normal form. */
import * as crypto from "node:crypto";

/** SHA-256, 32 bytes. Node has the faster call from 20.12 on. */
const digest: (data: string | Uint8Array) => Buffer =
  typeof crypto.hash === "function"
    ? (data) => crypto.hash("sha256", data, "buffer")
    : (data) => crypto.createHash("sha256").update(data).digest();

/**
 * @param format the adapter that read the record.
 * @param encoded the record's events as `encodeEvents` (db/log/codec.ts) writes them.
 * @returns 32 bytes.
 */
export const fingerprint = (format: string, encoded: string): Buffer => digest(format + encoded);

/** SHA-256 of bytes, 32 bytes. */
export const sha256 = (bytes: Uint8Array): Buffer => digest(bytes);
