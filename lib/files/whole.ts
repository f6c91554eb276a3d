/** Writing one file whole or not at all. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { constants, createWriteStream, rmSync, type WriteStream } from "node:fs";
import { access, link, lstat, open, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { FileProblem } from "./problem.ts";

const REASONS: Partial<Record<string, string>> = {
  ENOENT: "its folder does not exist. Make the folder first, or give another path with -o.",
  ENOTDIR: "a part of the path is not a folder. Give another path with -o.",
  EACCES: "you have no permission to write there. Give another path with -o.",
  EPERM: "you have no permission to write there. Give another path with -o.",
  EROFS: "the disk can only be read. Give another path with -o.",
  ENOSPC: "the disk is full. Make room, or give a path on another disk with -o.",
  EDQUOT: "your disk quota is used up. Make room, or give a path on another disk with -o.",
  EFBIG: "the disk allows no file of this size. Give a path on another disk with -o.",
  ENAMETOOLONG: "the name is too long. Give a shorter one with -o.",
};

/** The sentence for an error of the file system; any other error as it is. */
function explained(error: unknown, file: string, what: string): unknown {
  const reason = error instanceof Error && "code" in error ? REASONS[String(error.code)] : undefined;
  return reason === undefined ? error : new FileProblem(`The ${what} can't be written to ${file}: ${reason}`);
}

export interface WholeOptions {
  /** What is written, as the sentences name it: "pack". */
  what: string;
  /** Who may read and write it; what the process gives new files when absent. */
  mode?: number;
  /** False: a file that is there already is an error. */
  replace?: boolean;
}

const thereAlready = (file: string, what: string) =>
  new FileProblem(
    `The ${what} can't be written to ${file}: there is a file already. Give another path with -o, or --force to replace it.`,
  );

/** Refuses to replace what is no ordinary file, or what its owner has protected. */
async function checkReplaceable(file: string, { what, replace = true }: WholeOptions): Promise<void> {
  const existing = await lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (existing === null) return;
  if (!existing.isFile())
    throw new FileProblem(
      `The ${what} can't be written to ${file}: something is there that is no ordinary file. Give another path with -o.`,
    );
  if (!replace) throw thereAlready(file, what);
  await access(file, constants.W_OK);
}

/** A new file's stream, open: what stands in the way is told before anybody works for it. */
async function create(file: string, mode: number | undefined): Promise<WriteStream> {
  const target = createWriteStream(file, { flags: "wx", ...(mode === undefined ? {} : { mode }) });
  await once(target, "open");
  return target;
}

/** Closes the stream, whatever became of it; an error of it was told to who wrote to it. */
function close(target: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (target.closed) return resolve();
    target.on("error", () => {});
    target.once("close", resolve);
    target.destroy();
  });
}

/** Waits until the file is on the disk, so that a power cut can't leave a name without its content. */
async function settle(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Puts the finished file in its place; without `replace` never on top of one that came meanwhile. */
async function place(partial: string, file: string, { what, replace = true }: WholeOptions): Promise<void> {
  if (replace) return rename(partial, file);
  await link(partial, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") throw thereAlready(file, what);
    // Some file systems have no links.
    return rename(partial, file);
  });
}

/**
 * Gives `write` a stream to a new file beside `file`, and moves that to its place when all is written and on the disk. A
 * failure leaves nothing new behind, and an older file as it was.
 * @throws FileProblem with a sentence for the person at the keyboard when the file can't be written; else what `write` threw.
 */
export async function writeWhole<T>(
  file: string,
  options: WholeOptions,
  write: (target: Writable) => Promise<T>,
): Promise<T> {
  // Of a long name only the beginning, so that the longer name still fits.
  const partial = join(dirname(file), `.${basename(file).slice(0, 40)}.${randomUUID()}.partial`);
  const remove = () => rmSync(partial, { force: true });
  try {
    await checkReplaceable(file, options);
    const target = await create(partial, options.mode);
    // Ctrl-C ends the process by process.exit: nothing asynchronous would still run.
    process.once("exit", remove);
    try {
      const result = await write(target).finally(() => close(target));
      await settle(partial);
      await place(partial, file, options);
      return result;
    } finally {
      remove();
      process.removeListener("exit", remove);
    }
  } catch (error) {
    throw explained(error, file, options.what);
  }
}
