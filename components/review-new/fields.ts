/** What each part of the form is given. */
import type { Refused, ReviewDraft } from "./draft.ts";

export interface FieldsProps {
  draft: ReviewDraft;
  set: (part: Partial<ReviewDraft>) => void;
  /** Why a field was refused; null when it was not. */
  errorOf: (field: Refused["field"]) => string | null;
}
