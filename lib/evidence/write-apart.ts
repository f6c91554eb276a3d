/** Writing packs beside the pages: a pack of many people and records takes memory and time that pages are not to wait for. */
import type { Scope } from "../../db/client.ts";
import { runApart } from "../runtime/apart.ts";
import type { EvidenceWriter } from "./export-evidence.ts";
import type { PackResult } from "./pack.ts";

/**
 * Writes packs in a process of their own, which sees the scope and nothing else.
 * @param env how it comes into the database, where this process's environment does not say so.
 */
export const writerApart =
  (scope: Scope, env: Record<string, string> = {}): EvidenceWriter =>
  async (params, target, onProgress) =>
    (await runApart(
      "evidence",
      { ...scope, params },
      { env, target, onProgress: (records) => onProgress?.({ records }) },
    )) as PackResult;
