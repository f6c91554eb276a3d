/** The names of tiles, as the standard gives them. */
import { describe, expect, test } from "vitest";
import { readTilePath } from "./tile-path.ts";

describe("a tile's name", () => {
  test.each([
    ["0/000", { level: 0, index: 0, width: 256 }],
    ["1/255.p/7", { level: 1, index: 255, width: 7 }],
    ["0/x001/x234/067", { level: 0, index: 1_234_067, width: 256 }],
    ["0/x001/x234/067.p/255", { level: 0, index: 1_234_067, width: 255 }],
    ["63/000.p/1", { level: 63, index: 0, width: 1 }],
  ])("%s is read", (path, name) => expect(readTilePath(path.split("/"))).toEqual(name));

  test.each([
    "",
    "0",
    "0/0",
    "64/000",
    "00/000",
    "-1/000",
    "0/x000",
    "0/000/000",
    "0/001.p/0",
    "0/001.p/256",
    "0/001.p/x",
    "0/x001/..",
    "0/000.p",
  ])("%j is none", (path) => expect(readTilePath(path.split("/"))).toBeNull());
});
