/** What makes two deliveries the same record: SHA-256 over the normal form. */
import * as crypto from "node:crypto";

/** SHA-256, 32 bytes. Node has the faster call from 20.12 on. */
const digest: (data: string | Uint8Array) => Buffer =
  typeof crypto.hash === "function"
    ? (data) => crypto.hash("sha256", data, "buffer")
    : (data) => crypto.createHash("sha256").update(data).digest();

/**
 * The first 160 bits of SHA-256 over the source's name, the format and the normal form: what the log knows a record by. So
 * many that nobody can make two records with one fingerprint (2^80 tries), and no more, for each is kept several times.
 * @param encoded the record's events as `encodeEvents` (db/log/codec.ts) writes them.
 * @returns 20 bytes.
 */
export const fingerprint = (source: string, format: string, encoded: string): Buffer =>
  digest(`${source}\n${format}\n${encoded}`).subarray(0, 20);

/** SHA-256 of bytes, 32 bytes. */
export const sha256 = (bytes: Uint8Array): Buffer => digest(bytes);
