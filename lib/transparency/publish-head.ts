/** Signing the head of a log: what is handed out of it, and what everything later is held against. */
import type { Db } from "../../db/client.ts";
import { addHead, sequence, type Tree } from "../../db/log/tree.ts";
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
