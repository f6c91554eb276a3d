/** Fetching a pack that a schedule has made. */
import { stat } from "node:fs/promises";
import type { Db } from "../../db/client.ts";
import { readPacks } from "../../db/queries/packs.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { packPath } from "./pack-files.ts";

export interface PackFile {
  path: string;
  name: string;
  bytes: number;
}

/**
 * Writes the download into the audit log.
 * @param db shows a customer viewer the packs of that customer alone.
 * @param folder where packs lie.
 * @returns null when there is none of that id that they may see, or its file is gone.
 * @throws {AccessProblem}
 */
export async function downloadPack(
  db: Db,
  workspace: string,
  by: Caller,
  pack: string,
  folder: string,
): Promise<PackFile | null> {
  return act({ db, workspace, by }, "evidence", "download-pack", async (sql) => {
    const found = (await readPacks(sql, workspace)).find((one) => one.pack === pack);
    const path = packPath(folder, workspace, pack);
    const size =
      found === undefined
        ? null
        : await stat(path)
            .then((file) => file.size)
            .catch(() => null);
    if (found === undefined || size === null) return { result: null, object: "", nothing: true };
    const { name, sha256 } = found;
    return { result: { path, name, bytes: size }, object: name, after: { pack, sha256 } };
  });
}
