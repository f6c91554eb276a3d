/** What of a reviewer's work looks like a rubber stamp. Pure. */
import type { ReviewerFigures } from "../../lib/reviews/contract.ts";

/** Of fewer decisions nothing can be said. */
const FEW = 5;
/** Nobody reads an item's facts in less. */
const HASTY_SECONDS = 5;
/** More than every other one is the rule, not the exception. */
const MOSTLY = 0.5;

/** Each a word where it looks like a rubber stamp; null where it does not. */
export interface Remarks {
  seconds: string | null;
  bulk: string | null;
  opened: string | null;
  disputed: string | null;
}

export function remarksOf(figures: ReviewerFigures): Remarks {
  const { decided, medianSeconds, bulkShare, neverOpened, disputed, second } = figures;
  const enough = decided >= FEW;
  return {
    seconds: enough && medianSeconds !== null && medianSeconds < HASTY_SECONDS ? "hasty" : null,
    bulk: enough && bulkShare > MOSTLY ? "mostly at once" : null,
    opened: enough && neverOpened > decided * MOSTLY ? "mostly unopened" : null,
    disputed: disputed > 0 && second > 0 && disputed > second * MOSTLY ? "mostly otherwise" : null,
  };
}

/** Whether anything of it looks like a rubber stamp. */
export const isSuspect = (figures: ReviewerFigures): boolean =>
  Object.values(remarksOf(figures)).some((remark) => remark !== null);
