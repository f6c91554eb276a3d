/** Something about a review that can't be done; the message says why, and what would help. */
export class ReviewProblem extends Error {
  override name = "ReviewProblem";
  constructor(
    readonly code:
      | "unknown-review"
      | "unknown-item"
      | "unknown-member"
      | "nothing-to-review"
      | "bad-input"
      | "reason-needed"
      | "own-access"
      | "not-yours"
      | "not-running"
      | "still-to-do"
      | "not-to-do",
    message: string,
  ) {
    super(message);
  }
}
