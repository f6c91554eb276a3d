/** A pack's wish for pseudonyms in place of people. */
import { pseudonymKey } from "../privacy/pseudonymise.ts";
import { EvidenceError } from "./error.ts";
import type { EvidenceParams } from "./params.ts";

/**
 * @param installation the secret of this installation: it makes the customer's pseudonyms the same in later packs.
 * @throws {EvidenceError} when the pack is not of one customer, or has a sample, which is drawn by people's ids.
 */
export function withPseudonyms(
  installation: string,
  workspace: string,
  params: EvidenceParams,
): EvidenceParams {
  if (params.customer === undefined)
    throw new EvidenceError(
      "no-customer",
      "Pseudonyms are for a pack of one customer: name the customer, or leave people their names.",
    );
  if (params.template?.name === "offboarding-sample")
    throw new EvidenceError(
      "no-customer",
      "A sample of leavers is drawn by their ids, so that anybody can draw it again: it can't be made with pseudonyms.",
    );
  return { ...params, pseudonyms: pseudonymKey(installation, workspace, params.customer) };
}
