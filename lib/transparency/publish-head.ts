/** Signing the head of a log: what is handed out of it, and what everything later is held against. */
import type { Db } from "../../db/client.ts";
import { addHead, lastHead, sequence, type Tree } from "../../db/log/tree.ts";
import { homeFromEnv } from "../runtime/home.ts";
import { knownKeys, signingKeys } from "./keys.ts";
import { checkpointText, signNote, verifierKey } from "./note.ts";

export interface PublishedHead {
  tree: Tree;
  /** The signed checkpoint (C2SP tlog-checkpoint). */
  checkpoint: string;
  /** Keys of this installation as verifiers know them, the oldest first. */
  keys: { key: string; createdAt: string; retiredAt: string | null }[];
  /** Signs a text in the log's name. */
  sign(text: string): string;
}

/**
 * Makes leaves of all records, signs the head and keeps it. Over a connection that sees one customer only, the head is that of
 * the records that are leaves already.
 * @throws RuntimeProblem when the keys can't be used, or what the database threw.
 */
export async function publishHead(
  db: Db,
  workspace: string,
  now: number,
  home = homeFromEnv(),
): Promise<PublishedHead> {
  const signing = await signingKeys(home);
  const tree = await sequence(db, workspace);
  const checkpoint = signNote(checkpointText(tree.origin, tree.size, tree.root), tree.origin, signing);
  await addHead(db.sql, workspace, tree, checkpoint, now);
  const known = await knownKeys(home);
  return {
    tree,
    checkpoint,
    keys: known.map(({ publicKey, ...when }) => ({ key: verifierKey(tree.origin, publicKey), ...when })),
    sign: (text) => signNote(text, tree.origin, signing),
  };
}

/** Each pack proves that the log continues every head that was ever signed: whoever asks again and again gets the same one for so long. */
const RECENT_MS = 3_600_000;

/**
 * The signed checkpoint that was made last, or a new one where that is more than an hour old.
 * @throws as {@link publishHead}
 */
export async function recentCheckpoint(
  db: Db,
  workspace: string,
  now: number,
  home = homeFromEnv(),
): Promise<{ size: number; checkpoint: string }> {
  const last = await lastHead(db.sql, workspace);
  if (last !== null && now - last.signedAt < RECENT_MS) return last;
  const { tree, checkpoint } = await publishHead(db, workspace, now, home);
  return { size: tree.size, checkpoint };
}
