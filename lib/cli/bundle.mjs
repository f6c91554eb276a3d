/** A program of ours as one script, without the packages that it uses. */
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { build, stop } from "esbuild";

/**
 * @param {string} file where the program begins.
 * @returns {Promise<string>} the file with all of ours that it imports. It has to lie where the packages are found.
 */
export async function bundle(file) {
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
      target: "node20",
      packages: "external",
      logLevel: "silent",
      plugins: [{ name: "place", setup: keepPlaces }],
    });
    return outputFiles[0].text;
  } finally {
    // Its process would stay for as long as this one.
    stop();
  }
}

/** Where a file lies is told by its own address, not by the script's. */
function keepPlaces({ onLoad }) {
  onLoad({ filter: /\.ts$/ }, async ({ path }) => {
    const text = await readFile(path, "utf8");
    const contents = text.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href));
    return { loader: "ts", contents };
  });
}
