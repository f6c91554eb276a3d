/** What package.json says of this program. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PROJECT_ROOT } from "./home.ts";

const Package = z.object({
  version: z.string(),
  engines: z.object({ node: z.string().regex(/^>=\d+\.\d+\.\d+$/u) }),
});

const { version, engines } = Package.parse(
  JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8")),
);

export const ROLLCALL_VERSION = version;
/** The oldest Node.js that runs it, like 20.9.0. */
export const OLDEST_NODE = engines.node.slice(2);
