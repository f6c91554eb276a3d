/** The proof that one record is in the log, for whoever wants that one only. */
import type { Db } from "../../db/client.ts";
import { type Leaf, leafEntry } from "../../db/log/leaf.ts";
import { readLeaf } from "../../db/log/read-records.ts";
import { TreeOfLog } from "../../db/log/tree.ts";
import { inclusionRanges } from "../../db/merkle/ranges.ts";
import { publishHead, recentCheckpoint } from "./publish-head.ts";

export interface RecordProof {
  /** The record as the log names it, and its entry in the tree: the bytes whose hash the leaf is. */
  record: Leaf;
  entry: string;
  leaf: number;
  size: number;
  /** The audit path, lowest sibling first, in base64 (RFC 6962 §2.1.1). */
  path: string[];
  /** The signed head that the path leads to. */
  checkpoint: string;
}

/**
 * @param event id of one of the record's events, or its fingerprint.
 * @returns null where the log has no such record.
 * @throws TreeProblem where the log was changed behind its tree.
 */
export async function proveRecord(
  db: Db,
  workspace: string,
  event: string,
  now: number,
): Promise<RecordProof | null> {
  const fingerprint = event.split(":")[0] ?? "";
  let { size, checkpoint } = await recentCheckpoint(db, workspace, now);
  let found = await readLeaf(db, workspace, fingerprint);
  if (found === null) return null;
  if (found.leaf === null || found.leaf >= size) {
    const head = await publishHead(db, workspace, now);
    [size, checkpoint] = [head.tree.size, head.checkpoint];
    found = await readLeaf(db, workspace, fingerprint);
  }
  if (found === null || found.leaf === null || found.leaf >= size) return null;
  const { leaf, ...record } = found;
  const read = new TreeOfLog(db.sql, workspace, size);
  const path: string[] = [];
  for (const range of inclusionRanges(leaf, size))
    path.push(Buffer.from(await read.hash(range)).toString("base64"));
  return { record, entry: leafEntry(record), leaf, size, path, checkpoint };
}
