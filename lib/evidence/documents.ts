/** The documents of a pack, made from its digest when everything else is written: they name the other files and their hashes. */
import { tablePieces } from "../reports/csv.ts";
import { CONTROL_COLUMNS, controlLines, controlMapping, controlsJson } from "./controls.ts";
import type { PackDigest } from "./digest.ts";
import type { Manifest, ManifestFile } from "./manifest.ts";
import { assessmentResults, OSCAL_FILE } from "./oscal.ts";
import { letterPdf } from "./pdf/letter.ts";
import { reportPdf } from "./pdf/report.ts";
import { type OffboardingSample, SAMPLE_COLUMNS, sampleJson, sampleLines } from "./sample.ts";

interface PackDocument {
  path: string;
  content: Iterable<string | Uint8Array>;
}

interface DocumentsInput {
  about: Pick<Manifest, "workspace" | "asOf" | "period" | "scope" | "template">;
  digest: PackDigest;
  /** What the pack holds already. */
  files: readonly ManifestFile[];
  sample?: (() => Promise<OffboardingSample>) | undefined;
}

/** Each document when its turn comes: the mapping of controls, OSCAL, the readable report, and what a template adds. */
export async function* documentsOf({
  about,
  digest,
  files,
  sample,
}: DocumentsInput): AsyncGenerator<PackDocument> {
  const controls = controlMapping(files.map(({ path }) => path));
  yield { path: "controls.json", content: [controlsJson(about, controls)] };
  yield { path: "controls.csv", content: tablePieces(CONTROL_COLUMNS, controlLines(controls)) };
  const oscal = assessmentResults(about, digest, controls, files);
  yield { path: OSCAL_FILE, content: [`${JSON.stringify(oscal, null, 2)}\n`] };
  yield { path: "report.pdf", content: [await reportPdf(about, digest, controls)] };
  if (about.template?.name === "assurance-letter")
    yield { path: "letter.pdf", content: [await letterPdf(about, digest)] };
  if (sample === undefined) return;
  const drawn = await sample();
  yield { path: "sample.json", content: sampleJson(drawn) };
  yield { path: "sample.csv", content: tablePieces(SAMPLE_COLUMNS, sampleLines(drawn)) };
}
