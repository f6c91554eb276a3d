/** What the library that writes zips (yazl 3.3.1) does, as `patches/` mends it: a checksum in JavaScript takes as long as compressing. */
import { createRequire } from "node:module";
import { expect, it } from "vitest";

it("takes checksums by native code", () => {
  const require = createRequire(import.meta.url);
  require("yazl");
  const yazl = require.cache[require.resolve("yazl")];
  expect(yazl?.loaded).toBe(true);
  const used = yazl?.children.map(({ filename }) => filename) ?? [];
  expect(used.filter((path) => path.includes("buffer-crc32"))).toEqual([]);
});
