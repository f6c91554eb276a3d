/** Where the files of scheduled packs lie: in the home of this installation, which other users can't list. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileProblem } from "../runtime/problem.ts";

/** Of a home. */
export const packsIn = (root: string): string => join(root, "packs");

/** Of the process that serves pages, which the launcher has told its home. @throws when it has not. */
export function packsFolder(): string {
  const { ROLLCALL_HOME: home } = process.env;
  if (!home) throw new Error("ROLLCALL_HOME is not set. Start Rollcall with npm start.");
  return packsIn(home);
}

/** The file of a pack. @param pack a UUID. */
export const packPath = (folder: string, workspace: string, pack: string): string =>
  join(folder, workspace, `${pack}.zip`);

/** Makes the folder of a workspace, for its owner alone. @throws RuntimeProblem when it can't be. */
export async function makePacksFolder(folder: string, workspace: string): Promise<void> {
  const path = join(folder, workspace);
  await mkdir(path, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw fileProblem(error, path);
  });
}
