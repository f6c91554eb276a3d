/** A pack's wish for pseudonyms in place of people. */
import { pseudonymKey } from "../privacy/pseudonymise.ts";
import type { ReportParams } from "../reports/contract.ts";
import { EvidenceError } from "./error.ts";
import type { EvidenceParams } from "./export-evidence.ts";

/**
 * @param installation the secret of this installation: it makes the customer's pseudonyms the same in later packs.
 * @throws {EvidenceError} when the pack is not of one customer.
 */
export function withPseudonyms(
  installation: string,
  workspace: string,
  params: ReportParams,
): EvidenceParams {
  if (params.customer === undefined)
    throw new EvidenceError(
      "no-customer",
      "Pseudonyms are for a pack of one customer: name the customer, or leave people their names.",
    );
  return { ...params, pseudonyms: pseudonymKey(installation, workspace, params.customer) };
}
