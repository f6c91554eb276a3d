/** Writes an evidence pack to where its maker can fetch it for an hour. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Db } from "../../db/client.ts";
import { readSources } from "../../db/queries/sources.ts";
import type { Caller } from "../auth/caller.ts";
import { type EvidenceWriter, exportEvidence } from "../evidence/export-evidence.ts";
import type { EvidenceParams } from "../evidence/params.ts";
import { sha256OfFile } from "../files/sha256.ts";
import type { ReportParams } from "../reports/contract.ts";
import { explain } from "./explain.ts";
import { beginJob } from "./jobs.ts";

// As the jobs themselves: one folder for all routes.
const holder = globalThis as { rollcallPacks?: string };

/** A folder of this process, which nobody else can read and which goes with it. */
function packsFolder(): string {
  if (holder.rollcallPacks === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "rollcall-packs-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    holder.rollcallPacks = folder;
  }
  return holder.rollcallPacks;
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The scope in words, for whoever looks at the list. */
function aboutOf({ application, customer, from, to, asOf, template }: EvidenceParams): string {
  const period =
    from === undefined && to === undefined
      ? []
      : [
          `${from === undefined ? "" : `from ${day(from)} `}${to === undefined ? "" : `to ${day(to)}`}`.trim(),
        ];
  const whole = [
    template?.name.replaceAll("-", " ") ?? "",
    application ?? "",
    customer ?? "",
    ...period,
    asOf === undefined ? "" : `as of ${day(asOf)}`,
  ];
  return whole.filter((part) => part !== "").join(", ") || "everything";
}

/** Records in the scope, so far as they can be counted beforehand. */
async function countRecords(db: Db, workspace: string, params: ReportParams): Promise<number | null> {
  if (params.application !== undefined) return null;
  const sources = await readSources(db, workspace, params.asOf ?? null);
  return sources
    .filter(({ customer }) => params.customer === undefined || customer === params.customer)
    .reduce((sum, { records }) => sum + records, 0);
}

/**
 * @param id under which its progress is told; a UUID.
 * @param params within what they may see (lib/reports/params.ts, `within`).
 * @param write writes it.
 * @throws {JobProblem}
 */
export function beginEvidence(
  db: Db,
  workspace: string,
  by: Caller,
  id: string,
  params: EvidenceParams,
  write: EvidenceWriter,
): { ended: Promise<void> } {
  const name = `rollcall-evidence-${day(params.asOf ?? Date.now())}.zip`;
  return beginJob({
    id,
    kind: "evidence",
    about: aboutOf(params),
    all: null,
    unit: "records",
    workspace,
    by,
    explain,
    async work(onProgress) {
      const all = await countRecords(db, workspace, params);
      if (all !== null) onProgress(0, all);
      const path = join(packsFolder(), `${id}.zip`);
      const onRecords = ({ records }: { records: number }) => onProgress(records);
      await exportEvidence(db, workspace, by, params, path, { onProgress: onRecords, object: name, write });
      return { path, name, bytes: statSync(path).size, sha256: await sha256OfFile(path) };
    },
  });
}
