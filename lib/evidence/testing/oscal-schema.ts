/** NIST's own schema of OSCAL assessment results (usnistgov/OSCAL, release 1.1.3), as a check. */
import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

const SCHEMA = new URL("./oscal_assessment-results_schema.json", import.meta.url);

let compiled: ValidateFunction | null = null;

function validator(): ValidateFunction {
  if (compiled !== null) return compiled;
  // The schema's regular expressions have \p classes; `strict` would refuse keywords that draft 7 ignores beside $ref.
  const ajv = new Ajv({ strict: false, unicodeRegExp: true, allErrors: true });
  addFormats.default(ajv);
  compiled = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")) as object);
  return compiled;
}

/** @returns what of a document does not fit the schema, a line each; empty when it is valid. */
export function oscalFaults(document: unknown): string[] {
  const valid = validator();
  if (valid(document)) return [];
  return (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}
