/** A decision that can't be taken; the message says why. */
export class FailureProblem extends Error {
  override name = "FailureProblem";
  constructor(
    readonly code:
      | "unknown-group"
      | "unknown-member"
      | "unknown-decision"
      | "bad-until"
      | "bad-note"
      | "bad-address"
      | "no-webhook",
    message: string,
  ) {
    super(message);
  }
}
