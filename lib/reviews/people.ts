/** Everybody whose access a review may be about, a part at a time where they are many. */
import type { Db } from "../../db/client.ts";
import { isLarge } from "../reports/editions/large.ts";
import { loadModel } from "../reports/model.ts";
import { loadParts, type Parts } from "../reports/parts.ts";
import type { ReviewInput } from "./contract.ts";

export type ReviewedPeople = Pick<Parts, "about" | "each">;

/**
 * The people of a moment: once with all records, or once with those of each customer that is meant. Each is there until the next
 * one is asked for.
 */
export async function* peopleOf(
  db: Db,
  workspace: string,
  { asOf, scope }: Pick<ReviewInput, "asOf" | "scope">,
): AsyncGenerator<ReviewedPeople, void> {
  const at = asOf === null ? {} : { asOf: Date.parse(asOf) };
  const each = scope.customers.length === 0 ? [at] : scope.customers.map((customer) => ({ ...at, customer }));
  const large = await isLarge(db, workspace);
  for (const params of each) {
    if (large) {
      const parts = await loadParts(db, workspace, params);
      try {
        yield parts;
      } finally {
        parts.close();
      }
    } else {
      const model = await loadModel(db, workspace, params);
      yield { about: model, each: () => [model] };
    }
  }
}
