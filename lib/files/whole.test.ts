import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { inFolder } from "../runtime/testing/folder.ts";
import { writeWhole } from "./whole.ts";

const PACK = { what: "pack" };

const writing = (text: string) => async (target: Writable) => {
  target.end(text);
  await finished(target);
  return text.length;
};

const failing = async (target: Writable) => {
  target.write("half of it");
  throw new Error("connection lost");
};

describe("writeWhole", () => {
  test("writes a new file and returns what was returned to it", () =>
    inFolder(async (folder) => {
      expect(await writeWhole(join(folder, "a.zip"), PACK, writing("whole"))).toBe(5);
      expect(await readdir(folder)).toEqual(["a.zip"]);
      expect(await readFile(join(folder, "a.zip"), "utf8")).toBe("whole");
    }));

  test("replaces an older file, also one with the longest name there can be", () =>
    inFolder(async (folder) => {
      const name = `${"a".repeat(251)}.zip`;
      await writeFile(join(folder, name), "old");
      await writeWhole(join(folder, name), PACK, writing("new"));
      expect(await readdir(folder)).toEqual([name]);
      expect(await readFile(join(folder, name), "utf8")).toBe("new");
    }));

  test("never replaces where that is not wanted, also not what came while it was writing", () =>
    inFolder(async (folder) => {
      const file = join(folder, "a.zip");
      const once = { ...PACK, replace: false, mode: 0o600 };
      await writeWhole(file, once, writing("first"));
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      await expect(writeWhole(file, once, writing("second"))).rejects.toThrow("there is a file already");
      const meanwhile = async (target: Writable) => {
        await writeFile(join(folder, "b.zip"), "another's");
        return writing("ours")(target);
      };
      await expect(writeWhole(join(folder, "b.zip"), once, meanwhile)).rejects.toThrow(
        "there is a file already",
      );
      expect((await readdir(folder)).toSorted()).toEqual(["a.zip", "b.zip"]);
      expect(await readFile(file, "utf8")).toBe("first");
      expect(await readFile(join(folder, "b.zip"), "utf8")).toBe("another's");
    }));

  test("leaves nothing behind when writing fails, and the older file as it was", () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "a.zip"), "old");
      await expect(writeWhole(join(folder, "a.zip"), PACK, failing)).rejects.toThrow("connection lost");
      expect(await readdir(folder)).toEqual(["a.zip"]);
      expect(await readFile(join(folder, "a.zip"), "utf8")).toBe("old");
    }));

  test("leaves nothing behind when the process ends meanwhile", () =>
    inFolder(async (folder) => {
      const script = `
        const { writeWhole } = await import(${JSON.stringify(new URL("whole.ts", import.meta.url).href)});
        await writeWhole(${JSON.stringify(join(folder, "a.zip"))}, { what: "pack" }, async (target) => {
          target.write("half of it");
          await new Promise((resolve) => setTimeout(resolve, 50));
          process.exit(130);
        });`;
      const running = promisify(execFile)(process.execPath, [
        "--import",
        "tsx",
        "--input-type=module",
        "-e",
        script,
      ]);
      await expect(running).rejects.toMatchObject({ code: 130 });
      expect(await readdir(folder)).toEqual([]);
    }));

  test.each([
    ["a folder that is missing", "none/a.zip", "its folder does not exist. Make the folder first"],
    ["a file where a folder should be", "file/a.zip", "a part of the path is not a folder"],
    ["a name too long", `${"a".repeat(300)}.zip`, "the name is too long. Give a shorter one with -o."],
    ["a folder in its place", "folder", "something is there that is no ordinary file"],
    ["a link in its place", "link", "something is there that is no ordinary file"],
  ])("says in a sentence what is wrong with %s", (_what, name, reason) =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "file"), "");
      await mkdir(join(folder, "folder"));
      await symlink(join(folder, "file"), join(folder, "link"));
      const before = await readdir(folder);
      await expect(writeWhole(join(folder, name), PACK, writing("new"))).rejects.toThrow(
        `The pack can't be written to ${join(folder, name)}: ${reason}`,
      );
      expect(await readdir(folder)).toEqual(before);
    }),
  );

  test.each([
    ["EACCES", "you have no permission to write there"],
    ["EROFS", "the disk can only be read"],
    ["ENOSPC", "the disk is full. Make room"],
    ["EDQUOT", "your disk quota is used up"],
  ])("says in a sentence what %s means, and leaves nothing behind", (code, reason) =>
    inFolder(async (folder) => {
      const refused = async () => {
        throw Object.assign(new Error(`${code}: write`), { code });
      };
      await expect(writeWhole(join(folder, "a.zip"), PACK, refused)).rejects.toThrow(reason);
      expect(await readdir(folder)).toEqual([]);
    }),
  );
});
