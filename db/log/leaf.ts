/** What the log's tree says of a record. */

/** A record as its leaf names it; both hashes in lower-case hex. */
export interface Leaf {
  source: string;
  format: string;
  /** By which the log knows it. */
  fingerprint: string;
  /** SHA-256 of its bytes. */
  sha256: string;
}

/**
 * The entry of a record in the tree: canonical JSON (RFC 8785), in UTF-8. It names the record's bytes by their hash, so that
 * the proof of it holds without them. The database works out the same (log_leaves).
 */
export const leafEntry = ({ source, format, fingerprint, sha256 }: Leaf): string =>
  JSON.stringify({ fingerprint, format, sha256, source });
