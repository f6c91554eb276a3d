/** Programs of tests, to be started and killed as processes of their own. */
import { build } from "esbuild";

/** What CommonJS among the packages asks for. */
const BANNER = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** Makes a module and all that it imports into one file: started so, it is up in a third of a second. */
export async function bundleProgram(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["pg-native"],
    banner: { js: BANNER },
    logLevel: "error",
  });
}
