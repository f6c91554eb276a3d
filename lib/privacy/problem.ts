/** Why something can't be done with personal data, in a sentence for the person who asked for it. */
export class PrivacyProblem extends Error {
  override name = "PrivacyProblem";

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** @throws {PrivacyProblem} for a reason that says nothing, or that the database can't keep. */
export function requireReason(reason: string): void {
  if (reason.trim() === "" || reason.includes("\0"))
    throw new PrivacyProblem("no-reason", "Say why: the reason is kept.");
}
