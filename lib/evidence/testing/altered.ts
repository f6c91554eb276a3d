/** A pack's files, altered in whatever way and made to agree again, as somebody would who means to deceive; and verified. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packed } from "../../files/testing.ts";
import { inFolder } from "../../runtime/testing/folder.ts";
import type { SigningKey } from "../../transparency/keys.ts";
import { signNote } from "../../transparency/note.ts";
import type { Manifest } from "../manifest.ts";
import { MANIFEST, SIGNATURE, SIGNED_MANIFEST, type Verification } from "../verify.mjs";
import { KEY, manifestOf, ORIGIN, sha256, verified } from "./packs.ts";

/** By path. */
export type Files = Map<string, Buffer>;

export const textOf = (files: Files, path: string): string => files.get(path)?.toString("utf8") ?? "";

/** Puts other content into files, or takes them away. */
export function changed(files: Files, changes: Record<string, string | Buffer | null>): Files {
  const result = new Map(files);
  for (const [path, content] of Object.entries(changes))
    if (content === null) result.delete(path);
    else result.set(path, Buffer.from(content));
  return result;
}

const isRecords = ({ path }: { path: string }): boolean => path.startsWith("records/");

/**
 * A manifest that agrees with its files again, but for what `change` does to it.
 * @param recount whether records are counted anew too.
 */
export function relisted(
  files: Files,
  change: (manifest: Manifest) => Manifest = (same) => same,
  { recount = true } = {},
): Files {
  const manifest = manifestOf(files);
  const known = new Map(manifest.files.map((file) => [file.path, file]));
  const listed = [...files]
    .filter(([path]) => path !== MANIFEST && path !== SIGNATURE)
    .map(([path, bytes]) => {
      const lines = bytes.toString("utf8").split("\n").length - 1;
      const rows = recount && isRecords({ path }) ? lines : known.get(path)?.rows;
      return { ...known.get(path), path, bytes: bytes.length, sha256: sha256(bytes), rows };
    });
  const counted = listed.filter(isRecords).reduce((sum, { rows }) => sum + (rows ?? 0), 0);
  const records = recount ? counted : manifest.records;
  const text = `${JSON.stringify(change({ ...manifest, records, files: listed }), null, 2)}\n`;
  return changed(files, { [MANIFEST]: text });
}

/** With a signature of the manifest as it is. */
export function signed(files: Files, keys: readonly SigningKey[]): Files {
  const text = `${SIGNED_MANIFEST}\n${ORIGIN}\n${sha256(files.get(MANIFEST) ?? "")}\n`;
  return changed(files, { [SIGNATURE]: signNote(text, ORIGIN, keys) });
}

/** All that somebody with the key can do. */
export const byInsider = (files: Files, change?: (manifest: Manifest) => Manifest, recount = true): Files =>
  signed(relisted(files, change, { recount }), [KEY]);

/** Verifies the files as a pack, with an earlier pack or a checkpoint beside it where they are given. */
export const verify = (
  files: Files,
  { keys = [], against, checkpoint }: { keys?: string[]; against?: Files; checkpoint?: string } = {},
): Promise<Verification> =>
  inFolder(async (folder) => {
    const wishes: { keys: string[]; against?: string; checkpoint?: string } = { keys };
    if (against !== undefined) {
      wishes.against = join(folder, "earlier.zip");
      await writeFile(wishes.against, await packed(against, "evidence"));
    }
    if (checkpoint !== undefined) {
      wishes.checkpoint = join(folder, "kept.txt");
      await writeFile(wishes.checkpoint, checkpoint);
    }
    return verified(await packed(files, "evidence"), wishes);
  });

/** A file of lines. */
export const linesOf = (files: Files, path: string): string[] => textOf(files, path).trimEnd().split("\n");
export const joined = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
