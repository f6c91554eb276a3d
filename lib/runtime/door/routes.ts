/** Which route a path belongs to: the name under which it is counted and logged, one of a fixed few. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** Names the route of a path. */
export type RouteOf = (path: string) => string;

const STATIC = "/_next/";
/** The name of everything that is no route: made-up paths must not become names, or there would be no end of them. */
export const OTHER = "other";

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");

/** One segment of Next's spelling as a regular expression: `[id]` is any one segment, `[...rest]` any number. */
function segmentPattern(segment: string): string {
  if (/^\[{1,2}\.{3}/u.test(segment)) return ".+";
  return segment.startsWith("[") ? "[^/]+" : literal(segment);
}

/**
 * Names routes as Next spells them, `/events/[id]`: fixed segments win over variable ones, as they do in Next.
 * @param patterns the routes there are.
 */
export function routesOf(patterns: readonly string[]): RouteOf {
  const weight = (pattern: string) =>
    (pattern.match(/\[/gu)?.length ?? 0) + (pattern.includes("...") ? 100 : 0);
  const known = [...patterns]
    .sort((a, b) => weight(a) - weight(b))
    .map((name) => ({
      name,
      matches: new RegExp(`^${name.split("/").map(segmentPattern).join("/")}/?$`, "u"),
    }));
  return (path) => {
    if (path.startsWith(STATIC)) return "/_next/[...file]";
    return known.find(({ matches }) => matches.test(path))?.name ?? OTHER;
  };
}

/** The routes of the build in `root`, as Next has written them down. */
export async function builtRoutes(root: string): Promise<string[]> {
  const text = await readFile(join(root, ".next", "app-path-routes-manifest.json"), "utf8");
  return Object.values(z.record(z.string(), z.string()).parse(JSON.parse(text)));
}
